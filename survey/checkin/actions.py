"""Acts of check-ins: asking, answering, saying "not now", taking a link back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from survey.access.tokens import token_hash
from survey.checkin import links, store
from survey.clock import stamp
from survey.current import catalog, settings
from survey.database import Engine, new_key


class MayNotAsk(Exception):
    """This coach may not ask this person now: another's case, the wrong form, or parents who do not agree."""


class AnsweredOtherwise(Exception):
    """The link has its answer already, and it is another one; nothing of this act was stored."""


class Closed(Exception):
    """The link is unknown, expired, taken back or locked; nobody is told which."""


def ask(
    engine: Engine, *, informant_id: str, form: str, version: str, by: str, at: datetime
) -> tuple[str, str]:
    """Make a link for one person and return (link id, token); raises MayNotAsk."""
    return ask_many(engine, informant_ids=[informant_id], form=form, version=version, by=by, at=at)[0]


def ask_many(
    engine: Engine, *, informant_ids: Sequence[str], form: str, version: str, by: str, at: datetime
) -> list[tuple[str, str]]:
    """Make a link for each informant named, all or none; (link id, token) in the same order."""
    expires_at = at + timedelta(hours=settings().CHECKIN_LINK_HOURS)
    made = [(key, links.token_of(key)) for key in (new_key() for _ in informant_ids)]
    rows = [
        {
            "id": key,
            "informant_id": informant_id,
            "form": form,
            "version": version,
            "token_hash": token_hash(token),
            "created_at": stamp(at),
            "expires_at": stamp(expires_at),
        }
        for informant_id, (key, token) in zip(informant_ids, made, strict=True)
    ]
    respondent = catalog().get(form, version).respondent
    with engine.atomic():
        if store.insert_links(engine, rows, coach_id=by, kind=respondent) != len(rows):
            raise MayNotAsk
    return made


def submit(engine: Engine, *, token: str, reply: Mapping[str, int], clock: Callable[[], datetime]) -> None:
    """Store one whole answer; the same one again changes nothing. Raises Closed and AnsweredOtherwise.

    `reply` holds the value of every item of the link's form; anything else is a ValueError.
    The clock is read once it is this act's turn, so that waiting does not keep a link open.
    """
    with engine.atomic():
        at = clock()
        link = _open(engine, token, at)
        if not link.is_answered:
            _store(engine, link, reply, at)
        elif store.answer(engine, link_id=link.id) != reply:
            raise AnsweredOtherwise


def decline(engine: Engine, *, token: str, clock: Callable[[], datetime]) -> None:
    """Note "not now"; the link can still be answered until it expires. Raises Closed."""
    with engine.atomic():
        at = clock()
        link = _open(engine, token, at)
        if not link.is_answered:
            store.decline(engine, link_id=link.id, at=stamp(at))


def revoke(engine: Engine, *, link_id: str, by: str, at: datetime) -> None:
    """The coach of the case takes a link back, also while someone is typing."""
    with engine.atomic():
        store.revoke_link(engine, link_id, coach_id=by, at=stamp(at))


def revoke_all_of(engine: Engine, *, informant_id: str, at: datetime) -> None:
    """Take back every link of one person that waits for an answer."""
    with engine.atomic():
        store.revoke_links_of(engine, informant_id=informant_id, at=stamp(at))


def revoke_pupils(engine: Engine, *, case_id: str, at: datetime) -> None:
    """Take back every link to a pupil of a case that waits for an answer."""
    with engine.atomic():
        store.revoke_links_to_pupils(engine, case_id=case_id, at=stamp(at))


def _open(engine: Engine, token: str, at: datetime) -> links.Link:
    """The link as it is now: inside the act, so that nobody takes it back between looking and writing."""
    link = links.find(engine, token, at=at)
    if link is None:
        raise Closed
    return link


def _store(engine: Engine, link: links.Link, reply: Mapping[str, int], at: datetime) -> None:
    questionnaire = catalog().get(link.form, link.version)
    for item in questionnaire.items:
        if reply.get(item.key) not in {level.value for level in questionnaire.levels(item)}:
            raise ValueError(f"no answer of the scale for {item.key}")
    if len(reply) != len(questionnaire.items):
        raise ValueError("an answer to a question the form does not ask")
    checkin_id = new_key()
    store.insert_checkin(engine, {"id": checkin_id, "link_id": link.id, "answered_at": stamp(at)})
    store.insert_answers(
        engine,
        [
            {
                "checkin_id": checkin_id,
                "item": item,
                "item_version": catalog().item_version(link.form, link.version, item),
                "value": value,
            }
            for item, value in reply.items()
        ],
    )

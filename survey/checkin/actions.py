"""Acts of check-ins: asking, answering, saying "not now" or "stop", taking a link back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from survey.access import audit
from survey.access.permissions import Scope
from survey.access.tokens import token_hash
from survey.checkin import letters, links, store
from survey.checkin.card import cards
from survey.checkin.card import store as card_store
from survey.clock import moment, stamp
from survey.current import catalog, settings
from survey.database import Engine, new_key
from survey.mail import outbox
from survey.questionnaire.definition import GOAL

DOSE_REASONS, PUPIL = "dose_reason", "pupil"
REASONS = ("no_time", "not_clear", "rather_talk", "rather_not_say")


class MayNotAsk(Exception):
    """This coach may not ask this person now: not their case or talk, the wrong form, no agreement."""


class AnsweredOtherwise(Exception):
    """The link has its answer already, and it is another one; nothing of this act was stored."""


class Closed(Exception):
    """The link is unknown, expired, taken back or locked; nobody is told which."""


def ask(
    engine: Engine,
    *,
    informant_id: str,
    form: str,
    version: str,
    by: str,
    at: datetime,
    goal: str | None = None,
    talk_id: str | None = None,
    dose_reason: str | None = None,
) -> tuple[str, str]:
    """Make a link for one person and return (link id, token); raises MayNotAsk.

    `goal` is asked for on the ladder of the form, `talk_id` is the talk it belongs to, `dose_reason` says
    why it is asked sooner than usual.
    """
    more = {"goal": goal, "talk_id": talk_id, "dose_reason": dose_reason}
    return ask_many(engine, informant_ids=[informant_id], form=form, version=version, by=by, at=at, **more)[0]


def ask_many(
    engine: Engine,
    *,
    informant_ids: Sequence[str],
    form: str,
    version: str,
    by: str,
    at: datetime,
    goal: str | None = None,
    talk_id: str | None = None,
    dose_reason: str | None = None,
) -> list[tuple[str, str]]:
    """Make a link for each informant named, all or none; (link id, token) in the same order."""
    questionnaire = catalog().get(form, version)
    if goal is not None:
        questionnaire.with_goal(catalog().goal(goal))  # refuses here what the form could not ask
    if dose_reason is not None:
        catalog().choice(DOSE_REASONS, dose_reason)
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
            "goal": goal,
            "talk_id": talk_id,
            "dose_reason": dose_reason,
        }
        for informant_id, (key, token) in zip(informant_ids, made, strict=True)
    ]
    with engine.atomic():
        if store.insert_links(engine, rows, coach_id=by, kind=questionnaire.respondent) != len(rows):
            raise MayNotAsk
    return made


def submit(engine: Engine, *, token: str, reply: Mapping[str, int], clock: Callable[[], datetime]) -> None:
    """Store one whole answer; the same one again changes nothing. Raises Closed and AnsweredOtherwise.

    Once the link has ended every answer is another one, so that nobody finds out by trying which it was.

    `reply` holds the value of every item of the link's form; anything else is a ValueError.
    The clock is read once it is this act's turn, so that waiting does not keep a link open.
    """
    with engine.atomic():
        at = clock()
        link = _open(engine, token, at)
        if not link.is_answered:
            _store(engine, link, reply, at)
            outbox.drop(engine, about=[link.id], at=at)
        elif link.is_over or store.answer(engine, link_id=link.id) != reply:
            raise AnsweredOtherwise


def decline(engine: Engine, *, token: str, clock: Callable[[], datetime], reason: str | None = None) -> None:
    """Note "not now", and why if they say so; the link can still be answered until it expires.

    Raises Closed, and ValueError for a reason nobody can choose.
    """
    if reason is not None and reason not in REASONS:
        raise ValueError(f"no reason {reason!r} to choose")
    with engine.atomic():
        at = clock()
        link = _open(engine, token, at)
        if link.is_over:
            raise Closed
        if not link.is_answered:
            store.decline(engine, link_id=link.id, reason=reason, at=stamp(at))


def stop(engine: Engine, *, token: str, clock: Callable[[], datetime]) -> None:
    """Ask this person nothing more: every open link and card of theirs is closed. Raises Closed.

    Nothing is taken back, so that one tap by accident is undone by `go_on`; what ends meanwhile has ended.
    """
    with engine.atomic():
        at = clock()
        link = links.find(engine, token, at=at)
        if link is None:
            raise Closed
        if not link.is_answered and store.stop(engine, informant_id=link.informant_id, at=stamp(at)):
            outbox.drop(engine, about=store.waiting_of(engine, informant_id=link.informant_id), at=at)
            audit.note(engine, act="asking-stopped", by=None, at=at, object=link.informant_id)


def go_on(engine: Engine, *, token: str, clock: Callable[[], datetime]) -> None:
    """Undo `stop` soon after it, with a link that closed by it. Raises Closed."""
    with engine.atomic():
        at = clock()
        link = links.find(engine, token, at=at)
        if link is None:
            raise Closed
        if link.may_go_on and store.go_on(engine, informant_id=link.informant_id, at=stamp(at)):
            audit.note(engine, act="asking-allowed", by=None, at=at, object=link.informant_id)


def resume(engine: Engine, *, informant_id: str, by: str, at: datetime) -> None:
    """The person told their coach that they may be asked again; links and card of before end for good."""
    with engine.atomic():
        if store.resume(engine, informant_id=informant_id, coach_id=by):
            store.revoke_card_of(engine, informant_id=informant_id, at=stamp(at))
            audit.note(engine, act="asking-allowed", by=by, at=at, object=informant_id)


def mail_link(
    engine: Engine, *, link_id: str, recipient: str, language: str, by: Scope, at: datetime
) -> None:
    """Mail a link that waits to a parent or teacher of this coach's case; nothing keeps the address.

    Raises Closed when it no longer waits, and MayNotAsk for a pupil: pupils get no mail.
    """
    with engine.atomic():
        row = store.asked(engine, link_id, at=stamp(at), scope=by)
        if row is None or not row["is_open"] or row["is_answered"]:
            raise Closed
        if row["kind"] == PUPIL:
            raise MayNotAsk
        form = links.questionnaire(row["form"], row["version"], row["goal"])
        outbox.put(
            engine,
            recipient=recipient,
            letter=letters.asking(form, language, address=links.address(links.token_of(link_id)), by=by.name),
            at=at,
            expires_at=moment(row["expires_at"]),
            forgets_recipient=True,
            about=link_id,
        )
        audit.note(engine, act="check-mailed", by=by.person_id, at=at, object=link_id)


def make_card(engine: Engine, *, informant_id: str, by: str, at: datetime) -> cards.Card:
    """Make the card of someone in a case of this coach; the one before ends. Raises MayNotAsk."""
    key = new_key()
    token = cards.token_of(key)
    row = {"id": key, "informant_id": informant_id, "token_hash": token_hash(token), "created_at": stamp(at)}
    with engine.atomic():
        store.revoke_card_of(engine, informant_id=informant_id, at=stamp(at))
        if not card_store.insert_card(engine, row, coach_id=by):
            raise MayNotAsk
        audit.note(engine, act="card-made", by=by, at=at, object=informant_id)
    return cards.shown(token)


def begin(engine: Engine, *, token: str, clock: Callable[[], datetime]) -> str | None:
    """The token of the link that waits for whoever holds this card, made now if a check is due.

    None when nothing is asked of them; raises Closed for a card that is not in force.
    """
    with engine.atomic():
        at = clock()
        holder = cards.find(engine, token, at=at)
        if holder is None:
            raise Closed
        waiting = cards.open_link(engine, holder, at=at)
        if waiting or holder.due is None:
            return waiting
        form = catalog().get(holder.due.form_for(holder.kind))
        made = ask(
            engine,
            informant_id=holder.informant_id,
            form=form.form,
            version=form.version,
            by=holder.coach_id,
            at=at,
            goal=holder.goal if form.ladder else None,
            talk_id=holder.talk_id,
        )
    return made[1]


def revoke(engine: Engine, *, link_id: str, by: str, at: datetime) -> None:
    """The coach of the case takes a link back, also while someone is typing."""
    with engine.atomic():
        outbox.drop(engine, about=store.revoke_link(engine, link_id, coach_id=by, at=stamp(at)), at=at)


def revoke_all_of(engine: Engine, *, informant_id: str, at: datetime) -> None:
    """Take back every link of one person that waits; the act it is part of looks at whose case it is."""
    with engine.atomic():
        ended = store.revoke_links_of(engine, informant_id=informant_id, at=stamp(at))
        outbox.drop(engine, about=ended, at=at)


def revoke_pupils(engine: Engine, *, case_id: str, at: datetime) -> None:
    """Take back every link to a pupil of a case that waits, as `revoke_all_of` does."""
    with engine.atomic():
        outbox.drop(engine, about=store.revoke_links_to_pupils(engine, case_id=case_id, at=stamp(at)), at=at)


def end_all(engine: Engine, *, case_id: str, at: datetime) -> None:
    """End every link of a case that waits and every card, in an act that ends it or gives it to another."""
    with engine.atomic():
        outbox.drop(engine, about=store.revoke_links_of_case(engine, case_id=case_id, at=stamp(at)), at=at)
        store.revoke_cards_of_case(engine, case_id=case_id, at=stamp(at))


def _open(engine: Engine, token: str, at: datetime) -> links.Link:
    """The link as it is now: inside the act, so that nobody takes it back between looking and writing."""
    link = links.find(engine, token, at=at)
    if link is None or link.is_stopped:
        raise Closed
    return link


def _store(engine: Engine, link: links.Link, reply: Mapping[str, int], at: datetime) -> None:
    questionnaire = links.questionnaire_of(link)
    for item in questionnaire.items:
        offered = {level.value for level in questionnaire.levels(item)} | ({None} if item.optional else set())
        if reply.get(item.key) not in offered:
            raise ValueError(f"no answer of the scale for {item.key}")
    if not reply.keys() <= {item.key for item in questionnaire.items}:
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
            if item != GOAL
        ],
    )
    if GOAL in reply:
        row = {"checkin_id": checkin_id, "goal": link.goal, "value": reply[GOAL]}
        store.insert_goal_answer(engine, row)

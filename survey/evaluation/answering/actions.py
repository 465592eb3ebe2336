"""Acts of whoever holds a link: answering about one coach, not knowing one, asking for no more mail."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from survey.access import audit
from survey.clock import stamp
from survey.current import catalog
from survey.database import Engine
from survey.evaluation import sealing
from survey.evaluation import store as windows
from survey.evaluation.answering import links, store
from survey.evaluation.answering.links import About, Link
from survey.evaluation.ballot import Ballot
from survey.evaluation.groups import FORMS
from survey.evaluation.invitation import store as invitations
from survey.evaluation.invitation import tokens
from survey.evaluation.sealing import WrongKey
from survey.evaluation.windows import State
from survey.mail import outbox
from survey.questionnaire.fields import Answer
from survey.signs import one_line

BALLOT_BYTES = 16


class Closed(Exception):
    """The link is unknown, or its window is not open; nothing was stored."""


def submit(
    engine: Engine,
    *,
    token: str,
    node_id: str,
    answers: Mapping[str, Answer],
    line: str = "",
    clock: Callable[[], datetime],
) -> None:
    """Take one whole answer about one coach or the programme; whatever comes after it changes nothing.

    `answers` holds an answer of the form for each of its items and `line` own words where it asks for them;
    anything else is a ValueError. Raises Closed, and WrongKey while nothing can be sealed as before.
    The clock is read once it is this act's turn, so that waiting does not keep a window open.
    """
    with engine.atomic():
        at = clock()
        link, about = _open(engine, token, node_id, at)
        if about.is_answered:
            return
        said = _checked(link, answers, line)
        if not store.mark_answered(engine, invitation_id=link.id, node_id=node_id):
            return
        if FORMS[link.form].is_named:
            _keep_named(engine, link, node_id, answers, said)
        else:
            _seal(engine, link, Ballot(link.form, node_id, link.person_code, answers, said))
        store.forget_when_done(engine, link.id)


def not_known(engine: Engine, *, token: str, node_id: str, clock: Callable[[], datetime]) -> None:
    """Somebody does not know this coach; they know another. Raises Closed, ValueError for the only one."""
    with engine.atomic():
        link, _about = _open(engine, token, node_id, clock())
        if not link.may_skip:
            raise ValueError("there is nobody else to answer about")
        store.ask_no_more_about(engine, invitation_id=link.id, node_id=node_id)
        store.forget_when_done(engine, link.id)


def stop(engine: Engine, *, token: str, clock: Callable[[], datetime]) -> None:
    """Write to this person no more, now and in later years; their link still works. Raises Closed."""
    with engine.atomic():
        at = clock()
        link = links.find(engine, token, at=at)
        if link is None:
            raise Closed
        if link.way == "mail" and store.silence(engine, link.person_code):
            outbox.drop(engine, about=[tokens.letter_of(link.window.id, link.person_code)], at=at)
            audit.note(engine, act="evaluation-mail-stopped", by=None, at=at)


def _open(engine: Engine, token: str, node_id: str, at: datetime) -> tuple[Link, About]:
    """The link as it is in this act, and whom this is about; a late one now belongs to the open window."""
    link = links.find(engine, token, at=at)
    if link is None or link.state is not State.OPEN:
        raise Closed
    if link.follows:
        _carry_over(engine, link)
        link = links.find(engine, token, at=at) or link
    for about in link.about:
        if about.node_id == node_id:
            return link, about
    raise ValueError("nobody is asked about this")


def _carry_over(engine: Engine, link: Link) -> None:
    """The invitation goes on in the window that is open now, dated as that: now is when it is answered."""
    key = secrets.token_hex(BALLOT_BYTES)
    row = {
        "id": key,
        "window_id": link.window.id,
        "form": link.form,
        "school_id": link.school_id,
        "way": link.way,
        "token_hash": tokens.hash_of(key),
        "person_code": link.person_code,
        "name": link.name,
        "asked_at": stamp(link.window.opens_at),
        "follows": link.follows,
    }
    invitations.insert(engine, [row])
    invitations.insert_about_coaches(engine, window_id=link.window.id, **link.window.days)
    invitations.insert_about_programme(engine, window_id=link.window.id)


def _checked(link: Link, answers: Mapping[str, Answer], line: str) -> str:
    """The line as it is kept; raises ValueError for what the form does not ask or offer."""
    form, said = link.questionnaire, one_line(line)
    others = {Answer(None, one.code) for one in form.non_scores}
    if answers.keys() != {item.key for item in form.items}:
        raise ValueError("not exactly the questions of the form")
    for item in form.items:
        if answers[item.key] not in {Answer(level.value) for level in form.levels(item)} | others:
            raise ValueError(f"no answer of the form for {item.key}")
    if len(said) > (form.open_question.max_length if form.open_question else 0):
        raise ValueError("more own words than the form asks for")
    return said


def _seal(engine: Engine, link: Link, ballot: Ballot) -> None:
    window = link.window
    if not sealing.fits(window.id, window.seal):
        raise WrongKey
    sealed = sealing.seal(window.id, ballot.packed())
    row = {"id": secrets.token_hex(BALLOT_BYTES), "window_id": window.id, "sealed": sealed}
    windows.insert_sealed(engine, row)


def _keep_named(engine: Engine, link: Link, node_id: str, answers: Mapping[str, Answer], line: str) -> None:
    common = {"invitation_id": link.id, "node_id": node_id}
    store.insert_named(
        engine,
        [
            {
                **common,
                "item": item,
                "item_version": catalog().item_version(link.form, link.version, item),
                "value": answer.value,
                "code": answer.code,
            }
            for item, answer in answers.items()
        ],
    )
    if line:
        store.insert_named_line(engine, {**common, "words": line})

"""Acts of inviting: by mail, with a name, by cards; reminding once, and forgetting addresses at the end."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from msgspec import Struct

from survey.access import audit
from survey.clock import stamp
from survey.database import Engine, Row
from survey.evaluation import sealing
from survey.evaluation import store as windows
from survey.evaluation.groups import AT_SCHOOL, WITH_A_NAME
from survey.evaluation.invitation import letters, store, tokens
from survey.evaluation.windows import State, Window
from survey.mail import outbox

MOST_CARDS = 60
ID_BYTES = 16
REMINDED = timedelta(days=7)  # before the window closes
SINCE_ASKED = timedelta(days=3)  # nobody is reminded of what they only just got


class CannotInvite(Exception):
    """Nobody can be asked this: no such window or form, it closed, or no coach worked at this school."""


class Invited(Struct, frozen=True):
    """How many were asked, had been asked before, or asked for no more mail."""

    new: int
    known: int = 0
    silent: int = 0


def by_mail(
    engine: Engine,
    *,
    window_id: str,
    school_id: str,
    form: str,
    addresses: Sequence[str],
    by: str | None,
    at: datetime,
) -> Invited:
    """Ask teachers or parents of a school, each by one letter. Raises CannotInvite."""
    with engine.atomic():
        window = _open_to_more(engine, window_id, school_id, at)
        if form not in AT_SCHOOL:
            raise CannotInvite
        rows = [_to_mail(window, form, school_id, one, at) for one in addresses]
        audit.note(engine, act="evaluation-invited", by=by, at=at, object=school_id)
        return _add(engine, window, rows, at)


def with_a_name(
    engine: Engine,
    *,
    window_id: str,
    school_id: str,
    respondent: str,
    name: str,
    address: str,
    by: str | None,
    at: datetime,
) -> Invited:
    """Ask an internal supervisor or director: with their name about their coach, without about the programme.

    One letter holds both links. Raises CannotInvite.
    """
    with engine.atomic():
        window = _open_to_more(engine, window_id, school_id, at)
        if respondent not in WITH_A_NAME:
            raise CannotInvite
        own = _to_mail(window, f"evaluation-{respondent}-named", school_id, address, at) | {"name": name}
        whole = _to_mail(window, f"evaluation-{respondent}-programme", None, address, at)
        audit.note(engine, act="evaluation-invited", by=by, at=at, object=school_id)
        again = store.address_anew(engine, whole)
        added = _add(engine, window, [own, whole], at, again=again)
    # Who works at two schools is asked about the programme once.
    return Invited(min(added.new, 1), added.known if added.new == 0 else 0, min(added.silent, 1))


def make_cards(
    engine: Engine, *, window_id: str, school_id: str, form: str, number: int, by: str | None, at: datetime
) -> list[str]:
    """Cards to hand out at a school, each good for one person; their ids. Raises CannotInvite."""
    if not 1 <= number <= MOST_CARDS:
        raise ValueError(f"1 to {MOST_CARDS} cards at a time")
    with engine.atomic():
        window = _open_to_more(engine, window_id, school_id, at)
        if form not in AT_SCHOOL:
            raise CannotInvite
        ids = sorted(secrets.token_hex(ID_BYTES) for _ in range(number))
        store.insert(engine, [_row(one, window, form, school_id, at) for one in ids])
        _ask_about(engine, window)
        audit.note(engine, act="evaluation-cards-made", by=by, at=at, object=school_id)
    return ids


def take_back(engine: Engine, *, invitation_id: str, by: str, at: datetime) -> bool:
    """Take back a named invitation nobody answered, and what came with it; whether it did.

    Once the window opened the form about the programme stays asked, without an address: were it taken back
    too, the number of people asked would tell whether this one answered.
    """
    with engine.atomic():
        row = store.delete_named(engine, invitation_id)
        if row is None:
            return False
        code = row["person_code"]
        unnamed = {"window_id": row["window_id"], "person_code": code}
        unnamed["form"] = row["form"].replace("-named", "-programme")
        opened = windows.versions(engine, row["window_id"])
        if (store.forget_unnamed if opened else store.delete_unnamed)(engine, **unnamed):
            outbox.drop(engine, about=[tokens.letter_of(row["window_id"], code)], at=at)
        audit.note(engine, act="evaluation-taken-back", by=by, at=at, object=invitation_id)
    return True


def announce(engine: Engine, window: Window, *, at: datetime) -> None:
    """Inside the act of opening: everybody is asked about whom they worked with, and mailed."""
    _ask_about(engine, window)
    _mail(engine, window, store.to_write_to(engine, window.id, asked_before=stamp(at)), at=at)


def remind(engine: Engine, *, window_id: str, at: datetime) -> int:
    """Write once more to whoever did not answer, a week before the end; to how many people."""
    with engine.atomic():
        row = windows.window(engine, window_id)
        window = Window.of(row) if row else None
        if window is None or not is_anyone_to_remind(engine, window, at=at):
            return 0
        waiting = _to_remind(engine, window, at)
        store.note_reminded(engine, [one["id"] for one in waiting], at=stamp(at))
        return _mail(engine, window, waiting, at=at, again=True)


def is_anyone_to_remind(engine: Engine, window: Window, *, at: datetime) -> bool:
    """Whether the last week of an open window has come, some days after it opened, and somebody waits."""
    if window.state(at) is not State.OPEN or window.opened_at is None:
        return False
    if at < window.closes_at - REMINDED or at < window.opened_at + SINCE_ASKED:
        return False
    if not sealing.fits(window.id, window.seal):  # links made with another key open nothing
        return False
    return bool(_to_remind(engine, window, at))


def forget(engine: Engine, *, window_id: str) -> None:
    """Inside the act of counting: addresses have served."""
    store.forget_addresses(engine, window_id)


def _to_remind(engine: Engine, window: Window, at: datetime) -> list[Row]:
    return store.to_write_to(engine, window.id, asked_before=stamp(at - SINCE_ASKED))


def _open_to_more(engine: Engine, window_id: str, school_id: str, at: datetime) -> Window:
    row = windows.window(engine, window_id)
    window = Window.of(row) if row else None
    if window is None or window.state(at) not in {State.PLANNED, State.OPEN}:
        raise CannotInvite
    if not store.has_coach(engine, window_id=window_id, school_id=school_id, **window.days):
        raise CannotInvite
    return window


def _to_mail(window: Window, form: str, school_id: str | None, address: str, at: datetime) -> Row:
    key = secrets.token_hex(ID_BYTES)
    code = tokens.person_code(address)
    return _row(key, window, form, school_id, at) | {"way": "mail", "address": address, "person_code": code}


def _row(key: str, window: Window, form: str, school_id: str | None, at: datetime) -> Row:
    return {
        "id": key,
        "window_id": window.id,
        "form": form,
        "school_id": school_id,
        "way": "card",
        "token_hash": tokens.hash_of(key),
        "person_code": tokens.code_of_card(key),
        "name": None,
        "address": None,
        "asked_at": stamp(at),
    }


def _add(
    engine: Engine, window: Window, rows: Iterable[Row], at: datetime, again: Iterable[str] = ()
) -> Invited:
    """Add those who were not asked before and want mail; write to them where the window is open.

    `again` are invitations from before whose link goes along. Who answered late counts as anybody who is
    asked now, but for the letter: else this would tell that they answered.
    """
    before, silent = store.asked(engine, window.id), store.silent(engine)
    late = store.late(engine, window.id)
    each = {(row["form"], row["school_id"], row["person_code"]): row for row in rows}
    new = {key: row for key, row in each.items() if key not in before or key in late}
    asked = {key: row for key, row in new.items() if row["person_code"] not in silent}
    wanted = [row for key, row in asked.items() if key not in late]
    store.insert(engine, wanted)
    store.ask_themselves(engine, [late[key] for key in asked if key in late])
    if window.state(at) is State.OPEN:
        _ask_about(engine, window)
        ids = {row["id"] for row in wanted} | set(again)
        waiting = store.to_write_to(engine, window.id, asked_before=stamp(at))
        _mail(engine, window, [row for row in waiting if row["id"] in ids], at=at)
    return Invited(len(asked), len(each) - len(new), len(new) - len(asked))


def _ask_about(engine: Engine, window: Window) -> None:
    if window.opened_at is None:  # the tree may change until then
        return
    store.insert_about_coaches(engine, window_id=window.id, **window.days)
    store.insert_about_programme(engine, window_id=window.id)


def _mail(
    engine: Engine, window: Window, waiting: Sequence[Row], *, at: datetime, again: bool = False
) -> int:
    """One letter for each address, with all of its links; how many."""
    versions, written = windows.versions(engine, window.id), 0
    for code, rows in groupby(waiting, key=lambda row: str(row["person_code"])):
        links = list(rows)
        parts = [
            letters.part(row["form"], versions[row["form"]], row["school"], tokens.address(row["id"]))
            for row in links
        ]
        outbox.put(
            engine,
            recipient=links[0]["address"],
            letter=letters.asking(parts, window, again=again),
            at=at,
            expires_at=window.closes_at,
            forgets_recipient=True,
            about=tokens.letter_of(window.id, code),
        )
        written += 1
    return written

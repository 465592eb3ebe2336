"""A database that really is locked, or has no room: nothing is half stored, nothing typed is lost."""

import re
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine, sqlite
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.fields import Answer
from survey.reflection import actions
from survey.reflection.closing import Closing
from tests.client import HouseClient, every, parsed
from tests.conftest import Clock, Member, scope_of
from tests.survey.reflection.conftest import JSON, round_of, stored, tap

Dump = Callable[[], dict[str, Any]]
Trouble = Callable[[], AbstractContextManager[None]]
OWN = {"Sec-Fetch-Site": "same-origin"}
LESS_THAN_A_PAGE = 4000  # bytes: no file of the database can take another page
PAGE = {"revision": "1", "uses_feedback": "4", "develops_method": "NOT_MET_YET", "was-uses_feedback": "3"}
LAST_PAGE = {"revision": "1", "focus": "uses_feedback", "aim-uses_feedback": "Meteen.", "line": "De lach."}
POSTS = [("skills", PAGE), ("skills", {**PAGE, "clear": "develops_method"}), ("afronden", LAST_PAGE)]


@contextmanager
def no_room() -> Iterator[None]:
    """A disk on which no file of this process grows."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LESS_THAN_A_PAGE, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(params=["locked", "full"])
def trouble(request: pytest.FixtureRequest, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Trouble:
    """The database cannot be written while the block lasts."""

    @contextmanager
    def locked() -> Iterator[None]:
        other = SqliteDatabase(Path(settings.DATABASE))
        with other.session() as writer, writer.atomic():
            yield
        other.close()

    monkeypatch.setattr(sqlite, "WRITE_DEADLINE", 0.05)
    return {"locked": locked, "full": no_room}[request.param]


def given_back(page: str) -> dict[str, str]:
    """The fields that the page holds ready to be sent again."""
    fields = [(field.get("name"), field.get("value")) for field in every(parsed(page), "input")]
    return {name: value for name, value in fields if name != "csrf_token"}


@pytest.mark.parametrize(("path", "sent"), POSTS)
def test_a_page_that_cannot_be_stored_comes_back_whole_and_is_stored_later(
    as_ana: HouseClient,
    dump: Dump,
    round_id: str,
    trouble: Trouble,
    path: str,
    sent: dict[str, str],
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    before = dump()
    with trouble():
        reply = as_ana.post(f"/reflectie/{round_id}/{path}", data=sent, headers=OWN)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "30")
    assert given_back(reply.text) == sent
    assert dump() == before
    again = as_ana.post(f"/reflectie/{round_id}/{path}", data=given_back(reply.text), headers=OWN)
    assert again.status_code == 303
    assert dump() != before


def test_a_tap_that_cannot_be_stored_is_told_so_and_can_be_sent_again(
    as_ana: HouseClient, engine: SqliteEngine, dump: Dump, round_id: str, trouble: Trouble
) -> None:
    before = dump()
    with trouble():
        reply = tap(as_ana, round_id, uses_feedback="4", flexible_hours="2")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "30")
    assert reply.json is not None
    assert reply.json["message"] == "Dit lukt nu even niet. Er is op dit moment niets opgeslagen."
    assert dump() == before
    assert tap(as_ana, round_id, uses_feedback="4", flexible_hours="2").status_code == 200
    assert stored(engine) == {"uses_feedback": 4, "flexible_hours": 2}


def test_the_last_page_kept_by_a_script_is_told_so(
    as_ana: HouseClient, dump: Dump, round_id: str, trouble: Trouble
) -> None:
    before = dump()
    with trouble():
        data = {**LAST_PAGE, "go": "later"}
        reply = as_ana.post(f"/reflectie/{round_id}/afronden", data=data, headers=JSON)
    assert reply.status_code == 503
    assert dump() == before


def test_a_correction_that_cannot_be_opened_leaves_the_submitted_one(
    as_ana: HouseClient, dump: Dump, round_id: str, trouble: Trouble
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    as_ana.post(f"/reflectie/{round_id}/afronden", data=LAST_PAGE)
    before = dump()
    with trouble():
        assert as_ana.post(f"/reflectie/{round_id}/verbeteren", headers=OWN).status_code == 503
    assert dump() == before


def test_pages_are_read_as_ever(as_ana: HouseClient, round_id: str, trouble: Trouble) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    with trouble():
        page = as_ana.get(f"/reflectie/{round_id}/skills")
    assert page.status_code == 200
    assert re.search(r'name="uses_feedback" value="3" checked', page.text)


@pytest.mark.parametrize("act", ["save", "finish", "correct"])
def test_a_round_that_closes_while_others_write_takes_nothing_any_more(
    engine: SqliteEngine,
    ana: Member,
    catalog: Catalog,
    clock: Clock,
    dump: Dump,
    as_ana: HouseClient,
    round_id: str,
    wait_in_the_queue: Callable[[timedelta], None],
    act: str,
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    if act == "correct":
        as_ana.post(f"/reflectie/{round_id}/afronden", data=LAST_PAGE)
    before = dump()
    held = round_of(engine, round_id, ana)
    clock.at = held.closes_at - timedelta(seconds=1)
    wait_in_the_queue(timedelta(seconds=1))
    who: dict[str, Any] = {"by": scope_of(ana), "round": held, "clock": clock}
    answers = {"uses_feedback": Answer(4)}
    acts: dict[str, Callable[[], None]] = {
        "save": lambda: actions.save(engine, **who, revision=1, answers=answers, catalog=catalog),
        "finish": lambda: actions.close(engine, **who, closing=Closing({}, "", 1), final=True),
        "correct": lambda: actions.correct(engine, **who),
    }
    with pytest.raises(actions.RoundClosed):
        acts[act]()
    assert dump() == before

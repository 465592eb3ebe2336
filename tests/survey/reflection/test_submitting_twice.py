"""What was submitted stands: the same again changes nothing, something else is told and shown."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.database import SqliteEngine
from survey.reflection import closing
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.reflection.conftest import THREE, finish, revisions, save, tap

Dump = Callable[[], dict[str, Any]]


@pytest.fixture
def submit_first(
    as_: Callable[[Member], HouseClient], ana: Member, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Ana submits elsewhere, once the next request has looked at the reflection and not yet written."""

    def submit(**typed: Any) -> None:
        device, read = as_(ana), closing.read

        def read_slowly(*page: Any) -> Any:
            monkeypatch.setattr(closing, "read", read)
            assert finish(device, round_id, **typed).status_code == 303
            return read(*page)

        monkeypatch.setattr(closing, "read", read_slowly)

    return submit


def test_a_double_submit_lands_on_the_result(as_ana: HouseClient, dump: Dump, round_id: str) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id, focus=THREE, line="Eén keer.")
    before = dump()
    reply = finish(as_ana, round_id, focus=THREE, line="Eén keer.")
    assert (reply.status_code, reply.location) == (303, f"/reflectie/{round_id}")
    assert dump() == before


def test_two_submits_of_the_same_at_the_same_moment_both_land_on_the_result(
    as_ana: HouseClient, submit_first: Callable[..., None], engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    submit_first(focus=THREE, line="Eén keer.")
    reply = finish(as_ana, round_id, focus=THREE, line="Eén keer.")
    assert (reply.status_code, reply.location) == (303, f"/reflectie/{round_id}")
    assert revisions(engine) == [(1, True, "Eén keer.")]


def test_who_submits_something_else_at_the_same_moment_is_told(
    as_ana: HouseClient, submit_first: Callable[..., None], engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    submit_first(line="De eerste.")
    reply = finish(as_ana, round_id, line="De tweede.")
    assert reply.status_code == 409
    assert "De tweede." in reply.text
    assert revisions(engine) == [(1, True, "De eerste.")]


def test_another_tab_that_submits_something_else_is_told_and_sees_what_it_typed(
    as_ana: HouseClient, dump: Dump, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id, line="De eerste.")
    before = dump()
    reply = finish(as_ana, round_id, focus=["uses_feedback"], line="De tweede.")
    assert reply.status_code == 409
    assert "De tweede." in reply.text
    assert "Leren van antwoorden" in reply.text
    assert dump() == before


def test_a_save_after_submit_is_409_and_shows_what_was_chosen(
    as_ana: HouseClient, dump: Dump, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    before = dump()
    page = save(as_ana, round_id, "skills", uses_feedback="5")
    assert page.status_code == 409
    assert "Deze reflectie is al ingeleverd" in page.text
    assert "Ik geef dit door" in page.text
    short = tap(as_ana, round_id, uses_feedback="5")
    assert short.status_code == 409
    assert short.json == {"message": "Deze reflectie is al ingeleverd. Uw laatste keuze is niet bewaard."}
    assert dump() == before

"""A submitted reflection is corrected in a revision beside it, which counts once it is submitted."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.database import Refused, SqliteEngine
from tests.client import HouseClient
from tests.survey.reflection.conftest import finish, focus, revisions, save, stored, tap

Dump = Callable[[], dict[str, Any]]


def correct(client: HouseClient, round_id: str) -> Any:
    return client.post(f"/reflectie/{round_id}/verbeteren")


def test_a_correction_starts_as_a_copy_beside_the_old_one(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3", flexible_hours="NOT_MET_YET")
    finish(as_ana, round_id, focus=["uses_feedback"], line="Zo was het.")
    assert correct(as_ana, round_id).location == f"/reflectie/{round_id}/attitude"
    assert revisions(engine) == [(1, True, "Zo was het."), (2, False, "Zo was het.")]
    assert stored(engine, 2) == stored(engine, 1)
    assert focus(engine, 2) == {"uses_feedback": None}


def test_the_old_revision_counts_until_the_new_one_is_submitted(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    correct(as_ana, round_id)
    tap(as_ana, round_id, revision=2, uses_feedback="5")
    result = as_ana.get(f"/reflectie/{round_id}").text
    assert "U bent deze reflectie aan het verbeteren." in result
    assert "Ik doe dit zelf" in result
    assert "Ik geef dit door" not in result
    finish(as_ana, round_id, revision=2)
    result = as_ana.get(f"/reflectie/{round_id}").text
    assert "Ik doe dit zelf" not in result
    assert "Ik geef dit door" in result
    assert (stored(engine, 1), stored(engine, 2)) == ({"uses_feedback": 3}, {"uses_feedback": 5})


def test_correcting_twice_opens_one_revision(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    correct(as_ana, round_id)
    correct(as_ana, round_id)
    assert [revision for revision, _, _ in revisions(engine)] == [1, 2]


def test_a_page_of_the_old_revision_does_not_write_in_the_new_one(
    as_ana: HouseClient, dump: Dump, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    correct(as_ana, round_id)
    before = dump()
    assert save(as_ana, round_id, "skills", revision=1, uses_feedback="1").status_code == 409
    assert dump() == before


def test_the_database_itself_refuses_a_second_revision_with_the_same_number(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    row = engine.one("SELECT * FROM reflection")
    assert row is not None
    with pytest.raises(Refused):
        engine.insert("reflection", row | {"id": "another"})

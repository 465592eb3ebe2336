"""Filling an open place on the page: what hinders stands at its field, and what was typed stays."""

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed
from tests.conftest import Member
from tests.survey.placement.conftest import Add


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        ("2025-07-31", "starts_on", "Deze plek is open van 1 augustus 2025 tot en met 31 juli 2026."),
        ("2026-08-01", "starts_on", "Deze plek is open van 1 augustus 2025 tot en met 31 juli 2026."),
        ("2026-02-02", "coach", "De plek is al bezet."),
    ],
)
def test_a_day_outside_a_place_and_a_place_that_is_taken_read_apart(
    engine: SqliteEngine, as_lea: HouseClient, place: Add, kraanheide: str, ana: Member, cleo: Member,
    day: str, at: str, said: str,
) -> None:  # fmt: skip
    key = place(kraanheide, status="vacant_funded")
    if at == "coach":
        told = {"status": "active", "person_id": ana.id, "id": key}
        engine.run("UPDATE placement SET status = :status, person_id = :person_id WHERE id = :id", told)
    reply = as_lea.post(f"/inzet/{key}/vullen", data={"coach": cleo.id, "status": "agreed", "starts_on": day})
    assert reply.status_code == 422
    (field,) = [one for one in every(parsed(reply.text), "p") if one.get("id") == f"{at}-error"]
    assert said in "".join(field.itertext())
    assert f'value="{day}"' in reply.text
    assert f'selected value="{cleo.id}"' in reply.text

"""The reason for which a placement ends, and whether its place can stay."""

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.placement.conftest import Add

STATES = "SELECT status FROM placement ORDER BY starts_on"


@pytest.mark.parametrize(
    "reason", ["school_stops", "funding_ends", "replaced_by_other_help", "school_merged_or_closed"]
)
def test_a_place_that_goes_for_this_reason_leaves_no_vacancy_with_funds(
    engine: SqliteEngine, as_lea: HouseClient, place: Add, kraanheide: str, ana: Member, reason: str
) -> None:
    key = place(kraanheide, ana, hours_agreed=4.0)
    told = {"ends_on": "2026-01-12", "reason": reason, "shown": "1"}
    reply = as_lea.post(f"/inzet/{key}/stoppen", data={**told, "vacancy": "y"})
    assert reply.status_code == 422
    assert 'value="2026-01-12"' in reply.text
    assert f'selected value="{reason}"' in reply.text
    assert "Om deze reden blijft de plek niet met geld." in reply.text
    assert engine.rows(STATES) == [{"status": "active"}]
    assert as_lea.post(f"/inzet/{key}/stoppen", data=told).status_code == 303
    assert engine.rows(STATES) == [{"status": "ended"}]


@pytest.mark.parametrize(
    "reason", ["coach_new_job", "coach_absent", "no_click", "employer_stops", "end_of_school_year"]
)
def test_a_place_that_another_can_fill_stays(
    engine: SqliteEngine, as_lea: HouseClient, place: Add, kraanheide: str, ana: Member, reason: str
) -> None:
    key = place(kraanheide, ana)
    told = {"ends_on": "2026-01-12", "reason": reason, "shown": "1", "vacancy": "y"}
    assert as_lea.post(f"/inzet/{key}/stoppen", data=told).status_code == 303
    assert engine.rows(STATES) == [{"status": "ended"}, {"status": "vacant_funded"}]

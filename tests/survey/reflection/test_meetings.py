"""Meetings in own growth: flags where someone was, how many this school year, and nothing of others."""

import json
from collections.abc import Callable, Sequence

import pytest

from survey.database import SqliteEngine, new_key
from tests.client import HouseClient
from tests.conftest import Cohorts, Member

Reflected = Callable[..., str]
Meet = Callable[..., None]


@pytest.fixture
def meet(engine: SqliteEngine, ana: Member, cohorts: Cohorts) -> Meet:
    """A meeting of Ana's cohort on a day, where she was noted."""

    def add(
        day: str,
        kind: str = "workshop",
        state: str = "present",
        who: Member = ana,
        cohort_ids: Sequence[str] = (cohorts.bens,),
        cancelled: bool = False,
    ) -> None:
        key, at = new_key(), f"{day}T12:00:00+00:00"
        row = {"id": key, "kind": kind, "title": "Samen", "starts_at": at, "made_at": at}
        engine.insert(
            "event",
            row | {"ends_at": f"{day}T14:00:00+00:00", "cancelled_at": at if cancelled else None},
        )
        engine.insert("event_cohort", [{"event_id": key, "cohort_id": one} for one in cohort_ids])
        noted = {"event_id": key, "person_id": who.id, "state": state, "noted_at": at}
        engine.insert("attendance", noted)

    return add


@pytest.fixture
def grown(ana: Member, cohorts: Cohorts, reflected: Reflected) -> None:
    """Rounds in September and December."""
    for days in (120, 30):
        reflected(ana, cohorts.bens, days=days)


def flags(client: HouseClient) -> list[float]:
    traces = json.loads(client.get("/groei/kansencoach.json").text)["figure"]["data"]
    return [round(x, 2) for trace in traces if trace["mode"] == "markers" for x in trace["x"]]


def test_a_meeting_is_a_flag_between_the_rounds_it_fell_between(
    as_ana: HouseClient, grown: None, meet: Meet
) -> None:
    meet("2025-11-06")
    assert flags(as_ana) == [0.5]
    text = as_ana.get("/groei").text
    assert "bijeenkomst waar u was" in text
    assert "U was bij: Werkplaats (6 nov 25)." in text


def test_a_meeting_after_the_last_round_stands_after_it_and_one_before_the_first_nowhere(
    as_ana: HouseClient, grown: None, meet: Meet
) -> None:
    meet("2026-01-18")
    meet("2025-09-01")
    assert flags(as_ana) == [1.31]


def test_attendance_counts_this_school_year_and_the_kinds_that_count(
    as_ana: HouseClient, grown: None, meet: Meet
) -> None:
    for day in ("2025-09-30", "2025-10-30", "2025-11-30"):
        meet(day)
    meet("2025-12-10", state="absent")
    meet("2025-06-10")
    meet("2025-12-11", kind="school_visit")
    meet("2025-12-12", cancelled=True)
    assert "U was dit schooljaar bij 3 van de 4 bijeenkomsten." in as_ana.get("/groei").text


def test_without_a_meeting_there_is_no_line_about_meetings(as_ana: HouseClient, grown: None) -> None:
    text = as_ana.get("/groei").text
    assert "bijeenkomst" not in text.split('id="share"')[0]
    assert flags(as_ana) == []


def test_a_meeting_of_two_cohorts_is_one_meeting(
    as_ana: HouseClient, cohorts: Cohorts, grown: None, meet: Meet
) -> None:
    meet("2025-11-06", cohort_ids=(cohorts.bens, cohorts.doras))
    assert flags(as_ana) == [0.5]
    assert "bij 1 van de 1 bijeenkomsten" in as_ana.get("/groei").text


def test_where_others_were_is_not_shown(as_ana: HouseClient, cleo: Member, grown: None, meet: Meet) -> None:
    meet("2025-11-06", who=cleo)
    assert flags(as_ana) == []


def test_the_own_aim_stands_beside_the_lines(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected
) -> None:
    reflected(ana, cohorts.bens, days=120)
    reflected(ana, cohorts.bens, days=30, focus={"uses_feedback": "Elke keer vragen."})
    assert "Elke keer vragen." in as_ana.get("/groei").text

"""A school year in the region: plans, short rounds, look-backs, meetings, assignments and proposals."""

from datetime import timedelta

import pytest

from survey.clock import local_day, school_year, stamp
from survey.rhythm import holidays
from survey.rhythm.spans import Span
from tests.conftest import START
from tests.survey.demo.conftest import Rows


def number(rows: Rows, sql: str) -> int:
    return int(rows(f"SELECT count(*) AS n FROM {sql}")[0]["n"])


def test_every_cohort_has_a_plan_for_each_year_it_held_something(rows: Rows) -> None:
    assert number(rows, "round WHERE plan_id IS NULL") == 0
    assert number(rows, "micro_round WHERE plan_id IS NULL") == 0
    assert number(rows, "event WHERE plan_id IS NULL") == 0
    assert number(rows, "cohort WHERE id NOT IN (SELECT cohort_id FROM year_plan)") == 0


def test_short_rounds_lie_between_the_full_ones_and_ask_only_focus_items(rows: Rows) -> None:
    overlap = "micro_round m JOIN round r ON r.cohort_id = m.cohort_id"
    assert number(rows, f"{overlap} WHERE m.opens_at < r.closes_at AND r.opens_at < m.closes_at") == 0
    strangers = (
        "micro_answer a WHERE NOT EXISTS (SELECT 1 FROM focus f JOIN reflection r ON r.id = f.reflection_id "
        "WHERE r.person_id = a.person_id AND f.item = a.item)"
    )
    assert number(rows, strangers) == 0
    assert number(rows, "micro_answer") > 300


def test_short_rounds_open_on_a_school_day_and_some_are_still_to_come(rows: Rows) -> None:
    known = holidays.read(None)
    for day in {local_day(row["opens_at"]) for row in rows("SELECT opens_at FROM micro_round")}:
        around = known.around(school_year(day), holidays.Region.NOORD)
        assert not [one for one in around if one.span.meets(Span(day, day))]
    coming = rows("SELECT cohort_id FROM micro_round WHERE opened_at IS NULL")
    assert len(coming) >= number(rows, "cohort")
    assert number(rows, f"micro_round WHERE (opens_at > '{stamp(START)}') <> (opened_at IS NULL)") == 0
    early = "micro_answer a JOIN micro_round m ON m.id = a.micro_round_id WHERE m.opened_at IS NULL"
    assert number(rows, early) == 0


def test_coaches_look_back_on_what_they_answered_then_from_the_last_round_of_a_year(rows: Rows) -> None:
    assert number(rows, "lookback") > 40
    before = (
        "lookback l JOIN reflection now ON now.id = l.reflection_id "
        "JOIN round r ON r.id = now.round_id JOIN round t ON t.id = l.about_round_id"
    )
    assert number(rows, f"{before} WHERE t.opens_at >= r.opens_at OR r.lookback = 0") == 0
    assert number(rows, f"{before} WHERE now.revision <> 1") == 0


def test_meetings_were_held_and_two_of_each_cohort_are_still_to_come(rows: Rows) -> None:
    coming = "event_cohort c WHERE NOT EXISTS (SELECT 1 FROM attendance a WHERE a.event_id = c.event_id)"
    assert number(rows, coming) == 2 * number(rows, "cohort")
    shares = rows("SELECT avg(state = 'present') AS came FROM attendance")
    assert 0.75 < shares[0]["came"] < 0.9


def test_no_meeting_lies_in_a_school_holiday(rows: Rows) -> None:
    days = {local_day(row["starts_at"]) for row in rows("SELECT starts_at FROM event")}
    known = holidays.read(None)
    closed = {
        day
        for day in days
        for one in known.around(school_year(day), holidays.Region.NOORD)
        if one.span.meets(Span(day, day))
    }
    assert not closed
    assert not [day for day in days if day.weekday() > 4 or day in known.free(school_year(day))]


def test_every_cohort_meets_for_intervision_within_a_week_and_somebody_brings_something(rows: Rows) -> None:
    soon = rows(
        "SELECT DISTINCT c.cohort_id FROM event e JOIN event_cohort c ON c.event_id = e.id "
        "JOIN shared_focus s ON s.event_id = e.id WHERE e.kind = 'intervision' AND e.starts_at < :week",
        {"week": stamp(START + timedelta(days=7))},
    )
    assert len(soon) == number(rows, "cohort")


def test_only_who_was_in_the_cohort_that_day_is_on_the_list_of_a_meeting(rows: Rows) -> None:
    wrong = (
        "attendance a JOIN event e ON e.id = a.event_id JOIN event_cohort c ON c.event_id = e.id "
        "JOIN cohort_member m ON m.cohort_id = c.cohort_id AND m.person_id = a.person_id "
        "WHERE substr(e.starts_at, 1, 10) < m.since OR substr(e.starts_at, 1, 10) > coalesce(m.until, '9999')"
    )
    assert number(rows, wrong) == 0


def test_what_someone_brings_to_an_intervision_is_a_focus_of_their_own(rows: Rows) -> None:
    assert number(rows, "shared_focus") > 0
    assert number(rows, "shared_focus s JOIN event e ON e.id = s.event_id WHERE e.kind <> 'intervision'") == 0
    strangers = (
        "shared_focus s WHERE NOT EXISTS (SELECT 1 FROM focus f JOIN reflection r ON r.id = f.reflection_id "
        "WHERE r.person_id = s.person_id AND f.item = s.item AND r.submitted_at IS NOT NULL)"
    )
    assert number(rows, strangers) == 0


@pytest.mark.parametrize("state", ["open", "taken", "not_taken"])
def test_proposals_stand_in_every_state(rows: Rows, state: str) -> None:
    assert number(rows, f"proposal WHERE state = '{state}'") > 0


def test_every_kansencoach_at_work_has_an_assignment_with_tasks(rows: Rows) -> None:
    without = (
        "placement p JOIN cohort_member m ON m.person_id = p.person_id JOIN cohort c ON c.id = m.cohort_id "
        "WHERE c.profile = 'kansencoach' AND p.status = 'active' AND NOT EXISTS ("
        "SELECT 1 FROM assignment a JOIN assignment_task t ON t.assignment_id = a.id "
        "WHERE a.person_id = p.person_id AND a.school_id = p.school_id)"
    )
    joined_lately = 2  # colleagues the visitors can hand over to
    assert number(rows, without) <= joined_lately
    assert number(rows, "task_emphasis") > 100


def test_who_shares_their_growth_shares_it_with_their_own_trainer(rows: Rows) -> None:
    assert number(rows, "growth_share") == 2
    own = (
        "growth_share s JOIN cohort_member m ON m.person_id = s.person_id "
        "JOIN cohort_trainer t ON t.cohort_id = m.cohort_id AND t.person_id = s.trainer_id"
    )
    assert number(rows, own) == 2

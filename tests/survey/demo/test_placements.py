"""Two finished school years of placements in the region, and the running one: in order, never doubled."""

from datetime import date
from itertools import combinations

import pytest

from survey.clock import days_of_school_year, stamp
from survey.demo import names, store
from tests.conftest import START
from tests.survey.demo.conftest import Rows

YEARS = ("2023-2024", "2024-2025", "2025-2026")
RUNNING = YEARS[-1]
STATUSES = (
    "wanted", "click_conversation", "agreed", "active", "paused", "vacant_funded", "vacant_unfunded", "ended",
)  # fmt: skip
# Of what is sealed, silenced, signed in with or mailed nothing is there before a visitor does it.
EMPTY = {
    "address_change", "audit", "calendar_feed", "card", "cohort_release", "evaluation_silence",
    "hint_threshold", "mail_choice", "notice", "outbox", "rate_limit", "sealed_ballot", "sem_version",
    "session", "signin_link", "signin_request", "talk_check", "transition", "wording_draw", "wording_release",
}  # fmt: skip
NEW = [name for name in store.TABLES if name.startswith(("school", "placement", "hours", "start_", "yield"))]


def count(rows: Rows, sql: str, **params: str) -> int:
    return int(rows(f"SELECT count(*) AS n FROM {sql}", params)[0]["n"])


def test_no_other_table_is_empty(rows: Rows) -> None:
    assert {name for name in store.TABLES if count(rows, f'"{name}"') == 0} <= EMPTY
    assert not EMPTY & set(NEW)


@pytest.mark.parametrize("year", YEARS)
def test_coaches_worked_in_every_school_year(rows: Rows, year: str) -> None:
    assert count(rows, "placement WHERE school_year = :y AND person_id IS NOT NULL", y=year) > 20
    assert count(rows, "school_count WHERE school_year = :y", y=year) > 60


@pytest.mark.parametrize("status", STATUSES)
def test_places_stand_in_every_status(rows: Rows, status: str) -> None:
    assert count(rows, "placement WHERE status = :s", s=status) > 0


def test_finished_years_are_closed_but_for_two_places_that_wait_for_the_lead(rows: Rows) -> None:
    waiting = rows("SELECT status FROM placement WHERE school_year < :y AND ends_on IS NULL", {"y": RUNNING})
    assert waiting == [{"status": "active"}] * 2


def test_no_coach_stands_twice_at_a_school_on_one_day(rows: Rows) -> None:
    held: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows("SELECT * FROM placement WHERE person_id IS NOT NULL"):
        days = (row["starts_on"], row["ends_on"] or "9999")
        held.setdefault((row["person_id"], row["school_id"]), []).append(days)
    for spans in held.values():
        assert not [1 for one, two in combinations(spans, 2) if one[0] <= two[1] and two[0] <= one[1]]


def test_nobody_is_placed_for_more_than_forty_hours(rows: Rows) -> None:
    sums = rows(
        "SELECT sum(hours_agreed) AS hours FROM placement WHERE person_id IS NOT NULL "
        "AND status <> 'click_conversation' GROUP BY person_id, school_year"
    )
    assert 0 < max(row["hours"] for row in sums) <= 40
    assert not rows("SELECT id FROM placement WHERE hours_agreed * 4 <> round(hours_agreed * 4)")


def test_after_a_leave_in_the_year_the_hours_stay_open_until_somebody_follows(rows: Rows) -> None:
    left = rows(
        "SELECT * FROM placement WHERE end_reason IN ('coach_new_job', 'coach_absent', 'employer_stops')"
    )
    assert len(left) >= 5
    for row in left:
        after = rows("SELECT * FROM placement WHERE follows = :id", {"id": row["id"]})
        assert [one["status"] for one in after][:1] != ["ended"]
        assert all(one["starts_on"] > row["ends_on"] for one in after)
    assert count(rows, "placement WHERE status = 'vacant_funded' AND hours_agreed > 0") >= 5


def test_hours_that_differ_from_the_rule_mostly_have_their_reason(rows: Rows) -> None:
    other = rows(
        "SELECT agreed_because FROM placement p JOIN school_count c ON c.school_id = p.school_id "
        "AND c.school_year = p.school_year WHERE abs(hours_agreed - pupils * 4 / 150.0) > 0.5"
    )
    reasons = [row["agreed_because"] for row in other]
    assert None in reasons
    assert sum(reason is None for reason in reasons) < 0.25 * len(reasons)


def test_months_are_written_down_in_their_placement_and_some_are_missing(rows: Rows) -> None:
    outside = (
        "hours_log l JOIN placement p ON p.id = l.placement_id WHERE l.month < substr(p.starts_on, 1, 7) "
        "OR l.month > substr(coalesce(p.ends_on, '9999-12'), 1, 7) OR substr(l.month, 6) IN ('07', '08')"
    )
    assert count(rows, outside) == 0
    assert count(rows, "hours_log") > 500
    logged = "SELECT placement_id FROM hours_log"
    assert count(rows, f"placement WHERE status = 'active' AND id NOT IN ({logged})") > 0


def test_the_coach_of_the_tour_has_a_month_to_write_down(rows: Rows) -> None:
    months = rows(
        "SELECT max(month) AS newest FROM hours_log l JOIN person p ON p.id = l.noted_by "
        "WHERE p.name = :name",
        {"name": names.COACH.name},
    )
    assert months == [{"newest": "2025-11"}]  # it is January, so December is over


@pytest.mark.parametrize("state", ["draft", "asked", "signed", "replaced"])
def test_start_agreements_stand_in_every_state(rows: Rows, state: str) -> None:
    assert count(rows, "start_agreement WHERE state = :s", s=state) > 0


def test_who_signed_signed_after_the_talk_and_looking_back_came_after_that(rows: Rows) -> None:
    wrong = (
        "start_agreement a JOIN start_signature s ON s.agreement_id = a.id "
        "WHERE substr(s.signed_at, 1, 10) < a.talked_on OR s.signed_at > a.signed_at"
    )
    assert count(rows, wrong) == 0
    late = (
        "yield_review v JOIN intended_yield y ON y.id = v.yield_id "
        "JOIN start_agreement a ON a.id = y.agreement_id WHERE v.reviewed_on <= substr(a.signed_at, 1, 10)"
    )
    assert count(rows, late) == 0
    assert {row["moment"] for row in rows("SELECT DISTINCT moment FROM yield_review")} == {"halfway", "end"}


def test_what_is_agreed_is_on_the_lists_that_offer_it(rows: Rows) -> None:
    from survey.questionnaire import catalog

    forms = catalog.load()
    offered = {
        kind: {one.key for one in forms.choices(listed)}
        for kind, listed in (("partner", "partner"), ("checklist", "start_checklist"))
    }
    for kind, keys in offered.items():
        found = rows("SELECT DISTINCT key FROM start_choice WHERE kind = :kind", {"kind": kind})
        assert {row["key"] for row in found} <= keys
    yields = {row["category"] for row in rows("SELECT DISTINCT category FROM intended_yield")}
    assert yields <= {one.key for one in forms.choices("yield_category")}
    ends = {row["end_reason"] for row in rows("SELECT DISTINCT end_reason FROM placement")} - {None}
    assert ends <= {one.key for one in forms.choices("end_reason")}


def test_the_one_who_waits_for_a_parent_and_the_one_to_look_back_on_are_of_the_tour(rows: Rows) -> None:
    found = rows(
        "SELECT a.state, a.review_on FROM start_agreement a JOIN placement p ON p.id = a.placement_id "
        "JOIN person c ON c.id = p.person_id WHERE c.name = :name AND p.school_year = :year ORDER BY a.state",
        {"name": names.COACH.name, "year": RUNNING},
    )
    assert [row["state"] for row in found] == ["asked", "signed"]
    assert found[1]["review_on"] <= START.date().isoformat()
    assert count(rows, "start_signature WHERE signed_at IS NULL AND expires_at > :t", t=stamp(START)) == 0


def test_two_plans_divide_as_much_and_less_than_their_budget(rows: Rows) -> None:
    plans = rows(
        "SELECT h.name, h.budget, sum(l.quarters) AS divided FROM hours_plan h "
        "JOIN hours_plan_line l ON l.plan_id = h.id GROUP BY h.id"
    )
    assert len(plans) == 2
    assert len({row["divided"] for row in plans}) == 1
    assert all(row["divided"] < row["budget"] for row in plans)
    assert {row["school_year"] for row in rows("SELECT school_year FROM hours_plan")} == {"2026-2027"}


def test_every_day_lies_in_its_school_year(rows: Rows) -> None:
    for row in rows("SELECT school_year, starts_on, ends_on FROM placement"):
        first, last = days_of_school_year(row["school_year"])
        assert first <= date.fromisoformat(row["starts_on"]) <= last
        assert row["ends_on"] is None or date.fromisoformat(row["ends_on"]) <= last

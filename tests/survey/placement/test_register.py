"""The register: filters, order, pages, states on a day, gaps, and what each reader reads."""

from datetime import date
from typing import Any

import pytest

from survey.access.permissions import Role, Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from survey.placement.register.asked import Filters, as_address, day_of
from tests.conftest import START, Member, scope_of
from tests.survey.placement.conftest import YEAR, Add, School

DAY = START.date()


@pytest.fixture
def places(place: Add, school: School, ana: Member, cleo: Member) -> dict[str, str]:
    """Five places in two municipalities, of two employers."""
    gagelhof, kraanheide = school("De Gagelhof", pupils=149), school("De Kraanheide", pupils=112)
    zilvermos, wollegras = school("De Zilvermos", "Heidewold", 121), school("Het Wollegras", "Heidewold", 205)
    return {
        "vacant": place(gagelhof, status="vacant_funded", hours_agreed=4.0, starts_on=date(2026, 1, 13)),
        "active": place(kraanheide, ana, hours_agreed=3.0, hours_needed=4.5, employer="Zorggroep"),
        "candidate": place(zilvermos, cleo, status="click_conversation", hours_agreed=3.25),
        "agreed": place(
            wollegras,
            ana,
            status="agreed",
            hours_agreed=5.0,
            employer="Zelfstandig",
            starts_on=date(2026, 2, 2),
        ),
        "ended": place(gagelhof, cleo, status="ended", hours_agreed=4.0, ends_on=date(2026, 1, 12)),
    }


def shown(engine: SqliteEngine, lead: Scope, places: dict[str, str], **asked: Any) -> list[str]:
    names = {key: name for name, key in places.items()}
    found = reports.register(engine, lead, school_year=YEAR, day=DAY, **asked)
    return [names[line.placement.id] for line in found.lines]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ["active", "agreed", "candidate", "ended", "vacant"]),
        (Filters(status="active"), ["active"]),
        (Filters(status="ended"), ["ended"]),
        (Filters(municipality="Heidewold"), ["agreed", "candidate"]),
        (Filters(employer="Zorggroep"), ["active"]),
        (Filters(text="gagel"), ["ended", "vacant"]),
        (Filters(text="ga%el"), []),
        (Filters(text="_"), []),
        (Filters(municipality="Heidewold", status="agreed"), ["agreed"]),
        (Filters(municipality="Nergens"), []),
    ],
)
def test_a_filter_shows_what_fits(
    engine: SqliteEngine, lead: Scope, places: dict[str, str], filters: Filters, expected: list[str]
) -> None:
    assert sorted(shown(engine, lead, places, filters=filters)) == expected


def test_a_coach_is_found_by_id(
    engine: SqliteEngine, lead: Scope, places: dict[str, str], cleo: Member
) -> None:
    assert set(shown(engine, lead, places, filters=Filters(coach=cleo.id))) == {"candidate", "ended"}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("school", ["ended", "vacant", "active", "candidate", "agreed"]),
        ("coach", ["active", "agreed", "ended", "candidate", "vacant"]),
        ("municipality", ["candidate", "agreed", "ended", "vacant", "active"]),
        ("agreed", ["agreed", "ended", "vacant", "candidate", "active"]),
        ("needed", ["active", "ended", "vacant", "candidate", "agreed"]),
        ("rule", ["agreed", "ended", "vacant", "candidate", "active"]),
        (
            "used",
            ["ended", "vacant", "active", "candidate", "agreed"],
        ),  # no order of persons by what they use
    ],
)
def test_the_register_sorts_by_what_places_are_never_by_what_people_use(
    engine: SqliteEngine, lead: Scope, places: dict[str, str], sort: str, expected: list[str]
) -> None:
    assert shown(engine, lead, places, sort=sort) == expected


def test_states_count_all_places_of_the_filters(
    engine: SqliteEngine, lead: Scope, places: dict[str, str]
) -> None:
    found = reports.register(
        engine, lead, school_year=YEAR, day=DAY, filters=Filters(status="active", municipality="Veenrand")
    )
    assert found.states == {"vacant_funded": 1, "active": 1, "ended": 1}
    assert (found.number, len(found.lines)) == (1, 1)


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (date(2025, 10, 1), {"ended": "active", "vacant": "vacant_funded"}),
        (date(2026, 1, 12), {"ended": "active", "vacant": "vacant_funded"}),
        (date(2026, 1, 13), {"ended": "ended", "vacant": "vacant_funded"}),
    ],
)
def test_a_state_reads_as_it_is_on_a_day_in_sql_and_in_words(
    engine: SqliteEngine, lead: Scope, places: dict[str, str], day: date, states: dict[str, str]
) -> None:
    found = reports.register(engine, lead, school_year=YEAR, day=day)
    by_id = {line.placement.id: line.placement for line in found.lines}
    for name, state in states.items():
        assert by_id[places[name]].state(day) == state
    counted = [one.state(day) for one in by_id.values()]
    assert found.states == {state: counted.count(state) for state in counted}


def test_a_page_holds_a_hundred_and_the_last_page_the_rest(
    engine: SqliteEngine, lead: Scope, place: Add, school: School
) -> None:
    for number in range(105):
        place(school(f"School {number:03}"))
    pages = [reports.register(engine, lead, school_year=YEAR, day=DAY, page=page) for page in (1, 2, 9)]
    assert [(one.page, len(one.lines)) for one in pages] == [(1, 100), (2, 5), (2, 5)]
    assert pages[0].pages == 2


def test_who_is_no_lead_reads_no_register(
    engine: SqliteEngine, places: dict[str, str], ana: Member, ben: Member
) -> None:
    for member, role in ((ana, Role.COACH), (ben, Role.TRAINER)):
        by = scope_of(member, role)
        found = reports.register(engine, by, school_year=YEAR, day=DAY)
        assert (found.lines, dict(found.states)) == ((), {})
        assert reports.totals(engine, by, school_year=YEAR, day=DAY).all.places == 0
        assert reports.gaps(engine, by, school_year=YEAR, day=DAY) == ()
        assert reports.coaches_at(engine, by, "s-De Kraanheide", DAY) == ()
        assert not reports.choices(engine, by, YEAR).coaches


def test_a_coach_reads_own_placements_only(
    engine: SqliteEngine, places: dict[str, str], ana: Member, cleo: Member
) -> None:
    me = scope_of(ana)
    assert {one.id for one in reports.of_year(engine, me, YEAR)} == {places["active"], places["agreed"]}
    assert {one.id for one in reports.of_coach(engine, me, DAY)} == {places["active"], places["agreed"]}
    assert reports.of_coach(engine, me, DAY, cleo.id) == ()
    assert reports.one(engine, me, places["ended"]) is None
    assert reports.hours(engine, me, places["ended"]) is None
    assert reports.changes(engine, me, places["ended"]) == ()
    assert set(reports.hours_of_year(engine, me, YEAR)) == {places["active"], places["agreed"]}


def test_a_trainer_reads_no_placement_at_all(
    engine: SqliteEngine, places: dict[str, str], ben: Member
) -> None:
    me = scope_of(ben, Role.TRAINER)
    assert reports.of_year(engine, me, YEAR) == ()
    assert [reports.one(engine, me, key) for key in places.values()] == [None] * len(places)


def test_gaps_are_places_where_somebody_is_looked_for(
    engine: SqliteEngine, lead: Scope, places: dict[str, str]
) -> None:
    found = reports.gaps(engine, lead, school_year=YEAR, day=DAY)
    assert [(gap.placement.id, gap.hours) for gap in found] == [
        (places["vacant"], 4.0),
        (places["candidate"], 3.25),
    ]


def test_a_gap_that_nobody_gave_hours_waits_for_those_of_the_rule(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, school: School
) -> None:
    place(kraanheide)
    place(school("Veenpluis"))
    assert [gap.hours for gap in reports.gaps(engine, lead, school_year=YEAR, day=DAY)] == [3.0, None]


def test_a_filled_vacancy_is_no_gap_once_it_is_over(
    engine: SqliteEngine, lead: Scope, places: dict[str, str], cleo: Member
) -> None:
    actions.fill(
        engine,
        placement_id=places["vacant"],
        person_id=cleo.id,
        starts_on=date(2026, 2, 2),
        status="active",
        by=lead,
        at=START,
    )
    days = (date(2026, 2, 1), date(2026, 2, 2))
    found = [
        {gap.placement.id for gap in reports.gaps(engine, lead, school_year=YEAR, day=day)} for day in days
    ]
    assert [places["vacant"] in ids for ids in found] == [True, False]


def test_who_works_at_a_school_on_a_day(
    engine: SqliteEngine, lead: Scope, places: dict[str, str], ana: Member, cleo: Member
) -> None:
    at = {
        day: [one.person_id for one in reports.coaches_at(engine, lead, "s-De Gagelhof", day)]
        for day in (date(2025, 7, 31), date(2025, 8, 1), date(2026, 1, 12), date(2026, 1, 13))
    }
    assert list(at.values()) == [[], [cleo.id], [cleo.id], []]


def test_what_was_left_over_from_last_year_asks_to_be_continued_or_ended(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, wollegras: str, ana: Member
) -> None:
    old = place(kraanheide, ana, starts_on=date(2024, 9, 1))
    place(wollegras, ana)
    assert [one.id for one in reports.not_continued(engine, lead, DAY)] == [old]
    assert {one.id for one in reports.of_coach(engine, scope_of(ana), DAY)} >= {old}


@pytest.mark.parametrize(
    ("year", "day"),
    [
        ("2025-2026", date(2026, 1, 20)),
        ("2024-2025", date(2025, 6, 1)),
        ("2026-2027", date(2027, 6, 1)),
    ],
)
def test_another_year_is_read_on_the_first_of_june(year: str, day: date) -> None:
    assert day_of(year, DAY) == day


def test_an_address_asks_no_more_than_it_has_to() -> None:
    assert as_address(YEAR, Filters(), "school") == {"jaar": YEAR}
    asked = as_address(YEAR, Filters(status="active", text="kraan"), "coach", 3)
    assert asked == {"jaar": YEAR, "status": "active", "zoek": "kraan", "volgorde": "coach", "blad": "3"}

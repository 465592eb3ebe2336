"""Phases and levels in the database: entered, taken back, and read by the coach of the case alone."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.clock import stamp
from survey.coaching import actions, reports
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from tests.conftest import START, Member, scope_of

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
TODAY = START.date()
EARLIER = date(2026, 1, 5)


@pytest.fixture
def catalog(app: Flask) -> Catalog:
    found = app.extensions["catalog"]
    assert isinstance(found, Catalog)
    return found


@pytest.fixture
def case_id(engine: SqliteEngine, ana: Member, school_of: Callable[[Member], str]) -> str:
    cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)
    engine.run("UPDATE \"case\" SET profile = 'schoolcoach'")
    (row,) = engine.rows('SELECT id FROM "case"')
    return str(row["id"])


def enter(engine: SqliteEngine, case_id: str, phase: int, by: Member, day: date = TODAY) -> str:
    return actions.enter_phase(engine, case_id=case_id, phase=f"phase_{phase}", day=day, by=by.id, at=START)


def look_at(engine: SqliteEngine, case_id: str, level: str, by: Member, *, day: date = TODAY) -> None:
    actions.note_level(engine, case_id=case_id, level=level, is_examined=True, day=day, by=by.id)


def coaching(engine: SqliteEngine, case_id: str, by: Member, catalog: Catalog) -> reports.Coaching:
    found = reports.cycle(engine, scope_of(by), case_id, catalog.profile("schoolcoach"))
    assert found is not None
    return found


def test_a_profile_without_a_cycle_has_no_coaching(
    engine: SqliteEngine, ana: Member, case_id: str, catalog: Catalog
) -> None:
    assert reports.cycle(engine, scope_of(ana), case_id, catalog.profile("kansencoach")) is None


def test_the_phase_entered_last_is_where_it_is_also_after_going_back(
    engine: SqliteEngine, ana: Member, case_id: str, catalog: Catalog
) -> None:
    assert coaching(engine, case_id, ana, catalog).current is None
    for phase, day in ((3, date(2026, 1, 12)), (1, EARLIER), (2, TODAY)):
        enter(engine, case_id, phase, ana, day)
    found = coaching(engine, case_id, ana, catalog)
    assert [entry.key for entry in found.entries] == ["phase_1", "phase_3", "phase_2"]
    assert found.current is not None
    assert (found.current.phase, len(found.phases)) == (found.phases[1], 6)


def test_the_same_phase_twice_on_a_day_is_one_entry(
    engine: SqliteEngine, ana: Member, case_id: str, catalog: Catalog
) -> None:
    first, second = (enter(engine, case_id, 1, ana) for _ in range(2))
    assert first == second
    actions.remove_phase(engine, case_id=case_id, entry_id=first, by=ana.id)
    assert coaching(engine, case_id, ana, catalog).entries == ()
    with pytest.raises(actions.NotYours):
        actions.remove_phase(engine, case_id=case_id, entry_id=first, by=ana.id)


def test_a_phase_the_profile_dropped_is_still_an_entry(
    engine: SqliteEngine, ana: Member, case_id: str, catalog: Catalog
) -> None:
    enter(engine, case_id, 9, ana)
    (entry,) = coaching(engine, case_id, ana, catalog).entries
    assert (entry.key, entry.phase) == ("phase_9", None)
    assert reports.current(engine, scope_of(ana), catalog=catalog) == {}


def test_a_level_keeps_its_first_day_until_it_is_taken_back(
    engine: SqliteEngine, ana: Member, case_id: str, catalog: Catalog
) -> None:
    look_at(engine, case_id, "team", ana, day=EARLIER)
    look_at(engine, case_id, "team", ana)
    look_at(engine, case_id, "child", ana)
    assert coaching(engine, case_id, ana, catalog).examined == {"team": EARLIER, "child": TODAY}
    actions.note_level(engine, case_id=case_id, level="team", is_examined=False, day=TODAY, by=ana.id)
    assert coaching(engine, case_id, ana, catalog).examined == {"child": TODAY}


def test_the_list_of_cases_knows_the_phase_of_each(
    engine: SqliteEngine, ana: Member, cleo: Member, case_id: str, catalog: Catalog
) -> None:
    enter(engine, case_id, 1, ana, EARLIER)
    enter(engine, case_id, 4, ana)
    (row,) = engine.rows('SELECT code FROM "case"')
    ((code, (phase, total)),) = reports.current(engine, scope_of(ana), catalog=catalog).items()
    assert (code, phase.order, total) == (row["code"], 4, 6)
    assert reports.current(engine, scope_of(cleo), catalog=catalog) == {}


@pytest.mark.parametrize("who", ["cleo", "ben", "lea", "nobody"])
def test_nobody_else_reads_or_writes_a_coaching(
    request: pytest.FixtureRequest,
    engine: SqliteEngine,
    ana: Member,
    case_id: str,
    catalog: Catalog,
    dump: Dump,
    who: str,
) -> None:
    entry, other = enter(engine, case_id, 1, ana), request.getfixturevalue(who)
    look_at(engine, case_id, "team", ana)
    found = coaching(engine, case_id, other, catalog)
    assert (found.entries, found.examined) == ((), {})
    before = dump()
    with pytest.raises(actions.NotYours):
        enter(engine, case_id, 2, other)
    with pytest.raises(actions.NotYours):
        actions.remove_phase(engine, case_id=case_id, entry_id=entry, by=other.id)
    with pytest.raises(actions.NotYours):
        look_at(engine, case_id, "child", other)
    actions.note_level(engine, case_id=case_id, level="team", is_examined=False, day=TODAY, by=other.id)
    assert dump() == before


def test_a_closed_case_keeps_its_phases(
    engine: SqliteEngine, ana: Member, case_id: str, catalog: Catalog, dump: Dump
) -> None:
    enter(engine, case_id, 1, ana)
    engine.run('UPDATE "case" SET closed_at = :at', {"at": stamp(START)})
    before = dump()
    with pytest.raises(actions.NotYours):
        enter(engine, case_id, 2, ana)
    assert dump() == before
    assert coaching(engine, case_id, ana, catalog).current is not None

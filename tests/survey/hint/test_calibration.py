"""Thresholds from the programme's own answers: nothing without 100 pairs, nothing without --apply."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from survey.clock import stamp
from survey.database import Refused, SqliteEngine
from survey.hint import actions, reports, versions
from survey.questionnaire.vocabulary import Family
from tests.commands import run
from tests.conftest import START, Clock, Member
from tests.survey.hint.answering import Answering

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
VARIED = (16, 11, 15, 10, 14, 11)
PARENT = ("parent", Family.RELATIONSHIP)


def give(engine: SqliteEngine, case_id: str, *, people: int, totals: tuple[int, ...] = VARIED) -> None:
    """Relationship checks of parents, each in a case like this one: as many pairs as totals minus one."""
    before = engine.rows("SELECT count(*) AS n FROM informant")[0]["n"]
    for person in range(before, before + people):
        key = f"p{person}"
        engine.run(
            'INSERT INTO "case" (id, code, coach_id, school_id, opened_at) '
            'SELECT :id, :id, coach_id, school_id, opened_at FROM "case" WHERE id = :like',
            {"id": key, "like": case_id},
        )
        engine.insert("informant", {"id": key, "case_id": key, "kind": "parent", "number": 1})
        for n, total in enumerate(totals):
            _answered(engine, f"{key}-{n}", key, total, START - timedelta(days=20 - n))


def _answered(engine: SqliteEngine, key: str, who: str, total: int, at: datetime) -> None:
    link = {"id": key, "informant_id": who, "form": "relationship-parent", "version": "1.0"}
    times = {"created_at": stamp(at), "expires_at": stamp(at + timedelta(days=2))}
    engine.insert("checkin_link", {**link, "token_hash": f"{key:0>64}", **times})
    engine.insert("checkin", {"id": key, "link_id": key, "answered_at": stamp(at)})
    values = [total // 4 + (n < total % 4) for n in range(4)]
    engine.insert(
        "checkin_answer",
        [
            {"checkin_id": key, "item": f"w{n}", "item_version": "1.0", "value": value}
            for n, value in enumerate(values, start=1)
        ],
    )


@pytest.fixture
def many(case: Answering, engine: SqliteEngine) -> None:
    """100 pairs of parents: 20 with five each."""
    give(engine, case.id, people=20)


def of(
    app: Flask, engine: SqliteEngine, at: datetime = START
) -> dict[tuple[str, Family], reports.Calibration]:
    with app.app_context():
        found = reports.calibrations(engine, catalog=app.extensions["catalog"], at=at)
    return {(one.respondent, one.family): one for one in found}


def in_force(app: Flask, engine: SqliteEngine, at: datetime) -> versions.Version:
    return versions.read(engine, catalog=app.extensions["catalog"]).in_force(*PARENT, at)


def test_too_few_pairs_change_nothing(app: Flask, case: Answering, engine: SqliteEngine) -> None:
    give(engine, case.id, people=19)
    give(engine, case.id, people=1, totals=VARIED[:5])
    one = of(app, engine)[PARENT]
    assert (one.pairs, one.new) == (99, None)


@pytest.mark.usefixtures("many")
def test_a_hundred_pairs_give_a_new_version(app: Flask, engine: SqliteEngine) -> None:
    one = of(app, engine)[PARENT]
    assert one.pairs == 100
    assert one.new is not None
    assert (one.old.number, one.new.number) == (1, 2)
    assert one.new.sd > one.old.sd
    assert one.new.zone == (5, 5)  # they vary far more, and 5 is as far as a threshold goes
    assert one.new.rates.keys() == one.old.rates.keys()
    assert {found.pairs for key, found in of(app, engine).items() if key != PARENT} == {0}


@pytest.mark.usefixtures("many")
def test_pairs_of_two_people_are_no_pairs(app: Flask, engine: SqliteEngine, case: Answering) -> None:
    give(engine, case.id, people=30, totals=(16,))
    assert of(app, engine)[PARENT].pairs == 100


def test_answers_that_vary_more_than_the_model_can_stay_with_what_is_known(
    app: Flask, case: Answering, engine: SqliteEngine, dump: Dump
) -> None:
    give(engine, case.id, people=20, totals=(16, 0, 16, 0, 16, 0))
    one = of(app, engine)[PARENT]
    assert (one.pairs, one.new, one.is_beyond) == (100, None, True)
    before = dump()
    code, text = run(app, "calibrate-hints", "--apply")
    assert (code, dump()) == (0, before)
    assert "parent relationship: 100 pairs, cannot be modelled: they vary too much. Stays: version 1" in text
    assert "0 new in force from now." in text


@pytest.mark.usefixtures("many")
def test_pairs_say_nothing_about_how_high_answers_lie(app: Flask, engine: SqliteEngine) -> None:
    one = of(app, engine)[PARENT]
    assert one.new is not None
    kept = {name for name, rate in one.new.rates.items() if rate == one.old.rates[name]}
    assert kept == {"w_a_talk", "w_a_case", "ceiling_case"}
    assert "the chances stay those of the model" in run(app, "calibrate-hints")[1]


def test_answers_that_all_differ_by_as_much_say_nothing(
    app: Flask, engine: SqliteEngine, case: Answering
) -> None:
    give(engine, case.id, people=101, totals=(12, 12))
    assert (of(app, engine)[PARENT].pairs, of(app, engine)[PARENT].new) == (101, None)


@pytest.mark.usefixtures("many")
def test_checks_that_asked_something_else_make_no_pair(
    app: Flask, engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = app.extensions["catalog"]
    form = catalog.get("relationship-parent")
    engine.run("UPDATE checkin_link SET version = '1.1' WHERE id LIKE '%-0'")
    monkeypatch.setattr(type(catalog), "get", lambda _self, _form, version=None: form)
    monkeypatch.setattr(type(catalog), "anchor", lambda _self, _form, version, _item: version)
    assert of(app, engine)[PARENT].pairs == 80


@pytest.mark.usefixtures("many")
def test_the_dry_run_prints_old_and_new_and_changes_nothing(app: Flask, dump: Dump) -> None:
    before = dump()
    code, text = run(app, "calibrate-hints")
    assert code == 0
    assert "parent relationship: 100 pairs\n  old version 1, SD 1.55, threshold 4 after one check, 3" in text
    assert "  new version 2, SD 2.95, " in text
    assert "threshold 5 after one check, 5 after more, by chance in" in text
    assert "teacher wellbeing: 0 pairs, 100 are needed. Stays: version 1" in text
    assert "Nothing was changed." in text
    assert dump() == before


@pytest.mark.usefixtures("many")
def test_applied_thresholds_hold_from_now_and_leave_the_past_as_it_was(
    app: Flask, engine: SqliteEngine
) -> None:
    code, text = run(app, "calibrate-hints", "--apply")
    assert code == 0, text
    assert "1 new in force from now." in text
    second = timedelta(seconds=1)
    assert in_force(app, engine, START - second).zone == (4, 3)
    assert in_force(app, engine, START).zone == (5, 5)
    assert in_force(app, engine, START).number == 2
    others = versions.read(engine, catalog=app.extensions["catalog"])
    assert others.in_force("teacher", Family.RELATIONSHIP, START).number == 1
    assert others.in_force("parent", Family.WELLBEING, START).number == 1
    (row,) = engine.rows("SELECT act, person_id, object FROM audit WHERE act LIKE 'hint%'")
    assert tuple(row.values()) == ("hint-thresholds-renewed", None, "relationship-parent-2")


@pytest.mark.usefixtures("many")
def test_the_same_answers_give_no_second_version(app: Flask, engine: SqliteEngine, dump: Dump) -> None:
    run(app, "calibrate-hints", "--apply")
    before = dump()
    code, text = run(app, "calibrate-hints", "--apply")
    assert (code, dump()) == (0, before)
    assert "parent relationship: 100 pairs. Stays: version 2" in text
    assert "0 new in force from now." in text


@pytest.mark.usefixtures("many")
def test_two_at_once_make_one_version(app: Flask, engine: SqliteEngine, dump: Dump) -> None:
    found = [*of(app, engine).values()]
    assert actions.calibrate(engine, found=found, at=START) == 1
    before = dump()
    with pytest.raises(Refused):
        actions.calibrate(engine, found=found, at=START)
    assert dump() == before


def test_an_answer_is_held_against_the_thresholds_of_its_day(
    app: Flask, engine: SqliteEngine, clock: Clock, case: Answering
) -> None:
    case.answers("parent-1", "4444 4444 4333")
    assert case.found() == ["w_b"]
    strict = of(app, engine)[PARENT].old
    later = versions.Version(
        2, (5, 5), (2, 2), 2.0, strict.rates, since=clock() + timedelta(days=1), pairs=100
    )
    engine.insert("hint_threshold", versions.as_row(later, *PARENT))
    case.answers("parent-1", "3333")
    assert case.found() == ["w_b"]  # 15.0 - 12: three, where five are needed by now
    engine.run("DELETE FROM hint_threshold")
    assert case.found() == ["w_b", "w_b"]


def test_a_chart_takes_its_zone_from_the_same_thresholds(app: Flask, engine: SqliteEngine) -> None:
    catalog = app.extensions["catalog"]
    rules = catalog.hint_rules
    sums, items = (
        reports.measure(engine, catalog=catalog, respondent="pupil", family=family, at=START, usual=1)
        for family in Family
    )
    assert (sums.zone, sums.start) == ((rules.relationship.after_one, rules.relationship.threshold), None)
    assert items.zone == (rules.wellbeing.item_after_one, rules.wellbeing.item_threshold)
    assert items.start == rules.wellbeing.threshold
    assert (sums.rates, items.rates) == (rules.relationship.rates, rules.wellbeing.rates)


def test_the_pairs_name_nobody(case: Answering, engine: SqliteEngine, ana: Member) -> None:
    from survey.hint import store

    give(engine, case.id, people=1)
    columns = {column for row in store.pairs(engine) for column in row}
    assert columns == {"kind", "form", "version", "total", "version_before", "total_before"}

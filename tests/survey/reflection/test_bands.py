"""Bands from the programme's own pairs: nothing without 100, nothing without --apply, the past as it was."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from flask import Flask

from survey.clock import stamp
from survey.database import Refused, SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.reflection.bands import actions, reports, store
from survey.reflection.bands.calibration import Calibration
from tests.commands import run
from tests.conftest import START, Clock, Cohorts
from tests.survey.questionnaire.samples import Data, with_next
from tests.survey.reflection.test_growth_versions import reword

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
AddRound = Callable[..., str]
FORM = "reflection-kansencoach"
MEASURES = ("attitude", "skills", "knowledge", "total")
YEAR = timedelta(days=365)


class Programme:
    """A cohort with closed rounds, in which coaches answered at random and without any growth."""

    def __init__(self, engine: SqliteEngine, catalog: Catalog, rounds: list[str]) -> None:
        self.engine, self.catalog, self.rounds = engine, catalog, rounds
        self.levels = dict[tuple[str, str], dict[str, int]]()

    def give(
        self, cohort_id: str, *, coaches: int, rounds: list[str] | None = None, noise: float = 1.2
    ) -> None:
        """So many coaches more, each with a reflection in these rounds."""
        rng = np.random.default_rng(len(self.levels))
        with self.engine.atomic():
            self._give(cohort_id, coaches, rounds, noise, rng)

    def _give(
        self, cohort_id: str, coaches: int, rounds: list[str] | None, noise: float, rng: np.random.Generator
    ) -> None:
        for number in range(coaches):
            key = f"coach-{len(self.levels)}-{number}"
            made = {"id": key, "name": key, "email": f"{key}@example.org", "status": "active"}
            self.engine.insert("person", made | {"created_at": stamp(START)})
            member = {"cohort_id": cohort_id, "person_id": key, "since": "2024-09-01", "until": None}
            self.engine.insert("cohort_member", member)
            for round_id in self.rounds if rounds is None else rounds:
                self._reflect(key, round_id, rng.normal(3, noise, size=40))

    def _reflect(self, person: str, round_id: str, drawn: np.ndarray) -> None:
        (held,) = self.engine.rows(
            "SELECT version, opens_at AS at FROM round WHERE id = :id", {"id": round_id}
        )
        key, at = f"{person}-{round_id}", {"started_at": held["at"], "saved_at": held["at"]}
        made = {"id": key, "round_id": round_id, "person_id": person, "revision": 1, "open_line": None}
        self.engine.insert("reflection", made | at | {"submitted_at": held["at"]})
        items = [item.key for item in self.catalog.get(FORM, held["version"]).items]
        levels = dict(zip(items, np.clip(np.rint(drawn), 1, 5).astype(int).tolist(), strict=False))
        self.levels[person, round_id] = levels
        self.engine.insert(
            "reflection_answer",
            [
                {
                    "reflection_id": key,
                    "item": item,
                    "item_version": self.catalog.item_version(FORM, held["version"], item),
                    "value": level,
                    "code": None,
                    "answered_at": held["at"],
                }
                for item, level in levels.items()
            ],
        )

    def expected(self, measure: str) -> float:
        """SD of the differences between consecutive rounds over the root of two, by numpy alone."""
        blocks = {item.key: item.block for item in self.catalog.get(FORM).items}
        score = {
            place: np.mean([level for item, level in given.items() if measure in {"total", blocks[item]}])
            for place, given in self.levels.items()
        }
        steps = [
            score[person, after] - score[person, before]
            for person in {person for person, _ in score}
            for before, after in zip(self.rounds, self.rounds[1:], strict=False)
        ]
        return float(np.std(steps, ddof=1) / np.sqrt(2))


@pytest.fixture
def programme(engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, add_round: AddRound) -> Programme:
    """Five closed rounds of Ana's cohort, and nobody in them yet."""
    return Programme(
        engine, catalog, [add_round(cohorts.bens, days=days) for days in (430, 330, 230, 130, 90)]
    )


@pytest.fixture
def many(programme: Programme, cohorts: Cohorts) -> Programme:
    """100 pairs: 25 coaches with four each."""
    programme.give(cohorts.bens, coaches=25)
    return programme


def found_in(engine: SqliteEngine, catalog: Catalog, at: datetime = START) -> dict[str, Calibration]:
    found = reports.calibrations(engine, catalog=catalog, at=at)
    return {one.measure: one for one in found if one.profile == "kansencoach"}


def pairs(engine: SqliteEngine, catalog: Catalog) -> dict[str, int]:
    return {measure: one.pairs for measure, one in found_in(engine, catalog).items()}


def test_a_hundred_pairs_give_the_value_that_numpy_gives(
    engine: SqliteEngine, catalog: Catalog, many: Programme
) -> None:
    found = found_in(engine, catalog)
    assert [*found] == [*MEASURES]
    assert [one.items for one in found.values()] == [6, 8, 3, 17]
    for measure, one in found.items():
        assert one.pairs == 100
        assert one.new == pytest.approx(many.expected(measure), abs=0.0006)
        assert one.new != one.old
        assert (one.version, one.since) == (1, None)


def test_ninety_nine_pairs_change_nothing_also_when_told_to(
    app: Flask, engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, programme: Programme, dump: Dump
) -> None:
    programme.give(cohorts.bens, coaches=24)
    programme.give(cohorts.bens, coaches=1, rounds=programme.rounds[:4])
    assert pairs(engine, catalog) == dict.fromkeys(MEASURES, 99)
    before = dump()
    code, text = run(app, "calibrate-bands", "--apply")
    assert (code, dump()) == (1, before)
    assert "kansencoach attitude: 99 pairs, 100 are needed. Stays: 0.230 (version 1)" in text
    assert "There is nothing new to be in force." in text


def test_without_any_reflection_there_is_nothing_to_hold_against(app: Flask, programme: Programme) -> None:
    code, text = run(app, "calibrate-bands")
    assert code == 0
    assert "There are no pairs of rounds yet." in text


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("UPDATE reflection SET submitted_at = NULL WHERE round_id = :last", 75),  # a draft is no reflection
        (
            "UPDATE round SET closes_at = '2099-01-01T00:00:00Z' WHERE id = :last",
            75,
        ),  # may still be corrected
        ("DELETE FROM reflection WHERE round_id = :middle", 50),  # the two around a gap are no pair
        ("UPDATE cohort_member SET since = '2025-09-01'", 25),  # only rounds that asked this person
    ],
)
def test_what_is_no_pair(
    engine: SqliteEngine, catalog: Catalog, many: Programme, change: str, left: int
) -> None:
    values = {"last": many.rounds[-1], "middle": many.rounds[2]}
    engine.run(change, {name: value for name, value in values.items() if f":{name}" in change})
    found = pairs(engine, catalog)
    assert found == dict.fromkeys(MEASURES, left)


def test_no_pair_goes_over_a_break(
    engine: SqliteEngine, cohorts: Cohorts, tmp_path: Path, programme: Programme
) -> None:
    def all_attitude(profile: Data) -> None:
        for one in profile["competencies"]:
            if one["block"] == "attitude":
                reword("changed")({"competencies": [one]})

    later = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", all_attitude)
    engine.run(
        "UPDATE round SET version = '2.1-1.0' WHERE id IN (:fourth, :fifth)",
        {"fourth": programme.rounds[3], "fifth": programme.rounds[4]},
    )
    programme.catalog = later
    programme.give(cohorts.bens, coaches=10)
    assert pairs(engine, later) == {"attitude": 30, "skills": 40, "knowledge": 40, "total": 30}


def test_a_correction_counts_once_and_as_it_was_corrected(
    engine: SqliteEngine, catalog: Catalog, many: Programme
) -> None:
    person, last = next(iter(many.levels))[0], many.rounds[-1]
    made = {"id": "again", "round_id": last, "person_id": person, "revision": 2, "open_line": None}
    at = dict.fromkeys(("started_at", "saved_at", "submitted_at"), stamp(START - timedelta(days=80)))
    engine.insert("reflection", made | at)
    engine.run(
        "INSERT INTO reflection_answer (reflection_id, item, item_version, value, code, answered_at) "
        "SELECT 'again', item, item_version, 5, code, answered_at FROM reflection_answer "
        "WHERE reflection_id = :first",
        {"first": f"{person}-{last}"},
    )
    before = many.expected("skills")
    many.levels[person, last] = dict.fromkeys(many.levels[person, last], 5)
    one = found_in(engine, catalog)["skills"]
    assert one.pairs == 100
    assert one.new == pytest.approx(many.expected("skills"), abs=0.0006)
    assert many.expected("skills") != pytest.approx(before, abs=0.002)


def test_answers_that_all_differ_by_as_much_say_nothing(
    app: Flask, engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, programme: Programme
) -> None:
    programme.give(cohorts.bens, coaches=25, noise=0)
    assert {one.new for one in found_in(engine, catalog).values()} == {None}
    assert "100 pairs, all of them differ by as much. Stays: 0.210" in run(app, "calibrate-bands")[1]


@pytest.mark.usefixtures("many")
def test_the_dry_run_prints_pairs_old_and_new_and_changes_nothing(
    app: Flask, many: Programme, dump: Dump
) -> None:
    before = dump()
    code, text = run(app, "calibrate-bands")
    assert (code, dump()) == (0, before)
    new = f"{many.expected('total'):.3f}"
    assert f"kansencoach total: 100 pairs, old 0.167 (version 1), new {new} (version 2)" in text
    assert "Nothing was changed." in text
    assert "coach-" not in text
    assert "example.org" not in text


@pytest.mark.usefixtures("many")
def test_applied_they_hold_from_now_and_the_log_names_nobody(
    app: Flask, engine: SqliteEngine, many: Programme
) -> None:
    code, text = run(app, "calibrate-bands", "--apply")
    assert code == 0, text
    assert "4 new, for rounds that open from now." in text
    assert reports.own_sem(engine, "kansencoach", at=START - timedelta(seconds=1)) == {}
    sem = reports.own_sem(engine, "kansencoach", at=START)
    assert {name: (one.pairs, one.items) for name, one in sem.items()} == {
        "attitude": (100, 6),
        "skills": (100, 8),
        "knowledge": (100, 3),
        "total": (100, 17),
    }
    assert sem["total"].value == pytest.approx(many.expected("total"), abs=0.0006)
    assert reports.own_sem(engine, "schoolcoach", at=START) == {}
    lines = engine.rows(
        "SELECT act, person_id, object FROM audit WHERE act LIKE 'growth-bands%' ORDER BY object"
    )
    assert [tuple(row.values()) for row in lines] == [
        ("growth-bands-renewed", None, f"kansencoach-{measure}-2") for measure in sorted(MEASURES)
    ]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("later", "renewed"), [(YEAR - timedelta(seconds=1), False), (YEAR, True)])
def test_a_year_goes_by_between_two_versions(
    app: Flask, engine: SqliteEngine, clock: Clock, dump: Dump, later: timedelta, renewed: bool
) -> None:
    run(app, "calibrate-bands", "--apply")
    before = dump()
    clock.forward(seconds=later.total_seconds())
    code, text = run(app, "calibrate-bands", "--apply")
    newest = {row["measure"]: row["version"] for row in store.in_force(engine, "kansencoach", at="9")}
    if renewed:
        assert (code, newest) == (0, dict.fromkeys(MEASURES, 3))
    else:
        assert (code, newest) == (1, dict.fromkeys(MEASURES, 2))
        assert f"in force since {START:%Y-%m-%d}, and a year is needed" in text
        assert dump() == before


@pytest.mark.usefixtures("many")
def test_two_at_once_make_one_version(engine: SqliteEngine, catalog: Catalog, dump: Dump) -> None:
    found = [*found_in(engine, catalog).values()]
    assert actions.calibrate(engine, found=found, at=START) == 4
    before = dump()
    with pytest.raises(Refused):
        actions.calibrate(engine, found=found, at=START + timedelta(seconds=1))
    assert dump() == before


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("broken", [{"pairs": 99}, {"value": 0.0}, {"measure": "goals"}, {"version": 1}])
def test_the_database_takes_no_version_from_too_little(
    engine: SqliteEngine, catalog: Catalog, broken: dict[str, object]
) -> None:
    row = found_in(engine, catalog)["skills"].as_row(START)
    with pytest.raises(Refused):
        engine.insert("sem_version", row | broken)

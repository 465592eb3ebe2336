"""Whom a research export lets be found: an attacker knows every cohort, its rounds, and who is in it."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from survey.access.permissions import Role
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.export.research.crowd import CROWD, bands, ways_of
from survey.export.research.study import Study
from survey.people import actions as people
from survey.questionnaire.catalog import Catalog
from tests.commands import run
from tests.conftest import START, Cohorts, stamp
from tests.survey.export.conftest import House

Join = Callable[..., list[str]]
COACHES = st.dictionaries(
    st.integers(0, 60).map(str),
    st.tuples(st.integers(0, 5), st.sampled_from(["", "none", "over_3"])),
    min_size=1,
)


@given(COACHES, st.integers(1, 5), st.integers(1, 3))
def test_however_much_is_told_at_least_a_crowd_is_alike(
    coaches: dict[str, tuple[int, str]], coarse: int, coarser: int
) -> None:
    cohort = {one: place for one, (place, _) in coaches.items()}
    told = [cohort, {one: place % coarse for one, place in cohort.items()}]
    told.append({one: place % coarser for one, place in told[1].items()})
    ways = ways_of(told)
    seen = Counter((way, told[way][one]) for one, way in ways.items())
    assert all(size >= CROWD for size in seen.values())


@given(COACHES)
def test_neither_a_band_nor_what_is_left_of_a_group_is_small(coaches: dict[str, tuple[int, str]]) -> None:
    group_of = {one: group for one, (group, _) in coaches.items()}
    band_of = {one: band for one, (_, band) in coaches.items()}
    told = bands(group_of, band_of)
    assert all(band in {"", band_of[one]} for one, band in told.items())
    groups = Counter(group_of.values())
    for (group, _), size in Counter((group_of[one], told[one]) for one in coaches).items():
        assert size >= CROWD or size == groups[group], "a part of a group, smaller than a crowd"


@pytest.fixture
def join(engine: SqliteEngine) -> Join:
    """So many coaches of a cohort who handed in these rounds, and let research read that."""

    def add(cohort: str, rounds: tuple[str, ...], many: int, name: str) -> list[str]:
        keys = []
        for number in range(many):
            key = people.add_person(
                engine, name=name, email=f"{name}{number}@example.org", roles=[Role.COACH], by=None, at=START
            )
            cohorts_of.join(engine, cohort_id=cohort, person_id=key, since=START.date() - timedelta(days=200))
            for round_id in rounds:
                engine.run(
                    "INSERT INTO reflection SELECT :reflection, id, :key, 1, NULL, opens_at, opens_at, "
                    "opens_at FROM round WHERE id = :round",
                    {"reflection": f"{key} {round_id}", "key": key, "round": round_id},
                )
            engine.run(
                "UPDATE person SET research_since = :at WHERE id = :key",
                {"at": stamp(START - timedelta(days=1)), "key": key},
            )
            keys.append(key)
        return keys

    return add


def moments(study: Study) -> Counter[frozenset[tuple[object, ...]]]:
    """How many coaches show the same rounds."""
    own: dict[str, set[tuple[object, ...]]] = {}
    for one in study.reflections():
        own.setdefault(one.coach, set()).add(one.round[1:])
    return Counter(frozenset(each) for each in own.values())


@pytest.mark.parametrize(
    ("bens", "doras", "alike"),
    [
        (6, 5, {6: True, 5: True}),
        (6, 4, {6: True}),  # who is left would be the four of the other cohort: they are not in it
        (4, 4, {8: False}),  # neither cohort is told, so each could be any of eight
        (3, 1, {}),  # fewer than a crowd are never an export
    ],
)
def test_a_small_cohort_does_not_show_by_its_rounds(
    engine: SqliteEngine,
    cohorts: Cohorts,
    house_of_secrets: House,
    catalog: Catalog,
    join: Join,
    bens: int,
    doras: int,
    alike: dict[int, bool],
) -> None:
    first, second, third, fourth = house_of_secrets.rounds
    engine.run("UPDATE round SET opens_at = '2025-09-20T06:00:00+00:00' WHERE id = :id", {"id": third})
    join(cohorts.bens, (first, second), bens, "ben")
    join(cohorts.doras, (third, fourth), doras, "dora")
    study = Study(engine, at=START, catalog=catalog)
    found = moments(study)
    assert {size: any(months is not None for *_, months, _ in each) for each, size in found.items()} == alike
    assert len(study.coaches) + study.left_out == bens + doras


def test_cohorts_on_the_same_days_hide_one_another(
    engine: SqliteEngine, cohorts: Cohorts, house_of_secrets: House, catalog: Catalog, join: Join
) -> None:
    join(cohorts.bens, house_of_secrets.rounds[:2], 3, "ben")
    join(cohorts.doras, house_of_secrets.rounds[2:], 3, "dora")
    study = Study(engine, at=START, catalog=catalog)
    assert list(moments(study).values()) == [6]
    assert {(one.round.cohort, one.round.number) for one in study.reflections()} == {("", 1), ("", 2)}


def test_who_would_stand_out_is_counted_and_said(
    app: Flask,
    engine: SqliteEngine,
    cohorts: Cohorts,
    house_of_secrets: House,
    join: Join,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    first, second, third, _ = house_of_secrets.rounds
    engine.run("DELETE FROM reflection WHERE round_id = :id", {"id": third})
    engine.run("DELETE FROM round WHERE id = :id", {"id": third})
    few = join(cohorts.doras, house_of_secrets.rounds[3:], 2, "dora")
    join(cohorts.bens, (first, second), 5, "ben")
    folder = tmp_path_factory.mktemp("research") / "onderzoek"
    code, said = run(app, "export", "research", str(folder), "--format", "csv")
    assert code == 0
    assert "reflections of 5 coaches" in said
    assert "Left out, because they would stand out: 2." in said
    assert "too few would be like them: 2." in (folder / "codebook.md").read_text(encoding="utf-8")
    assert len((folder / "coaches.csv").read_text(encoding="utf-8").splitlines()) == 6
    for person in few[:1]:
        engine.run("UPDATE person SET research_since = NULL WHERE id = :id", {"id": person})
    engine.run("UPDATE person SET research_since = NULL WHERE name = 'ben' AND email <> 'ben0@example.org'")
    code, said = run(app, "export", "research", str(folder.with_name("later")))
    assert code == 1
    assert "Coaches who let research use reflections of closed rounds: 2. Fewer than 5 are never" in said
    assert not folder.with_name("later").exists()

"""What is in Veenrand: how many of everything, and what another seed or day changes."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from survey.database import Row
from survey.demo.calendar import Calendar
from survey.demo.simulate import SEED, coached, simulate
from survey.demo.world import World
from survey.questionnaire.catalog import Catalog
from tests.conftest import START
from tests.survey.demo.conftest import Loaded, Rows

Tables = Mapping[str, list[Row]]
EXACTLY = {"person": 43, "cohort": 4, "round": 18, "school": 68, "case": 960, "cohort_member": 39}


COACHED = ("person", "reflection", "reflection_answer")


def coached_on(day: date, forms: Catalog, seed: int = SEED) -> Tables:
    """The part of the simulation that is about people and their reflections."""
    world = World(seed, Calendar.of(day), forms)
    coached(world)
    return world.tables


@pytest.fixture(scope="module")
def other(forms: Catalog) -> Tables:
    """The region of another seed."""
    return simulate(forms, day=START.date(), seed=1)


def test_another_seed_gives_another_region(tables: Tables, other: Tables) -> None:
    assert other["reflection_answer"] != tables["reflection_answer"]
    assert {row["id"] for row in other["person"]}.isdisjoint(row["id"] for row in tables["person"])


@pytest.mark.parametrize("seed", [SEED, 1])
def test_what_is_simulated_later_changes_no_person_and_no_answer_of_a_coach(
    tables: Tables, other: Tables, forms: Catalog, seed: int
) -> None:
    whole, alone = tables if seed == SEED else other, coached_on(START.date(), forms, seed)
    assert [alone[name] for name in COACHED] == [whole[name] for name in COACHED]


@pytest.mark.parametrize("later", [1, 4, 40, 333])
def test_on_another_day_the_same_people_have_the_same_courses(
    tables: Tables, forms: Catalog, later: int
) -> None:
    moved = coached_on(START.date() + timedelta(days=later), forms)
    assert _people(moved) == _people(tables)
    assert _levels(moved) == _levels(tables)


def _people(tables: Tables) -> list[tuple[str, str]]:
    return [(row["name"], row["status"]) for row in tables["person"]]


def _levels(tables: Tables) -> list[tuple[str, int | None]]:
    return [(row["item"], row["value"]) for row in tables["reflection_answer"]]


@pytest.mark.parametrize(("table", "number"), EXACTLY.items())
def test_the_region_has_the_size_it_promises(rows: Rows, table: str, number: int) -> None:
    assert rows(f'SELECT count(*) AS n FROM "{table}"')[0]["n"] == number


def test_four_cohorts_of_12_10_9_and_8_began_22_about_18_13_and_9_months_ago(rows: Rows) -> None:
    found = rows(
        "SELECT c.started_on, count(*) AS n FROM cohort c JOIN cohort_member m ON m.cohort_id = c.id "
        "GROUP BY c.id ORDER BY c.started_on"
    )
    months = [(START.date() - date.fromisoformat(row["started_on"])).days / 30.44 for row in found]
    assert [row["n"] for row in found] == [12, 10, 9, 8]
    assert months == pytest.approx([22, 17.8, 13.4, 9.3], abs=0.4)


@pytest.mark.parametrize(("family", "number"), [("relationship", 4000), ("wellbeing", 2800)])
def test_thousands_of_checks_of_one_to_eight_for_each_person(rows: Rows, family: str, number: int) -> None:
    found = rows(
        "SELECT l.informant_id, count(*) AS n FROM checkin c JOIN checkin_link l ON l.id = c.link_id "
        "WHERE l.form LIKE :family GROUP BY l.informant_id",
        {"family": f"{family}-%"},
    )
    sizes = Counter(row["n"] for row in found)
    assert sum(row["n"] for row in found) == pytest.approx(number, rel=0.1)
    assert set(sizes) == set(range(1, 9))


@pytest.mark.parametrize("kind", ["parent", "pupil", "teacher"])
def test_everybody_is_asked_in_their_own_form(rows: Rows, kind: str) -> None:
    found = rows(
        "SELECT DISTINCT l.form FROM checkin_link l JOIN informant i ON i.id = l.informant_id "
        "WHERE i.kind = :kind",
        {"kind": kind},
    )
    assert {row["form"] for row in found} == {f"relationship-{kind}", f"wellbeing-{kind}"}


def test_the_region_loads_within_five_seconds(region: Loaded) -> None:
    assert region.seconds < 5

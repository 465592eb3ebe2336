"""Numbers of the simulated coaches: how much a score moves by itself, how much coaches grow, who stops."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from survey.demo import growth
from survey.demo.chance import Chance
from survey.demo.growth import Course
from survey.questionnaire.catalog import Catalog
from tests.survey.demo.conftest import Rows

BLOCKS = ("attitude", "skills", "knowledge")
SEM = {"attitude": 0.23, "skills": 0.21, "knowledge": 0.27, "total": 0.17}  # the measurement plan
ROUNDS = range(6)


@dataclass
class Population:
    """Many coaches with every round, and as many of whom some stop."""

    blocks: Mapping[str, str]
    steady: list[Course] = field(default_factory=list)
    free: list[Course] = field(default_factory=list)


@pytest.fixture(scope="module")
def many(forms: Catalog) -> Population:
    blocks = {item.key: item.block or "" for item in forms.reflection("kansencoach").items}
    found = Population(blocks)
    difficulty = growth.difficulties(0, blocks)
    for number in range(600):
        chance = Chance(0, "somebody", str(number))
        who = growth.traits(chance, blocks, difficulty)
        found.steady.append(growth.course(chance, blocks, who, ROUNDS, stays=True))
        found.free.append(growth.course(chance, blocks, who, ROUNDS))
    return found


def score(answers: growth.Answers, blocks: Mapping[str, str], measure: str) -> float:
    """The plain mean of the levels in a block or in total."""
    levels = growth.levels(answers)
    counted = [level for item, level in levels.items() if measure in {"total", blocks[item]}]
    return float(np.mean(counted)) if counted else float("nan")


def totals(course: Course, many: Population) -> list[float]:
    return [score(course.answers[number], many.blocks, "total") for number in sorted(course.answers)]


@pytest.mark.parametrize(("measure", "sem"), SEM.items())
def test_the_sem_within_persons_is_that_of_the_plan(many: Population, measure: str, sem: float) -> None:
    scores = np.array(
        [[score(course.answers[number], many.blocks, measure) for number in ROUNDS] for course in many.steady]
    )
    differences = np.diff(scores, axis=1).ravel()
    assert np.nanstd(differences, ddof=1) / np.sqrt(2) == pytest.approx(sem, rel=0.07)


def test_the_sem_in_the_region_itself_is_near_the_plan(rows: Rows, many: Population) -> None:
    opened = rows("SELECT id FROM round ORDER BY cohort_id, opens_at")
    place = {row["id"]: number for number, row in enumerate(opened)}
    sheets: dict[str, growth.Answers] = defaultdict(dict)
    for row in rows("SELECT reflection_id, item, value, code FROM reflection_answer"):
        sheets[row["reflection_id"]][row["item"]] = row["value"] or row["code"]
    scores: dict[str, dict[int, float]] = defaultdict(dict)
    for row in rows("SELECT * FROM reflection"):
        own = sheets[row["id"]].keys() <= many.blocks.keys()  # the items of the profile measured here
        if own and row["submitted_at"] and row["revision"] == 1:
            total = score(sheets[row["id"]], many.blocks, "total")
            scores[row["person_id"]][place[row["round_id"]]] = total
    steps = [own[at + 1] - own[at] for own in scores.values() for at in own if at + 1 in own]
    assert len(steps) > 60
    assert np.std(steps, ddof=1) / np.sqrt(2) == pytest.approx(SEM["total"], rel=0.25)


def test_coaches_grow_about_a_third_of_a_level_a_year(many: Population) -> None:
    gained = [totals(course, many)[-1] - totals(course, many)[0] for course in many.steady]
    years = (len(ROUNDS) - 1) / growth.ROUNDS_A_YEAR
    assert np.mean(gained) / years == pytest.approx(growth.GROWTH, abs=0.05)
    assert np.std(gained) > 0.25


def test_coaches_start_apart_and_between_exploring_and_doing(many: Population) -> None:
    first = [totals(course, many)[0] for course in many.steady]
    assert 2.3 < np.mean(first) < 2.8
    assert 0.35 < np.std(first) < 0.6


def test_who_stops_scored_lower_before_than_who_stays(many: Population) -> None:
    stopped = [course for course in many.free if course.stopped_after is not None]
    stayed = [course for course in many.free if course.stopped_after is None and course.answers]
    lower = _mean_first(stayed, many) - _mean_first(stopped, many)
    assert 0.15 < len(stopped) / len(many.free) < 0.4
    assert lower > 0.3


def test_who_stops_in_the_region_scored_lower_before(rows: Rows) -> None:
    answers = (
        "SELECT answer.value FROM reflection_answer answer "
        "JOIN reflection ON reflection.id = answer.reflection_id "
        "JOIN person ON person.id = reflection.person_id WHERE answer.value > 0 AND person.status "
    )
    left, stayed = ([row["value"] for row in rows(answers + whose)] for whose in ("= 'left'", "<> 'left'"))
    assert np.mean(left) < np.mean(stayed) - 0.3


def test_the_mean_of_whoever_is_left_overstates_growth(many: Population) -> None:
    last = [totals(course, many)[-1] for course in many.free if ROUNDS[-1] in course.answers]
    true_last = [totals(course, many)[-1] for course in many.steady]
    assert np.mean(last) > np.mean(true_last) + 0.05


def _mean_first(courses: list[Course], many: Population) -> float:
    return float(np.mean([totals(course, many)[0] for course in courses]))


def test_after_stopping_nothing_is_answered(many: Population) -> None:
    for course in many.free:
        assert course.stopped_after is None or max(course.answers) == course.stopped_after


def test_what_is_not_met_yet_is_met_with_the_years(many: Population) -> None:
    shares = [_share(many, number, growth.NOT_MET_YET) for number in (0, 5)]
    assert 0.01 < shares[0] < 0.05
    assert shares[1] < shares[0] / 2


def test_what_is_outside_the_assignment_stays_outside(many: Population) -> None:
    for course in many.steady:
        outside = [
            {item for item, answer in answers.items() if answer == growth.NOT_IN_ASSIGNMENT}
            for answers in course.answers.values()
        ]
        assert len(outside[0]) <= 2
        assert all(found == outside[0] for found in outside)


def test_some_items_are_left_open(many: Population) -> None:
    asked = len(many.steady) * len(ROUNDS) * len(many.blocks)
    answered = sum(len(answers) for course in many.steady for answers in course.answers.values())
    assert 0.005 < 1 - answered / asked < 0.03


def _share(many: Population, number: int, code: str) -> float:
    given: Iterator[int | str] = (
        answer for course in many.steady for answer in course.answers[number].values()
    )
    return float(np.mean([answer == code for answer in given]))

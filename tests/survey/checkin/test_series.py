"""A series: one person, one family, the questions of the newest check, oldest first; never an average."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.checkin import actions, lines, reports
from survey.checkin.reports import Check, Series
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.vocabulary import Family
from tests.conftest import Clock, Member, scope_of
from tests.survey.checkin.conftest import Asked
from tests.survey.questionnaire.samples import check_in, item, said, write

GOAL = "calm_start"
Answer = Callable[..., None]


@pytest.fixture
def catalog(app: Flask) -> Catalog:
    found = app.extensions["catalog"]
    assert isinstance(found, Catalog)
    return found


@pytest.fixture
def answer(engine: SqliteEngine, clock: Clock, ask: Callable[..., Asked]) -> Answer:
    """Someone answers a check with these four values, a month after the one before."""

    def given(kind: str, family: str, *values: int, goal: int | None = None, number: int = 1) -> None:
        clock.forward(days=28)
        link = ask(kind, number=number, family=family, goal=GOAL if goal is not None else None)
        letter = "w" if family == "relationship" else "u"
        reply = {f"{letter}{place}": value for place, value in enumerate(values, start=1)}
        if goal is not None:
            reply["goal"] = goal
        actions.submit(engine, token=link.token, reply=reply, clock=clock)

    return given


@pytest.fixture
def read(engine: SqliteEngine, ana: Member, case_id: str, catalog: Catalog) -> Callable[..., list[Series]]:
    def series(scope: Scope | None = None) -> list[Series]:
        found = reports.checks(engine, scope or scope_of(ana), case_id)
        return reports.series(found, catalog)

    return series


def test_each_person_and_family_has_its_own_series_oldest_first(
    answer: Answer, read: Callable[..., list[Series]]
) -> None:
    answer("parent", "relationship", 3, 3, 3, 3)
    answer("parent", "wellbeing", 1, 1, 2, 2)
    answer("parent", "relationship", 4, 4, 4, 3)
    answer("parent", "relationship", 0, 1, 0, 0, number=2)
    answer("teacher", "relationship", 2, 2, 2, 2)
    found = read()
    assert sorted((one.kind, one.family, [check.total for check in one.checks]) for one in found) == [
        ("parent", Family.RELATIONSHIP, [1]),
        ("parent", Family.RELATIONSHIP, [12, 15]),
        ("parent", Family.WELLBEING, [6]),
        ("teacher", Family.RELATIONSHIP, [8]),
    ]
    assert all(one.before_break == 0 for one in found)


def test_the_goal_stands_beside_the_answers_and_never_in_the_sum(
    answer: Answer, read: Callable[..., list[Series]]
) -> None:
    answer("parent", "wellbeing", 1, 2, 3, 4, goal=7)
    (series,) = read()
    (check,) = series.checks
    assert check.goal == (GOAL, 7)
    assert check.total == 10
    assert series.items == ("u1", "u2", "u3", "u4")


def test_another_coach_reads_no_series(
    answer: Answer, read: Callable[..., list[Series]], cleo: Member, ben: Member
) -> None:
    answer("parent", "relationship", 3, 3, 3, 3)
    assert [read(scope_of(other)) for other in (cleo, ben)] == [[], []]


@pytest.fixture
def reworded(tmp_path: Path) -> Catalog:
    """A check whose 1.1 improves a word, whose 1.2 asks one question in another meaning and 1.3 drops it."""
    first = check_in(form="relationship-parent", items=[item("w1"), item("w2")])
    second = {
        **first,
        "version": "1.1",
        "items": [item("w1", change="editorial", text=said("Is w1 nu goed?"))],
    }
    second["items"].append(item("w2", change="same"))
    third = {**second, "version": "1.2", "items": [item("w1", change="same", text=said("Is w1 nu goed?"))]}
    third["items"].append(item("w2", change="changed", text=said("Is w2 nu fijn?")))
    fourth = {**third, "version": "1.3", "items": third["items"][:1], "dropped": ["w2"]}
    return load(write(tmp_path, first, second, third, fourth))


def check(version: str, day: int, who: str = "ana", **values: int) -> Check:
    at = datetime(2026, 1, day, 10, tzinfo=UTC)
    return Check(f"link-{day}", who, "relationship-parent", version, at, values or {"w1": 2, "w2": 2})


@pytest.mark.parametrize(
    ("versions", "kept", "before_break"),
    [
        (["1.0", "1.0"], ["1.0", "1.0"], 0),
        (["1.0", "1.1"], ["1.0", "1.1"], 0),
        (["1.0", "1.1", "1.2", "1.2"], ["1.2", "1.2"], 2),
        (["1.1", "1.2"], ["1.2"], 1),
        (["1.2", "1.2", "1.3"], ["1.3"], 2),
    ],
)
def test_a_changed_question_begins_a_new_line_and_a_better_word_does_not(
    reworded: Catalog, versions: list[str], kept: list[str], before_break: int
) -> None:
    checks = [check(version, day) for day, version in enumerate(versions, start=1)]
    (series,) = reports.series(checks[::-1], reworded)
    assert [one.version for one in series.checks] == kept
    assert series.before_break == before_break


WORDS = ("slecht", "niet zo goed", "gaat wel", "goed", "heel goed")


def of(app: Flask, series: Series, catalog: Catalog) -> dict[str, Any]:
    with app.test_request_context("/"):
        return {name: options for name, (_days, options) in lines.drawings(series, catalog, "nl").items()}


def test_a_series_is_drawn_as_a_sum_or_as_each_question_apart(
    app: Flask, answer: Answer, read: Callable[..., list[Series]], catalog: Catalog
) -> None:
    answer("parent", "relationship", 3, 3, 3, 3)
    answer("parent", "wellbeing", 1, 2, 3, 4)
    relationship, wellbeing = sorted(read(), key=lambda one: one.family)
    assert of(app, relationship, catalog)["relationship"]["lines"] == {"som": (12,)}
    assert [*of(app, wellbeing, catalog)] == ["wellbeing"]
    drawn = of(app, wellbeing, catalog)["wellbeing"]
    assert drawn["lines"] == {"school": (1,), "thuis": (2,), "samenwerken": (3,), "ermee omgaan": (4,)}
    assert (tuple(drawn["levels"]), drawn["respondent"]) == (WORDS, "parent")


def test_the_goal_has_a_line_of_its_own_with_a_gap_where_it_was_left_out(
    app: Flask, answer: Answer, read: Callable[..., list[Series]], catalog: Catalog
) -> None:
    answer("parent", "wellbeing", 1, 1, 1, 1)
    answer("parent", "wellbeing", 1, 1, 1, 1, goal=3)
    answer("parent", "wellbeing", 1, 1, 1, 1)
    answer("parent", "wellbeing", 1, 1, 1, 1, goal=6)
    (series,) = read()
    drawn = of(app, series, catalog)["goal"]
    assert drawn["lines"] == {"rustig naar school gaan in de ochtend": (3, None, 6)}
    assert drawn["before_break"] == 0


def test_another_goal_begins_another_line(
    app: Flask, answer: Answer, read: Callable[..., list[Series]], catalog: Catalog
) -> None:
    answer("parent", "wellbeing", 1, 1, 1, 1, goal=3)
    answer("parent", "wellbeing", 1, 1, 1, 1, goal=6)
    (series,) = read()
    other = replace(series.checks[0], goal=("likes_school", 9))
    drawn = of(app, replace(series, checks=(other, series.checks[1])), catalog)["goal"]
    assert drawn["lines"] == {"rustig naar school gaan in de ochtend": (6,)}
    assert drawn["before_break"] == 1


@pytest.mark.parametrize("respondent", ["parent", "pupil", "teacher"])
def test_every_wellbeing_question_has_a_word_that_fits_above_half_a_phone(
    app: Flask, catalog: Catalog, respondent: str
) -> None:
    form = catalog.get(Family.WELLBEING.form_for(respondent))
    with app.test_request_context("/"):
        words = [lines.facet(one, "nl") for one in form.items]
    assert len(set(words)) == len(form.items)
    assert all(len(word) <= 18 for word in words), "add the question to _FACETS of survey/checkin/lines.py"


def test_a_question_without_a_word_is_named_in_full(app: Flask, catalog: Catalog) -> None:
    asked = catalog.get("relationship-parent").items[0]
    with app.test_request_context("/"):
        assert lines.facet(asked, "nl") == asked.text["nl"]

"""Which rounds make one line: a typo goes on, other words break an item, too many of them break the line."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from survey.cohort.rounds import Round, asked_the_same, axis, rated, segments
from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.files import FOLDER
from tests.conftest import START
from tests.survey.questionnaire.samples import Data, write

FORM = "reflection-kansencoach"
Changes = dict[str, str]


def held(*versions: str) -> list[Round]:
    """A round of each of these versions, a month apart."""
    return [
        Round(
            id=f"r{n}",
            form=FORM,
            version=version,
            opens_at=START + timedelta(days=30 * n),
            closes_at=START + timedelta(days=30 * n + 20),
            started_on=date(2025, 9, 1),
        )
        for n, version in enumerate(versions)
    ]


@pytest.fixture
def sharpen(tmp_path: Path) -> Callable[..., Catalog]:
    """The shipped files with next versions of the profile, each with these changes, or of the form."""
    folder = shutil.copytree(FOLDER, tmp_path / "questionnaires")

    def next_of(stem: str, version: str, change: Callable[[Data], Any]) -> None:
        data = tomllib.loads((folder / f"{stem}.toml").read_text(encoding="utf-8"))
        data["version"] = version
        change(data)
        write(folder, data)

    def declare(changes: Changes) -> Callable[[Data], None]:
        def apply(data: Data) -> None:
            data["dropped"] = [key for key, change in changes.items() if change == "dropped"]
            data["competencies"] = [one for one in data["competencies"] if one["key"] not in data["dropped"]]
            for one in data["competencies"]:
                one["change"] = changes.get(one["key"], "same")
                if one["change"] != "same":
                    one["text"] = {lang: f"{words} Ja." for lang, words in one["text"].items()}

        return apply

    def made(*profiles: Changes, form: Callable[[Data], Any] | None = None) -> Catalog:
        for n, changes in enumerate(profiles):
            next_of(f"profile-kansencoach-2.{n}", f"2.{n + 1}", declare(changes))
        if form:
            next_of("reflection-1.0", "1.1", form)
        return load(folder)

    return made


def block(name: str) -> list[str]:
    return load().reflection("kansencoach").items_by_block[name]


def shape(catalog: Catalog, rounds: list[Round]) -> dict[str, list[tuple[int, int]]]:
    """By measure: how many rounds and how many items each line has."""
    return {
        measure: [(len(one.rounds), len(one.items)) for one in found]
        for measure, found in segments(catalog, rounds).items()
    }


TWO = ("2.0-1.0", "2.0-1.0", "2.1-1.0")
ATTITUDE = block("attitude")


@pytest.mark.parametrize(
    ("changes", "attitude", "total"),
    [
        ({ATTITUDE[0]: "editorial"}, [(3, 6)], [(3, 17)]),  # a typo keeps the line
        ({ATTITUDE[0]: "changed"}, [(3, 5)], [(3, 16)]),  # other words: the item leaves the line
        ({ATTITUDE[0]: "dropped"}, [(3, 5)], [(3, 16)]),
        (dict.fromkeys(ATTITUDE[:3], "changed"), [(3, 3)], [(3, 14)]),  # half is enough
        (dict.fromkeys(ATTITUDE[:4], "changed"), [(2, 6), (1, 6)], [(2, 17), (1, 17)]),
        (dict.fromkeys(ATTITUDE, "changed"), [(2, 6), (1, 6)], [(2, 17), (1, 17)]),
    ],
)
def test_a_line_goes_on_while_half_of_its_items_compare(
    sharpen: Callable[..., Catalog],
    changes: Changes,
    attitude: list[tuple[int, int]],
    total: list[tuple[int, int]],
) -> None:
    found = shape(sharpen(changes), held(*TWO))
    assert (found["attitude"], found["total"]) == (attitude, total)
    assert (found["skills"], found["knowledge"]) == ([(3, 8)], [(3, 3)]), "the other blocks go on"


def test_small_changes_add_up_to_a_break(sharpen: Callable[..., Catalog]) -> None:
    catalog = sharpen(dict.fromkeys(ATTITUDE[:2], "changed"), dict.fromkeys(ATTITUDE[2:4], "changed"))
    found = shape(catalog, held("2.0-1.0", "2.1-1.0", "2.2-1.0"))
    assert found["attitude"] == [(2, 4), (1, 6)]


def reworded_level(data: Data) -> None:
    data["scales"]["knowledge"][4]["label"]["nl"] = "Ik leer dit aan anderen"


def mapped(data: Data) -> None:
    reworded_level(data)
    data["editorial_scales"] = ["knowledge"]


@pytest.mark.parametrize(
    ("change", "knowledge", "total"),
    [
        (reworded_level, [(1, 3), (1, 3)], [(1, 17), (1, 17)]),  # without a mapping the scale breaks the line
        (mapped, [(2, 3)], [(2, 17)]),
    ],
)
def test_another_scale_breaks_the_lines_on_it_and_the_total_unless_its_levels_mean_the_same(
    sharpen: Callable[..., Catalog],
    change: Callable[[Data], None],
    knowledge: list[tuple[int, int]],
    total: list[tuple[int, int]],
) -> None:
    found = shape(sharpen(form=change), held("2.0-1.0", "2.0-1.1"))
    assert (found["knowledge"], found["total"]) == (knowledge, total)
    assert found["attitude"] == [(2, 6)]


def test_without_rounds_there_are_no_lines() -> None:
    assert segments(load(), []) == {"total": ()}


def test_a_round_says_where_it_stands_on_each_line_and_a_missed_one_belongs_to_the_line_that_ran(
    sharpen: Callable[..., Catalog],
) -> None:
    catalog = sharpen(dict.fromkeys(ATTITUDE, "changed"))
    first, missed, last = held("2.0-1.0", "2.1-1.0", "2.1-1.0")
    places = axis([first, missed, last], segments(catalog, [first, last]))
    assert [place["attitude_segment"] for place in places.values()] == [0, 0, 1]
    assert [place["skills_segment"] for place in places.values()] == [0, 0, 0]
    assert [place["period"] for place in places.values()] == [0, 1, 2]


@pytest.mark.parametrize(
    ("cohorts", "same"),
    [
        ([], True),
        ([(), TWO[:1]], False),  # without rounds there is no line to share
        ([TWO[:2], TWO[:1]], True),
        ([TWO, TWO], True),
        ([TWO, TWO[:2]], False),  # one item less for the first
        ([TWO[:2], TWO[2:]], False),
    ],
)
def test_cohorts_were_asked_the_same_where_all_share_the_newest_line(
    sharpen: Callable[..., Catalog], cohorts: list[tuple[str, ...]], same: bool
) -> None:
    rounds = [[replace(one, id=f"{n}-{one.id}") for one in held(*each)] for n, each in enumerate(cohorts)]
    assert asked_the_same(sharpen({ATTITUDE[0]: "changed"}), rounds) is same


def test_who_got_the_old_words_answered_another_question(sharpen: Callable[..., Catalog]) -> None:
    catalog = sharpen({ATTITUDE[0]: "changed"})
    rounds = held("2.1-1.0")
    rows = [
        {
            "person": person,
            "round": "r0",
            "item": ATTITUDE[0],
            "item_version": version,
            "value": 3,
            "code": None,
        }
        for person, version in (("new", "2.1-1.0"), ("old", "2.0-1.0"))
    ]
    found = [*rated(rows, rounds, axis(rounds, segments(catalog, rounds)), catalog)]
    assert [(row["person"], row["block"], row["anchor"]) for row in found] == [("new", "attitude", "2.1-1.0")]

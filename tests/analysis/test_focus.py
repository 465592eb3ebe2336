"""Focus items: each answer on its own line, full rounds joined, short rounds as dots, nothing averaged."""

import json
from datetime import date
from typing import Any

import pytest

from analysis.charts import build
from analysis.focus import focus
from tests.analysis.frames import TEXTS

NAMES = {"asks": "Vragen stellen", "listens": "Luisteren"}
SEP, OCT, JAN = date(2025, 9, 8), date(2025, 10, 13), date(2026, 1, 12)


def answer(item: str, day: date, value: int | None, short: bool = False, **other: Any) -> dict[str, Any]:
    return {"item": item, "day": day, "value": value, "code": None, "short": short, "anchor": "1.0", **other}


ANSWERS = [
    answer("asks", JAN, 3),
    answer("asks", OCT, 4, short=True),
    answer("asks", SEP, 2),
    answer("listens", SEP, None, code="NOT_MET_YET"),
    answer("listens", JAN, 1),
    answer("other", SEP, 5),
]


def test_answers_stand_in_order_on_the_line_of_their_item_and_others_stay_out() -> None:
    asks, listens = focus(NAMES, ANSWERS).lines
    assert [(one.day, one.level, one.is_short) for one in asks.answers] == [
        (SEP, 2, False),
        (OCT, 4, True),
        (JAN, 3, False),
    ]
    assert [(one.level, one.code) for one in listens.answers] == [(None, "NOT_MET_YET"), (1, None)]


def test_the_figure_joins_full_rounds_and_never_the_dots() -> None:
    data = json.loads(build("focus", ANSWERS, TEXTS, names=NAMES).json)["figure"]["data"]
    assert [(one["mode"], one["y"]) for one in data] == [
        ("lines+markers", [2, 3]),
        ("markers", [4]),
        ("lines+markers", [None, 1]),
        ("markers", []),
    ]


def test_it_says_what_is_drawn_and_claims_nothing() -> None:
    built = build("focus", ANSWERS, TEXTS, names=NAMES)
    assert built.sentence == "Uw antwoorden op uw focuspunten, uit 2 rondes en één korte ronde."
    assert built.source_line == (
        "Eén zin verschuift ook als er niets verandert. Kijk naar wat u herkent, niet naar één stap. "
        "Korte rondes tellen niet mee in uw groei."
    )
    assert [entry.label for entry in built.legend] == ["ronde", "korte ronde"]


def test_without_short_rounds_nothing_is_said_of_them() -> None:
    built = build("focus", [one for one in ANSWERS if not one["short"]], TEXTS, names=NAMES)
    assert built.sentence == "Uw antwoorden op uw focuspunten, uit 2 rondes."
    assert "kort" not in built.source_line
    assert [entry.label for entry in built.legend] == ["ronde"]


def test_the_table_has_a_row_per_moment_in_time() -> None:
    table = build("focus", ANSWERS, TEXTS, names=NAMES).table
    assert table.header == ("datum", "soort", "Vragen stellen", "Luisteren")
    assert table.rows == (
        ("8 sep 25", "ronde", "oefen", "nog niet meegemaakt"),
        ("13 okt 25", "korte ronde", "ook lastig", ""),
        ("12 jan 26", "ronde", "doe zelf", "verken"),
    )


def test_answers_to_another_wording_are_left_out_and_named() -> None:
    older = [answer("asks", date(2025, 1, 6), 5, anchor="0.9"), *ANSWERS]
    built = build("focus", older, TEXTS, names=NAMES)
    assert built.result.lines[0].before_break == 1
    assert [one.level for one in built.result.lines[0].answers] == [2, 4, 3]
    assert built.source_line.endswith(
        "Nieuwe formulering, eerdere antwoorden staan er niet bij: Vragen stellen."
    )


@pytest.mark.parametrize(
    "answers", [[], [answer("asks", SEP, 2)], [answer("asks", SEP, 2), answer("listens", JAN, 2)]]
)
def test_one_answer_is_no_line(answers: list[dict[str, Any]]) -> None:
    built = build("focus", answers, TEXTS, names=NAMES)
    assert not built.drawn
    assert built.sentence == "Vanaf twee antwoorden op een focuspunt tekenen we een lijn."


@pytest.mark.parametrize("number", [1, 3])
def test_each_item_has_a_panel_over_the_same_days(number: int) -> None:
    names = {f"i{n}": f"Zin {n}" for n in range(number)}
    answers = [answer(item, day, 3) for item in names for day in (SEP, JAN)]
    layout = json.loads(build("focus", answers, TEXTS, names=names).json)["figure"]["layout"]
    axes = [axis for name, axis in layout.items() if name.startswith("xaxis")]
    assert len(axes) == number
    assert len({tuple(axis["range"]) for axis in axes}) == 1
    assert [axis["showticklabels"] for axis in axes].count(True) == 1

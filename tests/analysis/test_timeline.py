"""The timeline of placements: bars within the year, lanes, who lacked a coach, and what it says."""

import json
from datetime import date
from typing import Any

import pytest

from analysis.charts import build
from analysis.timeline import CANDIDATE, COACH, VACANT, timeline
from tests.analysis.frames import TEXTS

FIRST, LAST, TODAY = date(2025, 8, 1), date(2026, 7, 31), date(2026, 1, 20)


def place(
    school: str, kind: str, first: date = FIRST, last: date = LAST, label: str = "Marit Voss"
) -> dict[str, Any]:
    return {"school_id": school, "school": school, "label": label, "kind": kind, "first": first, "last": last}


def found(*data: dict[str, Any]) -> Any:
    return timeline(data, first=FIRST, last=LAST, today=TODAY)


def built(*data: dict[str, Any]) -> Any:
    return build("placements", data, TEXTS, first=FIRST, last=LAST, today=TODAY)


def test_bars_end_where_the_year_ends_and_others_are_left_out() -> None:
    result = found(
        place("A", COACH, date(2024, 9, 1), date(2027, 7, 31)),
        place("B", COACH, date(2024, 9, 1), date(2025, 7, 31)),
    )
    ((row,),) = (result.rows,)
    assert [(bar.first, bar.last) for bar in row.lanes[0]] == [(FIRST, LAST)]


def test_places_at_one_time_stand_in_lanes_of_their_own() -> None:
    result = found(
        place("A", COACH, last=date(2026, 1, 12)),
        place("A", VACANT, first=date(2026, 1, 13)),
        place("A", COACH, first=date(2025, 10, 1)),
    )
    assert [[bar.kind for bar in lane] for lane in result.rows[0].lanes] == [[COACH, VACANT], [COACH]]


@pytest.mark.parametrize("kind", ["wanted", "click_conversation", "vacant_unfunded", "anything"])
def test_where_somebody_is_looked_for_is_one_kind(kind: str) -> None:
    assert found(place("A", kind)).kinds == {CANDIDATE}


@pytest.mark.parametrize(
    ("bars", "lacks"),
    [
        ([(COACH, FIRST, LAST)], False),
        ([(COACH, date(2025, 9, 15), date(2026, 7, 3))], False),  # after the holidays, until the last weeks
        ([(COACH, date(2025, 11, 1), LAST)], True),
        ([(COACH, FIRST, date(2026, 1, 12)), (VACANT, date(2026, 1, 13), LAST)], True),
        ([(COACH, FIRST, date(2026, 1, 12)), (COACH, date(2026, 2, 1), LAST)], False),
        ([(COACH, FIRST, LAST), (VACANT, date(2026, 1, 13), LAST)], False),  # a second place is vacant
        ([(VACANT, FIRST, LAST)], True),
    ],
)
def test_a_school_lacks_a_coach_after_two_months_without(
    bars: list[tuple[str, date, date]], lacks: bool
) -> None:
    assert found(*(place("A", *bar) for bar in bars)).without_a_coach == int(lacks)


def test_what_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        found(place("A", COACH, LAST, FIRST))


@pytest.mark.parametrize(
    ("vacant", "filled", "sentence"),
    [
        (0, 0, "Er is in dit schooljaar nog geen inzet."),
        (0, 1, "Deze school heeft het hele schooljaar een coach."),
        (1, 0, "Deze school was dit schooljaar een tijd zonder coach, of is dat nog."),
        (0, 3, "Deze 3 scholen hebben het hele schooljaar een coach."),
        (1, 2, "Eén van deze 3 scholen is dit schooljaar een tijd zonder coach."),
        (2, 2, "2 van deze 4 scholen zijn dit schooljaar een tijd zonder coach."),
    ],
)
def test_the_finding_counts_schools(vacant: int, filled: int, sentence: str) -> None:
    data = [place(f"V{n}", VACANT) for n in range(vacant)] + [place(f"C{n}", COACH) for n in range(filled)]
    assert built(*data).sentence == sentence


def test_the_table_holds_every_bar_and_the_legend_what_occurs() -> None:
    chart = built(
        place("A", COACH, last=date(2026, 1, 12)), place("A", VACANT, date(2026, 1, 13), label="vacant")
    )
    assert chart.table.rows == (
        ("A", "Marit Voss", "1 aug 25", "12 jan 26"),
        ("A", "vacant", "13 jan 26", "31 jul 26"),
    )
    assert [entry.label for entry in chart.legend] == ["met coach", "zonder coach, wel geld"]


def test_the_figure_draws_a_shape_for_each_bar_and_no_markup_of_a_name() -> None:
    figure = json.loads(built(place("A & <b>B</b>", COACH, label="<i>Marit</i>")).json)["figure"]
    shapes = figure["layout"]["shapes"]
    assert [(shape["type"], shape["x0"], shape["x1"]) for shape in shapes] == [
        ("rect", "2025-08-01", "2026-07-31"),
        ("line", "2026-01-20", "2026-01-20"),
    ]
    texts = [text for trace in figure["data"] for text in trace["text"]]
    assert not [text for text in texts if "<" in text]


def test_a_label_that_does_not_fit_its_bar_is_shortened() -> None:
    figure = json.loads(
        built(
            place("A", COACH, last=date(2025, 9, 20)), place("A", COACH, date(2025, 9, 21), date(2025, 9, 30))
        ).json
    )["figure"]
    labels = figure["data"][1]["text"]
    assert labels[0].endswith("…")
    assert labels[1].strip("\u00a0") == ""

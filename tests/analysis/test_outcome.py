"""A release in a chart: the sentence claims no more than the bounds, the bars are the told shares."""

import json
import re
from typing import Any

import pytest

from analysis.charts import BuiltChart, build
from analysis.figures import PALETTE
from analysis.outcome import Band, Group, Statement, outcome
from analysis.shares import count, step, told
from tests.analysis.frames import TEXTS

ANSWERS = ("nee", "meestal niet", "soms", "meestal wel", "ja")
FORM: dict[str, Any] = {"people": "ouders", "answers": ANSWERS, "agree": 3, "version": "1.0"}
SPREAD = (Band(0, 1, 10), Band(2, 2, 15), Band(3, 3, 45), Band(4, 4, 30))


def statement(
    key: str, share: float | None, persons: int = 40, invited: int = 80, bands: tuple[Band, ...] = ()
) -> Statement:
    if share is None:
        return Statement(key, f"Zin {key}.")
    found = told(share, count(persons), count(invited))
    return Statement(key, f"Zin {key}.", found, step(persons), bands)


def group(*statements: Statement, name: str = "Heel het programma", replied: int = 40) -> Group:
    return Group(name, count(replied), count(80), statements)


def chart(*groups: Group) -> BuiltChart:
    return build("evaluation", groups, TEXTS, **FORM)


def figure(*groups: Group) -> dict[str, Any]:
    drawn: dict[str, Any] = json.loads(chart(*groups).json)["figure"]
    return drawn


def bars(*groups: Group) -> list[tuple[float, float, str]]:
    """Where each bar begins, how long it is, and its colour."""
    return [
        (one["base"][0], one["x"][0], one["marker"]["color"])
        for one in figure(*groups)["data"]
        if one["type"] == "bar"
    ]


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ((0.8, 0.9), "Bij alle 2 zinnen zegt waarschijnlijk meer dan de helft ‘meestal wel’ of ‘ja’."),
        ((0.8, 0.6), "Bij 1 van de 2 zinnen zegt waarschijnlijk meer dan de helft ‘meestal wel’ of ‘ja’."),
        ((0.6, 0.5), "Bij geen enkele zin is zeker dat meer dan de helft ‘meestal wel’ of ‘ja’ zegt."),
    ],
)
def test_more_than_half_is_said_only_where_chance_leaves_no_less(
    shares: tuple[float, ...], sentence: str
) -> None:
    found = chart(group(*(statement(f"{n}", share) for n, share in enumerate(shares))))
    assert found.sentence == sentence


def test_less_than_half_is_said_too() -> None:
    found = chart(group(statement("a", 0.2), statement("b", 0.5)))
    assert "Waarschijnlijk zegt minder dan de helft dat bij ‘Zin a’." in found.details


def test_of_a_few_persons_nothing_is_sure() -> None:
    found = chart(group(statement("a", 0.9, persons=7, invited=9), replied=7))
    assert found.sentence == "Er antwoordden 5 tot 9 mensen: te weinig om van een zin zeker te zijn."


def test_a_statement_that_is_withheld_is_named_and_has_no_bar() -> None:
    groups = [group(statement("a", 0.8), statement("b", None))]
    assert (
        "Over ‘Zin b’ kunnen we niets zeggen: te weinig mensen gaven daar een oordeel."
        in chart(*groups).details
    )
    assert len(bars(*groups)) == 2
    assert "te weinig mensen" in [one["text"] for one in figure(*groups)["layout"]["annotations"]]
    assert chart(*groups).table.rows[1][1:] == ("te weinig mensen", "–", "–", "–")


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        ([], "Te weinig mensen antwoordden. Daarom kunnen we niets zeggen. Zo blijft niemand herkenbaar."),
        (
            [group(statement("a", None))],
            "Bij elke zin gaven te weinig mensen een oordeel. Daarom kunnen we niets zeggen.",
        ),
    ],
)
def test_where_nothing_can_be_said_the_sentence_says_why(groups: list[Group], sentence: str) -> None:
    found = chart(*groups)
    assert (found.sentence, found.drawn, found.json, found.table.rows) == (sentence, False, "", ())


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1, as WCAG 2.2 counts it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_edge_of_every_part_of_a_bar_stands_out_on_its_card(scheme: int) -> None:
    drawn = figure(group(statement("a", 0.75, bands=SPREAD)))["data"]
    edges = {one["marker"]["line"]["color"] for one in drawn if one["type"] == "bar"}
    shown = [luminance(each[scheme]) for each in PALETTE.values() if each[0] in edges]
    card = luminance(PALETTE["card"][scheme])
    assert shown
    assert all((max(one, card) + 0.05) / (min(one, card) + 0.05) >= 3 for one in shown)


def test_bars_part_where_agreeing_begins_and_are_as_long_as_the_share() -> None:
    found = bars(group(statement("a", 0.75, bands=SPREAD)))
    assert [(start, length) for start, length, _ in found] == [(-25, 10), (-15, 15), (0, 45), (45, 30)]
    assert [colour for *_, colour in found] == [PALETTE[token][0] for token in ("l1", "l3", "l4", "l5")]


def test_answers_that_are_not_told_apart_have_colours_of_their_own() -> None:
    found = bars(group(statement("a", 0.6)))
    assert found == [(-40, 40, PALETTE["line"][0]), (0, 60, PALETTE["s4"][0])]
    across = (Band(0, 1, 20), Band(2, 3, 40), Band(4, 4, 40))
    assert bars(group(statement("a", 0.6, bands=across))) == found


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    apart, together = statement("a", 0.75, bands=SPREAD), statement("a", 0.6)
    both = ["waarschijnlijk tussen", "met wie niet antwoordde tussen"]
    assert [one.label for one in chart(group(apart)).legend] == [*ANSWERS, *both]
    others = ["een ander antwoord", "‘meestal wel’ of ‘ja’"]
    assert [one.label for one in chart(group(together)).legend] == [*others, *both]
    assert [one.label for one in chart(group(together), group(apart)).legend] == [*ANSWERS, *others, *both]


def test_both_bounds_are_drawn_as_they_are_told() -> None:
    one = statement("a", 0.75)
    assert one.told
    lines = [each["x"] for each in figure(group(one))["data"] if each.get("mode") == "lines"]
    assert lines == [[*one.told.chance], [*one.told.non_response]]


def test_nobody_reads_all_or_none() -> None:
    rows = chart(group(statement("a", 1.0), statement("b", 0.0))).table.rows
    assert [row[1] for row in rows] == ["90% of meer", "10% of minder"]
    assert rows[0][4] == "40 tot 44"


def test_the_table_has_a_row_per_statement_and_group() -> None:
    small = group(statement("a", 0.6, persons=7), name="Cluster Veen", replied=7)
    rows = chart(small, group(statement("a", 0.75, bands=SPREAD))).table.rows
    assert [row[:3] for row in rows] == [
        ("Zin a.", "Cluster Veen", "60%"),
        ("Zin a.", "Heel het programma", "75%"),
    ]
    assert rows[0][-1] == "–"
    assert rows[1][-1] == "nee tot en met meestal niet 10%; soms 15%; meestal wel 45%; ja 30%"


def test_words_of_a_form_are_no_markup_in_a_figure() -> None:
    words = Statement("a", "Wij <b>en</b> zij & u.", told(0.5, count(40), count(80)), step(40))
    titles = [one["text"] for one in figure(group(words))["layout"]["annotations"]]
    assert titles[0] == "Wij &lt;b>en&lt;/b> zij &amp; u."


def test_groups_with_other_statements_are_refused() -> None:
    with pytest.raises(ValueError, match="same statements"):
        outcome([group(statement("a", 0.5)), group(statement("b", 0.5))], **FORM)


@pytest.mark.parametrize("agree", [0, 5])
def test_a_scale_on_which_nobody_can_agree_or_not_is_refused(agree: int) -> None:
    with pytest.raises(ValueError, match="some answers agree"):
        outcome([], **{**FORM, "agree": agree})


def test_every_colour_has_a_dark_one() -> None:
    drawn = json.loads(chart(group(statement("a", 0.75, bands=SPREAD)), group(statement("a", None))).json)
    colours = set(re.findall(r"#[0-9a-f]{6}", json.dumps(drawn["figure"])))
    assert colours <= set(drawn["dark"])
    assert len(colours) > len(SPREAD)

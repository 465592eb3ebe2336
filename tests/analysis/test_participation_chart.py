"""The chart of participation: how many handed in, and each coach counted once."""

import json

import pytest

from analysis.charts import build
from tests.analysis.frames import TEXTS, due


@pytest.mark.parametrize(
    ("submitted", "sentence"),
    [
        (7, "In de ronde van september 2025 leverden 7 van de 12 coaches hun reflectie in."),
        (1, "In de ronde van september 2025 leverde 1 van de 12 coaches een reflectie in."),
        (0, "In de ronde van september 2025 leverden 0 van de 12 coaches hun reflectie in."),
    ],
)
def test_participation_says_how_many_handed_in_the_last_round(submitted: int, sentence: str) -> None:
    assert build("participation", due(9, submitted, 9, 12), TEXTS).sentence == sentence


def test_participation_counts_each_coach_once_and_the_table_has_the_words_of_the_figure() -> None:
    built = build("participation", due(9, 7, 9, 12) + due(1, 12, 12, 12), TEXTS)
    states = ("ingeleverd", "begonnen, nog niet ingeleverd", "nog niet begonnen")
    assert tuple(entry.label for entry in built.legend) == states
    assert tuple(bar["name"] for bar in json.loads(built.json)["figure"]["data"]) == states
    assert built.table.header == ("ronde", "aan de beurt", *states)
    assert built.table.rows == (("jan 25", "12", "12", "0", "0"), ("sep 25", "12", "7", "2", "3"))


def test_without_a_round_participation_says_so() -> None:
    built = build("participation", [], TEXTS)
    assert (built.sentence, built.drawn) == ("Er is nog geen meetronde geweest.", False)

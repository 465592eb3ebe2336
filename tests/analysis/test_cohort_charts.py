"""Charts of cohorts: meetings, breaks, comparisons and counts in words that claim no more than they may."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from msgspec.structs import replace

from analysis.charts import BuiltChart, build, restate
from analysis.charts.words import level_words
from analysis.comparison import MONTHS_TOGETHER, Comparison, Group, compare_growth
from analysis.distribution import PERSONS_FOR_A_DISTRIBUTION, PERSONS_IN_A_BAND, Band
from analysis.growth import COACHES_FOR_A_CURVE, PERSONS_FOR_A_POINT, CohortGrowth, Event, cohort_growth
from analysis.results import Asked, Reason
from analysis.tally import PERSONS_FOR_A_CHOICE, PERSONS_FOR_A_SIDE, PERSONS_FOR_A_TALLY, tally
from tests.analysis.frames import TEXTS
from tests.analysis.simulate import Truth, cohort_frame, scores_of


def curve(seed: int = 1, **truth: Any) -> CohortGrowth:
    options = {"coaches": 12, "rounds": 4, "leave_at_start_level": 1e-9} | truth
    return cohort_growth(cohort_frame(*scores_of(Truth(**options), np.random.default_rng(seed))))


def comparison(*curves: CohortGrowth) -> Comparison:
    names = ("najaar", "voorjaar", "zomer", "winter")
    return compare_growth([Group(name, one) for name, one in zip(names, curves, strict=False)])


def claiming(low: float, high: float) -> Comparison:
    found = comparison(curve(1), curve(2))
    (each,) = found.differences
    estimate = replace(each.estimate, value=(low + high) / 2, low=low, high=high)
    changed = replace(each, estimate=estimate, smallest=0.52, low_if=low, high_if=high)
    return replace(found, differences=(changed,))


def figure(built: BuiltChart) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(built.json)["figure"]
    return loaded


def notes(built: BuiltChart) -> list[str]:
    return [note["text"] for note in figure(built)["layout"].get("annotations", [])]


def test_meetings_are_flags_and_words_and_of_many_the_last_ones() -> None:
    held = tuple(Event(date(2025, 9 + n, 5), 2.0 + n, f"Werkplaats {n}") for n in range(4))
    few = restate("cohort_growth", replace(curve(), events=held[:2]), TEXTS)
    assert few.details[-1] == "Bijeenkomsten: Werkplaats 0 (5 sep 25) en Werkplaats 1 (5 okt 25)."
    assert [trace["x"] for trace in figure(few)["data"] if trace["mode"] == "markers"] == [[2, 3]]
    assert few.legend[-1].label == "bijeenkomst van het cohort"
    many = restate("cohort_growth", replace(curve(), events=held), TEXTS)
    assert many.details[-1].startswith("4 bijeenkomsten, de laatste: Werkplaats 1 (5 okt 25), Werkplaats 2")


def test_without_proven_growth_the_page_says_what_could_have_been_seen() -> None:
    found = curve(2, growth=0.0, rounds=3)
    assert found.growth is not None
    assert found.growth.low < 0 < found.growth.high
    assert found.smallest is not None
    least = TEXTS.number(found.smallest, 1)
    built = restate("cohort_growth", found, TEXTS)
    assert built.details[1] == f"Met deze 12 coaches zien we groei pas vanaf ongeveer {least} niveau."


def test_a_cohort_that_rates_itself_lower_is_told_no_error_rate_of_growth() -> None:
    built = restate("cohort_growth", curve(growth=-2.0), TEXTS)
    assert built.sentence.startswith("Het cohort schat zichzelf")
    assert built.details == ("12 coaches, 48 ingevulde rondes.",)


def test_the_lines_before_a_break_are_drawn_with_a_gap_and_a_word() -> None:
    before = curve(1, rounds=3)
    after = cohort_growth(
        cohort_frame(*scores_of(Truth(coaches=12, rounds=3), np.random.default_rng(2))).assign(
            period=lambda rows: rows["period"] + 3, months=lambda rows: rows["months"] + 12
        )
    )
    whole = replace(after, earlier=(before,), asked=Asked(("2.0", "2.1"), 16, 17))
    built = restate("cohort_growth", whole, TEXTS)
    assert built.sentence == restate("cohort_growth", after, TEXTS).sentence
    assert (
        "Waar de vragen veranderden, begint een nieuwe lijn. De zin gaat over de nieuwste."
        in built.source_line
    )
    assert built.source_line.endswith("Versie 2.0 en 2.1: bij 16 van de 17 vragen bleef de tekst gelijk.")
    assert "nieuwe<br>formulering" in notes(built)
    assert [row[0] for row in built.table.rows] == ["0", "4", "8", "12", "16", "20"]
    curves = [trace for trace in figure(built)["data"] if trace.get("name") == "geschatte lijn"]
    assert [trace["x"] for trace in curves] == [[0, 4, 8], [12, 16, 20]]


def test_right_after_a_break_the_old_line_stays_and_nothing_is_claimed() -> None:
    new = CohortGrowth("total", 12, 12, (), Reason.FEW_ROUNDS, earlier=(curve(growth=1.0),))
    built = restate("cohort_growth", new, TEXTS)
    assert built.drawn
    assert built.sentence == (
        "De vragen veranderden, dus er begint een nieuwe lijn. "
        "Vanaf twee meetrondes met genoeg antwoorden tekenen we een lijn."
    )
    assert "groeide" not in " ".join((built.sentence, *built.details))


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        (
            -0.2,
            0.4,
            "Tussen najaar en voorjaar is geen verschil in groei aangetoond; "
            "het verschil ligt waarschijnlijk tussen −0,2 en 0,4 niveau.",
        ),
        (
            0.1,
            0.5,
            "De groei bij najaar was in 12 maanden ongeveer 0,3 niveau groter dan bij voorjaar; "
            "het werkelijke verschil ligt waarschijnlijk tussen 0,1 en 0,5.",
        ),
        (
            -0.78,
            -0.02,
            "De groei bij voorjaar was in 12 maanden ongeveer 0,40 niveau groter dan bij najaar; "
            "het werkelijke verschil ligt waarschijnlijk tussen 0,02 en 0,78.",
        ),
    ],
)
def test_a_difference_is_claimed_only_where_its_interval_leaves_out_zero(
    low: float, high: float, sentence: str
) -> None:
    built = restate("growth_difference", claiming(low, high), TEXTS)
    assert built.sentence == sentence
    assert built.details[0] == "Met 12 en 12 coaches zien we pas verschillen vanaf ongeveer 0,5 niveau."
    claimed = not low < 0 < high
    assert (built.details[-1].startswith("Een verschil zegt niet waardoor het komt")) == claimed


def test_of_several_pairs_the_page_counts_the_claims_and_says_why_bands_are_wider() -> None:
    alike = restate("growth_difference", comparison(curve(1), curve(2), curve(3)), TEXTS)
    assert alike.sentence == "Tussen deze 3 groepen is geen verschil in groei aangetoond."
    assert "We vergelijken 3 keer tegelijk." in alike.source_line
    apart = restate("growth_difference", comparison(curve(1), curve(2, growth=3.0), curve(3)), TEXTS)
    assert apart.sentence == "Bij 2 van de 3 vergelijkingen is een verschil in groei aangetoond."
    assert len(apart.table.rows) == 3


def test_a_comparison_that_cannot_be_made_says_why_and_draws_nothing() -> None:
    found = Comparison(comparison(curve(1), curve(2)).groups, reason=Reason.FEW_MONTHS)
    built = restate("growth_difference", found, TEXTS)
    assert (built.drawn, built.json, built.table.rows) == (False, "", ())
    assert (
        built.sentence
        == "Deze groepen hebben nog geen drie maanden sinds hun start gemeen om te vergelijken."
    )


def test_each_group_has_its_own_line_sign_and_words() -> None:
    built = restate("cohort_comparison", comparison(curve(1, growth=2.0), curve(2, growth=0.0)), TEXTS)
    assert [(entry.series, entry.shape, entry.label) for entry in built.legend] == [
        ("s1", "circle", "najaar"),
        ("s2", "square", "voorjaar"),
    ]
    assert built.details[0].startswith("najaar (12 coaches): ongeveer ")
    assert built.details[1].startswith("voorjaar (12 coaches): geen groei aangetoond in 12 maanden")
    assert len(built.table.rows) == 8
    names = [trace.get("name") for trace in figure(built)["data"]]
    assert [name for name in names if name] == ["najaar", "voorjaar"]


def test_a_difference_lies_on_the_side_of_the_group_that_grew_more() -> None:
    built = restate("growth_difference", claiming(0.1, 0.5), TEXTS)
    (mark,) = figure(built)["data"]
    assert (mark["x"], mark["error_x"]["array"], mark["error_x"]["arrayminus"]) == ([0.3], [0.2], [0.2])
    assert notes(built) == ["meer groei bij<br>voorjaar", "meer groei bij<br>najaar"]


def test_a_distribution_names_its_largest_groups_and_hides_what_is_small() -> None:
    levels = {"attitude": [1.0] * 6 + [4.0] * 5, "skills": [3.0] * 11, "knowledge": [2.0] * 5 + [3.0] * 6}
    built = build("distribution", pd.DataFrame({"person": range(11), **levels}), TEXTS)
    assert built.sentence == (
        "De grootste groep: bij houding ‘verken’ (6 van de 11) en "
        "bij kennis ‘doe zelf tot en met geef door’ (6 van de 11)."
    )
    assert built.details == ("Bij vaardigheden tonen we niets: daar zou een groep kleiner dan vijf zijn.",)
    assert built.table.rows[0] == ("Houding", "verken", "6", "11")


def test_bands_are_named_by_their_levels() -> None:
    from analysis.charts.distribution import band_word

    first, second, third, *_ = level_words(TEXTS)
    assert band_word(Band(2, 2, 5), TEXTS) == second
    assert band_word(Band(1, 2, 5), TEXTS) == f"{first} of {second}"
    assert band_word(Band(1, 3, 5), TEXTS) == f"{first} tot en met {third}"


def test_few_coaches_are_told_why_there_is_no_distribution_and_no_choice() -> None:
    nine = pd.DataFrame({"person": range(9), "attitude": 2.0, "skills": 2.0, "knowledge": 2.0})
    assert build("distribution", nine, TEXTS).sentence.startswith("Vanaf tien coaches die dit invulden")
    ten = pd.DataFrame({"person": range(10), "attitude": 2.0, "skills": 2.0, "knowledge": 2.0})
    assert build("distribution", ten, TEXTS).sentence.startswith("In elke verdeling bleef een groep kleiner")
    seven = build("choices", tally(range(7), []), TEXTS, names={})
    assert (seven.sentence.startswith("Vanaf acht coaches"), seven.drawn) == (True, False)
    spread = build("choices", tally(range(9), [(0, "a"), (1, "b")]), TEXTS, names={"a": "A", "b": "B"})
    assert (spread.sentence, spread.drawn) == ("Geen punt is door drie of meer coaches gekozen.", False)


def test_choices_name_what_most_chose_and_draw_the_rest_last() -> None:
    pairs = [(person, key) for key, n in (("a", 4), ("b", 4), ("c", 3), ("d", 2)) for person in range(n)]
    names = {"a": "Luisteren", "b": "Meedenken", "c": "Samenwerken", "d": "Loslaten"}
    built = build("choices", tally(range(10), [*pairs, (7, "d")]), TEXTS, names=names)
    assert built.sentence == "Het vaakst gekozen: ‘Luisteren’ en ‘Meedenken’, door 4 van de 10 coaches."
    assert [name for name, _ in built.table.rows] == ["Luisteren", "Meedenken", "Samenwerken", "Loslaten"]
    few = build("choices", tally(range(10), [*pairs, (7, "e")]), TEXTS, names=names)
    assert few.table.rows[-1] == ("iets anders", "3")
    assert figure(few)["data"][0]["x"] == [4, 4, 3, 3]
    assert "Loslaten" not in few.json


def test_the_page_of_method_names_from_how_many_coaches_on_something_is_shown() -> None:
    rows = (
        f"| een lijn, focus, uren, thema's | {COACHES_FOR_A_CURVE} coaches |",
        f"| een punt van de lijn | {PERSONS_FOR_A_POINT} coaches in die ronde |",
        f"| een verdeling | {PERSONS_FOR_A_DISTRIBUTION} coaches, en in elke groep minstens "
        f"{PERSONS_IN_A_BAND} |",
        f"| een keuze bij naam | {PERSONS_FOR_A_CHOICE} coaches die het kozen; de rest heet ‘iets anders’ |",
        f"| {PERSONS_FOR_A_SIDE} die dat doen en {PERSONS_FOR_A_SIDE} die dat niet doen;",
        f"sinds hun eigen start (minstens {MONTHS_TOGETHER:.0f})",
    )
    method = " ".join((Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8").split())
    assert PERSONS_FOR_A_TALLY == COACHES_FOR_A_CURVE
    assert [row for row in rows if row not in method] == []

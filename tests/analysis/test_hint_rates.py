"""Every rate that is printed is computed again; data, page and docs say what the simulation gives."""

import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from analysis import answer_model
from analysis.answer_model import Model, answers, lowered, within_sd
from analysis.chance import chance, rounded
from analysis.hint_rates import Drops, estimate, flags, rates
from analysis.hints import Kind, Rule, Seen, Thresholds, hints
from survey.questionnaire.catalog import load
from survey.questionnaire.hints import FamilyRules
from survey.questionnaire.vocabulary import Family
from tests.analysis.test_hints import SEPTEMBER

ROOT = Path(__file__).parents[2]
METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
FAMILIES: list[Kind] = ["relationship", "wellbeing"]


@cache
def rules_of(kind: Kind) -> FamilyRules:
    return load().hint_rules.of(Family(kind))


def model_of(kind: Kind) -> Model:
    return Model(**dict(rules_of(kind).model))


def thresholds_of(kind: Kind) -> Thresholds:
    return Thresholds(rules_of(kind).after_one, rules_of(kind).threshold)


def items_of(kind: Kind) -> Thresholds:
    return Thresholds(rules_of(kind).item_after_one, rules_of(kind).item_threshold)


def drops_of(kind: Kind) -> Drops:
    return Drops(rules_of(kind).drop_to, rules_of(kind).deep_drop_to)


@cache
def computed(kind: Kind) -> dict[str, float]:
    return rates(kind, model_of(kind), thresholds_of(kind), drops_of(kind), items_of(kind))


@pytest.mark.parametrize("kind", FAMILIES)
def test_the_data_hold_what_the_simulation_gives(kind: Kind) -> None:
    assert dict(rules_of(kind).rates) == {name: round(rate, 3) for name, rate in computed(kind).items()}
    assert rules_of(kind).sd == round(within_sd(answers(model_of(kind))), 2)


@pytest.mark.parametrize("kind", FAMILIES)
def test_other_people_give_the_same_rates(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_model, "SEED", 1)
    answer_model._noise.cache_clear()
    again = rates(kind, model_of(kind), thresholds_of(kind), drops_of(kind), items_of(kind))
    answer_model._noise.cache_clear()
    assert again == pytest.approx(dict(rules_of(kind).rates), abs=0.01)


# What an earlier simulation for this product published; the model was chosen to come near.
@pytest.mark.parametrize(
    ("kind", "name", "published", "within"),
    [
        ("relationship", "w_a_talk", 0.07, 0.01),
        ("relationship", "w_b_talk", 0.063, 0.002),
        ("relationship", "drop_w_b_at_once", 0.67, 0.01),
        ("relationship", "drop_w_a_or_w_b_by_next", 0.82, 0.01),
        ("wellbeing", "u_a_talk", 0.057, 0.002),
        ("wellbeing", "u_b_case", 0.038, 0.001),
        ("wellbeing", "u_d_case", 0.12, 0.005),
        ("wellbeing", "drop_u_a_within_two", 0.61, 0.01),
        ("wellbeing", "deep_drop_u_b_in_two", 0.60, 0.01),
        ("wellbeing", "deep_drop_u_b_by_last", 0.79, 0.025),
    ],
)
def test_the_model_comes_near_what_was_published(
    kind: Kind, name: str, published: float, within: float
) -> None:
    assert computed(kind)[name] == pytest.approx(published, abs=within)


@pytest.mark.parametrize(("kind", "mean"), [("relationship", 14.0), ("wellbeing", 9.4)])
def test_the_usual_sum_is_the_published_one_and_drops_reach_theirs(kind: Kind, mean: float) -> None:
    model, drops = model_of(kind), drops_of(kind)
    assert answers(model).sum(axis=2).mean() == pytest.approx(mean, abs=0.03)
    for to in (drops.to, drops.deep or drops.to):
        sums = answers(model, lower=lowered(model, to)).sum(axis=2)
        assert sums[:, 2:].mean() == pytest.approx(to, abs=0.05)
        assert sums[:, :2].mean() == pytest.approx(mean, abs=0.05)


@pytest.mark.parametrize("kind", FAMILIES)
def test_the_simulation_applies_the_very_rules_that_people_meet(kind: Kind) -> None:
    """One by one over 800 people, the rules for a page and the rules for the rates agree on every talk."""
    found = np.concatenate([answers(model_of(kind), cases=400, lower=lower) for lower in (1.0, -1.5)])
    thresholds = thresholds_of(kind)
    many = flags(kind, found, thresholds)
    one_by_one = {rule: np.zeros(found.shape[:2], dtype=bool) for rule in many}
    for person, sheets in enumerate(found.tolist()):
        line = [
            Seen(str(talk), SEPTEMBER, sum(sheet), min(sheet), thresholds)
            for talk, sheet in enumerate(sheets)
        ]
        for hint in hints(kind, line):
            one_by_one[hint.rule][person, int(hint.key)] = True
    assert {rule: int((many[rule] != one_by_one[rule]).sum()) for rule in many} == dict.fromkeys(many, 0)
    assert all(seen.any() for seen in many.values())


@pytest.mark.parametrize("kind", FAMILIES)
def test_the_spread_of_the_model_leads_to_the_thresholds_in_force(kind: Kind) -> None:
    found, rules = estimate(kind, model_of(kind), rules_of(kind).sd, drops_of(kind)), rules_of(kind)
    assert found.thresholds == thresholds_of(kind)
    assert found.items == items_of(kind)
    assert found.rates == pytest.approx(dict(rules.rates), abs=0.01)


@pytest.mark.parametrize(
    ("kind", "sd", "thresholds"),
    [
        ("relationship", 0.6, Thresholds(3, 3)),
        ("relationship", 2.0, Thresholds(5, 4)),
        ("relationship", 4.0, Thresholds(5, 5)),
        ("wellbeing", 1.0, Thresholds(4, 4)),
        ("wellbeing", 3.0, Thresholds(6, 6)),
        ("wellbeing", 4.0, Thresholds(7, 7)),
    ],
)
def test_answers_that_vary_more_need_higher_thresholds_within_bounds(
    kind: Kind, sd: float, thresholds: Thresholds
) -> None:
    assert estimate(kind, model_of(kind), sd, drops_of(kind)).thresholds == thresholds


@pytest.mark.parametrize("sd", [0.0, -1.0, float("nan")])
def test_a_spread_that_cannot_be_is_refused(sd: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        estimate("relationship", model_of("relationship"), sd, drops_of("relationship"))


@pytest.mark.parametrize(("kind", "sd"), [("relationship", 4.6), ("wellbeing", 4.1), ("wellbeing", 20.0)])
def test_a_spread_beyond_the_reach_of_the_model_is_refused(kind: Kind, sd: float) -> None:
    with pytest.raises(ValueError, match="beyond the reach"):
        estimate(kind, model_of(kind), sd, drops_of(kind))


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (0.0, "1 200 True"),
        (0.004, "1 200 True"),
        (0.006, "1 167 False"),
        (0.063, "1 16 False"),
        (0.122, "1 8 False"),
        (0.19, "1 5 False"),
        (0.24, "2 10 False"),
        (0.822, "8 10 False"),
        (1.0, "10 10 False"),
    ],
)
def test_a_rate_is_rounded_to_a_handful_of_words(rate: float, words: str) -> None:
    found = rounded(rate)
    assert f"{found.times} {found.of} {found.at_most}" == words


# What page and docs print, from the computed rate.
PRINTED: list[tuple[Kind, Rule, str, str]] = [
    ("relationship", Rule.W_A, "w_a_talk", "1 op de 14"),
    ("relationship", Rule.W_A, "w_a_case", "2 op de 10"),
    ("relationship", Rule.W_B, "w_b_talk", "1 op de 16"),
    ("relationship", Rule.W_B, "w_b_case", "3 op de 10"),
    ("relationship", Rule.W_B, "drop_w_b_at_once", "7 op de 10 meteen"),
    ("relationship", Rule.W_B, "drop_w_a_or_w_b_by_next", "8 op de 10 bij het volgende gesprek"),
    ("relationship", Rule.CEILING, "ceiling_case", "3 op de 10"),
    ("wellbeing", Rule.U_A, "u_a_talk", "1 op de 17"),
    ("wellbeing", Rule.U_A, "u_a_case", "2 op de 10"),
    ("wellbeing", Rule.U_A, "drop_u_a_within_two", "6 op de 10 binnen twee gesprekken"),
    ("wellbeing", Rule.U_B, "u_b_case", "1 op de 26"),
    ("wellbeing", Rule.U_B, "deep_drop_u_b_in_two", "6 op de 10 in twee gesprekken"),
    ("wellbeing", Rule.U_B, "deep_drop_u_b_by_last", "8 op de 10 in de acht checks"),
    ("wellbeing", Rule.U_C, "u_c_case", "8 op de 10"),
    ("wellbeing", Rule.U_D, "u_d_case", "1 op de 8"),
    ("wellbeing", Rule.CEILING, "ceiling_case", "1 op de 100"),
]
TITLES = {
    Rule.W_A: "Gesprekspunt (W-a)",
    Rule.W_B: "Lager dan anders (W-b)",
    Rule.U_A: "Kijk hier nog eens naar (U-a)",
    Rule.U_B: "Overleg met iemand (U-b)",
    Rule.U_C: "Nog geen beweging (U-c)",
    Rule.U_D: "Een lage start (U-d)",
    Rule.CEILING: "Steeds het hoogste antwoord",
}


def row_of(kind: Kind, rule: Rule) -> str:
    """The line of the docs about a rule."""
    of_family = METHOD.split("De hoe-gaat-het-check komt")[kind == "wellbeing"]
    (row,) = [line for line in of_family.splitlines() if line.startswith(f"| {TITLES[rule]} |")]
    return row


@pytest.mark.parametrize(("kind", "rule", "name", "words"), PRINTED)
def test_the_docs_print_what_the_simulation_gives(kind: Kind, rule: Rule, name: str, words: str) -> None:
    said = rounded(round(computed(kind)[name], 3))
    assert words.startswith(f"{said.times} op de {said.of}")
    assert f"ongeveer {words}" in row_of(kind, rule)


# What the docs say of the charts, from the computed rate.
OF_CHARTS: list[tuple[Kind, str, str]] = [
    (
        "relationship",
        "higher_talk",
        "zo ver boven wat gewoon is ligt de som bij ongeveer 1 op de 22 gesprekken",
    ),
    ("wellbeing", "higher_talk", "zo ver boven het begin bij ongeveer 1 op de 19 gesprekken"),
    (
        "wellbeing",
        "items_talk",
        "bij ongeveer 4 op de 10 gesprekken ligt minstens één vraag buiten haar zone",
    ),
]


@pytest.mark.parametrize(("kind", "name", "words"), OF_CHARTS)
def test_the_docs_say_how_often_a_chart_shows_what_is_chance(kind: Kind, name: str, words: str) -> None:
    said = rounded(round(computed(kind)[name], 3))
    assert f"ongeveer {said.times} op de {said.of} gesprekken" in words
    assert words in " ".join(METHOD.split())


def test_a_zone_of_one_question_is_as_wide_as_a_rule_for_that_question_alone() -> None:
    assert items_of("wellbeing") == Thresholds(3, 2)
    assert "3 stappen na één check, 2 stappen na meer" in " ".join(METHOD.split())


def test_every_rate_in_the_data_stands_in_the_docs() -> None:
    rules = {(kind, name) for kind, _rule, name, _words in PRINTED}
    charts = {(kind, name) for kind, name, _words in OF_CHARTS}
    assert rules | charts == {(kind, name) for kind in FAMILIES for name in rules_of(kind).rates}


@pytest.mark.parametrize(("kind", "rule", "name", "words"), PRINTED)
def test_the_page_prints_the_rate_per_talk_else_per_case(
    kind: Kind, rule: Rule, name: str, words: str
) -> None:
    printed = chance(rule, rules_of(kind).rates)
    assert printed is not None
    if name.endswith(printed.per) and not name.startswith(("drop", "deep")):
        assert f"{printed.times} op de {printed.of}" == words


def test_silence_has_no_part_in_chance() -> None:
    assert chance(Rule.SILENCE, computed("wellbeing")) is None


@pytest.mark.parametrize(
    ("kind", "rule", "numbers"),
    [
        ("relationship", Rule.W_B, "{after_one} punten onder de ene check daarvoor, of {threshold} punten"),
        ("wellbeing", Rule.U_A, "{threshold} punten onder het gemiddelde van de eerste twee"),
        ("wellbeing", Rule.U_D, "gemiddeld lager dan {threshold} "),
    ],
)
def test_the_docs_name_the_thresholds_in_force(kind: Kind, rule: Rule, numbers: str) -> None:
    assert numbers.format(**dict(rules_of(kind))) in row_of(kind, rule)


@pytest.mark.parametrize(
    ("kind", "name"), [("relationship", "werkrelatie-check"), ("wellbeing", "hoe-gaat-het-check")]
)
def test_the_docs_show_the_model(kind: Kind, name: str) -> None:
    data = tomllib.loads((ROOT / "questionnaires" / "hints.toml").read_text(encoding="utf-8"))[kind]
    cells = [*data["model"].values(), data["sd"]]
    assert f"| {name} | {' | '.join(str(cell).replace('.', ',') for cell in cells)} |" in METHOD


def test_the_docs_name_the_drops_and_the_size_of_the_simulation() -> None:
    assert "van 14,0 naar 9,8" in row_of("relationship", Rule.W_B)
    assert "van 9,4 naar 5,1" in row_of("wellbeing", Rule.U_A)
    assert "van 9,4 naar 3,0" in row_of("wellbeing", Rule.U_B)
    assert f"{answer_model.CASES:,}".replace(",", ".") in METHOD
    assert answer_model.TALKS == 8

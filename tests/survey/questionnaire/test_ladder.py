"""A form that asks how far someone's own goal is: one more question, never needed, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.definition import Choice, Questionnaire
from survey.questionnaire.fields import Answer
from survey.questionnaire.finding import BrokenQuestionnaires
from survey.questionnaire.form import foreign_keys, form_for, read_reply
from survey.questionnaire.vocabulary import Family, Kind
from survey.questionnaire.wording import questions, words

from .samples import Data, check_in, item, languages, said, toml, write

FOUR = [("u1", "0"), ("u2", "1"), ("u3", "3"), ("u4", "4")]


@pytest.fixture
def goal(catalog: Catalog) -> Choice:
    return catalog.goal("calm_start")


@pytest.fixture
def grown(catalog: Catalog, goal: Choice) -> Questionnaire:
    return catalog.get("wellbeing-parent").with_goal(goal)


def test_the_goal_is_the_last_question_on_eleven_rungs(grown: Questionnaire) -> None:
    assert [asked.key for asked in grown.items] == ["u1", "u2", "u3", "u4", "goal"]
    assert grown.items[-1].kind is Kind.LADDER
    assert [level.value for level in grown.levels(grown.items[-1])] == [*range(11)]


def test_the_form_keeps_its_name_and_says_which_goal_it_asks_for(
    catalog: Catalog, grown: Questionnaire
) -> None:
    assert (grown.form, grown.version, grown.goal) == ("wellbeing-parent", "1.0", "calm_start")
    assert catalog.get("wellbeing-parent").goal is None


def test_the_goal_stands_in_the_language_of_the_question(grown: Questionnaire) -> None:
    asked = {lang: questions(grown, lang)[-1].text for lang in grown.languages}
    assert str(asked["nl"]) == "Uw doel: rustig naar school gaan in de ochtend. Welk cijfer geeft u nu?"
    assert asked["tr"].text.startswith("Hedefiniz: sabah okula sakin gitmek.")
    assert asked["tr"].dutch == str(asked["nl"])
    assert not [lang for lang, text in asked.items() if "{" in text.text]


def test_the_page_counts_five_and_says_that_one_may_be_left_out(grown: Questionnaire) -> None:
    last = questions(grown, "nl")[-1]
    assert str(words(grown, "intro", "nl")).startswith("Vijf")
    assert (str(last.progress), str(last.mark)) == ("Vraag 5 van 5", "U mag deze vraag overslaan.")


def test_only_the_ends_of_the_ladder_say_what_they_mean(grown: Questionnaire) -> None:
    rungs = questions(grown, "nl")[-1].levels
    assert [str(rung.label) for rung in rungs] == [str(n) for n in range(11)]
    assert {rung.value: str(rung.anchor) for rung in rungs if rung.anchor} == {
        "0": "0: het lukt nog niet",
        "10": "10: het lukt helemaal",
    }


@pytest.mark.parametrize("value", range(11))
def test_every_rung_is_an_answer(grown: Questionnaire, value: int) -> None:
    reply = read_reply(grown, MultiDict([*FOUR, ("goal", str(value))]))
    assert reply.is_complete
    assert reply.answers["goal"] == Answer(value)


def test_the_goal_may_be_left_out_and_nothing_else(grown: Questionnaire) -> None:
    without = read_reply(grown, MultiDict(FOUR))
    assert without.is_complete
    assert "goal" not in without.answers
    assert list(read_reply(grown, MultiDict([("goal", "7")])).errors) == ["u1", "u2", "u3", "u4"]


@pytest.mark.parametrize("value", ["", "11", "-1", "07", "7.0", "٧", "ja"])
def test_a_number_that_is_no_rung_is_refused(grown: Questionnaire, value: str) -> None:
    reply = read_reply(grown, MultiDict([*FOUR, ("goal", value)]))
    assert reply.errors == {"goal": "error_choose"}
    assert list(reply.answers) == ["u1", "u2", "u3", "u4"]


def test_a_form_without_a_goal_takes_no_answer_to_one(catalog: Catalog) -> None:
    assert foreign_keys(MultiDict([*FOUR, ("goal", "7")]), catalog.get("wellbeing-parent")) == ("goal",)


def test_a_form_is_grown_once_per_goal(catalog: Catalog, goal: Choice) -> None:
    form = catalog.get("wellbeing-parent")
    every = [form.with_goal(one) for one in catalog.goals("parent")]
    assert form.with_goal(goal) is form.with_goal(catalog.goal("calm_start"))
    assert len({form, *every}) == 1 + len(every)
    assert len({form_for(one, required=True) for one in (form, *every)}) == 1 + len(every)


def test_a_goal_of_before_stays_with_its_form(catalog: Catalog) -> None:
    form = catalog.get("wellbeing-parent")
    calm, bed = (form.with_goal(catalog.goal(key)) for key in ("calm_start", "bedtime"))
    assert questions(calm, "nl")[-1].text != questions(bed, "nl")[-1].text


@pytest.mark.parametrize("form", ["wellbeing-teacher", "relationship-parent"])
def test_a_form_without_a_ladder_cannot_ask_for_a_goal(catalog: Catalog, goal: Choice, form: str) -> None:
    with pytest.raises(ValueError, match="no ladder"):
        catalog.get(form).with_goal(goal)


def test_a_form_asks_for_one_goal_only(grown: Questionnaire, goal: Choice) -> None:
    with pytest.raises(ValueError, match="no ladder"):
        grown.with_goal(goal)


def test_families_name_their_forms(catalog: Catalog) -> None:
    for family in Family:
        for who in ("parent", "pupil", "teacher"):
            assert catalog.get(family.form_for(who)).family is family
    with pytest.raises(ValueError, match="reflection"):
        _ = catalog.reflection("kansencoach").family


LADDER = {key: said(key) for key in ("intro", "low", "high", "mark")} | {"prompt": said("Hoe ver is {goal}?")}


def goals(*langs: str) -> Data:
    spoken = {lang: entry for lang, entry in languages().items() if lang in langs}
    one = {"key": "calm", "respondents": ["parent"], "label": dict.fromkeys(langs, "rustig")}
    return {"audience": "respondent", "languages": spoken, "goals": [one]}


def test_goals_in_the_languages_of_the_form_are_enough(tmp_path: Path) -> None:
    (tmp_path / "goals.toml").write_text(toml(goals("nl", "en")), encoding="utf-8")
    catalog = load(write(tmp_path, check_in(ladder=LADDER)))
    assert catalog.get("talk-parent").with_goal(catalog.goal("calm")).goal == "calm"


BROKEN = [
    ({"ladder": LADDER}, goals("nl"), ("goals.toml", "languages.en", "missing-language")),
    (
        {"ladder": LADDER | {"prompt": said("Hoe ver?")}},
        goals("nl", "en"),
        ("talk-parent-1.0.toml", "ladder", "ladder-without-goal"),
    ),
    (
        {"items": [item("w1", kind="ladder11")]},
        goals("nl", "en"),
        ("talk-parent-1.0.toml", "items.w1.kind", "ladder-item"),
    ),
    (
        {"ladder": LADDER, "items": [item("goal")]},
        goals("nl", "en"),
        ("talk-parent-1.0.toml", "items.goal", "duplicate-key"),
    ),
]


@pytest.mark.parametrize(("form", "beside", "finding"), BROKEN)
def test_a_ladder_that_cannot_be_shown_does_not_load(
    tmp_path: Path, form: Data, beside: Data, finding: tuple[str, str, str]
) -> None:
    (tmp_path / "goals.toml").write_text(toml(beside), encoding="utf-8")
    with pytest.raises(BrokenQuestionnaires) as broken:
        load(write(tmp_path, check_in(**form)))
    assert [(error.file, error.path, error.rule) for error in broken.value.errors] == [finding]

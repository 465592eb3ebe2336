"""What a posted form may hold, item by item, and what is refused."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import FIELDS, Answer
from survey.questionnaire.form import foreign_keys, form_for, read_reply
from survey.questionnaire.vocabulary import Kind

GOOD = [("w1", "0"), ("w2", "1"), ("w3", "3"), ("w4", "4")]
Pairs = list[tuple[str, str]]


@pytest.fixture
def check(catalog: Catalog) -> Questionnaire:
    return catalog.get("relationship-parent")


@pytest.fixture
def reflection(catalog: Catalog) -> Questionnaire:
    return catalog.reflection("kansencoach")


def posted(pairs: Pairs) -> MultiDict[str, str]:
    return MultiDict(pairs)


def test_every_kind_has_its_field() -> None:
    assert set(FIELDS) == set(Kind)


def test_four_taps_are_four_values_in_order_of_asking(check: Questionnaire) -> None:
    reply = read_reply(check, posted(GOOD[::-1]))
    assert list(reply.answers.items()) == [
        ("w1", Answer(0)),
        ("w2", Answer(1)),
        ("w3", Answer(3)),
        ("w4", Answer(4)),
    ]
    assert reply.is_complete


def test_a_check_asks_for_every_answer(check: Questionnaire) -> None:
    reply = read_reply(check, posted(GOOD[:2]))
    assert reply.errors == {"w3": "error_choose", "w4": "error_choose"}
    assert list(reply.answers) == ["w1", "w2"]


def test_an_empty_check_has_four_errors(check: Questionnaire) -> None:
    reply = read_reply(check, posted([]))
    assert list(reply.errors) == ["w1", "w2", "w3", "w4"]
    assert not reply.answers


REFUSED = [
    "",
    " ",
    "5",
    "-1",
    "10",
    "03",
    "3 ",
    " 3",
    "3.0",
    "+3",
    "٣",
    "³",
    "NOT_MET_YET",
    "ja",
    "None",
    "\x00",
]


@pytest.mark.parametrize("require_all", [True, False])
@pytest.mark.parametrize("value", REFUSED)
def test_a_check_refuses_any_other_word(check: Questionnaire, value: str, require_all: bool) -> None:
    reply = read_reply(check, posted([("w1", value), *GOOD[1:]]), require_all=require_all)
    assert reply.errors == {"w1": "error_choose"}
    assert list(reply.answers) == ["w2", "w3", "w4"]


@pytest.mark.parametrize("value", ["0", "6", "not_in_assignment", "NOT_IN_ASSIGNMENT ", "niet", "", "NaN"])
def test_a_reflection_refuses_any_other_word(reflection: Questionnaire, value: str) -> None:
    reply = read_reply(reflection, posted([("approachable", value)]), "attitude", require_all=False)
    assert reply.errors == {"approachable": "error_choose"}
    assert not reply.answers


def test_two_answers_to_one_question_are_an_error(check: Questionnaire) -> None:
    reply = read_reply(check, posted([*GOOD, ("w1", "4")]))
    assert reply.errors == {"w1": "error_choose"}


def test_two_answers_are_an_error_even_where_none_is_needed(reflection: Questionnaire) -> None:
    twice = posted([("uses_own_position", "2"), ("uses_own_position", "")])
    assert read_reply(reflection, twice, "attitude", require_all=False).errors == {
        "uses_own_position": "error_choose"
    }


def test_the_same_answer_sent_twice_is_one_answer(check: Questionnaire) -> None:
    assert read_reply(check, posted([*GOOD, ("w1", "0")])).answers["w1"] == Answer(0)


def test_a_reflection_page_keeps_what_was_answered(reflection: Questionnaire) -> None:
    pairs = [
        ("solution_focused", "5"),
        ("approachable", "NOT_MET_YET"),
        ("flexible_hours", "NOT_IN_ASSIGNMENT"),
    ]
    reply = read_reply(reflection, posted(pairs), "attitude", require_all=False)
    assert reply.is_complete
    assert reply.answers == {
        "solution_focused": Answer(5),
        "approachable": Answer(None, "NOT_MET_YET"),
        "flexible_hours": Answer(None, "NOT_IN_ASSIGNMENT"),
    }


def test_a_page_reads_only_its_own_block(reflection: Questionnaire) -> None:
    pairs = posted([("solution_focused", "5"), ("knows_systemic_work", "3")])
    assert list(read_reply(reflection, pairs, "knowledge", require_all=False).answers) == [
        "knows_systemic_work"
    ]


def test_names_that_are_no_item_are_foreign(check: Questionnaire) -> None:
    form = posted([*GOOD, ("w5", "1"), ("W1", "1"), ("csrf_token", "x")])
    assert foreign_keys(form, check) == ("W1", "w5")
    assert foreign_keys(form, check, besides=("w5", "W1")) == ("csrf_token",)
    assert foreign_keys(posted(GOOD), check) == ()


def test_an_item_of_another_page_is_foreign(reflection: Questionnaire) -> None:
    form = posted([("solution_focused", "5"), ("knows_systemic_work", "3")])
    assert foreign_keys(form, reflection, "attitude") == ("knows_systemic_work",)
    assert foreign_keys(form, reflection) == ()


def test_attendance_is_a_foreign_answer(reflection: Questionnaire) -> None:
    assert foreign_keys(posted([("takes_part_in_training", "5")]), reflection) == ("takes_part_in_training",)


def test_a_reply_cannot_be_changed(check: Questionnaire) -> None:
    reply = read_reply(check, posted(GOOD))
    with pytest.raises(TypeError):
        reply.answers["w1"] = Answer(4)  # type: ignore[index]
    with pytest.raises(TypeError):
        reply.errors["w1"] = ""  # type: ignore[index]


def test_a_form_class_is_built_once_per_page(catalog: Catalog) -> None:
    check, reflection = catalog.get("relationship-parent"), catalog.reflection("kansencoach")
    classes = {
        form_for(check, required=True),
        form_for(check, required=False),
        form_for(catalog.get("relationship-pupil"), required=True),
        *(form_for(reflection, block.key, required=False) for block in reflection.blocks),
    }
    assert len(classes) == 6
    assert form_for(catalog.get("relationship-parent"), required=True) in classes


def test_two_questionnaires_of_one_name_do_not_share_a_form(check: Questionnaire) -> None:
    shorter = check.model_copy(update={"items": check.items[:1]})
    assert list(read_reply(check, posted(GOOD)).answers) == ["w1", "w2", "w3", "w4"]
    assert list(read_reply(shorter, posted(GOOD)).answers) == ["w1"]


def test_a_form_shows_earlier_answers_until_others_are_posted(reflection: Questionnaire) -> None:
    form_class = form_for(reflection, "attitude", required=False)
    form = form_class(answers={"approachable": Answer(None, "NOT_MET_YET"), "solution_focused": Answer(2)})
    checked = {option.name: option.data for field in form for option in field if option.checked}
    assert checked == {"approachable": "NOT_MET_YET", "solution_focused": "2"}


def test_choices_are_the_values_with_their_dutch_labels(check: Questionnaire) -> None:
    form = form_for(check, required=True)()
    assert form["w1"].choices == {
        "0": "nee",
        "1": "een beetje",
        "2": "best wel",
        "3": "ja",
        "4": "ja, helemaal",
    }


def test_an_unknown_block_has_no_form(reflection: Questionnaire) -> None:
    with pytest.raises(KeyError, match="no block 'courage'"):
        form_for(reflection, "courage", required=False)

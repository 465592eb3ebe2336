"""What a page shows: the chosen language with Dutch beside it."""

import pytest

from survey.questionnaire.catalog import Catalog
from survey.questionnaire.wording import Wording, questions, words


def test_dutch_stands_beside_another_language(catalog: Catalog) -> None:
    title = words(catalog.get("relationship-pupil"), "title", "pl")
    assert title == Wording("pl", "ltr", "Jaka była ta rozmowa?", dutch="Hoe was dit gesprek?")
    assert str(title) == "Jaka była ta rozmowa?"


def test_dutch_does_not_stand_beside_itself(catalog: Catalog) -> None:
    assert words(catalog.get("relationship-pupil"), "title", "nl").dutch is None


def test_arabic_runs_from_right_to_left(catalog: Catalog) -> None:
    form = catalog.get("relationship-parent")
    assert {question.text.dir for question in questions(form, "ar")} == {"rtl"}
    assert {question.text.dir for question in questions(form, "uk")} == {"ltr"}


def test_names_between_braces_are_filled_in_both_languages(catalog: Catalog) -> None:
    progress = words(catalog.get("relationship-parent"), "progress", "tr", n=2, total=4)
    assert (progress.text, progress.dutch) == ("Soru 2 / 4", "Vraag 2 van 4")


def test_each_question_says_which_one_it_is(catalog: Catalog) -> None:
    asked = questions(catalog.get("relationship-parent"), "en")
    assert [str(question.progress) for question in asked] == [f"Question {n} of 4" for n in (1, 2, 3, 4)]


def test_a_reflection_question_has_label_example_levels_and_two_others(catalog: Catalog) -> None:
    asked = questions(catalog.reflection("kansencoach"), "nl", "attitude")[4]
    assert (asked.key, asked.number, asked.total) == ("approachable", 5, 6)
    assert str(asked.mark) == "Mijn inschatting"
    assert str(asked.label) == "Makkelijk te benaderen"
    assert str(asked.example).startswith("Een ouder spreekt mij")
    assert [option.value for option in asked.levels] == ["1", "2", "3", "4", "5"]
    assert all(option.anchor for option in asked.levels)
    assert [option.value for option in asked.others] == ["NOT_IN_ASSIGNMENT", "NOT_MET_YET"]
    assert asked.progress is None


def test_questions_of_one_page_are_made_once(catalog: Catalog) -> None:
    form = catalog.reflection("kansencoach")
    assert questions(form, "nl", "skills") is questions(form, "nl", "skills")


@pytest.mark.parametrize("lang", ["fr", "", "NL"])
def test_a_language_the_form_does_not_have_is_a_key_error(catalog: Catalog, lang: str) -> None:
    with pytest.raises(KeyError):
        questions(catalog.get("relationship-teacher"), lang)

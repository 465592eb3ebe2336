"""The pages of a reflection: saved answers, words without numbers, and who sees them."""

import re

import pytest

from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.wording import questions
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Member, Signed
from tests.survey.reflection.conftest import checked, tap


def test_the_page_shows_saved_answers_words_and_no_numbers(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="4")
    text = as_ana.get(f"/reflectie/{round_id}/skills").text
    assert checked(text) == ["uses_feedback=4"]
    assert "1 van 8 beantwoord" in text
    assert "Bewaard om 11.00 uur" in text
    labels = re.findall(r"<label><input[^>]*>([^<]*)</label>", text)
    assert len(labels) == 8 * 7
    assert not [label for label in labels if re.search(r"\d", label)]


def test_the_words_of_each_level_are_folded_away_until_asked_for(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    page = parsed(as_ana.get(f"/reflectie/{round_id}/skills").text)
    asked = questions(form, "nl", "skills")
    meant = [[str(level.anchor and level.anchor.text) for level in each.levels] for each in asked]
    folds = list(every(page, "details"))
    assert [fold.get("open") for fold in folds] == [None] * len(asked)
    for fold, anchors in zip(folds, meant, strict=True):
        assert all(anchor in words(fold) for anchor in anchors)
        fold.clear()
    assert not [anchor for anchors in meant for anchor in anchors if anchor in words(page)]


def test_every_form_says_who_sees_the_answers(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    sentence = form.texts["who_sees"]["nl"]
    for page in ("attitude", "skills", "knowledge", "afronden"):
        assert sentence in as_ana.get(f"/reflectie/{round_id}/{page}").text


def test_own_estimate_is_marked_and_training_is_only_a_note(as_ana: HouseClient, round_id: str) -> None:
    assert as_ana.get(f"/reflectie/{round_id}/attitude").text.count("Mijn inschatting") == 1
    knowledge = as_ana.get(f"/reflectie/{round_id}/knowledge").text
    assert "Meedoen aan training" in knowledge
    assert 'name="takes_part_in_training"' not in knowledge


def test_a_save_from_yesterday_says_the_day(as_: Signed, ana: Member, clock: Clock, round_id: str) -> None:
    tap(as_(ana), round_id, uses_feedback="4")
    clock.forward(hours=13.5)  # past midnight in the Netherlands
    assert "Bewaard op dinsdag 20 januari" in as_(ana).get(f"/reflectie/{round_id}/skills").text


@pytest.mark.parametrize("path", ["/niets", "/antwoord", "/verbeteren"])
def test_a_page_that_is_not_there_is_404(as_ana: HouseClient, round_id: str, path: str) -> None:
    assert as_ana.get(f"/reflectie/{round_id}{path}").status_code in {404, 405}

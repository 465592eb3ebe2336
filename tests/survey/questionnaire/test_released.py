"""Forms whose answers are published in groups, or read with a name: what they may not leave open."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.finding import BrokenQuestionnaires
from survey.questionnaire.vocabulary import Visibility
from tests.survey.questionnaire.samples import check_in, said, write

FORMS = {
    "evaluation-teacher": ("anonymous", 5, None, 7, True),
    "evaluation-parent": ("anonymous", 10, None, 5, False),
    "evaluation-ib-named": ("named", None, None, 7, True),
    "evaluation-ib-programme": ("anonymous", 5, "programme", 7, True),
    "evaluation-director-named": ("named", None, None, 7, True),
    "evaluation-director-programme": ("anonymous", 5, "programme", 7, True),
}
CANNOT_JUDGE = {"key": "cannot_judge", "code": "CANNOT_JUDGE", "label": said("weet ik niet")}
FIVE = "Niemand ziet dit. Wij laten pas iets zien bij vijf mensen of meer."
TEN = FIVE.replace("vijf", "tien")
LINE = {"max_length": 200, "prompt": said("Wat kan anders?"), "help": said("Noem geen namen.")}


def evaluation(**changes: Any) -> dict[str, Any]:
    made = check_in(
        respondent="teacher",
        visibility="anonymous",
        moment="yearly_window",
        top_two=[3, 4],
        release_k=5,
        non_scores=[CANNOT_JUDGE],
        open_question=LINE,
    )
    made["texts"]["who_sees"] = said(FIVE)
    return {key: value for key, value in (made | changes).items() if value is not None}


def rules_broken(folder: Path, data: Mapping[str, Any]) -> set[str]:
    try:
        load(write(folder, data))
    except BrokenQuestionnaires as broken:
        return {finding.rule for finding in broken.errors}
    return set()


@pytest.mark.parametrize(("form", "kept"), FORMS.items())
def test_each_form_of_the_yearly_evaluation_is_what_privacy_asks(
    catalog: Catalog, form: str, kept: tuple[object, ...]
) -> None:
    found = catalog.get(form)
    shape = (found.visibility, found.release_k, found.release_level, len(found.items))
    assert (*shape, found.open_question is not None) == kept
    assert (found.top_two, [one.code for one in found.non_scores]) == ((3, 4), ["CANNOT_JUDGE"])


def test_what_is_said_with_a_name_and_without_one_is_asked_in_the_same_words(catalog: Catalog) -> None:
    for who in ("ib", "director"):
        named, programme = (catalog.get(f"evaluation-{who}-{kind}") for kind in ("named", "programme"))
        assert [item.text for item in named.items] == [item.text for item in programme.items]
        assert {named.visibility, programme.visibility} == {Visibility.NAMED, Visibility.ANONYMOUS}


def test_a_sound_evaluation_form_loads(tmp_path: Path) -> None:
    assert rules_broken(tmp_path, evaluation()) == set()


def _says(sentence: str) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["texts"].update(who_sees=said(sentence))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"release_k": 4}, "small-group"),
        ({"release_k": None}, "small-group"),
        ({"release_k": 50}, "small-group"),
        ({"release_k": 10}, "broken-promise"),
        ({"respondent": "parent", "open_question": None}, "small-group"),
        ({"respondent": "parent", "release_k": 10, "who": TEN}, "own-words"),
        ({"top_two": [2, 3]}, "top-two"),
        ({"top_two": None}, "top-two"),
        ({"non_scores": None}, "cannot-judge"),
        ({"non_scores": [CANNOT_JUDGE | {"code": "NOT_MET_YET"}]}, "cannot-judge"),
        ({"open_question": LINE | {"max_length": 201}}, "less-than-equal"),
    ],
)
def test_a_form_that_could_give_someone_away_does_not_load(
    tmp_path: Path, changes: dict[str, Any], rule: str
) -> None:
    data = evaluation(**{key: value for key, value in changes.items() if key != "who"})
    _says(str(changes.get("who", FIVE)))(data)
    assert rules_broken(tmp_path, data) == {rule}


def test_only_anonymous_answers_have_a_smallest_group(tmp_path: Path) -> None:
    assert rules_broken(tmp_path, check_in(release_k=5)) == {"groups-of-nobody"}

"""The sentence on a form names exactly the readers that the rule lets through."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.finding import BrokenQuestionnaires
from survey.questionnaire.visibility import CLAUSES, READERS, Reader, broken_promise, named_in
from survey.questionnaire.vocabulary import Family, Visibility

from .samples import Data, check_in, profile, reflection, said, write


def test_every_visibility_has_its_readers_and_its_words() -> None:
    assert set(READERS) == set(CLAUSES) == set(Visibility)


@pytest.mark.parametrize("visibility", [Visibility.TOGETHER, Visibility.NAMED])
def test_the_words_of_a_rule_name_its_readers(visibility: Visibility) -> None:
    assert named_in(CLAUSES[visibility]) == READERS[visibility]


@pytest.mark.parametrize("who", ["parent", "pupil", "teacher"])
@pytest.mark.parametrize("family", Family)
def test_every_check_in_promises_the_coach_only(catalog: Catalog, family: Family, who: str) -> None:
    form = catalog.get(family.form_for(who))
    assert READERS[form.visibility] == {Reader.COACH}
    assert named_in(form.texts["who_sees"]["nl"]) == {Reader.COACH}


@pytest.mark.parametrize("which", ["kansencoach", "schoolcoach"])
def test_every_reflection_promises_the_coach_alone(catalog: Catalog, which: str) -> None:
    form = catalog.reflection(which)
    assert READERS[form.visibility] == {Reader.SELF}
    assert broken_promise(form.visibility, form.texts["who_sees"]["nl"]) is None


TOGETHER = [
    ("Alleen de coach ziet uw antwoorden. U praat er samen over.", True),
    ("De coach ziet uw antwoorden.", False),
    ("Alleen de coach ziet dit. Ook de trainer leest mee.", False),
    ("Alleen de coach ziet dit, en de school.", False),
    ("Alleen de coach ziet dit. De juf weet het ook.", False),
    ("Alleen de coach ziet dit. Uw ouders lezen het.", False),
    ("Alleen u ziet dit.", False),
    ("Niemand ziet dit.", False),
]


@pytest.mark.parametrize(("sentence", "holds"), TOGETHER)
def test_a_form_to_look_at_together_promises_nothing_else(tmp_path: Path, sentence: str, holds: bool) -> None:
    form = check_in(texts=check_in()["texts"] | {"who_sees": said(sentence)})
    assert refused(tmp_path, form) == ([] if holds else [("texts.who_sees", "broken-promise")])


def refused(folder: Path, *definitions: Data) -> list[tuple[str, str]]:
    try:
        load(write(folder, *definitions))
    except BrokenQuestionnaires as broken:
        return [(error.path, error.rule) for error in broken.errors]
    return []


def test_an_own_form_may_count_in_a_group_and_name_nobody(tmp_path: Path) -> None:
    texts = reflection()["texts"]
    counted = texts | {"who_sees": said("Alleen u ziet dit. Het telt mee in een groep coaches.")}
    shared = texts | {"who_sees": said("Alleen u ziet dit. De trainer ook.")}
    assert refused(tmp_path, profile(), reflection(texts=counted)) == []
    assert refused(tmp_path, profile(), reflection(texts=shared)) == [("texts.who_sees", "broken-promise")]


def test_an_anonymous_form_may_say_how_many_make_a_group() -> None:
    sentence = "Niemand ziet wat u kiest. Wij tonen pas iets bij tien ouders of meer."
    assert broken_promise(Visibility.ANONYMOUS, sentence) is None

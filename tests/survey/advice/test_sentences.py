"""The file of sentences: complete, plain, without words for cause; a wrong one is refused with reasons."""

from collections.abc import Callable
from pathlib import Path

import pytest

from survey.advice.reading import hints, refused_in
from survey.advice.rules import RULES
from survey.advice.sentences import book, filled, load
from survey.questionnaire import readability
from survey.questionnaire.files import ADVICE_SENTENCES, FOLDER
from survey.questionnaire.finding import BrokenQuestionnaires
from survey.questionnaire.plain_words import load_plain_words

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def changed(old: str, new: str) -> Path:
        text = (FOLDER / ADVICE_SENTENCES).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / ADVICE_SENTENCES).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return changed


def test_every_sentence_has_one_rule_of_its_name_and_every_rule_a_sentence() -> None:
    assert set(RULES) == {one.key for one in book().sentences}


def test_no_sentence_names_a_cause_a_rank_or_an_instrument() -> None:
    texts = [one.text for one in book().sentences] + list(book().titles.values())
    assert not [text for text in texts if refused_in(text)]


def test_the_sentences_are_plain_dutch_for_staff() -> None:
    limits, texts = load_plain_words().limits, [one.text for one in book().sentences]
    assert max(map(readability.longest_sentence, texts)) <= limits.staff_sentence_words_max
    assert not [word for text in texts for word in hints(text) if word.kind == "word"]
    assert readability.flesch_douma(" ".join(texts)) >= limits.flesch_douma_min
    assert readability.lix(" ".join(texts)) <= limits.lix_max


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('fields = ["date"]', 'fields = ["day"]', "click_conversation_planned"),
        ('fields = ["date"]', 'fields = ["date", "date"]', "click_conversation_planned"),
        ('read_on = "date"', 'read_on = "hour"', "programme_coverage"),
        ('key = "no_cause"', 'key = "period_and_freeze"', "period_and_freeze"),
        ('view = "register"', 'view = "attic"', "attic"),
        ('section = "limits"', 'section = "praise"', "no_cause"),
        ('when = "always"', 'when = ""', "no_cause"),
        ('open = "Nog geen keuze gemaakt"', "", "open"),
        ("fixed = true", 'fixed = "yes"', "fixed"),
        ("[rules]", "[rules]\nnobody_reads_this = 1", "nobody_reads_this"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(write: Write, old: str, new: str, place: str) -> None:
    with pytest.raises(BrokenQuestionnaires) as broken:
        load(write(old, new))
    assert place in str(broken.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BrokenQuestionnaires, match="there is no such file"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "fields", "reads"),
    [
        (
            "{coach} werkt op {school}.",
            {"coach": "de coach", "school": "’t Hof"},
            "De coach werkt op ’t Hof.",
        ),
        ("Er is een coach. {coach} begint.", {"coach": "coach Ana"}, "Er is een coach. Coach Ana begint."),
        ("Als reden: {reason}.", {"reason": "{coach} {0.__class__}"}, "Als reden: {coach} {0.__class__}."),
        ("Als reden: {reason}.", {"reason": "<b>&amp;"}, "Als reden: <b>&amp;."),
    ],
)
def test_what_is_filled_in_is_not_read_again(text: str, fields: dict[str, str], reads: str) -> None:
    assert filled(text, fields) == reads


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Dankzij de coach gaat het goed.", ("dankzij",)),
        ("Dit is vooral door  de coach gekomen.", ("door de coach",)),
        ("Het effect is groot.", ("effect",)),
        ("De SDQ is afgenomen.", ("SDQ",)),
        ("De coach was er elke week.", ()),
        ("Wij spraken af dat het verder gaat.", ()),
    ],
)
def test_words_for_cause_and_names_of_instruments_are_found(words: str, found: tuple[str, ...]) -> None:
    assert refused_in(words) == found


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("De coach komt elke week op school.", []),
        ("Er is draagvlak in het team.", ["word"]),
        ("De coach komt " + "en praat met ouders " * 6 + "op school.", ["long"]),
        (
            "Interdisciplinaire samenwerkingsverbanden bevorderen professionele ontwikkelingsmogelijkheden.",
            ["hard"],
        ),
    ],
)
def test_hints_say_how_a_sentence_can_be_plainer(words: str, kinds: list[str]) -> None:
    assert [one.kind for one in hints(words)] == kinds

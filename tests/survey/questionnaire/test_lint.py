"""Texts are held to plain words; names of instruments may stand nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.questionnaire.files import read
from survey.questionnaire.finding import BrokenQuestionnaires
from survey.questionnaire.lint import lint
from survey.questionnaire.plain_words import PlainWords, forbidden_names_in, load_plain_words

from .samples import Data, check_in, competency, item, profile, reflection, said, write

ROOT = Path(__file__).parents[3]
TEXTS = {".html", ".txt", ".po", ".css", ".js"}


@pytest.fixture(scope="module")
def plain() -> PlainWords:
    return load_plain_words()


def findings(folder: Path, *definitions: Data) -> list[tuple[str, str]]:
    return [(found.path, found.rule) for found in lint(read(write(folder, *definitions)), load_plain_words())]


def asking(dutch: str) -> Data:
    return check_in(items=[item("w1", text=said(dutch)), item("w2")])


def coached(dutch: str) -> Data:
    return profile(competencies=[competency("listen", "S1", text=said(dutch)), competency("ask", "S2")])


def test_plain_texts_have_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, check_in(), reflection(), profile()) == []


FOR_PARENTS = [
    ("Was de afstemming goed?", "banned-word"),
    ("Werkt hij systeemgerichter?", "banned-word"),
    ("Gaat deze CASUS goed?", "banned-word"),
    ("Is er een zorgtraject?", "banned-word"),
    ("Wat weet u m.b.t. school?", "banned-word"),
    ("Kon u in dit gesprek nu ook echt zeggen wat u aan ons wilde zeggen?", "long-sentence"),
    ("Ondersteunen voorzieningen gezinnen voldoende gedurende moeilijke periodes?", "reading-ease"),
    ("Ondersteunen voorzieningen gezinnen voldoende gedurende moeilijke periodes?", "lix"),
]


@pytest.mark.parametrize(("dutch", "rule"), FOR_PARENTS)
def test_a_text_for_parents_is_refused(tmp_path: Path, dutch: str, rule: str) -> None:
    assert ("items.w1.text", rule) in findings(tmp_path, asking(dutch))


FINE_FOR_PARENTS = [
    "Doet u mee met casussen?",  # a rule about a whole word leaves longer words alone
    "Zijn er casussen geweest?",
    "Moeilijke begeleiding?",  # a short label is exempt from the formulas
    "Verstuur",
]


@pytest.mark.parametrize("dutch", FINE_FOR_PARENTS)
def test_a_text_for_parents_may_stand(tmp_path: Path, dutch: str) -> None:
    assert findings(tmp_path, asking(dutch)) == []


def test_staff_may_read_the_words_of_their_trade_but_not_all_of_them(tmp_path: Path) -> None:
    assert findings(tmp_path, coached("Ik ken intervisie en welbevinden.")) == []
    assert findings(tmp_path, coached("Ik ken de ketenpartners.")) == [
        ("competencies.listen.text", "banned-word")
    ]


def test_staff_texts_may_have_longer_sentences(tmp_path: Path) -> None:
    twenty = "Ik kan " + "en ".join(["dit "] * 9) + "."
    assert findings(tmp_path, coached(twenty)) == []
    assert findings(tmp_path, coached(f"Nu weet {twenty}")) == [("competencies.listen.text", "long-sentence")]


def test_staff_texts_are_judged_by_the_file_as_a_whole(tmp_path: Path) -> None:
    hard = " ".join(["Voorzieningen ondersteunen gezinnen gedurende moeilijke omstandigheden."] * 20)
    assert findings(tmp_path, coached(hard)) == [("", "reading-ease"), ("", "lix")]


def test_only_dutch_is_judged(tmp_path: Path) -> None:
    hard = {
        "nl": "Was het goed?",
        "en": "Notwithstanding multidisciplinary considerations, monitoring continued?",
    }
    assert findings(tmp_path, check_in(items=[item("w1", text=hard)])) == []


def test_a_forbidden_name_is_found_in_every_language_and_note(tmp_path: Path, plain: PlainWords) -> None:
    short, full = plain.forbidden_names.abbreviations[0], plain.forbidden_names.full[0]
    spoken = {"nl": "Was het goed?", "en": f"Like the {full.lower()}?"}
    data = check_in(items=[item("w1", text=spoken, note=f"As in the {short}."), item("w2")])
    assert findings(tmp_path, data) == [
        ("items.w1.text.en", "forbidden-name"),
        ("items.w1.note", "forbidden-name"),
    ]


def test_each_forbidden_name_is_found_in_a_page(plain: PlainWords) -> None:
    names = (*plain.forbidden_names.abbreviations, *plain.forbidden_names.full)
    assert len(names) == 20
    for name in names:
        assert forbidden_names_in(f"<p>Zoals de {name}, maar korter.</p>") == (name,)


@pytest.mark.parametrize("folder", ["templates", "survey/translations", "static"])
def test_no_page_text_or_script_names_a_protected_instrument(folder: str) -> None:
    texts = [path for path in (ROOT / folder).rglob("*") if path.suffix in TEXTS]
    assert texts
    found = {path.name: forbidden_names_in(path.read_text(encoding="utf-8")) for path in texts}
    assert {name: names for name, names in found.items() if names} == {}


def test_full_names_are_found_in_any_case_and_over_a_line_break(plain: PlainWords) -> None:
    name = plain.forbidden_names.full[0]
    assert forbidden_names_in(name.upper()) == (name.upper(),)
    assert forbidden_names_in(name.replace(" ", "\n  ", 1)) == (name.replace(" ", "\n  ", 1),)


def test_abbreviations_count_only_as_whole_words_in_capitals(plain: PlainWords) -> None:
    for short in plain.forbidden_names.abbreviations:
        assert forbidden_names_in(f"{short.lower()} {short.title()} X{short} {short}X {short}_1") == ()


def test_a_finding_says_what_to_write_instead(tmp_path: Path, plain: PlainWords) -> None:
    found = next(iter(lint(read(write(tmp_path, asking("Hoe gaat het traject?"))), plain)))
    assert str(found) == (
        "talk-parent-1.0.toml: items.w1.text: Hoe gaat het traject? [banned-word] Instead of “traject”: hulp."
    )


def test_a_broken_list_of_words_names_every_error(tmp_path: Path) -> None:
    (tmp_path / "plain-words.toml").write_text('list = "words"\nversion = "one"\n', encoding="utf-8")
    with pytest.raises(BrokenQuestionnaires) as broken:
        load_plain_words(tmp_path)
    assert {error.path for error in broken.value.errors} >= {"list", "version", "limits", "banned"}


def test_a_missing_list_of_words_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenQuestionnaires, match="there is no such file"):
        load_plain_words(tmp_path)

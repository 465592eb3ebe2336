"""What the shipped files promise: counts, languages, order of answers, plain Dutch."""

import tomllib
from itertools import chain

import pytest

from survey.questionnaire import readability
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.commands import problems
from survey.questionnaire.definition import Kind, Visibility
from survey.questionnaire.files import FOLDER, read
from survey.questionnaire.lint import audience_of, dutch_texts
from survey.questionnaire.plain_words import load_plain_words
from survey.questionnaire.profile import Measurement
from survey.questionnaire.publication import fingerprint, keys
from survey.questionnaire.wording import questions

SEVEN = ("nl", "en", "ar", "uk", "pl", "tr", "ti")
CHECKS = ("relationship-parent", "relationship-pupil", "relationship-teacher")


def test_no_shipped_file_has_a_finding() -> None:
    assert problems(FOLDER) == []


def test_every_shipped_file_is_published() -> None:
    files = read()
    prints = {name: fingerprint(data) for name, data in files.definitions.items()}
    stored = {name: known for name, data in files.companions.items() if (known := keys(data))}
    assert prints | stored == dict(files.published)


def test_the_profile_has_eighteen_competencies_in_three_blocks(catalog: Catalog) -> None:
    profile = catalog.profile("kansencoach")
    codes = [competency.code for competency in profile.competencies]
    expected = [f"{block}{n}" for block, size in (("A", 6), ("S", 8), ("K", 4)) for n in range(1, size + 1)]
    assert codes == expected


def test_the_reflection_promises_no_sharing_that_is_not_there(catalog: Catalog) -> None:
    assert catalog.reflection("kansencoach").texts["who_sees"] == {
        "nl": "Alleen u ziet uw antwoorden. "
        "Ze tellen verder alleen mee in een groep van acht of meer coaches.",
        "en": "Only you see your answers. Beyond that they count only in a group of eight or more coaches.",
    }


def test_attendance_is_not_rated_and_one_competency_is_an_own_estimate(catalog: Catalog) -> None:
    measured = {one.code: one.measurement for one in catalog.profile("kansencoach").competencies}
    assert [code for code, how in measured.items() if how is Measurement.ATTENDANCE] == ["K4"]
    assert [code for code, how in measured.items() if how is Measurement.OWN_ESTIMATE] == ["A5"]


def test_nineteen_tasks_stand_in_twenty_one_places_under_three_roles(catalog: Catalog) -> None:
    profile = catalog.profile("kansencoach")
    places = {role.key: sum(role.key in task.roles for task in profile.tasks) for role in profile.roles}
    assert len(profile.tasks) == 19
    assert places == {"connector": 8, "specialist": 9, "mediator": 4}
    assert sum(len(task.source) for task in profile.tasks) == 21


def test_the_reflection_asks_seventeen_items_by_block(catalog: Catalog) -> None:
    form = catalog.reflection("kansencoach")
    assert [(block.key, len(form.in_block(block.key))) for block in form.blocks] == [
        ("attitude", 6),
        ("skills", 8),
        ("knowledge", 3),
    ]
    assert [item.code for item in form.items if item.kind is Kind.OWN_ESTIMATE] == ["A5"]
    assert {item.code: item.scale for item in form.items if item.scale == "knowledge"} == {
        "K1": "knowledge",
        "K3": "knowledge",
    }


def test_the_reflection_has_two_answers_that_are_no_level(catalog: Catalog) -> None:
    form = catalog.reflection("kansencoach")
    assert [other.code for other in form.non_scores] == ["NOT_IN_ASSIGNMENT", "NOT_MET_YET"]
    assert all([level.value for level in levels] == [1, 2, 3, 4, 5] for levels in form.scales.values())


@pytest.mark.parametrize(
    ("form", "languages"),
    [
        ("relationship-parent", SEVEN),
        ("relationship-pupil", SEVEN),
        ("relationship-teacher", ("nl", "en")),
        ("reflection-kansencoach", ("nl", "en")),
    ],
)
def test_every_text_has_every_language(catalog: Catalog, form: str, languages: tuple[str, ...]) -> None:
    questionnaire = catalog.get(form)
    labels = (level.label for levels in questionnaire.scales.values() for level in levels)
    texts = chain(questionnaire.texts.values(), (item.text for item in questionnaire.items), labels)
    assert tuple(questionnaire.languages) == languages
    assert all(set(text) == set(languages) for text in texts)


@pytest.mark.parametrize("form", CHECKS)
def test_a_check_has_four_questions_on_a_scale_from_zero_to_four(catalog: Catalog, form: str) -> None:
    questionnaire = catalog.get(form)
    assert [item.key for item in questionnaire.items] == ["w1", "w2", "w3", "w4"]
    assert questionnaire.visibility is Visibility.TOGETHER
    for item in questionnaire.items:
        assert [(level.value, level.picture) for level in questionnaire.levels(item)] == [
            (value, f"fill-{value}") for value in range(5)
        ]


def test_the_three_checks_ask_the_same_four_concepts(catalog: Catalog) -> None:
    assert len({tuple(item.concept for item in catalog.get(form).items) for form in CHECKS}) == 1


@pytest.mark.parametrize("form", CHECKS)
def test_the_same_taps_give_the_same_values_in_every_language(catalog: Catalog, form: str) -> None:
    questionnaire = catalog.get(form)
    by_place = {
        lang: [[option.value for option in question.levels] for question in questions(questionnaire, lang)]
        for lang in questionnaire.languages
    }
    assert all(values == by_place["nl"] for values in by_place.values())


def test_pupils_answer_from_eight_years_and_after_agreement(catalog: Catalog) -> None:
    assert catalog.get("relationship-pupil").min_age == 8
    assert catalog.get("relationship-pupil").needs_recorded_agreement
    assert not catalog.get("relationship-parent").needs_recorded_agreement


def test_only_arabic_runs_from_right_to_left(catalog: Catalog) -> None:
    languages = catalog.get("relationship-parent").languages
    assert [lang for lang, language in languages.items() if language.dir == "rtl"] == ["ar"]


def test_translations_stay_drafts_until_a_person_signs(catalog: Catalog) -> None:
    languages = catalog.get("relationship-parent").languages
    assert [lang for lang, language in languages.items() if language.status == "draft"] == list(SEVEN[2:])


def test_every_draft_item_keeps_its_back_translation() -> None:
    for form in ("relationship-parent", "relationship-pupil"):
        lines = (FOLDER / f"{form}-1.0.toml").read_text(encoding="utf-8").splitlines()
        start = lines.index("[[items]]")
        translated = [line for line in lines[start:] if line[:5] in {f"{lang} = " for lang in SEVEN[2:]}]
        assert len(translated) == 5 * (4 + 5)
        assert all("  # back: " in line for line in translated)


@pytest.mark.parametrize("form", CHECKS)
def test_every_dutch_text_for_respondents_is_easy_to_read(form: str) -> None:
    data = tomllib.loads((FOLDER / f"{form}-1.0.toml").read_text(encoding="utf-8"))
    limits = load_plain_words().limits
    assert audience_of(data) == "respondent"
    for _, text in dutch_texts(data):
        assert readability.longest_sentence(text) <= limits.respondent_sentence_words_max
        if len(readability.words(text)) >= readability.SHORTEST_TEXT:
            assert readability.flesch_douma(text) >= limits.flesch_douma_min, text
            assert readability.lix(text) <= limits.lix_max, text

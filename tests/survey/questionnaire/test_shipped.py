"""What the shipped files promise: counts, languages, order of answers, plain Dutch."""

import re
import tomllib
from itertools import chain

import pytest

from survey.database import SqliteEngine
from survey.questionnaire import readability
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.checking import problems
from survey.questionnaire.files import FOLDER, read
from survey.questionnaire.lint import audience_of, dutch_texts
from survey.questionnaire.plain_words import load_plain_words
from survey.questionnaire.profile import Measurement
from survey.questionnaire.publication import fingerprint, keys
from survey.questionnaire.vocabulary import Kind, Moment, Visibility
from survey.questionnaire.wording import questions

OF_THE_FORMS = re.compile(r"\[(in)?formal\.(language_prompt|help|draft_mark)\]")
SEVEN = ("nl", "en", "ar", "uk", "pl", "tr", "ti")
RELATIONSHIP = ("relationship-parent", "relationship-pupil", "relationship-teacher")
WELLBEING = ("wellbeing-parent", "wellbeing-pupil", "wellbeing-teacher")
CHECKS = RELATIONSHIP + WELLBEING


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
        ("wellbeing-parent", SEVEN),
        ("wellbeing-pupil", SEVEN),
        ("wellbeing-teacher", ("nl", "en")),
        ("reflection-kansencoach", ("nl", "en")),
        ("reflection-schoolcoach", ("nl", "en")),
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
    letter = "w" if form in RELATIONSHIP else "u"
    assert [item.key for item in questionnaire.items] == [f"{letter}{n}" for n in range(1, 5)]
    assert questionnaire.visibility is Visibility.TOGETHER
    for item in questionnaire.items:
        assert [(level.value, level.picture) for level in questionnaire.levels(item)] == [
            (value, f"fill-{value}") for value in range(5)
        ]


def test_the_three_relationship_checks_ask_the_same_four_concepts(catalog: Catalog) -> None:
    assert len({tuple(item.concept for item in catalog.get(form).items) for form in RELATIONSHIP}) == 1


def test_a_relationship_check_ends_a_talk_and_a_wellbeing_check_starts_one(catalog: Catalog) -> None:
    assert {catalog.get(form).moment for form in RELATIONSHIP} == {Moment.END_OF_TALK}
    assert {catalog.get(form).moment for form in WELLBEING} == {Moment.START_OF_TALK}


def test_parents_and_pupils_have_a_ladder_and_teachers_have_none(catalog: Catalog) -> None:
    assert [form for form in CHECKS if catalog.get(form).ladder] == ["wellbeing-parent", "wellbeing-pupil"]
    assert [len(catalog.goals(who)) for who in ("parent", "pupil", "teacher")] == [12, 7, 0]


@pytest.mark.parametrize("form", CHECKS)
def test_the_same_taps_give_the_same_values_in_every_language(catalog: Catalog, form: str) -> None:
    questionnaire = catalog.get(form)
    by_place = {
        lang: [[option.value for option in question.levels] for question in questions(questionnaire, lang)]
        for lang in questionnaire.languages
    }
    assert all(values == by_place["nl"] for values in by_place.values())


def test_pupils_answer_from_eight_years_and_after_agreement(catalog: Catalog) -> None:
    for form in CHECKS:
        asked, is_pupil = catalog.get(form), form.endswith("pupil")
        assert asked.min_age == (8 if is_pupil else None)
        assert asked.needs_recorded_agreement is is_pupil


def test_only_arabic_runs_from_right_to_left(catalog: Catalog) -> None:
    languages = catalog.get("relationship-parent").languages
    assert [lang for lang, language in languages.items() if language.dir == "rtl"] == ["ar"]


def test_translations_stay_drafts_until_a_person_signs(catalog: Catalog) -> None:
    languages = catalog.get("relationship-parent").languages
    assert [lang for lang, language in languages.items() if language.status == "draft"] == list(SEVEN[2:])


def test_every_draft_item_keeps_its_back_translation() -> None:
    for form, texts in (("relationship-parent", 9), ("relationship-pupil", 9), ("wellbeing-parent", 14)):
        lines = (FOLDER / f"{form}-1.0.toml").read_text(encoding="utf-8").splitlines()
        translated = drafts(lines[lines.index("[[items]]") :])
        assert len(translated) == 5 * texts
        assert all("  # back: " in line for line in translated)


def test_every_draft_goal_and_page_text_keeps_its_back_translation() -> None:
    for name in ("goals", "respondent-pages"):
        text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
        own = [block for block in text.split("\n\n") if not OF_THE_FORMS.match(block)]
        translated = drafts("\n".join(own).splitlines())
        assert len(translated) > 5 * 10
        assert [line for line in translated if "  # back: " not in line] == []


def drafts(lines: list[str]) -> list[str]:
    """The lines with words in a language that waits for a reader."""
    return [line for line in lines if line[:6] in {f'{lang} = "' for lang in SEVEN[2:]}]


@pytest.mark.parametrize(
    ("register", "form"), [("formal", "wellbeing-parent"), ("informal", "wellbeing-pupil")]
)
def test_pages_without_a_form_speak_as_the_forms_do(catalog: Catalog, register: str, form: str) -> None:
    pages, texts = catalog.page_texts(register), catalog.get(form).texts
    shared = pages.keys() & texts.keys()
    assert shared == {"language_prompt", "help", "draft_mark"}
    assert {key: pages[key] for key in shared} == {key: texts[key] for key in shared}
    assert all(set(text) == set(SEVEN) for text in pages.values())


TAKEN = [
    ("case_kind", "case", "kind"),
    ("signalled_by", "case", "signalled_by"),
    ("talk_kind", "talk", "kind"),
    ("considered", "scale_decision", "considered"),
    ("outcome", "case_closing", "outcome"),
]


@pytest.mark.parametrize(("name", "table", "column"), TAKEN)
def test_a_list_holds_what_the_database_takes(
    catalog: Catalog, engine: SqliteEngine, name: str, table: str, column: str
) -> None:
    sql = engine.one("SELECT sql FROM sqlite_master WHERE name = :name", {"name": table})
    assert sql is not None
    taken = re.search(rf"CHECK \({column} IN \(([^)]+)\)", sql["sql"])
    assert taken is not None
    assert re.findall(r"'(\w+)'", taken[1]) == [choice.key for choice in catalog.choices(name)]


def test_every_direction_of_scaling_has_its_reasons(catalog: Catalog) -> None:
    directions = [choice.direction for choice in catalog.choices("scale_reason")]
    assert {way: directions.count(way) for way in ("up", "down", "stay")} == {"up": 6, "down": 4, "stay": 5}


def test_a_theme_says_what_people_see_and_never_names_a_condition(catalog: Catalog) -> None:
    labels = " ".join(choice.label["nl"].lower() for choice in catalog.choices("case_theme"))
    assert not re.search(r"stoornis|adhd|autis|dysle|trauma|angst|diagnos|achterstand|probleem", labels)


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

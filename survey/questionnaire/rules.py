"""What must hold between entries of a file and between versions; works on raw data of broken files too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from survey.questionnaire.definition import GOAL
from survey.questionnaire.finding import Finding
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.visibility import broken_promise
from survey.questionnaire.vocabulary import Kind, Visibility

Raw = Mapping[str, Any]

UNIQUE = {
    "key": ("items", "competencies", "blocks", "roles", "tasks", "non_scores", "factor_levels"),
    "code": ("competencies", "blocks", "non_scores"),
}
REFERENCES = (
    ("items", "scale", "scales"),
    ("items", "block", "blocks"),
    ("competencies", "block", "blocks"),
    ("tasks", "roles", "roles"),
    ("tasks", "related", "competency codes"),
)
ALWAYS_NEEDED = ("title", "intro", "who_sees", "error_choose", "error_save")
ON_A_LINK = (Visibility.TOGETHER, Visibility.ANONYMOUS, Visibility.NAMED)
NEEDED_ON_A_LINK = (
    *("language_prompt", "progress", "button_next", "button_back", "button_send", "not_now", "not_now_text"),
    *("stop_asking", "stop_text", "error_closed", "thanks_title", "thanks_text"),
)
YOUNGEST_RESPONDENT = 8
LEVELS = 5


def rows(data: Raw, name: str) -> list[dict[str, Any]]:
    """The tables in the list under `name`; whatever is no table is left to the models to report."""
    found = data.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def table(data: Raw, name: str) -> dict[str, Any]:
    """The table under `name`, or an empty one."""
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def strings(data: Raw, name: str) -> list[str]:
    """The string or strings under `name`."""
    found = data.get(name)
    return [entry for entry in (found if isinstance(found, list) else [found]) if isinstance(entry, str)]


def _all(data: Raw, name: str, field: str) -> list[str]:
    return [value for row in rows(data, name) for value in strings(row, field)]


def check(file: str, data: Raw) -> Iterator[Finding]:
    """Every rule between the entries of one file."""
    for rule in RULES:
        yield from rule(file, data)


def source_language(file: str, data: Raw) -> Iterator[Finding]:
    if SOURCE_LANGUAGE not in table(data, "languages"):
        todo = f"Add languages.{SOURCE_LANGUAGE}; it stands beside every other language."
        yield Finding(file, "languages", "source-language", "the file has no Dutch", todo)


def _unique(file: str, data: Raw) -> Iterator[Finding]:
    for field, lists in UNIQUE.items():
        for name in lists:
            counted = Counter(_all(data, name, field))
            for value, times in counted.items():
                if times > 1:
                    text = f"the {field} “{value}” stands here {times} times"
                    yield Finding(file, f"{name}.{value}", f"duplicate-{field}", text, "Give each its own.")


def _references(file: str, data: Raw) -> Iterator[Finding]:
    known = {name: set(_all(data, name, "key")) for name in UNIQUE["key"]}
    known["scales"] = set(table(data, "scales"))
    known["competency codes"] = set(_all(data, "competencies", "code"))
    for name, field, target in REFERENCES:
        for row in rows(data, name):
            for value in strings(row, field):
                if value not in known[target]:
                    text = f"“{value}” is not among the {target}"
                    path = f"{name}.{row.get('key')}.{field}"
                    yield Finding(file, path, "unknown-reference", text, "Correct it, or add it there.")


def _scales(file: str, data: Raw) -> Iterator[Finding]:
    scales = table(data, "scales")
    for name in scales:
        values = [row["value"] for row in rows(scales, name) if isinstance(row.get("value"), int)]
        if not values or values != list(range(values[0], values[0] + LEVELS)):
            text, todo = f"the values are {values}", f"Give {LEVELS} levels, rising by one."
            yield Finding(file, f"scales.{name}", "scale-values", text, todo)


def _asks_something(file: str, data: Raw) -> Iterator[Finding]:
    if "form" in data and bool(rows(data, "items")) == ("items_from" in data):
        todo = "Give the items here, or say items_from; not both."
        yield Finding(file, "items", "items", "the form has no items, or has them twice", todo)


def _needed_texts(file: str, data: Raw) -> Iterator[Finding]:
    if "form" not in data:
        return
    needed = ALWAYS_NEEDED + (NEEDED_ON_A_LINK if data.get("visibility") in ON_A_LINK else ())
    for key in needed:
        if key not in table(data, "texts"):
            yield Finding(file, f"texts.{key}", "needed-text", "a page shows this text", "Write it.")
    languages = table(data, "languages")
    drafts = [lang for lang in languages if table(languages, lang).get("status") == "draft"]
    if drafts and "draft_mark" not in table(data, "texts"):
        text = f"{', '.join(drafts)} is a draft without a mark"
        yield Finding(file, "texts.draft_mark", "needed-text", text, "Write it in every language.")


def _children(file: str, data: Raw) -> Iterator[Finding]:
    if data.get("respondent") != "pupil":
        return
    age = data.get("min_age")
    if not isinstance(age, int) or age < YOUNGEST_RESPONDENT:
        text = f"min_age is {age}"
        yield Finding(
            file, "min_age", "pupil-age", text, f"Pupils answer from {YOUNGEST_RESPONDENT} years on."
        )
    if data.get("needs_recorded_agreement") is not True:
        todo = "Set it to true: parents agree first."
        yield Finding(file, "needs_recorded_agreement", "pupil-agreement", "not required", todo)


def _who_sees(file: str, data: Raw) -> Iterator[Finding]:
    sentence = table(table(data, "texts"), "who_sees").get(SOURCE_LANGUAGE)
    for visibility in Visibility:
        if visibility != data.get("visibility") or not isinstance(sentence, str):
            continue
        if broken := broken_promise(visibility, sentence):
            todo = "Say who reads an answer, as survey/questionnaire/visibility.py has it."
            yield Finding(file, "texts.who_sees", "broken-promise", broken, todo)


def _ladder(file: str, data: Raw) -> Iterator[Finding]:
    for row in rows(data, "items"):
        if row.get("kind") == Kind.LADDER:
            text, todo = "a ladder is no item of a file", "Write it under ladder."
            yield Finding(file, f"items.{row.get('key')}.kind", "ladder-item", text, todo)
        if "ladder" in data and row.get("key") == GOAL:
            text, todo = "the ladder has this key already", "Give the item another key."
            yield Finding(file, f"items.{GOAL}", "duplicate-key", text, todo)


def _phases(file: str, data: Raw) -> Iterator[Finding]:
    for key, times in Counter(_all(table(data, "cycle"), "phases", "key")).items():
        if times > 1:
            text = f"the key “{key}” stands here {times} times"
            yield Finding(file, f"cycle.phases.{key}", "duplicate-key", text, "Give each its own.")


RULES = (
    *(source_language, _unique, _references, _scales, _asks_something, _needed_texts),
    *(_children, _who_sees, _ladder, _phases),
)


def entries(data: Raw) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every list of choices in a file with its place: `choices.case_kind`, `goals`."""
    lists = table(data, "choices")
    yield from ((f"choices.{name}", rows(lists, name)) for name in lists)
    if "goals" in data:
        yield "goals", rows(data, "goals")


def check_companion(file: str, data: Raw) -> Iterator[Finding]:
    """Every rule between the entries of a file with lists, goals or texts."""
    yield from source_language(file, data)
    for place, listed in entries(data):
        for key, times in Counter(key for row in listed for key in strings(row, "key")).items():
            if times > 1:
                text = f"the key “{key}” stands here {times} times"
                yield Finding(file, f"{place}.{key}", "duplicate-key", text, "Give each its own.")
    for row in rows(data, "goals"):
        if not strings(row, "respondents"):
            text, todo = "nobody is offered this goal", "Name the respondents."
            yield Finding(file, f"goals.{row.get('key')}.respondents", "goal-for-nobody", text, todo)

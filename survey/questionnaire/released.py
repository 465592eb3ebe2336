"""What must hold of forms whose answers are published in groups, or read with a name; on raw data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from survey.questionnaire.finding import Finding
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.rules import Raw, rows, strings, table
from survey.questionnaire.vocabulary import Moment, Respondent, Visibility

CANNOT_JUDGE = "CANNOT_JUDGE"
SMALLEST = 5
SMALLEST_OF_FAMILIES = 10
FAMILIES = (Respondent.PARENT, Respondent.PUPIL)
IN_DUTCH = {5: "vijf", 6: "zes", 7: "zeven", 8: "acht", 9: "negen", 10: "tien"}
ABOUT_GROUPS = ("release_k", "release_level")


def check(file: str, data: Raw) -> Iterator[Finding]:
    """Every rule about groups, names and own words of a form; nothing for a profile."""
    if "form" not in data:
        return
    if data.get("visibility") == Visibility.ANONYMOUS:
        yield from _groups(file, data)
    else:
        for field in ABOUT_GROUPS:
            if field in data:
                text, todo = "only anonymous answers are published in groups", "Take it out."
                yield Finding(file, field, "groups-of-nobody", text, todo)
    if data.get("moment") == Moment.YEARLY_WINDOW:
        yield from _top(file, data)
        yield from _not_judged(file, data)
    if "open_question" in data and data.get("respondent") in FAMILIES:
        todo = "Take it out: parents and pupils choose, they need not write."
        yield Finding(file, "open_question", "own-words", "these respondents are asked for own words", todo)


def _groups(file: str, data: Raw) -> Iterator[Finding]:
    """The smallest group is large enough, and the form says how large."""
    least = SMALLEST_OF_FAMILIES if data.get("respondent") in FAMILIES else SMALLEST
    size = data.get("release_k")
    if not isinstance(size, int) or size not in IN_DUTCH or size < least:
        text, todo = f"the smallest group is {size}", f"Make it {least} to {max(IN_DUTCH)} persons."
        yield Finding(file, "release_k", "small-group", text, todo)
        return
    sentence = str(table(table(data, "texts"), "who_sees").get(SOURCE_LANGUAGE, ""))
    if f" {IN_DUTCH[size]} " not in sentence:
        text, todo = f"it does not say “{IN_DUTCH[size]}”", "Say from how many persons on a result is shown."
        yield Finding(file, "texts.who_sees", "broken-promise", text, todo)


def _top(file: str, data: Raw) -> Iterator[Finding]:
    """The values that count as agreeing are the two highest of every scale."""
    scales: dict[str, Any] = table(data, "scales")
    for name in scales:
        values = [row["value"] for row in rows(scales, name) if isinstance(row.get("value"), int)]
        if data.get("top_two") != sorted(values)[-2:]:
            text, todo = f"top_two is {data.get('top_two')}", f"Make it {sorted(values)[-2:]}."
            yield Finding(file, "top_two", "top-two", text, todo)


def _not_judged(file: str, data: Raw) -> Iterator[Finding]:
    """Nobody has to judge what they did not see."""
    codes = [code for row in rows(data, "non_scores") for code in strings(row, "code")]
    if codes != [CANNOT_JUDGE]:
        text, todo = f"the answers that are no level are {codes}", f"Offer {CANNOT_JUDGE} and nothing else."
        yield Finding(file, "non_scores", "cannot-judge", text, todo)

"""Charts of a case to test: one person at up to five checks, and what is drawn of them."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from analysis.case import Measure
from analysis.charts import BuiltChart, build
from survey.questionnaire.catalog import load
from tests.analysis.frames import TEXTS

DAYS = [date(2025, 9, 23), date(2025, 10, 14), date(2025, 11, 11), date(2025, 12, 9), date(2026, 1, 20)]
RULES = load().hint_rules
LEVELS = ("slecht", "niet zo goed", "gaat wel", "goed", "heel goed")
SUM = Measure((4, 3), rates=RULES.relationship.rates)
OF_QUESTIONS = Measure((3, 2), start=5, rates=RULES.wellbeing.rates)


def relationship(*sums: int, respondent: str = "parent", **more: Any) -> BuiltChart:
    """The chart of the working relationship, each number the sum of one check."""
    options = {"lines": {"som": sums}, "measure": SUM, "versions": ["1.0"] * len(sums)} | more
    return build("case_relationship", DAYS[: len(sums)], TEXTS, respondent=respondent, **options)


def wellbeing(
    lines: Mapping[str, tuple[int, ...]], respondent: str = "parent", measure: Measure = OF_QUESTIONS
) -> BuiltChart:
    """The chart of wellbeing, a line for each question."""
    days = DAYS[: len(next(iter(lines.values())))]
    options: dict[str, Any] = {"lines": lines, "levels": LEVELS, "measure": measure}
    return build("case_wellbeing", days, TEXTS, respondent=respondent, **options)


def four(checks: str) -> dict[str, tuple[int, ...]]:
    """Each word is one check, each digit the answer to one question."""
    lines = zip(*checks.split(), strict=True)
    return {name: tuple(map(int, line)) for name, line in zip("abcd", lines, strict=True)}


def goal(*numbers: int | None, before_break: int = 0) -> BuiltChart:
    """The chart of a goal of the pupil's own."""
    options: dict[str, Any] = {"lines": {"rustig naar school": numbers}, "is_goal": True}
    days = DAYS[: len(numbers)]
    return build("case_goal", days, TEXTS, respondent="pupil", before_break=before_break, **options)


def drawn(built: BuiltChart) -> dict[str, Any]:
    """The figure as the script receives it."""
    found: dict[str, Any] = json.loads(built.json)["figure"]
    return found

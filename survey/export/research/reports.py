"""The research export as an SPSS file: a row for each reflection, labels for every level."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from survey.export.research.study import Coach, Reflection
from survey.export.research.wide import CODES, OUTSIDE, UNMET, Sheet, Variable

Labels = dict[int | float, str]

ABOUT: dict[str, str | None] = {
    "reflection": "Reflection: code of the coach and a number",
    "coach": "Coach: a random code, made for this export alone",
    "experience": "Experience before the start; empty where too few share it",
    "cohort": "Cohort: a random code; empty where too few share it",
    "form_version": "Version of the questionnaire",
    "school_year": "School year of the round; empty where too few share it",
    "round": "Which round of the cohort it was; empty where too few share it",
    "months": "Whole months from the begin of the cohort; empty where too few share it",
}
EXPERIENCE = {"none": 1.0, "under_1": 2.0, "1_to_3": 3.0, "over_3": 4.0}
YEARS = {1.0: "none", 2.0: "less than a year", 3.0: "1 to 3 years", 4.0: "over 3 years"}
NUMBERS = ("experience", "round", "months")
LONGEST_LABEL = 120


def write_sav(
    target: Path, sheet: Sheet, coaches: Iterable[Coach], rows: Iterable[tuple[Reflection, dict[str, int]]]
) -> None:
    """Write one profile as .sav: 1 to 5 with the words of the level, 8 and 9 as user-missing answers."""
    import pandas as pd
    import pyreadstat

    experience = {coach.code: EXPERIENCE.get(coach.experience) for coach in coaches}
    variables = {variable.name: variable for variable in sheet.variables}
    numbers = [*NUMBERS, *variables]
    cells = [(*_about(one, experience[one.coach]), *map(answers.get, variables)) for one, answers in rows]
    frame = pd.DataFrame(cells, columns=[*ABOUT, *variables])
    frame[numbers] = frame[numbers].astype("float64")
    pyreadstat.write_sav(
        frame,
        str(target),
        file_label=f"Groeispiegel {sheet.profile}",
        column_labels=ABOUT | {name: _label(one) for name, one in variables.items()},
        variable_value_labels={"experience": YEARS} | {name: _levels(one) for name, one in variables.items()},
        missing_ranges={name: [OUTSIDE, UNMET] for name in variables},
        variable_measure=dict.fromkeys(variables, "ordinal"),
        variable_format=dict.fromkeys(numbers, "F4.0"),
    )


def _about(one: Reflection, experience: float | None) -> tuple[str | float | None, ...]:
    held = one.round
    who = one.code, one.coach, experience, held.cohort
    return (*who, held.version, held.school_year, held.number, held.months)


def _label(one: Variable) -> str:
    text = f"{one.item.text['nl']} ({one.since})"
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"


def _levels(one: Variable) -> Labels:
    """The words of each answer; floats, because numbers in SPSS are."""
    levels: Labels = {float(level.value): level.label["nl"] for level in one.form.levels(one.item)}
    return levels | {float(CODES[other.code]): other.label["nl"] for other in one.form.non_scores}

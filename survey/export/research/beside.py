"""What stands beside the answers in a research export: look-back, focus, tasks and short rounds."""

from collections.abc import Iterator, Sequence
from typing import Final

from survey.export.research.columns import (
    COACH,
    CODE,
    ITEM,
    MOMENT,
    PROFILE,
    REFLECTION,
    SINCE,
    VALUE,
    WORDING,
)
from survey.export.research.study import Study, profile_of
from survey.sheets.tables import Cell, Column, Table

OF_REFLECTION: Final = (REFLECTION, COACH, PROFILE)
ABOUT: Final = Column("about", "Reflection that it looks back on; empty when that is not in this export")
TASK: Final = Column("task", "Task of the profile, see the table tasks")
EMPHASIS: Final = Column("emphasis", "How much time went there: none, some or much")
NUMBER: Final = Column("number", "Number of the row", "INTEGER")
MONTHS: Final = Column(
    "months", f"Whole months from the begin of the cohort to the short round; {MOMENT}", "INTEGER"
)


def beside(study: Study) -> tuple[Table, ...]:
    """The tables beside the answers."""
    return (
        Table(
            "lookbacks",
            "Where a coach stood then, seen from the round at the end of the year; no second measurement.",
            (*OF_REFLECTION, ITEM, WORDING, ABOUT, VALUE),
            lambda: _lookbacks(study),
            ("reflection", "item"),
        ),
        Table(
            "focus",
            "Items that a coach chose to work on; at most three in a reflection.",
            (*OF_REFLECTION, ITEM),
            lambda: _of_reflections(study, "focus", "item"),
            ("reflection", "item"),
        ),
        Table(
            "emphasis",
            "Where the hours went, by task; a page that coaches may skip.",
            (*OF_REFLECTION, TASK, EMPHASIS),
            lambda: _of_reflections(study, "emphasis", "task", "emphasis"),
            ("reflection", "task"),
        ),
        Table(
            "short_answers",
            "Answers in the short rounds between, on focus items only: chosen items, so never an average.",
            (NUMBER, COACH, PROFILE, MONTHS, ITEM, WORDING, SINCE, VALUE, CODE),
            lambda: _short(study),
            ("number",),
        ),
    )


def _of_reflections(study: Study, what: str, *columns: str) -> Iterator[Sequence[Cell]]:
    for one, row in study.answers_of(what):
        yield (one.code, one.coach, one.round.profile, *(row[column] for column in columns))


def _lookbacks(study: Study) -> Iterator[Sequence[Cell]]:
    for one, row in study.answers_of("lookbacks"):
        about = study.same_coach_in(one, row["about_round_id"]) or None
        words = row["item"], row["item_version"]
        yield (one.code, one.coach, one.round.profile, *words, about, row["value"])


def _short(study: Study) -> Iterator[Sequence[Cell]]:
    for number, (coach, months, row) in enumerate(study.short_answers(), start=1):
        form, version, item = row["form"], row["item_version"], row["item"]
        words = item, version, study.comparable_since(form, version, item)
        yield (number, coach, profile_of(form), months, *words, row["value"], row["code"])

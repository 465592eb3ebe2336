"""The tables of a research export, with what every column means: the one list of what leaves the house."""

from collections.abc import Iterator, Sequence

from survey.export.research.columns import (
    COACH,
    CODE,
    FEW,
    FORM_VERSION,
    ITEM,
    PROFILE,
    REFLECTION,
    SINCE,
    VALUE,
    WORDING,
)
from survey.export.research.meanings import meanings
from survey.export.research.study import Study, profile_of
from survey.export.tables import Cell, Column, Table


def tables(study: Study) -> tuple[Table, ...]:
    """All tables, those that others refer to first."""
    return (_coaches(study), _reflections(study), _answers(study), *_beside(study), *meanings(study))


def _coaches(study: Study) -> Table:
    columns = (
        Column("coach", COACH.meaning),
        Column("experience", f"Experience before the start: none, under_1, 1_to_3 or over_3 years; {FEW}"),
    )
    rows = [(coach.code, coach.experience or None) for coach in study.coaches]
    meaning = "Coaches who let research use their reflections, in random order."
    return Table("coaches", meaning, columns, lambda: rows, ("coach",))


def _reflections(study: Study) -> Table:
    columns = (
        Column("reflection", REFLECTION.meaning),
        COACH,
        Column("cohort", f"Cohort: a random code; {FEW}"),
        PROFILE,
        FORM_VERSION,
        Column("round", "Which round of the cohort it was, from 1; a missed round leaves a gap", "INTEGER"),
        Column("months", "Whole months from the begin of the cohort to the round", "INTEGER"),
        Column("school_year", "School year of the round, from August on"),
    )
    rows = [
        (
            one.code,
            one.coach,
            one.round.cohort or None,
            one.round.profile,
            one.round.version,
            one.round.number,
            one.round.months,
            one.round.school_year,
        )
        for one in study.reflections
    ]
    meaning = "Submitted reflections in closed rounds; of corrected ones the last that was submitted."
    return Table("reflections", meaning, columns, lambda: rows, ("reflection",))


def _answers(study: Study) -> Table:
    def rows() -> Iterator[Sequence[Cell]]:
        for one, row in study.answers_of("answers"):
            version, item = row["item_version"], row["item"]
            since = study.comparable_since(one.round.form, version, item)
            yield one.code, one.coach, one.round.profile, item, version, since, row["value"], row["code"]

    columns = (REFLECTION, COACH, PROFILE, ITEM, WORDING, SINCE, VALUE, CODE)
    meaning = "One row for each item a coach answered in a reflection."
    return Table("answers", meaning, columns, rows, ("reflection", "item"), study.number_of_answers)


def _beside(study: Study) -> tuple[Table, ...]:
    def lookbacks() -> Iterator[Sequence[Cell]]:
        for one, row in study.answers_of("lookbacks"):
            about = study.same_coach_in(one, row["about_round_id"]) or None
            yield (
                one.code,
                one.coach,
                one.round.profile,
                row["item"],
                row["item_version"],
                about,
                row["value"],
            )

    def short() -> Iterator[Sequence[Cell]]:
        for number, (coach, months, row) in enumerate(study.short_answers(), start=1):
            version, item = row["item_version"], row["item"]
            since = study.comparable_since(row["form"], version, item)
            profile = profile_of(row["form"])
            yield number, coach, profile, months, item, version, since, row["value"], row["code"]

    about = Column("about", "Reflection that it looks back on; empty when that is not in this export")
    months = Column("months", "Whole months from the begin of the cohort to the short round", "INTEGER")
    number = Column("number", "Number of the row", "INTEGER")
    emphasis = Column("emphasis", "How much time went there: none, some or much")
    task = Column("task", "Task of the profile, see the table tasks")
    of_reflection = (REFLECTION, COACH, PROFILE)
    return (
        Table(
            "lookbacks",
            "Where a coach stood then, seen from the round at the end of the year; no second measurement.",
            (*of_reflection, ITEM, WORDING, about, VALUE),
            lookbacks,
            ("reflection", "item"),
        ),
        Table(
            "focus",
            "Items that a coach chose to work on; at most three in a reflection.",
            (*of_reflection, ITEM),
            lambda: _keyed(study, "focus", "item"),
            ("reflection", "item"),
        ),
        Table(
            "emphasis",
            "Where the hours went, by task; a page that coaches may skip.",
            (*of_reflection, task, emphasis),
            lambda: _keyed(study, "emphasis", "task", "emphasis"),
            ("reflection", "task"),
        ),
        Table(
            "short_answers",
            "Answers in the short rounds between, on focus items only: chosen items, so never an average.",
            (number, COACH, PROFILE, months, ITEM, WORDING, SINCE, VALUE, CODE),
            short,
            ("number",),
        ),
    )


def _keyed(study: Study, what: str, *columns: str) -> Iterator[Sequence[Cell]]:
    for one, row in study.answers_of(what):
        yield (one.code, one.coach, one.round.profile, *(row[column] for column in columns))

"""The tables of a research export, with what every column means: the one list of what leaves the house."""

from collections.abc import Iterator, Sequence

from survey.export.research.beside import beside
from survey.export.research.columns import (
    COACH,
    CODE,
    FEW,
    FORM_VERSION,
    ITEM,
    MOMENT,
    PROFILE,
    REFLECTION,
    SINCE,
    VALUE,
    WORDING,
)
from survey.export.research.meanings import meanings
from survey.export.research.study import Study
from survey.sheets.tables import Cell, Column, Table


def tables(study: Study) -> tuple[Table, ...]:
    """All tables, those that others refer to first."""
    return (_coaches(study), _reflections(study), _answers(study), *beside(study), *meanings(study))


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
        Column(
            "round",
            f"Which round of the cohort it was, from 1; a missed round leaves a gap; {MOMENT}",
            "INTEGER",
        ),
        Column("months", f"Whole months from the begin of the cohort to the round; {MOMENT}", "INTEGER"),
        Column("school_year", f"School year of the round, from August on; {MOMENT}"),
    )

    def rows() -> Iterator[Sequence[Cell]]:
        for one in study.reflections():
            held = one.round
            when = held.number, held.months, held.school_year
            yield one.code, one.coach, held.cohort or None, held.profile, held.version, *when

    meaning = "Submitted reflections in closed rounds; of corrected ones the last that was submitted."
    return Table("reflections", meaning, columns, rows, ("reflection",))


def _answers(study: Study) -> Table:
    def rows() -> Iterator[Sequence[Cell]]:
        for one, row in study.answers_of("answers"):
            version, item = row["item_version"], row["item"]
            since = study.comparable_since(one.round.form, version, item)
            yield one.code, one.coach, one.round.profile, item, version, since, row["value"], row["code"]

    columns = (REFLECTION, COACH, PROFILE, ITEM, WORDING, SINCE, VALUE, CODE)
    meaning = "One row for each item a coach answered in a reflection."
    return Table("answers", meaning, columns, rows, ("reflection", "item"), study.number_of_answers)

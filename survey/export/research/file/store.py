"""SQL of the file for research: its tables with what they mean, and views that join them."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from survey.database import Engine
from survey.sheets.tables import Rows, Table

BATCH: Final = 2000
DESCRIPTIONS: Final = """
CREATE TABLE descriptions (
  "table" TEXT NOT NULL,
  "column" TEXT NOT NULL, -- empty where the whole table or view is described
  description TEXT NOT NULL,
  PRIMARY KEY ("table", "column")
) STRICT
"""
IN_FULL: Final = """
CREATE VIEW answers_in_full AS
SELECT answers.reflection, answers.coach, coaches.experience, reflections.cohort, answers.profile,
  reflections.school_year, reflections.round, reflections.months, items.block, answers.item,
  items.label_nl AS item_label, items.text_nl AS item_text, answers.item_version, answers.comparable_since,
  answers.value, levels.label_nl AS level, answers.code
FROM answers
JOIN reflections ON reflections.reflection = answers.reflection
JOIN coaches ON coaches.coach = answers.coach
LEFT JOIN items ON items.profile = answers.profile AND items.item = answers.item
  AND items.item_version = answers.item_version
LEFT JOIN levels ON levels.scale = items.scale AND levels.form_version = reflections.form_version
  AND levels.value = answers.value
"""
IN_FULL_MEANING: Final = "Every answer with its words, its round and its coach: one row for each answer."


def create(engine: Engine, tables: Iterable[Table]) -> None:
    """Make the tables, with what each column means in the schema itself and in `descriptions`."""
    engine.run(DESCRIPTIONS)
    for table in tables:
        engine.run(_definition(table))
        _describe(engine, table.name, "", table.meaning)
        for column in table.columns:
            _describe(engine, table.name, column.name, column.meaning)


def fill(engine: Engine, table: Table, rows: Rows) -> None:
    """Put rows in a table, some thousands at a time."""
    names = table.header
    every = iter(rows)
    while batch := list(islice(every, BATCH)):
        engine.insert(table.name, [dict(zip(names, row, strict=True)) for row in batch])


def add_views(engine: Engine, wide: Iterable[tuple[str, str, Sequence[tuple[str, str, str]]]]) -> None:
    """The view of answers in full, and by profile a row for each reflection with a column for each item.

    `wide`: name of the view, profile, and for each column its name, the item and since when it compares.
    """
    engine.run(IN_FULL)
    _describe(engine, "answers_in_full", "", IN_FULL_MEANING)
    for name, profile, columns in wide:
        engine.run(_wide(name, profile, columns))
        _describe(engine, name, "", "One row for each reflection, one column for each item: levels only.")
        for column, item, since in columns:
            _describe(engine, name, column, f"Level of {item} in words that compare since {since}")


def finish(engine: Engine) -> None:
    """One file without a journal beside it, as small as it can be."""
    engine.run("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.run("PRAGMA journal_mode = DELETE")
    engine.run("VACUUM")


def _definition(table: Table) -> str:
    key = ", ".join(f'"{name}"' for name in table.key)
    lines = [
        f'  "{column.name}" {column.kind}'
        + (f' REFERENCES "{column.refers}"' if column.refers else "")
        + f", -- {column.meaning}"
        for column in table.columns
    ]
    return f'CREATE TABLE "{table.name}" ( -- {table.meaning}\n' + "\n".join(
        (*lines, f"  PRIMARY KEY ({key})\n) STRICT")
    )


def _wide(name: str, profile: str, columns: Sequence[tuple[str, str, str]]) -> str:
    levels = ",\n".join(
        f"  max(CASE WHEN answers.item = '{item}' AND answers.comparable_since = '{since}' "
        f'THEN answers.value END) AS "{column}"'
        for column, item, since in columns
    )
    return f"""
    CREATE VIEW "{name}" AS
    SELECT reflections.reflection, reflections.coach, coaches.experience, reflections.cohort,
      reflections.form_version, reflections.school_year, reflections.round, reflections.months,
    {levels}
    FROM reflections
    JOIN coaches ON coaches.coach = reflections.coach
    JOIN answers ON answers.reflection = reflections.reflection
    WHERE reflections.profile = '{profile}'
    GROUP BY reflections.reflection
    """  # noqa: S608 - keys from checked questionnaire files


def _describe(engine: Engine, table: str, column: str, description: str) -> None:
    engine.insert("descriptions", {"table": table, "column": column, "description": description})

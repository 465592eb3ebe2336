"""The codebook that goes with a research export: what is in it, how to read it, how to treat it."""

from collections.abc import Iterable

from survey.export.research.crowd import CROWD
from survey.export.research.study import Study
from survey.export.research.wide import OUTSIDE, UNMET, Sheet
from survey.sheets.tables import Table

HEAD = """# Codebook

Made on {day}: {coaches} coaches, {reflections} reflections, {answers} answers.

## Treat this as personal data

These files hold no names and no words of anyone, but they are pseudonymous, not anonymous: who knows a
coach well may recognise the months in which that coach reflected. Keep them where only the researchers
come, for as long as the agreement says. Every export has codes of its own, but the answers of a coach are
so much their own that two exports can be joined on them: do not keep two, and never compare them to see who
is no longer in. Someone who no longer lets research use their reflections is not in the next export; delete
older ones then.

In here are only coaches who chose to let research use their reflections, and only reflections in closed
rounds. Never in here: names, mail addresses, schools, cases, private lines, aims, notes, what others
answered. Cohort and experience are empty where fewer than {crowd} coaches of this export share them. Where
fewer than {crowd} share all the rounds and short rounds that their cohorts held, which rounds those were,
and when, is empty too. Coaches left out because even then too few would be like them: {left_out}. Which
rounds a coach missed still tells coaches of one cohort apart: do not look for who that is.

## Read it well

- An item keeps its key. `item_version` says which words a coach read, `comparable_since` since when
  answers compare. **Never average, subtract or draw a line over a change of `comparable_since`**: it is
  another question.
- `NOT_IN_ASSIGNMENT` (not part of the work now) and `NOT_MET_YET` (has not met this) are answers without
  a level. They are not zero and not missing. In the SPSS files they are {outside} and {unmet}, both
  user-missing.
- No row for an item means that it was not answered.
- `lookbacks` were given afterwards: they are no second measurement of then. `short_answers` are about
  items that coaches chose to work on, so their average says nothing about all items.
- Coaches who stop have lower levels before they do: a plain mean of who is left goes up by itself. Use a
  mixed model.

CSV files have semicolons and UTF-8 with a mark (pandas: `sep=";", encoding="utf-8-sig"`). Text that a
spreadsheet would run has a quote before it. The SQLite file opens in Datasette, DuckDB and pandas; its
table `descriptions` says what is below, and `answers_in_full` joins everything.
"""


def written(study: Study, tables: Iterable[Table], sheets: Iterable[Sheet]) -> str:
    """The codebook of this export as Markdown."""
    head = HEAD.format(
        day=f"{study.at:%Y-%m-%d}",
        coaches=len(study.coaches),
        reflections=study.number_of_reflections,
        answers=study.number_of_answers(),
        crowd=CROWD,
        left_out=study.left_out,
        outside=OUTSIDE,
        unmet=UNMET,
    )
    parts = [head, "## Tables", *map(_table, tables), "## Variables of the SPSS files", *map(_sheet, sheets)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _table(table: Table) -> str:
    columns = "\n".join(f"| {column.name} | {column.meaning} |" for column in table.columns)
    return f"### {table.name}\n\n{table.meaning}\n\n| column | meaning |\n|---|---|\n{columns}"


def _sheet(sheet: Sheet) -> str:
    rows = "\n".join(
        f"| {one.name} | {one.item.text['nl']} | {one.item.text.get('en', '')} | {one.since} |"
        for one in sheet.variables
    )
    head = "| variable | Dutch | English | compares since |\n|---|---|---|---|"
    return f"### {sheet.profile}.sav, and the view `reflections_{sheet.profile}`\n\n{head}\n{rows}"

"""What is handed out on the screen: own data, a portfolio, and the numbers a trainer sees of a cohort."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from survey.access.permissions import Scope
from survey.clock import local_day
from survey.cohort import reports as cohorts
from survey.database import Engine, Row
from survey.export import own, store
from survey.export.portfolio import Cells, Part, Portfolio, Work
from survey.export.words import Words
from survey.questionnaire.catalog import Catalog
from survey.reflection import reports as reflections
from survey.reflection.reports import Growth, Sheet, sheet
from survey.sheets.tables import Cell, Table, plain

if TYPE_CHECKING:
    from analysis.charts import BuiltChart as BuiltChart
    from analysis.drawing import Drawing as Drawing
    from analysis.texts import Texts

NUMBER = re.compile(r"−?\d+([.,]\d+)?")


def own_tables(engine: Engine, scope: Scope, *, catalog: Catalog, lang: str) -> list[Table]:
    """Everything the house keeps about this person; what there is nothing of has no table."""
    return own.tables(engine, scope, Words(catalog, lang))


def portfolio(
    engine: Engine, scope: Scope, *, own_words: bool, at: datetime, catalog: Catalog, texts: Texts
) -> Portfolio:
    """Own growth to show to someone; with `own_words` also aims and private lines."""
    held = _Held(engine, scope, Words(catalog, texts.locale), own_words)
    growths = reflections.growths(engine, scope, at, catalog=catalog, texts=texts)
    return Portfolio(
        scope.name,
        local_day(at),
        [held.part(growth, texts) for growth in growths],
        held.events(),
        held.assignments(),
    )


class _Held:
    """What a portfolio reads of its owner, once each."""

    def __init__(self, engine: Engine, scope: Scope, words: Words, own_words: bool) -> None:
        self._engine, self._scope, self._words, self._own_words = engine, scope, words, own_words
        self._answers = self._by_reflection("answers")
        self._focus = self._by_reflection("focus")

    def part(self, growth: Growth, texts: Texts) -> Part:
        """Growth on one profile, in words and as places on paper."""
        from analysis.charts import restate
        from analysis.charts.words import level_words, measure_name

        submitted = [one for one in growth.submitted if one.submitted]
        blocks = {block.key: measure_name(block.key, texts) for block in growth.profile.blocks}
        return Part(
            key=growth.profile.profile,
            title=growth.profile.title[texts.locale],
            first_round=submitted[-1].round.day,
            last_round=submitted[0].round.day,
            chart=growth.chart and restate("shared_growth", growth.chart.result, texts),
            drawing=_drawing(growth.chart),
            blocks=blocks,
            levels=dict(enumerate(level_words(texts), start=1)),
            rounds=[texts.month(day) for day in growth.chart.result.rounds] if growth.chart else (),
            sentences=self._sentences(growth, texts),
            focus=self._focus_points(growth),
            lines=[
                (one.round.day, one.submitted["open_line"])
                for one in submitted
                if self._own_words and one.submitted and one.submitted["open_line"]
            ],
        )

    def events(self) -> list[Cells]:
        """Where this coach was, the last first."""
        rows = [row for row in self._rows("events") if row["state"] == "present"]
        return [
            (row["starts_at"], self._words.choice("event_kind", row["kind"]), row["title"])
            for row in reversed(rows)
        ]

    def assignments(self) -> list[Work]:
        """Roles and tasks by school year and school, the last first."""
        profiles = [row["profile"] for row in self._rows("cohorts")]
        found = defaultdict[tuple[str, str], dict[str, list[str]]](lambda: {"role": [], "task": []})
        for row in self._rows("assignments"):
            named = self._words.role_or_task(profiles, row["what"])
            found[row["school_year"], row["school"]][row["kind"]].append(named)
        return [
            Work(*key, names["role"], names["task"]) for key, names in sorted(found.items(), reverse=True)
        ]

    def _rows(self, what: str) -> list[Row]:
        return store.own(self._engine, what, self._scope)

    def _by_reflection(self, what: str) -> Mapping[str, list[Row]]:
        found = defaultdict[str, list[Row]](list)
        for row in self._rows(what):
            found[row["reflection_id"]].append(row)
        return found

    def _sentences(self, growth: Growth, texts: Texts) -> dict[str, list[Cells]]:
        """By block: each sentence as this coach was asked it last, the first answer to it, and the latest."""
        newest, catalog = growth.latest, self._words.catalog
        asked = sheet(self._engine, newest.round, newest.submitted, catalog=catalog, scope=self._scope)
        said = self._said(growth, asked, texts)
        return {
            block.label[texts.locale]: [
                (item.text[texts.locale], *_ends(said[item.key])) for item in asked.form.in_block(block.key)
            ]
            for block in asked.form.blocks
        }

    def _said(self, growth: Growth, asked: Sheet, texts: Texts) -> Mapping[str, list[str]]:
        """By item: month and answer of each reflection that compares with what was asked, oldest first."""
        catalog, newest = self._words.catalog, growth.latest.round
        compares = {
            (item.key, catalog.anchor(newest.form, asked.version_of(item.key), item.key))
            for item in asked.form.items
        }
        found = defaultdict[str, list[str]](list)
        for one in reversed(growth.submitted):
            form = one.round.form
            for row in self._answers[one.submitted["id"]] if one.submitted else ():
                version, item = row["item_version"], row["item"]
                if (item, catalog.anchor(form, version, item)) in compares:
                    answer = self._words.answer(form, version, item, row["value"], row["code"])
                    found[item].append(f"{texts.month(one.round.day)}: {answer}")
        return found

    def _focus_points(self, growth: Growth) -> list[tuple[str, str]]:
        held = growth.latest
        if held.submitted is None:
            return []
        return [
            (
                self._words.item(held.round.form, held.round.version, row["item"])[0],
                (row["aim"] or "") if self._own_words else "",
            )
            for row in self._focus[held.submitted["id"]]
        ]


def _ends(said: Sequence[str]) -> tuple[str, str]:
    """The first and the latest of what was said; only the latest where there is one."""
    if not said:
        return "", _("niet beantwoord")
    return (said[0] if len(said) > 1 else ""), said[-1]


def _drawing(chart: BuiltChart | None) -> Drawing | None:
    from analysis.drawing import coach_growth

    return coach_growth(chart.result) if chart and chart.drawn else None


def cohort_parts(
    engine: Engine, scope: Scope, *, cohort: cohorts.Cohort, at: datetime, texts: Texts, catalog: Catalog
) -> dict[str, BuiltChart]:
    """By its name: each chart that the page of this cohort shows, from the same report."""
    found = cohorts.overview(engine, scope, cohort=cohort, at=at, texts=texts, catalog=catalog)
    parts = {_("groei"): found.growth}
    if found.latest:
        parts |= {_("verdeling"): found.spread, _("focus"): found.focus}
        parts |= {_("uren"): found.hours} if found.hours else {}
    parts[_("deelname")] = cohorts.participation(engine, scope, cohort=cohort, at=at, texts=texts)
    return parts


def cohort_sheets(parts: Mapping[str, BuiltChart]) -> list[Table]:
    """The findings, and the table under each chart: what the screen says and nothing more."""
    found = [(name, line) for name, chart in parts.items() for line in _said(chart)]
    sheets = [plain(_("bevindingen"), (_("onderdeel"), _("zin")), found)]
    for name, chart in parts.items():
        if chart.table.rows:
            rows = [[number_or_text(cell) for cell in row] for row in chart.table.rows]
            sheets.append(plain(name, chart.table.header, rows))
    return sheets


def cohort_lines(parts: Mapping[str, BuiltChart], name: str) -> Table:
    """The same as one table: a line for each number, with the row and the column it stands in."""
    head = _("onderdeel"), _("regel"), _("wat"), _("waarde")
    return plain(name, head, list(_lines(parts)))


def _lines(parts: Mapping[str, BuiltChart]) -> Iterator[Sequence[Cell]]:
    for name, chart in parts.items():
        for line in _said(chart):
            yield name, "", _("zin"), line
        for row in chart.table.rows:
            for column, cell in zip(chart.table.header[1:], row[1:], strict=True):
                yield name, row[0], column, cell


def _said(chart: BuiltChart) -> Iterable[str]:
    return filter(None, (chart.sentence, *chart.details, chart.source_line))


def number_or_text(cell: str) -> Cell:
    """A cell of the screen for a spreadsheet: a number that it can count with, where it is one."""
    if not NUMBER.fullmatch(cell):
        return cell
    value = float(cell.replace("−", "-").replace(",", "."))
    return int(value) if value.is_integer() else value

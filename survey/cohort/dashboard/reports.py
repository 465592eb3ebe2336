"""What trainers read of cohorts: growth, where coaches stand, what they chose; closed rounds only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.clock import local_day, stamp
from survey.cohort.dashboard import store
from survey.cohort.numbers.reports import Numbers, numbers
from survey.cohort.reader.reports import shown
from survey.cohort.rounds import DAYS_IN_A_MONTH, Cohort, Round
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog

if TYPE_CHECKING:
    from analysis.charts import BuiltChart
    from analysis.growth import Event
    from analysis.tally import Share
    from analysis.texts import Texts

MOST_THEMES = 4


class Theme(Struct, frozen=True):
    """A competency to work on together, with what speaks for it; a number that may not be told is None.

    `focus` of `persons` chose it, or more where `nearly_all` did; `held` meetings were about it, where
    `present` of `noted` were there.
    """

    key: str
    name: str
    persons: int
    focus: int | None
    learning: Share | None
    held: int
    present: int
    noted: int
    nearly_all: bool = False


class Dashboard(Struct, frozen=True):
    """The charts of one cohort in words; `latest` is the day of the round that all but growth is about."""

    growth: BuiltChart
    spread: BuiltChart
    focus: BuiltChart
    hours: BuiltChart | None
    themes: tuple[Theme, ...]
    latest: date | None


def dashboard(
    engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime, texts: Texts, catalog: Catalog
) -> Dashboard:
    """Everything a trainer reads of a cohort, but participation."""
    from analysis import charts

    rows = store.handed_in(engine, scope, cohort_id=cohort.id, at=stamp(at))
    found = shown(numbers(engine, scope, cohort=cohort, at=at, catalog=catalog), rows)
    curve, latest = found.curve, found.latest
    if curve.points or curve.earlier:
        curve = replace(curve, events=_meetings(engine, scope, cohort, at, catalog, texts.locale))
    names = _names(latest, catalog, texts.locale)
    tasks = {task.key: task.label[texts.locale] for task in catalog.profile(cohort.profile).tasks}
    hours = charts.build("choices", found.emphasis, texts, names=tasks) if found.emphasis.persons else None
    held = {row["competency"]: row for row in store.themes(engine, scope, cohort_id=cohort.id, at=stamp(at))}
    return Dashboard(
        charts.restate("cohort_growth", curve, texts),
        charts.restate("distribution", found.spread, texts),
        charts.build("choices", found.focus, texts, names=names),
        hours,
        _themes(found, names, held),
        latest.day if latest else None,
    )


def _names(latest: Round | None, catalog: Catalog, language: str) -> dict[str, str]:
    """The short name of each item of a round."""
    if latest is None:
        return {}
    items = catalog.get(latest.form, latest.version).items
    return {item.key: (item.label or item.text)[language] for item in items}


def _themes(found: Numbers, names: Mapping[str, str], held: Mapping[str, Row]) -> tuple[Theme, ...]:
    """The competencies most coaches chose as focus, then those most explore or practise; at most four."""
    nothing = {"held": 0, "present": 0, "noted": 0}
    every = [
        Theme(
            key,
            name,
            found.focus.persons,
            found.focus.of(key),
            found.learning.get(key),
            **{column: held.get(key, nothing)[column] for column in nothing},
            nearly_all=found.focus.of(key) == found.focus.most,
        )
        for key, name in names.items()
    ]
    spoken_for = [one for one in every if one.focus or (one.learning and one.learning.least)]
    return tuple(sorted(spoken_for, key=_weight, reverse=True)[:MOST_THEMES])


def _weight(theme: Theme) -> tuple[int, int]:
    return theme.focus or 0, theme.learning.least if theme.learning else 0


def _meetings(
    engine: Engine, scope: Scope, cohort: Cohort, at: datetime, catalog: Catalog, language: str
) -> tuple[Event, ...]:
    from analysis.growth import Event

    rows = store.meetings(engine, scope, cohort_id=cohort.id, at=stamp(at))
    days = [local_day(row["starts_at"]) for row in rows]
    return tuple(
        Event(
            day,
            (day - cohort.started_on).days / DAYS_IN_A_MONTH,
            catalog.choice("event_kind", row["kind"]).label[language],
        )
        for row, day in zip(rows, days, strict=True)
    )

"""What trainers read about a cohort: participation, and the model curve over rounds that are closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from survey.access.accounts import ERASED
from survey.access.permissions import Scope
from survey.clock import last_day, local_day, moment, stamp
from survey.cohort import rounds as rules
from survey.cohort import store
from survey.cohort.dashboard import reports as dashboard
from survey.cohort.dashboard.reports import Dashboard as Dashboard
from survey.cohort.numbers.release import forget_fits as forget_fits
from survey.cohort.numbers.reports import ENOUGH
from survey.cohort.rounds import Cohort as Cohort
from survey.cohort.rounds import Round as Round
from survey.cohort.rounds import Segment as Segment
from survey.cohort.rounds import asked as asked
from survey.cohort.rounds import axis as axis
from survey.cohort.rounds import footing as footing
from survey.cohort.rounds import rated as rated
from survey.cohort.rounds import segments as segments
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog

if TYPE_CHECKING:
    from analysis.charts import BuiltChart as BuiltChart
    from analysis.texts import Texts

KEPT = timedelta(days=365)  # what someone handed in, after they left


class OpenRound(Struct, frozen=True):
    """The round that is open now: until when, how many are due, and whom the trainer may remind."""

    closes_at: datetime
    due: int
    submitted: int
    waiting_for: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """The last day that takes answers."""
        return last_day(self.closes_at)


class TookPart(Struct, frozen=True):
    """The rounds that opened in a month, of all cohorts together: how many were due and handed in."""

    month: date
    due: int
    submitted: int


def cohort_named(engine: Engine, name: str) -> Row | None:
    """The cohort with this name, for commands of the operator."""
    return store.cohort_by_name(engine, name)


def trained(engine: Engine, scope: Scope) -> tuple[Cohort, ...]:
    """The cohorts of this trainer, oldest first."""
    return tuple(Cohort.of(row) for row in store.trained(engine, scope))


def open_round(engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime) -> OpenRound | None:
    """The round that takes answers now, if there is one."""
    rows = [row for row in _due(engine, scope, cohort, at) if moment(row["closes_at"]) > at]
    if not rows:
        return None
    waiting = tuple(row["name"] for row in rows if not row["submitted"])
    return OpenRound(moment(rows[0]["closes_at"]), len(rows), len(rows) - len(waiting), waiting)


def participation(engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime, texts: Texts) -> BuiltChart:
    """How many were due, started and submitted in each round that has opened."""
    from analysis import charts

    rows = [
        {
            "round": row["round"],
            "moment": local_day(row["opens_at"]),
            "started": bool(row["started"]),
            "submitted": bool(row["submitted"]),
        }
        for row in _due(engine, scope, cohort, at)
    ]
    return charts.build("participation", rows, texts)


def taking_part(engine: Engine, scope: Scope, *, since: datetime, at: datetime) -> tuple[TookPart, ...]:
    """How many handed in a reflection in the rounds that opened since then and are closed, by month.

    For who keeps cohorts: never who, never of one cohort, and no month in which few were due, or someone who
    was erased since: beside what was shown before, it would tell whether they handed in.
    """
    found: dict[date, list[bool]] = {}
    hidden = set[date]()
    for row in store.taking_part(engine, scope, since=stamp(since), at=stamp(at)):
        month = local_day(row["opens_at"]).replace(day=1)
        if row["left_at"] == ERASED and rules.asked(row):
            hidden.add(month)
        elif rules.due(row):
            found.setdefault(month, []).append(bool(row["submitted"]))
    return tuple(
        TookPart(month, len(held), sum(held))
        for month, held in found.items()
        if len(held) >= ENOUGH and month not in hidden
    )


def overview(
    engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime, texts: Texts, catalog: Catalog
) -> Dashboard:
    """Everything the page of a cohort shows, but participation."""
    return dashboard.dashboard(engine, scope, cohort=cohort, at=at, texts=texts, catalog=catalog)


def growth(
    engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime, texts: Texts, catalog: Catalog
) -> BuiltChart:
    """The model curve of the cohort over its closed rounds."""
    found = dashboard.dashboard(engine, scope, cohort=cohort, at=at, texts=texts, catalog=catalog)
    return found.growth


def _due(engine: Engine, scope: Scope, cohort: Cohort, at: datetime) -> list[Row]:
    """Of whom it is still known what they handed in: reflections go a year after someone left."""
    rows = store.participation(engine, scope, cohort_id=cohort.id, at=stamp(at))
    forgotten = stamp(at - KEPT)
    return [row for row in rows if rules.due(row) and (row["left_at"] or forgotten) >= forgotten]

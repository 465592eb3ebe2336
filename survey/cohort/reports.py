"""What trainers read about a cohort: participation, and the model curve over rounds that are closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from survey.access.permissions import Scope
from survey.clock import local_day, moment, stamp
from survey.cohort import rounds as rules
from survey.cohort import store
from survey.cohort.rounds import Round as Round
from survey.cohort.rounds import asked as asked
from survey.cohort.rounds import axis as axis
from survey.cohort.rounds import rated as rated
from survey.cohort.rounds import segments as segments
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog

if TYPE_CHECKING:
    from analysis.charts import BuiltChart as BuiltChart
    from analysis.growth import CohortGrowth
    from analysis.texts import Texts

KEPT_FITS = 64
_fits: dict[tuple[object, ...], CohortGrowth] = {}


@dataclass(frozen=True, slots=True)
class Cohort:
    """One cohort as its trainer knows it."""

    id: str
    name: str
    profile: str
    started_on: date


@dataclass(frozen=True, slots=True)
class OpenRound:
    """The round that is open now: until when, how many are due, and whom the trainer may remind."""

    closes_at: datetime
    due: int
    submitted: int
    waiting_for: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """The last day that takes answers."""
        return rules.last_day(self.closes_at)


def cohort_named(engine: Engine, name: str) -> Row | None:
    """The cohort with this name, for commands of the operator."""
    return store.cohort_by_name(engine, name)


def trained(engine: Engine, scope: Scope) -> tuple[Cohort, ...]:
    """The cohorts of this trainer, oldest first."""
    return tuple(
        Cohort(row["id"], row["name"], row["profile"], date.fromisoformat(row["started_on"]))
        for row in store.trained(engine, scope)
    )


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


def growth(
    engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime, texts: Texts, catalog: Catalog
) -> BuiltChart:
    """The model curve of the cohort, fitted once for each state of its closed rounds."""
    from analysis import charts

    rounds = store.closed_rounds(engine, scope, cohort_id=cohort.id, at=stamp(at))
    state = (cohort.id, *((row["id"], row["submitted"], row["newest"]) for row in rounds))
    fit = _fits.get(state)
    if fit is None:
        fit = _fits[state] = _fitted(engine, scope, cohort, rounds, at=at, catalog=catalog)
        if len(_fits) > KEPT_FITS:
            _fits.pop(next(iter(_fits)), None)
    return charts.restate("cohort_growth", fit, texts)


def forget_fits() -> None:
    """Fit again at the next question: for measurements and tests."""
    _fits.clear()


def _due(engine: Engine, scope: Scope, cohort: Cohort, at: datetime) -> list[Row]:
    rows = store.participation(engine, scope, cohort_id=cohort.id, at=stamp(at))
    return [row for row in rows if rules.due(row)]


def _fitted(
    engine: Engine, scope: Scope, cohort: Cohort, rounds: Sequence[Row], *, at: datetime, catalog: Catalog
) -> CohortGrowth:
    from analysis.frames import answers_frame, by_line
    from analysis.growth import cohort_growth
    from analysis.scoring import block_scores

    started = cohort.started_on.isoformat()
    held = [Round.of({**row, "started_on": started}) for row in rounds if row["submitted"]]
    lines = segments(catalog, held)
    answers = store.answers(engine, scope, cohort_id=cohort.id, at=stamp(at))
    scores = block_scores(answers_frame(rated(answers, held, axis(held, lines), catalog)), lines)
    return cohort_growth(by_line(scores, "total")[-1])

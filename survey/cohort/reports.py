"""What trainers read about a cohort: participation, and the model curve over rounds that are closed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from survey.access.permissions import Scope
from survey.clock import local_day, moment, stamp
from survey.cohort import store
from survey.cohort.rounds import Round as Round
from survey.cohort.rounds import asked as asked
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog

if TYPE_CHECKING:
    from analysis.charts import BuiltChart as BuiltChart
    from analysis.growth import CohortGrowth
    from analysis.texts import Texts

DAYS_IN_A_MONTH = 365.25 / 12
KEPT_FITS = 64
_fits: OrderedDict[tuple[object, ...], CohortGrowth] = OrderedDict()


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
        return local_day(self.closes_at - timedelta(seconds=1))


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
        while len(_fits) > KEPT_FITS:
            _fits.popitem(last=False)
    return charts.restate("cohort_growth", fit, texts)


def forget_fits() -> None:
    """Fit again at the next question: for measurements and tests."""
    _fits.clear()


def _due(engine: Engine, scope: Scope, cohort: Cohort, at: datetime) -> list[Row]:
    rows = store.participation(engine, scope, cohort_id=cohort.id, at=stamp(at))
    return [row for row in rows if asked(row)]


def _fitted(
    engine: Engine, scope: Scope, cohort: Cohort, rounds: Sequence[Row], *, at: datetime, catalog: Catalog
) -> CohortGrowth:
    from analysis.frames import answers_frame
    from analysis.growth import cohort_growth
    from analysis.scoring import block_scores, common_items

    answers = store.answers(engine, scope, cohort_id=cohort.id, at=stamp(at))
    blocks, items = _items(catalog, rounds)
    frame = answers_frame(_framed(row, cohort, rounds, blocks) for row in answers if row["item"] in blocks)
    return cohort_growth(block_scores(frame, common_items(frame, items)))


def _items(catalog: Catalog, rounds: Sequence[Row]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Block by item, and items by block, of the newest form these rounds asked."""
    if not rounds:
        return {}, {}
    form = catalog.get(rounds[-1]["form"], rounds[-1]["version"])
    blocks = {item.key: str(item.block) for item in form.items}
    items: dict[str, list[str]] = {}
    for key, block in blocks.items():
        items.setdefault(block, []).append(key)
    return blocks, items


def _framed(row: Row, cohort: Cohort, rounds: Sequence[Row], blocks: Mapping[str, str]) -> dict[str, object]:
    opened = local_day(row["opens_at"])
    period = next(place for place, each in enumerate(rounds) if each["id"] == row["round"])
    return {
        **row,
        "moment": opened,
        "period": period,
        "months": (opened - cohort.started_on).days / DAYS_IN_A_MONTH,
        "block": blocks[row["item"]],
    }

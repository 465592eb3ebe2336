"""What trainers read of several cohorts at once: differences in growth, never of a cell that is too small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from survey.access.permissions import Scope
from survey.cohort.dashboard.kept import Kept
from survey.cohort.dashboard.reports import KEPT_FITS, scores
from survey.cohort.dashboard.scored import Ground, ground
from survey.cohort.rounds import TOTAL, Cohort
from survey.database import Engine
from survey.questionnaire.catalog import Catalog

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts import BuiltChart
    from analysis.comparison import Group
    from analysis.growth import CohortGrowth
    from analysis.texts import Texts

ENOUGH = 8
# How long someone did this work before the programme; empty is not known.
BANDS: dict[str, LazyString] = {
    "none": _("geen ervaring vooraf"),
    "under_1": _("minder dan 1 jaar ervaring vooraf"),
    "1_to_3": _("1 tot 3 jaar ervaring vooraf"),
    "over_3": _("meer dan 3 jaar ervaring vooraf"),
    "": _("ervaring vooraf niet bekend"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """The charts of a comparison; none with fewer than two groups that have a line.

    `lacking` names the cohorts without a line of their own. `hidden` when a cell is too small to show any.
    """

    difference: BuiltChart | None = None
    curves: BuiltChart | None = None
    lacking: tuple[str, ...] = ()
    hidden: bool = False


_curves: Kept[tuple[CohortGrowth, ...]] = Kept(KEPT_FITS)
_bands: Kept[dict[str, CohortGrowth]] = Kept(KEPT_FITS)


def forget_fits() -> None:
    """Fit again at the next question: for measurements and tests."""
    _curves.forget()
    _bands.forget()


def of_cohorts(
    engine: Engine, scope: Scope, *, cohorts: Sequence[Cohort], at: datetime, texts: Texts, catalog: Catalog
) -> Compared:
    """These cohorts, all coaches of each, on the questions that they all were asked."""
    from analysis.comparison import Group

    grounds = [ground(engine, scope, cohort, at) for cohort in cohorts]
    state = tuple(each.state for each in grounds)
    curves = _curves.of(state, lambda: _per_cohort(engine, scope, grounds, at, catalog))
    groups = [Group(cohort.name, curve) for cohort, curve in zip(cohorts, curves, strict=True)]
    lacking = tuple(group.name for group in groups if not group.curve.points)
    return _compared([group for group in groups if group.curve.points], lacking, texts)


def by_experience(
    engine: Engine, scope: Scope, *, cohorts: Sequence[Cohort], at: datetime, texts: Texts, catalog: Catalog
) -> Compared:
    """All coaches of all cohorts of this trainer on one profile, by experience before the start.

    Shown only where every band, also that of whom it is not known, has a line or nobody in it: otherwise
    the small one would be what is left of the whole.
    """
    from analysis.comparison import MOST, Group

    grounds = [ground(engine, scope, cohort, at) for cohort in cohorts]
    state = tuple(each.state for each in grounds)
    curves = _bands.of(state, lambda: _per_band(engine, scope, grounds, at, catalog))
    if len(curves) < 2 or any(curve.persons < ENOUGH or not curve.points for curve in curves.values()):
        return Compared(hidden=True)
    named = [(key, curves[key]) for key in BANDS if key in curves][:MOST]
    return _compared([Group(str(BANDS[key]), curve) for key, curve in named], (), texts)


def _compared(groups: Sequence[Group], lacking: tuple[str, ...], texts: Texts) -> Compared:
    from analysis import charts

    if len(groups) < 2:
        return Compared(lacking=lacking)
    found = charts.CHARTS["growth_difference"].compute(groups)
    curves = None if found.reason else charts.restate("cohort_comparison", found, texts)
    return Compared(charts.restate("growth_difference", found, texts), curves, lacking)


def _per_cohort(
    engine: Engine, scope: Scope, grounds: Sequence[Ground], at: datetime, catalog: Catalog
) -> tuple[CohortGrowth, ...]:
    from analysis.growth import cohort_growth

    frame = _newest_line(scores(engine, scope, grounds, at, catalog))
    return tuple(cohort_growth(frame[frame["cohort"] == each.cohort.id]) for each in grounds)


def _per_band(
    engine: Engine, scope: Scope, grounds: Sequence[Ground], at: datetime, catalog: Catalog
) -> dict[str, CohortGrowth]:
    from analysis.growth import cohort_growth

    frame = _newest_line(scores(engine, scope, grounds, at, catalog))
    first = frame.groupby("person")["cohort"].transform("first")
    once = frame[frame["cohort"] == first]
    experience = {person: band for each in grounds for person, band in each.experience.items()}
    band = once["person"].map(experience)
    return {str(key): cohort_growth(part) for key, part in once.groupby(band)}


def _newest_line(frame: pd.DataFrame) -> pd.DataFrame:
    """The scores on the newest wording that any of the cohorts was asked."""
    segment = frame[f"{TOTAL}_segment"]
    newest: pd.DataFrame = frame[segment == segment.max()]
    return newest

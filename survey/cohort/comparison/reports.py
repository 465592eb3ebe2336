"""What trainers read of several cohorts at once: differences in growth, never of a cell that is too small."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from msgspec import Struct
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.clock import stamp
from survey.cohort.dashboard import store
from survey.cohort.numbers import release
from survey.cohort.numbers.reports import Answers, is_as_shown, scores
from survey.cohort.numbers.scored import Ground, ground, in_time
from survey.cohort.reader.reports import sharing
from survey.cohort.rounds import TOTAL, Cohort, asked_the_same, segments
from survey.database import Engine
from survey.questionnaire.catalog import Catalog

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts import BuiltChart
    from analysis.comparison import Group
    from analysis.growth import CohortGrowth
    from analysis.texts import Texts

ENOUGH = 8
POINT = 5  # coaches of one cohort in one round, for a point of a group over cohorts
# How long someone did this work before the programme; empty is not known.
BANDS: dict[str, LazyString] = {
    "none": _("geen ervaring vooraf"),
    "under_1": _("minder dan 1 jaar ervaring vooraf"),
    "1_to_3": _("1 tot 3 jaar ervaring vooraf"),
    "over_3": _("meer dan 3 jaar ervaring vooraf"),
    "": _("ervaring vooraf niet bekend"),
}


class Compared(Struct, frozen=True):
    """The charts of a comparison; none with fewer than two groups that have a line.

    `lacking` names the cohorts without a line of their own, `moved` those of which something was erased or
    corrected between what was shown and the first comparison. `hidden` when a cell is too small to show any.
    """

    difference: BuiltChart | None = None
    curves: BuiltChart | None = None
    lacking: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    hidden: bool = False


def of_cohorts(
    engine: Engine, scope: Scope, *, cohorts: Sequence[Cohort], at: datetime, texts: Texts, catalog: Catalog
) -> Compared:
    """These cohorts, all coaches of each, on the questions that they all were asked."""
    from analysis.comparison import Group
    from analysis.results import Reason

    look = _Look.over(engine, scope, cohorts, at, catalog)
    curves = look.kept("cohorts", _per_cohort)
    shown = [look.for_reader(curves[cohort.id], [cohort]) for cohort in cohorts]
    groups = [Group(cohort.name, curve) for cohort, curve in zip(cohorts, shown, strict=True)]
    without = {group.name: group.curve.reason for group in groups if not group.curve.points}
    moved = tuple(name for name, reason in without.items() if reason is Reason.NOT_AS_SHOWN)
    lacking = tuple(name for name in without if name not in moved)
    found = _compared([group for group in groups if group.curve.points], lacking, texts)
    return replace(found, moved=moved)


def by_experience(
    engine: Engine, scope: Scope, *, cohorts: Sequence[Cohort], at: datetime, texts: Texts, catalog: Catalog
) -> Compared:
    """All coaches of all cohorts of this trainer on one profile, by experience before the start.

    Shown only where every band, also that of whom it is not known, has a line or nobody in it, in each
    cohort apart: otherwise the small one would be what is left of the whole.
    """
    from analysis.comparison import MOST, Group

    look = _Look.over(engine, scope, cohorts, at, catalog)
    curves = look.kept("experience", _per_band)
    shown = {key: look.for_reader(curve, cohorts) for key, curve in curves.items()}
    if len(shown) < 2 or any(curve.persons < ENOUGH or not curve.points for curve in shown.values()):
        return Compared(hidden=True)
    named = [(key, shown[key]) for key in BANDS if key in shown][:MOST]
    return _compared([Group(str(BANDS[key]), curve) for key, curve in named], (), texts)


class _Look(Struct, frozen=True):
    """Who compares what which cohorts answered, and when."""

    engine: Engine
    scope: Scope
    at: datetime
    catalog: Catalog
    every: tuple[Answers, ...]

    @classmethod
    def over(
        cls, engine: Engine, scope: Scope, cohorts: Sequence[Cohort], at: datetime, catalog: Catalog
    ) -> Self:
        grounds = (ground(engine, scope, cohort, at) for cohort in cohorts)
        every = tuple(Answers(engine, scope, each, at, catalog) for each in grounds)
        return cls(engine, scope, at, catalog, every)

    @property
    def grounds(self) -> list[Ground]:
        return [each.ground for each in self.every]

    def kept(self, kind: str, make: Callable[[_Look], Mapping[str, CohortGrowth]]) -> dict[str, CohortGrowth]:
        """The curves as they were when the newest round of any of these cohorts closed."""
        from analysis.growth import CohortGrowth, settled
        from analysis.stored import read, written

        def fresh(before: Mapping[str, Any] | None) -> dict[str, Any]:
            shown = {key: read(CohortGrowth, one) for key, one in (before or {}).items()}
            found = make(self)
            new = {} if shown else self._as_shown(found)
            return {
                key: written(settled(curve, shown[key]) if key in shown else new.get(key, curve))
                for key, curve in found.items()
            }

        apart = sorted(self.grounds, key=lambda each: each.cohort.id)
        about = ":".join((kind, *(each.cohort.id for each in apart), self._items()))
        state = ":".join(each.closings for each in apart)
        asked: dict[str, Any] = {"about": about, "state": state, "at": self.at}
        found = release.released(self.engine, self.scope, **asked, make=fresh, still=self._still)
        return {key: read(CohortGrowth, one) for key, one in found.items()}

    def _as_shown(self, found: Mapping[str, CohortGrowth]) -> dict[str, CohortGrowth]:
        """Curves that are shown for the first time; none of cohorts that are not as they were shown before.

        Beside what was shown of the whole cohort, they would tell of whoever was erased since.
        """
        from analysis.growth import CohortGrowth
        from analysis.results import Reason

        same = {each.ground.cohort.id: is_as_shown(each) for each in self.every}
        of_all = all(same.values())
        return {
            key: curve
            if same.get(key, of_all)
            else CohortGrowth(curve.measure, 0, 0, (), reason=Reason.NOT_AS_SHOWN)
            for key, curve in found.items()
        }

    def for_reader(self, curve: CohortGrowth, cohorts: Sequence[Cohort]) -> CohortGrowth:
        """The curve as this reader may see it."""
        from analysis.reader import curve_for

        rows = [
            row
            for cohort in cohorts
            for row in store.handed_in(self.engine, self.scope, cohort_id=cohort.id, at=stamp(self.at))
        ]
        return curve_for(curve, sharing(rows, curve.persons))

    def _still(self) -> bool:
        return all(
            ground(self.engine, self.scope, each.cohort, self.at).state == each.state for each in self.grounds
        )

    def _items(self) -> str:
        """Tells the questions apart that these cohorts have in common: on others nothing was shown."""
        line = segments(self.catalog, in_time(self.grounds))[TOTAL][-1:]
        return sha256(" ".join(item for one in line for item in one.items).encode()).hexdigest()[:16]


def _compared(groups: Sequence[Group], lacking: tuple[str, ...], texts: Texts) -> Compared:
    from analysis import charts

    if len(groups) < 2:
        return Compared(lacking=lacking)
    found = charts.CHARTS["growth_difference"].compute(groups)
    curves = None if found.reason else charts.restate("cohort_comparison", found, texts)
    return Compared(charts.restate("growth_difference", found, texts), curves, lacking)


def _per_cohort(look: _Look) -> dict[str, CohortGrowth]:
    """A curve per cohort, on the questions of all: that of the cohort itself where it was asked no others."""
    from analysis.growth import cohort_growth

    if asked_the_same(look.catalog, [each.rounds for each in look.grounds]):
        return {each.ground.cohort.id: replace(each.curve, earlier=(), asked=None) for each in look.every}
    frame = _frame(look)
    cohorts = [each.cohort.id for each in look.grounds]
    return {cohort: cohort_growth(frame[frame["cohort"] == cohort]) for cohort in cohorts}


def _per_band(look: _Look) -> dict[str, CohortGrowth]:
    """A curve per band; none at all where a band has too few persons in one cohort, or in one of its rounds.

    Whoever lays bands and cohorts beside one another would subtract all but those few.
    """
    from analysis.growth import cohort_growth

    frame = _frame(look)
    experience = {person: band for each in look.grounds for person, band in each.experience.items()}
    seen = frame[frame[TOTAL].notna()].assign(band=lambda rows: rows["person"].map(experience))
    cells = seen.groupby(["band", "cohort"])["person"].nunique()
    points = seen.groupby(["band", "cohort", "period"])["person"].nunique()
    if (cells < ENOUGH).any() or (points < POINT).any():
        return {}
    first = frame.groupby("person")["cohort"].transform("first")
    once = frame[frame["cohort"] == first]
    band = once["person"].map(experience)
    return {str(key): cohort_growth(part) for key, part in once.groupby(band)}


def _frame(look: _Look) -> pd.DataFrame:
    return _newest_line(scores(look.every))


def _newest_line(frame: pd.DataFrame) -> pd.DataFrame:
    """The scores on the newest wording that any of the cohorts was asked."""
    segment = frame[f"{TOTAL}_segment"]
    newest: pd.DataFrame = frame[segment == segment.max()]
    return newest

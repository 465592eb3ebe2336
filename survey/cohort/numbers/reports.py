"""The numbers of one cohort, of closed rounds only, as they were when its newest one closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from survey.access.permissions import Scope
from survey.clock import stamp
from survey.cohort import store as cohorts
from survey.cohort.numbers import release, store
from survey.cohort.numbers.scored import Ground, ground, in_time
from survey.cohort.rounds import TOTAL, Cohort, Round, axis, footing, rated, segments
from survey.database import Engine
from survey.questionnaire.catalog import Catalog

if TYPE_CHECKING:
    import pandas as pd

    from analysis.distribution import Distribution
    from analysis.growth import CohortGrowth
    from analysis.tally import Share, Tally

ENOUGH = 8
LEARNING = 2  # up to this level someone explores or practises
MUCH = "much"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything about one cohort that changes only when a round closes; `latest` is the round of the rest.

    `learning`: by item, how many explore or practise it.
    """

    curve: CohortGrowth
    latest: Round | None
    spread: Distribution
    focus: Tally
    emphasis: Tally
    learning: Mapping[str, Share | None]


def numbers(engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime, catalog: Catalog) -> Numbers:
    """The numbers of a cohort as they were when its newest round closed, whatever was erased since."""
    found = ground(engine, scope, cohort, at)

    def make(before: Any) -> Any:
        return _written(_computed(engine, scope, found, at, catalog, before and _read(before, found.rounds)))

    asked = {"about": f"cohort:{cohort.id}", "state": found.closings}
    still = lambda: ground(engine, scope, cohort, at).state == found.state  # noqa: E731
    return _read(release.released(engine, scope, **asked, at=at, make=make, still=still), found.rounds)


def is_as_shown(engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime, catalog: Catalog) -> bool:
    """Whether the curve of a cohort made now has the points of the one that is kept, or is kept from now on.

    It has not when someone was erased or corrected since: what is made of now tells of whom, beside that.
    """
    shown = numbers(engine, scope, cohort=cohort, at=at, catalog=catalog).curve
    found = ground(engine, scope, cohort, at)
    made = _curve(scores(engine, scope, [found], at, catalog), found.rounds, catalog)
    return _points(made) == _points(shown)


def scores(
    engine: Engine, scope: Scope, grounds: Sequence[Ground], at: datetime, catalog: Catalog
) -> pd.DataFrame:
    """SCORES over these cohorts with a column `cohort`: on the questions that compare over all their rounds.

    Who came later stands at the months since the own start, in the round of that time, if five or more came
    together; else in the round as it was held.
    """
    import pandas as pd

    from analysis.frames import answers_frame, from_own_start
    from analysis.scoring import block_scores

    held = in_time(grounds)
    lines = segments(catalog, held)
    places = axis(held, lines)
    for each in grounds:
        for period, one in enumerate(each.rounds):
            places[one.id]["period"] = period
    answers = [
        row
        for each in grounds
        for row in cohorts.answers(engine, scope, cohort_id=each.cohort.id, at=stamp(at))
    ]
    frame = block_scores(answers_frame(rated(answers, held, places, catalog)), lines)
    cohort_of = {one.id: each.cohort.id for each in grounds for one in each.rounds}
    frame["cohort"] = frame["round"].map(cohort_of).astype("str")
    seen = frame[frame[TOTAL].notna()].groupby("round")["person"]
    who = {str(name): set(persons) for name, persons in seen}
    parts = [from_own_start(frame[frame["cohort"] == each.cohort.id], each.late(who)) for each in grounds]
    return pd.concat(parts, ignore_index=True)


def _computed(
    engine: Engine, scope: Scope, found: Ground, at: datetime, catalog: Catalog, before: Numbers | None
) -> Numbers:
    from analysis.distribution import distribution
    from analysis.growth import settled
    from analysis.tally import tally

    latest = found.newest(ENOUGH)
    frame = scores(engine, scope, [found], at, catalog)
    curve = _curve(frame, found.rounds, catalog)
    if before:
        curve = settled(curve, before.curve)
        if before.latest and (latest is None or latest.opens_at <= before.latest.opens_at):
            return replace(before, curve=curve)
    name = latest.id if latest else ""
    asked = {"round_id": name, "at": stamp(at)}
    chosen = store.focus(engine, scope, **asked)
    hours = store.emphasis(engine, scope, **asked)
    return Numbers(
        curve,
        latest,
        distribution(frame[frame["round"] == name]),
        tally(
            {row["person"] for row in chosen}, [(row["person"], row["item"]) for row in chosen if row["item"]]
        ),
        tally(
            {row["person"] for row in hours},
            [(row["person"], row["task"]) for row in hours if row["emphasis"] == MUCH],
        ),
        _learning(engine, scope, found, at, catalog),
    )


def _written(numbers: Numbers) -> dict[str, Any]:
    from analysis.stored import written

    parts = ("curve", "spread", "focus", "emphasis")
    learning = {item: one and written(one) for item, one in numbers.learning.items()}
    latest = numbers.latest.id if numbers.latest else None
    return {name: written(getattr(numbers, name)) for name in parts} | {
        "learning": learning,
        "latest": latest,
    }


def _read(raw: Mapping[str, Any], rounds: Sequence[Round]) -> Numbers:
    from analysis.distribution import Distribution
    from analysis.growth import CohortGrowth
    from analysis.stored import read
    from analysis.tally import Share, Tally

    return Numbers(
        read(CohortGrowth, raw["curve"]),
        next((one for one in rounds if one.id == raw["latest"]), None),
        read(Distribution, raw["spread"]),
        read(Tally, raw["focus"]),
        read(Tally, raw["emphasis"]),
        {item: one and read(Share, one) for item, one in raw["learning"].items()},
    )


def _points(curve: CohortGrowth) -> list[tuple[int, int, float]]:
    every = [point for line in (*curve.earlier, curve) for point in line.points]
    return [(point.period, point.persons, round(point.raw, 6)) for point in every]


def _curve(frame: pd.DataFrame, rounds: Sequence[Round], catalog: Catalog) -> CohortGrowth:
    """The curve of the newest line, with those before it."""
    from analysis.frames import by_line
    from analysis.growth import cohort_growth
    from analysis.results import Asked

    if not rounds:
        return cohort_growth(frame)
    lines = by_line(frame, TOTAL) or [frame]
    *earlier, curve = (cohort_growth(line) for line in lines)
    asked = Asked(*footing(catalog, rounds, segments(catalog, rounds)[TOTAL][-1]))
    return replace(curve, earlier=tuple(line for line in earlier if line.points), asked=asked)


def _learning(
    engine: Engine, scope: Scope, found: Ground, at: datetime, catalog: Catalog
) -> dict[str, Share | None]:
    """Of whoever answered an item in its own wording, how many explore or practise it."""
    from analysis.tally import share

    latest = found.newest(ENOUGH)
    if latest is None:
        return {}
    items = catalog.get(latest.form, latest.version).items
    levels: dict[tuple[str, str], list[int]] = {
        (item.key, catalog.item_version(latest.form, latest.version, item.key)): [] for item in items
    }
    for row in cohorts.answers(engine, scope, cohort_id=found.cohort.id, at=stamp(at)):
        place = row["item"], row["item_version"]
        if row["round"] == latest.id and row["value"] is not None and place in levels:
            levels[place].append(row["value"])
    return {
        item: share(len(given), sum(level <= LEARNING for level in given))
        for (item, _wording), given in levels.items()
    }

"""The numbers of one cohort, of closed rounds only, as they were when its newest one closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

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


class Numbers(Struct, frozen=True):
    """Everything about one cohort that changes only when a round closes; `latest` is the round of the rest.

    `learning`: by item, how many explore or practise it.
    """

    curve: CohortGrowth
    latest: Round | None
    spread: Distribution
    focus: Tally
    emphasis: Tally
    learning: Mapping[str, Share | None]


class Answers(Struct, frozen=True, dict=True):
    """What a cohort answered in its closed rounds: read once, however many numbers are made of it."""

    engine: Engine
    scope: Scope
    ground: Ground
    at: datetime
    catalog: Catalog

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The answers as an ANSWERS frame; periods count the rounds of this cohort."""
        from analysis.frames import answers_frame

        rounds = self.ground.rounds
        found = cohorts.answers(self.engine, self.scope, cohort_id=self.ground.cohort.id, at=stamp(self.at))
        return answers_frame(rated(found, rounds, axis(rounds, {}), self.catalog))

    @cached_property
    def scores(self) -> pd.DataFrame:
        """The answers as scores on the questions that compare over the rounds of this cohort."""
        return scores([self])

    @cached_property
    def curve(self) -> CohortGrowth:
        """The curve of the newest line, with those before it, whatever was shown of it."""
        return _curve(self.scores, self.ground.rounds, self.catalog)


def numbers(engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime, catalog: Catalog) -> Numbers:
    """The numbers of a cohort as they were when its newest round closed, whatever was erased since."""
    return _numbers(Answers(engine, scope, ground(engine, scope, cohort, at), at, catalog))


def is_as_shown(answers: Answers) -> bool:
    """Whether the curve of a cohort made now has the points of the one that is kept, or is kept from now on.

    It has not when someone was erased or corrected since: what is made of now tells of whom, beside that.
    """
    return _points(answers.curve) == _points(_numbers(answers).curve)


def scores(every: Sequence[Answers]) -> pd.DataFrame:
    """SCORES over these cohorts with a column `cohort`: on the questions that compare over all their rounds.

    Who came later stands at the months since the own start, in the round of that time, if five or more came
    together; else in the round as it was held. Raises ValueError without any cohort.
    """
    import pandas as pd

    from analysis.frames import from_own_start
    from analysis.scoring import block_scores

    grounds = [each.ground for each in every]
    lines = segments(every[0].catalog, in_time(grounds))
    frame = block_scores(pd.concat([each.frame for each in every], ignore_index=True), lines)
    cohort_of = {one.id: each.cohort.id for each in grounds for one in each.rounds}
    frame["cohort"] = frame["round"].map(cohort_of).astype("str")
    seen = frame[frame[TOTAL].notna()].groupby("round")["person"]
    who = {str(name): set(persons) for name, persons in seen}
    parts = [from_own_start(frame[frame["cohort"] == each.cohort.id], each.late(who)) for each in grounds]
    return pd.concat(parts, ignore_index=True)


def _numbers(answers: Answers) -> Numbers:
    engine, scope, found, at = answers.engine, answers.scope, answers.ground, answers.at

    def make(before: Any) -> Any:
        return _written(_computed(answers, before and _read(before, found.rounds)))

    asked = {"about": f"cohort:{found.cohort.id}", "state": found.closings}
    still = lambda: ground(engine, scope, found.cohort, at).state == found.state  # noqa: E731
    return _read(release.released(engine, scope, **asked, at=at, make=make, still=still), found.rounds)


def _computed(answers: Answers, before: Numbers | None) -> Numbers:
    from analysis.distribution import distribution
    from analysis.growth import settled
    from analysis.tally import tally

    latest, curve = answers.ground.newest(ENOUGH), answers.curve
    if before:
        curve = settled(curve, before.curve)
        if before.latest and (latest is None or latest.opens_at <= before.latest.opens_at):
            return replace(before, curve=curve)
    name = latest.id if latest else ""
    asked = {"round_id": name, "at": stamp(answers.at)}
    chosen = store.focus(answers.engine, answers.scope, **asked)
    hours = store.emphasis(answers.engine, answers.scope, **asked)
    return Numbers(
        curve,
        latest,
        distribution(answers.scores[answers.scores["round"] == name]),
        tally(
            {row["person"] for row in chosen}, [(row["person"], row["item"]) for row in chosen if row["item"]]
        ),
        tally(
            {row["person"] for row in hours},
            [(row["person"], row["task"]) for row in hours if row["emphasis"] == MUCH],
        ),
        _learning(answers, latest),
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


def _learning(answers: Answers, latest: Round | None) -> dict[str, Share | None]:
    """Of whoever answered an item in its own wording, how many explore or practise it."""
    from analysis.tally import share

    if latest is None:
        return {}
    given = answers.frame[(answers.frame["round"] == latest.id) & answers.frame["value"].notna()]
    levels = given.groupby("item")["value"]
    counts = {str(item): (len(found), int((found <= LEARNING).sum())) for item, found in levels}
    items = answers.catalog.get(latest.form, latest.version).items
    return {item.key: share(*counts.get(item.key, (0, 0))) for item in items}

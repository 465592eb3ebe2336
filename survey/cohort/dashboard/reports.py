"""What trainers read of cohorts: growth, where coaches stand, what they chose; closed rounds only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from survey.access.permissions import Scope
from survey.clock import local_day, stamp
from survey.cohort import store as cohorts
from survey.cohort.dashboard import release, store
from survey.cohort.dashboard.scored import Ground, ground, in_time
from survey.cohort.reader.reports import shown
from survey.cohort.rounds import DAYS_IN_A_MONTH, TOTAL, Cohort, Round, axis, footing, rated, segments
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts import BuiltChart
    from analysis.distribution import Distribution
    from analysis.growth import CohortGrowth, Event
    from analysis.tally import Share, Tally
    from analysis.texts import Texts

ENOUGH = 8
LEARNING = 2  # up to this level someone explores or practises
MUCH = "much"
MOST_THEMES = 4


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


@dataclass(frozen=True, slots=True)
class Theme:
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


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The charts of one cohort in words; `latest` is the day of the round that all but growth is about."""

    growth: BuiltChart
    spread: BuiltChart
    focus: BuiltChart
    hours: BuiltChart | None
    themes: tuple[Theme, ...]
    latest: date | None


def forget_fits() -> None:
    """Fit again at the next question what is not kept: for measurements and tests."""
    release.forget()


def numbers(engine: Engine, scope: Scope, *, cohort: Cohort, at: datetime, catalog: Catalog) -> Numbers:
    """The numbers of a cohort as they were when its newest round closed, whatever was erased since."""
    found = ground(engine, scope, cohort, at)

    def make(before: Any) -> Any:
        return _written(_computed(engine, scope, found, at, catalog, before and _read(before, found.rounds)))

    asked = {"about": f"cohort:{cohort.id}", "state": found.closings}
    still = lambda: ground(engine, scope, cohort, at).state == found.state  # noqa: E731
    return _read(release.released(engine, scope, **asked, at=at, make=make, still=still), found.rounds)


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

"""Scores of one coach over rounds, the SEM that goes with them, and what all pairs of rounds say about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from survey.access.permissions import Scope
from survey.clock import moment, stamp
from survey.cohort.reports import Round, Segment, axis, rated, segments
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.reflection import reading
from survey.reflection import store as reflections
from survey.reflection.bands import store
from survey.reflection.bands.calibration import PAIRS_NEEDED, Calibration, is_too_soon
from survey.reflection.reading import Standing

if TYPE_CHECKING:
    import pandas as pd

    from analysis.change import Sem


@dataclass(frozen=True)
class Scored:
    """The submitted rounds, oldest first, a SCORES frame of them, and the items on each line of a measure.

    `places`: where each round stands, also one that was not filled in.
    """

    rounds: Sequence[Round]
    frame: pd.DataFrame
    lines: Mapping[str, Sequence[Segment]]
    places: Mapping[str, dict[str, Any]]

    @property
    def items(self) -> dict[str, list[int]]:
        """By measure: how many items are behind it on each of its lines."""
        return {measure: [len(one.items) for one in found] for measure, found in self.lines.items()}


def scored(engine: Engine, scope: Scope, rounds: Sequence[Standing], *, catalog: Catalog) -> Scored:
    """The scores of one coach over these rounds on one profile, oldest first."""
    from analysis.frames import answers_frame
    from analysis.scoring import block_scores

    filled = [one.round for one in rounds if one.submitted]
    lines = segments(catalog, filled)
    places = axis((one.round for one in rounds), lines)
    answers = (
        {**row, "person": scope.person_id, "round": row["round_id"]}
        for row in reflections.submitted_answers(engine, scope=scope)
    )
    frame = block_scores(answers_frame(rated(answers, filled, places, catalog)), lines)
    return Scored(filled, frame, lines, places)


def own_sem(engine: Engine, profile: str, *, at: datetime) -> dict[str, Sem]:
    """By measure: the SEM that the programme's own answers gave, as it held at that moment; else none."""
    from analysis.change import Sem

    rows = store.in_force(engine, profile, at=stamp(at))
    return {row["measure"]: Sem(row["value"], row["pairs"], row["items"]) for row in rows}


def calibrations(engine: Engine, *, catalog: Catalog, at: datetime) -> list[Calibration]:
    """For each profile with pairs, and each measure: what all pairs of closed rounds so far lead to."""
    import pandas as pd

    from analysis.change import sem_within

    frames: dict[str, list[pd.DataFrame]] = {}
    for profile, frame in _of_everybody(engine, catalog, at):
        frames.setdefault(profile, []).append(frame)
    return [
        _calibration(engine, profile, measure, sem, at)
        for profile, found in sorted(frames.items())
        for measure, sem in sem_within(pd.concat(found, ignore_index=True)).items()
    ]


def _of_everybody(engine: Engine, catalog: Catalog, at: datetime) -> Iterator[tuple[str, pd.DataFrame]]:
    """By profile and person: the scores in closed rounds, with the number of items behind them."""
    from analysis.frames import ITEMS, SEGMENTS

    for row in store.who_submitted(engine):
        scope = Scope(row["person_id"], "", frozenset())
        held = [one for one in reading.standings(engine, scope=scope, at=at) if not one.is_open][::-1]
        for profile in {one.round.profile for one in held if one.submitted}:
            of_profile = [one for one in held if one.round.profile == profile]
            found = scored(engine, scope, of_profile, catalog=catalog)
            behind = {
                ITEMS[measure]: [items[place] for place in found.frame[SEGMENTS[measure]]]
                for measure, items in found.items.items()
            }
            yield profile, found.frame.assign(**behind)


def _calibration(engine: Engine, profile: str, measure: str, found: Sem, at: datetime) -> Calibration:
    from analysis.change import SEM_DEFAULTS, sem_for

    rows = [row for row in store.in_force(engine, profile, at=stamp(at)) if row["measure"] == measure]
    newest = rows[-1] if rows else None
    since = moment(newest["valid_from"]) if newest else None
    published = sem_for(measure, found.items) if found.items else SEM_DEFAULTS[measure]
    value, too_soon = round(found.value, 3), is_too_soon(since, at)
    return Calibration(
        profile,
        measure,
        version=newest["version"] if newest else 1,
        old=newest["value"] if newest else published.value,
        pairs=found.pairs,
        items=found.items,
        since=since,
        new=value if found.pairs >= PAIRS_NEEDED and value > 0 and not too_soon else None,
        is_too_soon=too_soon,
    )

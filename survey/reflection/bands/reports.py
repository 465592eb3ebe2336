"""Scores of coaches over rounds, the SEM that goes with them, and what all pairs of rounds say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import moment, stamp
from survey.cohort.reports import Round, Segment, axis, rated, segments
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog
from survey.reflection import reading
from survey.reflection import store as reflections
from survey.reflection.bands import store
from survey.reflection.bands.calibration import PAIRS_NEEDED, Calibration, is_too_soon

if TYPE_CHECKING:
    import pandas as pd

    from analysis.change import Sem


Rounds = tuple[Round, ...]


class Scored(Struct, frozen=True):
    """A SCORES frame, the items on each line of a measure, and where each round stands, filled in or not."""

    frame: pd.DataFrame
    lines: Mapping[str, Sequence[Segment]]
    places: Mapping[str, dict[str, Any]]

    @property
    def items(self) -> dict[str, list[int]]:
        """By measure: how many items are behind it on each of its lines."""
        return {measure: [len(one.items) for one in found] for measure, found in self.lines.items()}


def scored(
    rounds: Sequence[Round], filled: Sequence[Round], answers: Iterable[Row], *, catalog: Catalog
) -> Scored:
    """The scores of coaches who filled in these of these rounds on one profile, all oldest first."""
    from analysis.frames import answers_frame
    from analysis.scoring import block_scores

    lines = segments(catalog, filled)
    places = axis(rounds, lines)
    frame = block_scores(answers_frame(rated(answers, filled, places, catalog)), lines)
    return Scored(frame, lines, places)


def answers_of(engine: Engine, scope: Scope) -> Iterator[Row]:
    """Whatever this coach submitted, as the rows that scores are made of."""
    for row in reflections.submitted_answers(engine, scope=scope):
        yield {**row, "person": scope.person_id, "round": row["round_id"]}


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
    for (held, filled), coaches in _by_rounds(engine, at).items():
        answers = (row for scope in coaches for row in answers_of(engine, scope))
        found = scored(held, filled, answers, catalog=catalog)
        frames.setdefault(filled[0].profile, []).append(_with_items(found))
    return [
        _calibration(engine, profile, measure, sem, at)
        for profile, parts in sorted(frames.items())
        for measure, sem in sem_within(pd.concat(parts, ignore_index=True)).items()
    ]


def _by_rounds(engine: Engine, at: datetime) -> dict[tuple[Rounds, Rounds], list[Scope]]:
    """Everybody, by the closed rounds on one profile that asked them and those that they filled in."""
    found: dict[tuple[Rounds, Rounds], list[Scope]] = {}
    for row in store.who_submitted(engine):
        scope = Scope(row["person_id"], "", frozenset())
        held = [one for one in reading.standings(engine, scope=scope, at=at) if not one.is_open][::-1]
        for profile in {one.round.profile for one in held if one.submitted}:
            asked = [one for one in held if one.round.profile == profile]
            filled = tuple(one.round for one in asked if one.submitted)
            found.setdefault((tuple(one.round for one in asked), filled), []).append(scope)
    return found


def _with_items(found: Scored) -> pd.DataFrame:
    """The scores with how many items are behind each."""
    from analysis.frames import ITEMS, SEGMENTS

    behind = {
        ITEMS[measure]: [items[place] for place in found.frame[SEGMENTS[measure]]]
        for measure, items in found.items.items()
    }
    return found.frame.assign(**behind)


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

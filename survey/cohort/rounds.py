"""When a round is open, whom it asks, what compares over rounds; pure rules, no database, no request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple, Self

from msgspec import Struct

from survey.clock import is_midnight, last_day, local_day, moment
from survey.database import Row
from survey.questionnaire.catalog import Catalog

DAYS_IN_A_MONTH = 365.25 / 12
TOTAL: Final = "total"

Question = tuple[str, str, str]
"""An item by its form, its key and its anchor: equal questions have answers that compare."""


class Cohort(Struct, frozen=True):
    """One cohort as who trains it, or plans for it, knows it."""

    id: str
    name: str
    profile: str
    started_on: date

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(row["id"], row["name"], row["profile"], date.fromisoformat(row["started_on"]))


class Round(Struct, frozen=True):
    """One measuring round of a cohort, as seen by a coach in it."""

    id: str
    form: str
    version: str
    opens_at: datetime
    closes_at: datetime
    started_on: date

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(
            id=row["id"],
            form=row["form"],
            version=row["version"],
            opens_at=moment(row["opens_at"]),
            closes_at=moment(row["closes_at"]),
            started_on=date.fromisoformat(row["started_on"]),
        )

    @property
    def profile(self) -> str:
        """The profile whose competencies it asks about: rounds on one profile make a line, and no others."""
        return self.form.removeprefix("reflection-")

    def is_open(self, at: datetime) -> bool:
        """Open from the opening moment up to, and not at, the closing moment."""
        return self.opens_at <= at < self.closes_at

    def has_opened(self, at: datetime) -> bool:
        return self.opens_at <= at

    @property
    def closes_at_midnight(self) -> bool:
        """Whether people can say "up to and including" the last day."""
        return is_midnight(self.closes_at)

    @property
    def last_day(self) -> date:
        """The last day that takes answers."""
        return last_day(self.closes_at)

    @property
    def day(self) -> date:
        """The day it opens, in the Netherlands: memberships are counted in days."""
        return local_day(self.opens_at)


class Segment(NamedTuple):
    """Rounds in a row of which the answers on a measure compare, and the items that they share."""

    rounds: tuple[str, ...]
    items: tuple[str, ...]


def asked(row: Row) -> bool:
    """Whether a member since `since`, perhaps until `until`, takes part in the round of this row.

    Who joins later is asked from the next round on; who has left before the opening day is not asked.
    """
    opening_day = local_day(row["opens_at"]).isoformat()
    return bool(row["since"] <= opening_day and (row["until"] is None or opening_day <= row["until"]))


def due(row: Row) -> bool:
    """Whether someone this round asked can submit it, could when it closed, or did."""
    gone = row["left_at"] is not None and row["left_at"] < row["closes_at"]
    return asked(row) and (bool(row["submitted"]) or not gone)


def segments(catalog: Catalog, rounds: Sequence[Round]) -> dict[str, tuple[Segment, ...]]:
    """By measure, each block and the total: the lines that these rounds, oldest first, make.

    A line goes on while at least half of the items of its block compare over all of its rounds; then it
    breaks and a new one begins. The line of the total breaks with that of any block.
    """
    asked = [_asked_by_block(catalog, one) for one in rounds]
    blocks = [*dict.fromkeys(block for by_block in reversed(asked) for block in by_block)]
    questions = {block: [by_block.get(block, frozenset()) for by_block in asked] for block in blocks}
    starts = {block: _starts(questions[block]) for block in blocks}
    questions[TOTAL] = [frozenset[Question]().union(*by_block.values()) for by_block in asked]
    starts[TOTAL] = sorted({start for of_block in starts.values() for start in of_block})
    return {measure: _cut(rounds, questions[measure], starts[measure]) for measure in (*blocks, TOTAL)}


def asked_the_same(catalog: Catalog, cohorts: Sequence[Sequence[Round]]) -> bool:
    """Whether the newest line of the total over all these rounds is for each cohort the newest of its own."""
    every = sorted(chain.from_iterable(cohorts), key=lambda one: one.opens_at)
    together = segments(catalog, every)[TOTAL][-1:]
    return all(segments(catalog, held)[TOTAL][-1:] == _of(held, together) for held in cohorts)


def _of(held: Sequence[Round], lines: Sequence[Segment]) -> tuple[Segment, ...]:
    return tuple(
        Segment(tuple(one.id for one in held if one.id in line.rounds), line.items) for line in lines
    )


def _asked_by_block(catalog: Catalog, one: Round) -> dict[str, frozenset[Question]]:
    by_block = catalog.get(one.form, one.version).items_by_block
    return {
        block: frozenset((one.form, item, catalog.anchor(one.form, one.version, item)) for item in items)
        for block, items in by_block.items()
    }


def _starts(questions: Sequence[frozenset[Question]]) -> list[int]:
    """The places where a line begins: where fewer than half of what it asked would still compare."""
    starts, common, most = list[int](), frozenset[Question](), 0
    for place, asked in enumerate(questions):
        common, most = common & asked, max(most, len(asked))
        if not starts or 2 * len(common) < most:
            starts.append(place)
            common, most = asked, len(asked)
    return starts


def _cut(
    rounds: Sequence[Round], questions: Sequence[frozenset[Question]], starts: Sequence[int]
) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            tuple(one.id for one in rounds[start:end]),
            tuple(sorted(item for _, item, _ in frozenset.intersection(*questions[start:end]))),
        )
        for start, end in pairwise((*starts, len(rounds)))
    )


def footing(catalog: Catalog, rounds: Iterable[Round], line: Segment) -> tuple[tuple[str, ...], int, int]:
    """What a footer names of a line: its versions, the items they share, and all items of the newest."""
    on_it = [one for one in rounds if one.id in line.rounds]
    newest = catalog.get(on_it[-1].form, on_it[-1].version)
    return tuple(dict.fromkeys(one.version for one in on_it)), len(line.items), len(newest.items)


def axis(rounds: Iterable[Round], lines: Mapping[str, Sequence[Segment]]) -> dict[str, dict[str, Any]]:
    """Where each of these rounds, oldest first, stands in time and on each line: by its key, as in a frame.

    A round without answers belongs to the line that was running.
    """
    begins = {(measure, one.rounds[0]): n for measure, found in lines.items() for n, one in enumerate(found)}
    now = dict.fromkeys(lines, 0)
    places = {}
    for period, one in enumerate(rounds):
        now = {measure: begins.get((measure, one.id), n) for measure, n in now.items()}
        places[one.id] = {
            "round": one.id,
            "moment": one.day,
            "period": period,
            "months": (one.day - one.started_on).days / DAYS_IN_A_MONTH,
            **{f"{measure}_segment": n for measure, n in now.items()},
        }
    return places


def rated(
    rows: Iterable[Row], rounds: Iterable[Round], places: Mapping[str, Any], catalog: Catalog
) -> Iterator[dict[str, Any]]:
    """The answers in these rounds by block, each at the place of its round, as rows of an answers frame.

    Whoever got the old wording of an item in a transition round answered another question: that stays out.
    """
    asked = {
        (one.id, item, catalog.item_version(one.form, one.version, item)): {
            **places[one.id],
            "block": block,
            "anchor": catalog.anchor(one.form, one.version, item),
        }
        for one in rounds
        for block, items in catalog.get(one.form, one.version).items_by_block.items()
        for item in items
    }
    for row in rows:
        if place := asked.get((row["round"], row["item"], row["item_version"])):
            yield {**row, **place}

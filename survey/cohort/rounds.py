"""When a round is open, whom it asks, what compares over rounds; pure rules, no database, no request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from survey.clock import HOME, local_day, moment
from survey.database import Row
from survey.questionnaire.catalog import Catalog

DAYS_IN_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Round:
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
        return self.closes_at.astimezone(HOME).time() == time.min

    @property
    def last_day(self) -> date:
        return last_day(self.closes_at)

    @property
    def day(self) -> date:
        """The day it opens, in the Netherlands: memberships are counted in days."""
        return local_day(self.opens_at)


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


def last_day(closes_at: datetime) -> date:
    """The last day that takes answers."""
    return local_day(closes_at - timedelta(seconds=1))


def axis(rounds: Iterable[Round]) -> dict[str, dict[str, Any]]:
    """Where each of these rounds, oldest first, stands in time: by its key, as a frame names it."""
    return {
        one.id: {
            "round": one.id,
            "moment": one.day,
            "period": period,
            "months": (one.day - one.started_on).days / DAYS_IN_A_MONTH,
        }
        for period, one in enumerate(rounds)
    }


def common_items(catalog: Catalog, rounds: Sequence[Round]) -> dict[str, list[str]]:
    """By block of the newest form: the items that compare over all these rounds, oldest first."""
    if not rounds:
        return {}
    common = catalog.common_items((one.form, one.version) for one in rounds)
    newest = catalog.get(rounds[-1].form, rounds[-1].version)
    return {
        block: [item for item in items if item in common] for block, items in newest.items_by_block.items()
    }


def rated(
    rows: Iterable[Row], items: Mapping[str, Sequence[str]], places: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """The answers to these items by block, each at the place of its round, as rows of an answers frame."""
    block_of = {item: block for block, members in items.items() for item in members}
    for row in rows:
        if row["item"] in block_of and row["round"] in places:
            yield {**row, **places[row["round"]], "block": block_of[row["item"]]}

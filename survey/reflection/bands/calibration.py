"""What the programme's own pairs of rounds say about the SEM of one measure on one profile."""

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from survey.clock import stamp
from survey.database import Row

YEAR = timedelta(days=365)
PAIRS_NEEDED = 100


class Calibration(Struct, frozen=True):
    """The SEM in force and, in `new`, the one that the pairs of consecutive rounds lead to.

    `since` is None for the published one, version 1. `new` is None where there are too few pairs, where all
    of them differ by as much, and where the one in force is not a year old: `is_too_soon`.
    """

    profile: str
    measure: str
    version: int
    old: float
    pairs: int
    items: int
    since: datetime | None = None
    new: float | None = None
    is_too_soon: bool = False

    def as_row(self, at: datetime) -> Row:
        """The new version as it is stored, valid for rounds that open from then on."""
        row: dict[str, Any] = {"profile": self.profile, "measure": self.measure, "version": self.version + 1}
        return row | {"value": self.new, "pairs": self.pairs, "items": self.items, "valid_from": stamp(at)}


def is_too_soon(since: datetime | None, at: datetime) -> bool:
    """Whether a version in force since then was made less than a year ago."""
    return since is not None and at < since + YEAR

"""What every statistic hands back: a value with its interval and n, or the reason why there is none."""

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct


class Reason(StrEnum):
    """Why a result is withheld; the screen turns it into a sentence."""

    FEW_ROUNDS = "few_rounds"
    FEW_COACHES = "few_coaches"
    FEW_OTHERS = "few_others"
    FEW_PAIRS = "few_pairs"
    FEW_MONTHS = "few_months"
    FEW_CHECKS = "few_checks"
    FEW_RATERS = "few_raters"
    NOT_AS_SHOWN = "not_as_shown"


class Estimate(Struct, frozen=True):
    """A value with its interval, the persons and answers (person-rounds) behind it, and the method."""

    value: float
    low: float
    high: float
    n_persons: int
    n_answers: int
    method: str

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


class Asked(NamedTuple):
    """The versions of the form, oldest first, and how many of the items of the newest kept their wording."""

    versions: tuple[str, ...]
    same: int
    number: int

"""The rules behind hints: what in the checks of one person asks to be talked about. Pure, numbers only.

A check is the sum of its items, 0..16, and its lowest item, 0..4. The rules look at one person and one
family of checks in the order of time; only checks that asked the same are handed in together. A hint
depends on the checks before it alone, so a later check never changes an earlier hint; the next two
decide its outcome.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import takewhile
from typing import Final, Literal, TypeVar

from msgspec import Struct

LOW: Final = 1  # an item this low, or lower, is a point to talk about
TOP: Final = 4  # the highest answer of every item
IN_A_ROW: Final = 4  # checks all at the top before the ceiling is noticed
MOVES_AFTER: Final = 4  # checks before anything is said about movement
UNANSWERED: Final = 2  # planned checks without an answer before silence is noticed
DECIDE: Final = 2  # checks after a hint that decide its outcome
FIRST: Final = 2  # checks that make the start of a wellbeing series

Kind = Literal["relationship", "wellbeing"]
T = TypeVar("T")


class Rule(StrEnum):
    """The rules, the one that asks most first."""

    U_B = "u_b"
    W_B = "w_b"
    W_A = "w_a"
    U_A = "u_a"
    U_D = "u_d"
    U_C = "u_c"
    CEILING = "ceiling"
    SILENCE = "silence"


class Outcome(StrEnum):
    """What the next two checks said."""

    RECOVERED = "recovered"
    NOT_RECOVERED = "not_recovered"


class Thresholds(Struct, frozen=True):
    """How far below the usual sum is noticed: after one earlier check, and after more.

    Wellbeing always looks back at the mean of the first two checks and uses `threshold` alone.
    """

    after_one: int
    threshold: int


class Seen(Struct, frozen=True):
    """One check: when, the sum, the lowest item, and the thresholds that were in force then."""

    key: str
    at: datetime
    total: int
    lowest: int
    thresholds: Thresholds


class Usual(Struct, frozen=True):
    """What a check is compared with: the sum over a number of earlier checks. Whole numbers, so exact."""

    total: int
    checks: int

    @property
    def mean(self) -> float:
        """Their mean."""
        return self.total / self.checks

    def drops(self, total: int, threshold: int) -> bool:
        """Whether mean - total ≥ threshold."""
        return self.total - total * self.checks >= threshold * self.checks


class Found(Struct, frozen=True):
    """One hint: the rule, the check it stands on, its sum, what it was compared with, and the outcome."""

    rule: Rule
    key: str
    total: int | None = None
    usual: Usual | None = None
    threshold: int | None = None
    outcome: Outcome | None = None


class Ask(Struct, frozen=True):
    """One planned check that is over: when it was asked, and whether it was answered."""

    key: str
    at: datetime
    is_answered: bool


def hints(kind: Kind, checks: Iterable[Seen]) -> list[Found]:
    """Every hint in the checks of one person and one family, oldest first.

    S is the sum of a check, `earlier` all checks before it, `first` the first two:
    W-a: an item ≤ 1. W-b: mean(earlier) - S ≥ after_one with one earlier check, ≥ threshold with more.
    U-a: mean(first) - S ≥ threshold. U-b: U-a at this check and at the one before.
    U-c: from the fourth check on, mean(last two) ≤ mean(first), and not so one check before.
    U-d: mean(first) < threshold, at the second check: no sum lies that far below, so by this threshold
    neither U-a nor U-b can fire.
    Ceiling: the fourth check in a row with every item at the top.
    """
    line = sorted(checks, key=lambda check: (check.at, check.key))
    rules = _RULES[kind]
    return [
        _found(kind, rule, line, at) for at in range(len(line)) for rule, fires in rules if fires(line, at)
    ]


def silences(asks: Iterable[Ask]) -> list[Found]:
    """Where a second planned check in a row stayed unanswered; an answer among the next two is recovery."""
    line = sorted(asks, key=lambda ask: (ask.at, ask.key))
    return [
        Found(Rule.SILENCE, line[at].key, outcome=_decided([ask.is_answered for ask in _next(line, at)]))
        for at in range(len(line))
        if _run_until(line, at, lambda ask: not ask.is_answered) == UNANSWERED
    ]


Line = Sequence[Seen]


def _w_a(line: Line, at: int) -> bool:
    return line[at].lowest <= LOW


def _w_b(line: Line, at: int) -> bool:
    usual = _before(line, at)
    return usual is not None and usual.drops(line[at].total, _threshold("relationship", line, at))


def _u_a(line: Line, at: int) -> bool:
    return at >= FIRST and _start(line).drops(line[at].total, line[at].thresholds.threshold)


def _u_b(line: Line, at: int) -> bool:
    return _u_a(line, at) and _u_a(line, at - 1)


def _u_c(line: Line, at: int) -> bool:
    return _still(line, at) and not _still(line, at - 1)


def _still(line: Line, at: int) -> bool:
    if at + 1 < MOVES_AFTER:
        return False
    return line[at - 1].total + line[at].total <= _start(line).total


def _u_d(line: Line, at: int) -> bool:
    return at + 1 == FIRST and _start(line).total < line[at].thresholds.threshold * FIRST


def _ceiling(line: Line, at: int) -> bool:
    return _run_until(line, at, lambda check: check.lowest == TOP) == IN_A_ROW


_RULES: Final[dict[Kind, tuple[tuple[Rule, Callable[[Line, int], bool]], ...]]] = {
    "relationship": ((Rule.W_B, _w_b), (Rule.W_A, _w_a), (Rule.CEILING, _ceiling)),
    "wellbeing": (
        (Rule.U_B, _u_b),
        (Rule.U_A, _u_a),
        (Rule.U_D, _u_d),
        (Rule.U_C, _u_c),
        (Rule.CEILING, _ceiling),
    ),
}


def _found(kind: Kind, rule: Rule, line: Line, at: int) -> Found:
    usual = _before(line, at) if kind == "relationship" else _start(line[: at + 1])
    threshold = _threshold(kind, line, at)
    return Found(
        rule, line[at].key, line[at].total, usual, threshold, _outcome(rule, line, at, usual, threshold)
    )


def _outcome(rule: Rule, line: Line, at: int, usual: Usual | None, threshold: int) -> Outcome | None:
    """Recovered by the first of the next two checks that is usual again; W-a also asks for no low item.

    The measure is the mean before the hint. U-c, U-d and the ceiling are an invitation to talk: whether
    later sums are higher says nothing about that, and of a low start chance alone makes them higher.
    """
    if rule in {Rule.U_C, Rule.U_D, Rule.CEILING}:
        return None
    return _decided(
        [
            (usual is None or not usual.drops(check.total, threshold))
            and (rule is not Rule.W_A or check.lowest > LOW)
            for check in _next(line, at)
        ]
    )


def _decided(fine: Sequence[bool]) -> Outcome | None:
    if any(fine):
        return Outcome.RECOVERED
    return Outcome.NOT_RECOVERED if len(fine) == DECIDE else None


def _next(line: Sequence[T], at: int) -> Sequence[T]:
    return line[at + 1 : at + 1 + DECIDE]


def _before(line: Line, at: int) -> Usual | None:
    return Usual(sum(check.total for check in line[:at]), at) if at else None


def _start(line: Line) -> Usual:
    first = line[:FIRST]
    return Usual(sum(check.total for check in first), len(first))


def _threshold(kind: Kind, line: Line, at: int) -> int:
    thresholds = line[at].thresholds
    return thresholds.after_one if kind == "relationship" and at == 1 else thresholds.threshold


def _run_until(line: Sequence[T], at: int, holds: Callable[[T], bool]) -> int:
    """How many in a row, up to and with this one, it holds for."""
    return sum(1 for _ in takewhile(holds, reversed(line[: at + 1])))

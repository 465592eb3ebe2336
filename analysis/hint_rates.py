"""How often hints come by chance when nothing changes, and what they catch, in simulated answers.

A drop goes so far that the mean sum becomes the one named. Numbers only.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from analysis.answer_model import DROPS_AT, ITEMS, Answers, Model, Sums, answers, lowered, sums_of, with_sd
from analysis.hints import FIRST, IN_A_ROW, LOW, MOVES_AFTER, TOP, Kind, Rule, Thresholds

Flags = NDArray[np.bool_]

USUAL_RATE: Final = 1 / 16  # how often by chance a threshold may be passed; nearest wins
RANGES: Final[Mapping[Kind, range]] = {"relationship": range(3, 6), "wellbeing": range(4, 8)}
ITEM_RANGE: Final = range(1, TOP + 1)
BY_LEVEL: Final = (Rule.W_A, Rule.U_C, Rule.U_D, Rule.CEILING)  # ask how high answers lie, not how they vary


class Drops(Struct, frozen=True):
    """The mean sums after the drops that are looked for; wellbeing has a deep one beside it."""

    to: float
    deep: float | None = None


class Estimate(Struct, frozen=True):
    """What follows from one within-person SD: thresholds of the sum and of one item, and the rates."""

    thresholds: Thresholds
    items: Thresholds
    rates: Mapping[str, float]


def flags(kind: Kind, found: Answers, thresholds: Thresholds) -> dict[Rule, Flags]:
    """Where each rule of `analysis.hints` fires, of shape (cases, talks): the same rules, many at once."""
    sums, top = sums_of(found), ~_any(found < TOP, axis=2)
    ceiling = _run_ends(top, IN_A_ROW)
    if kind == "relationship":
        by_w_b = _beyond(_drop_from_before(sums), thresholds)
        return {Rule.W_A: _any(found <= LOW, axis=2), Rule.W_B: by_w_b, Rule.CEILING: ceiling}
    start = sums[:, :FIRST].sum(axis=1, keepdims=True)
    by_u_a = _from_start_by(1, sums, thresholds)
    by_u_a[:, :FIRST] = False
    still = np.zeros_like(by_u_a)
    still[:, 1:] = sums[:, 1:] + sums[:, :-1] <= start
    still[:, : MOVES_AFTER - 1] = False
    low = np.zeros_like(by_u_a)
    low[:, FIRST - 1] = start[:, 0] < FIRST * thresholds.threshold
    return {
        Rule.U_A: by_u_a,
        Rule.U_B: by_u_a & _before(by_u_a),
        Rule.U_C: still & ~_before(still),
        Rule.U_D: low,
        Rule.CEILING: ceiling,
    }


def rates(
    kind: Kind, model: Model, thresholds: Thresholds, drops: Drops, items: Thresholds
) -> dict[str, float]:
    """How often each rule fires when nothing changes, and how much of the drops it catches.

    `<rule>_talk`: share of the talks in which the rule can fire (W-a from the first, W-b from the second, U-a
    from the third). `higher_talk`: as W-b or U-a, for a sum so far above. `items_talk`: some item outside its
    zone, on either side, from the second talk on. `<rule>_case`: share of persons with at least one in 8
    talks. `drop_…`: share of persons, in the talks from the drop on; `deep_drop_…` the same for the deep one.
    """
    if kind == "relationship":
        return _relationship_rates(model, thresholds, drops)
    return _wellbeing_rates(model, thresholds, drops, items)


def estimate(kind: Kind, model: Model, sd: float, drops: Drops) -> Estimate:
    """Thresholds and rates for a within-person SD of the sums.

    Talks and items are scaled together until the model has that SD. A threshold, of the sum and of one
    item, is the whole number within its range that chance passes nearest to once in sixteen talks.
    The rules in BY_LEVEL keep the rates of the model: an SD says nothing about how high answers lie.
    Raises ValueError unless `sd` is positive and the model can vary so much.
    """
    scaled = with_sd(model, sd)
    found = answers(scaled)
    thresholds = _THRESHOLDS[kind](sums_of(found), RANGES[kind])
    items = _nearest_both(_item_drops(found), ITEM_RANGE)
    found_rates = rates(kind, scaled, thresholds, drops, items) | _by_level(kind, model, thresholds)
    return Estimate(thresholds, items, found_rates)


def _by_level(kind: Kind, model: Model, thresholds: Thresholds) -> dict[str, float]:
    by = {rule: fires for rule, fires in flags(kind, answers(model), thresholds).items() if rule in BY_LEVEL}
    talks = {"w_a_talk": _share(by[Rule.W_A])} if Rule.W_A in by else {}
    return talks | {f"{rule}_case": _persons(fires) for rule, fires in by.items()}


def _relationship_rates(model: Model, thresholds: Thresholds, drops: Drops) -> dict[str, float]:
    usual = answers(model)
    by = flags("relationship", usual, thresholds)
    higher = _beyond(-_drop_from_before(sums_of(usual)), thresholds)
    after = flags("relationship", answers(model, lower=lowered(model, drops.to)), thresholds)
    either = after[Rule.W_A] | after[Rule.W_B]
    return {
        "w_a_talk": _share(by[Rule.W_A]),
        "w_a_case": _persons(by[Rule.W_A]),
        "w_b_talk": _share(by[Rule.W_B][:, 1:]),
        "higher_talk": _share(higher[:, 1:]),
        "w_b_case": _persons(by[Rule.W_B]),
        "ceiling_case": _persons(by[Rule.CEILING]),
        "drop_w_b_at_once": _share(after[Rule.W_B][:, DROPS_AT]),
        "drop_w_a_or_w_b_by_next": _persons(either[:, DROPS_AT : DROPS_AT + 2]),
    }


def _wellbeing_rates(
    model: Model, thresholds: Thresholds, drops: Drops, items: Thresholds
) -> dict[str, float]:
    usual = answers(model)
    by = flags("wellbeing", usual, thresholds)
    higher = _from_start_by(-1, sums_of(usual), thresholds)
    after = flags("wellbeing", answers(model, lower=lowered(model, drops.to)), thresholds)
    deep = flags("wellbeing", answers(model, lower=lowered(model, drops.deep or drops.to)), thresholds)
    return {
        "u_a_talk": _share(by[Rule.U_A][:, FIRST:]),
        "u_a_case": _persons(by[Rule.U_A]),
        "higher_talk": _share(higher[:, FIRST:]),
        "items_talk": _any_item_out(usual, items),
        "u_b_case": _persons(by[Rule.U_B]),
        "u_c_case": _persons(by[Rule.U_C]),
        "u_d_case": _persons(by[Rule.U_D]),
        "ceiling_case": _persons(by[Rule.CEILING]),
        "drop_u_a_within_two": _persons(after[Rule.U_A][:, DROPS_AT : DROPS_AT + 2]),
        "deep_drop_u_b_in_two": _persons(deep[Rule.U_B][:, : DROPS_AT + 2]),
        "deep_drop_u_b_by_last": _persons(deep[Rule.U_B]),
    }


def _from_start_by(way: int, sums: Sums, thresholds: Thresholds) -> Flags:
    """Where a sum lies a threshold below (1) or above (-1) the mean of the first two."""
    start = sums[:, :FIRST].sum(axis=1, keepdims=True)
    found: Flags = way * (start - FIRST * sums) >= FIRST * thresholds.threshold
    return found


def _after_more(series: Sums, candidates: range) -> Thresholds:
    """Against the mean of everything before: after one earlier value, and after more."""
    return _nearest_both(_drop_from_before(series), candidates)


def _item_drops(found: Answers) -> NDArray[np.float64]:
    """How far each item lies below the mean of that item before, a row for each item of each person."""
    by_item = np.moveaxis(found, 2, 1).astype(np.int64)
    return _drop_from_before(by_item.reshape(-1, found.shape[1]))


def _any_item_out(found: Answers, items: Thresholds) -> float:
    """The share of talks, from the second on, in which some item leaves its zone on either side."""
    drops = _item_drops(found)
    out = _beyond(drops, items) | _beyond(-drops, items)
    return _share(_any(out.reshape(len(found), ITEMS, -1), axis=1)[:, 1:])


def _nearest_both(drop: NDArray[np.float64], candidates: range) -> Thresholds:
    return Thresholds(_nearest(drop[:, 1:2], candidates), _nearest(drop[:, 2:], candidates))


def _from_start(sums: Sums, candidates: range) -> Thresholds:
    """Against the mean of the first two."""
    drop = sums[:, :FIRST].mean(axis=1, keepdims=True) - sums[:, FIRST:]
    nearest = _nearest(drop, candidates)
    return Thresholds(nearest, nearest)


_THRESHOLDS: Final[Mapping[Kind, Callable[[Sums, range], Thresholds]]] = {
    "relationship": _after_more,
    "wellbeing": _from_start,
}


def _nearest(drop: NDArray[np.float64], candidates: range) -> int:
    return min(candidates, key=lambda threshold: abs(_share(drop >= threshold) - USUAL_RATE))


def _drop_from_before(series: Sums) -> NDArray[np.float64]:
    """Mean of everything before minus the value, per talk; 0 at the first."""
    drop = np.zeros(series.shape)
    before = np.arange(1, series.shape[1])
    drop[:, 1:] = series[:, :-1].cumsum(axis=1) / before - series[:, 1:]
    return drop


def _beyond(drop: NDArray[np.float64], thresholds: Thresholds) -> Flags:
    needed = np.full(drop.shape[1], float(thresholds.threshold))
    needed[:FIRST] = thresholds.after_one
    found: Flags = drop >= needed
    return found


def _run_ends(holds: Flags, length: int) -> Flags:
    """Where a run reaches this length."""
    run = np.zeros(holds.shape, dtype=np.int64)
    for talk in range(holds.shape[1]):
        run[:, talk] = np.where(holds[:, talk], run[:, talk - 1] + 1 if talk else 1, 0)
    reached: Flags = run == length
    return reached


def _before(fires: Flags) -> Flags:
    """The same one talk later: whether it fired at the talk before."""
    moved = np.zeros_like(fires)
    moved[:, 1:] = fires[:, :-1]
    return moved


def _share(fires: Flags) -> float:
    return float(fires.mean())


def _persons(fires: Flags) -> float:
    """The share of persons with at least one."""
    return _share(_any(fires, axis=1))


def _any(fires: Flags, axis: int) -> Flags:
    found: Flags = np.logical_or.reduce(fires, axis=axis)
    return found

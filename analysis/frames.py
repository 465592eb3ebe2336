"""Frame contracts: which columns a table has, their dtypes and their meaning. Touches pandas only."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

BLOCKS: Final = ("attitude", "skills", "knowledge")
MEASURES: Final = (*BLOCKS, "total")
SEGMENTS: Final[Mapping[str, str]] = {measure: f"{measure}_segment" for measure in MEASURES}
"""By measure: the column with the number of the line, 0.., that a score stands on."""
ITEMS: Final[Mapping[str, str]] = {measure: f"{measure}_items" for measure in MEASURES}
"""By measure: a column that SCORES may have, with the number of items on the line of a score."""
LOWEST, HIGHEST = 1.0, 5.0

NOT_IN_ASSIGNMENT: Final = "NOT_IN_ASSIGNMENT"
NOT_MET_YET: Final = "NOT_MET_YET"
CODES: Final = (NOT_IN_ASSIGNMENT, NOT_MET_YET)

ANSWERS: Final[Mapping[str, str]] = {
    "person": "str",
    "round": "str",
    "moment": "datetime64[ns]",
    "period": "int64",
    "months": "float64",
    "item": "str",
    "item_version": "str",
    "anchor": "str",
    "block": "str",
    "value": "float64",
    "code": "object",
}
"""One row per answered item. `moment` is the day of the round, `period` its place 0.. on the shared axis,
`months` the time since the cohort of the person started, `anchor` the version since which answers to the
item compare, `value` a level 1..5 (NaN when there is none),
`code` None or one of CODES.
"""

SCORES: Final[Mapping[str, str]] = {
    "person": "str",
    "round": "str",
    "moment": "datetime64[ns]",
    "period": "int64",
    "months": "float64",
    **dict.fromkeys(MEASURES, "float64"),
    **dict.fromkeys(SEGMENTS.values(), "int64"),
}
"""One row per person and round. Each measure is a mean level 1..5, NaN where too little was answered; only
scores of one measure with an equal segment compare.
"""

MAY_BE_EMPTY: Final = frozenset({"value", "code", *MEASURES})


class BrokenLine(ValueError):
    """A number was asked over answers to questions that do not compare."""


def answers_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of answers (dicts with at least the columns of ANSWERS; more are dropped) as an ANSWERS frame.

    Raises ValueError naming the column when one is missing, empty, of another type or outside its range,
    or when a person answered an item twice in one round.
    """
    frame = _typed(rows, ANSWERS, "answers")
    frame["code"] = frame["code"].where(frame["code"].notna(), None)
    level = frame["value"].notna()
    _refuse("block", ~frame["block"].isin(BLOCKS), f"is one of {', '.join(BLOCKS)}")
    _refuse("period", frame["period"] < 0, "counts from 0")
    _refuse("value", level & ~frame["value"].between(LOWEST, HIGHEST), "lies between 1 and 5")
    _refuse("code", frame["code"].notna() & ~frame["code"].isin(CODES), f"is one of {', '.join(CODES)}")
    _refuse("code", frame["code"].notna() & level, "stands alone, without a level")
    _refuse("item", frame.duplicated(["person", "round", "item"]), "occurs once per person and round")
    return frame


def with_missed_rounds(scores: pd.DataFrame, rounds: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """SCORES with an empty row for every round in which a person has no scores, so a chart shows a gap.

    `rounds`: dicts with round, moment, period, months and the segments. Rows come back ordered by person
    and period.
    """
    require(scores, SCORES)
    seen = set(zip(scores["person"], scores["round"], strict=True))
    missed = [
        {**dict.fromkeys(MEASURES), **each, "person": person}
        for person in scores["person"].unique()
        for each in rounds
        if (person, each["round"]) not in seen
    ]
    frame = pd.concat([scores, _typed(missed, SCORES, "rounds")]) if missed else scores
    return frame.sort_values(["person", "period"], ignore_index=True)


def from_own_start(scores: pd.DataFrame, late: Mapping[str, tuple[int, float]]) -> pd.DataFrame:
    """SCORES in which who came later stands at the time since the own start, beside others at that time.

    `late`: by person the rounds held before, and the months since the others started. The first round of
    such a person is period 0, or an earlier one that was answered all the same.
    """
    require(scores, SCORES)
    rounds = scores["person"].map({person: missed for person, (missed, _) in late.items()}).fillna(0)
    months = scores["person"].map({person: since for person, (_, since) in late.items()}).fillna(0)
    first = scores.groupby("person")["period"].transform("min")
    return scores.assign(
        period=scores["period"] - rounds.astype("int64").clip(upper=first),
        months=scores["months"] - months.astype("float64"),
    )


def require_one_line(scores: pd.DataFrame, measure: str) -> None:
    """Raise BrokenLine when these scores stand on several lines: no number goes over a break."""
    lines = scores[SEGMENTS[measure]].to_numpy()[scores[measure].notna().to_numpy()]
    if (lines != lines[:1]).any():
        raise BrokenLine(f"the scores of {measure} stand on several lines")


def by_line(scores: pd.DataFrame, measure: str) -> list[pd.DataFrame]:
    """The rows of a SCORES frame with a score of this measure, a frame per line, oldest line first.

    Without any score there is one empty frame.
    """
    require(scores, {measure: "", SEGMENTS[measure]: ""})
    seen = scores[scores[measure].notna()]
    return [line.reset_index(drop=True) for _, line in seen.groupby(SEGMENTS[measure])] or [seen]


def require(frame: pd.DataFrame, contract: Mapping[str, str]) -> None:
    """Raise ValueError naming the first column of the contract that the frame does not have."""
    for column in contract:
        if column not in frame.columns:
            raise ValueError(f"column {column} is missing")


def _typed(rows: Iterable[Mapping[str, Any]], contract: Mapping[str, str], name: str) -> pd.DataFrame:
    records = list(rows)
    if not records:
        return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in contract.items()})
    raw = pd.DataFrame.from_records(records)
    columns = {}
    for column, dtype in contract.items():
        if column not in raw.columns:
            raise ValueError(f"{name}: column {column} is missing")
        if column not in MAY_BE_EMPTY and raw[column].isna().any():
            raise ValueError(f"{name}: column {column} has empty cells")
        columns[column] = _cast(raw, column, dtype, name)
    return pd.DataFrame(columns)


def _cast(raw: pd.DataFrame, column: str, dtype: str, name: str) -> "pd.Series[Any]":
    values: Any = raw[column]
    try:
        return values.astype(dtype)  # type: ignore[no-any-return]
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: column {column} is not {dtype}") from error


def _refuse(column: str, wrong: "pd.Series[bool]", rule: str) -> None:
    if wrong.any():
        raise ValueError(f"answers: column {column} {rule}; {int(wrong.sum())} rows do not")

"""The numbers of a cohort as one reader may see them: whom the reader sees one by one hide nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from survey.database import Row

if TYPE_CHECKING:
    from analysis.reader import Sharing
    from survey.cohort.numbers.reports import Numbers


def shown(found: Numbers, rows: Sequence[Row]) -> Numbers:
    """The numbers this reader may see; `rows` say who handed in what, and who shares (`handed_in`)."""
    from analysis import reader

    newest = [row for row in rows if found.latest and row["round"] == found.latest.id]
    latest = replace(sharing(rows), everyone=sharing(newest, found.focus.persons).everyone)
    return replace(
        found,
        curve=reader.curve_for(found.curve, sharing(rows, found.curve.persons)),
        spread=reader.distribution_for(found.spread, latest),
        focus=reader.tally_for(found.focus, latest),
        emphasis=reader.tally_for(found.emphasis, latest),
        learning={item: reader.share_for(one, latest) for item, one in found.learning.items()},
    )


def sharing(rows: Sequence[Row], persons: int | None = None) -> Sharing:
    """How many of these share with the reader; `everyone` when they are all of so many `persons`."""
    from analysis.reader import Sharing

    answered = {row["person"]: row["shares"] for row in rows if row["round"]}
    everyone = persons is not None and persons <= len(answered) and all(answered.values())
    return Sharing(len({row["person"] for row in rows if row["shares"]}), everyone)

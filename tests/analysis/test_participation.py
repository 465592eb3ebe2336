"""Participation: counts per round in order of time, and nothing about persons."""

from datetime import date
from typing import Any

import pytest

from analysis.participation import RoundCount, participation

JANUARY, SEPTEMBER = date(2026, 1, 12), date(2025, 9, 8)


def due(round_id: str, moment: date, state: str) -> dict[str, Any]:
    return {"round": round_id, "moment": moment, "started": state != "none", "submitted": state == "done"}


def test_each_round_counts_who_was_due_started_and_submitted() -> None:
    rows = [due("jan", JANUARY, state) for state in ("none", "busy", "done", "done")]
    rows += [due("sep", SEPTEMBER, "done")]
    assert participation(rows) == (
        RoundCount("sep", SEPTEMBER, due=1, started=1, submitted=1),
        RoundCount("jan", JANUARY, due=4, started=3, submitted=2),
    )


def test_who_submitted_also_started() -> None:
    row = due("sep", SEPTEMBER, "done") | {"started": False}
    assert participation([row])[0].started == 1


def test_two_rounds_on_one_day_stay_two_rounds() -> None:
    assert len(participation([due("a", SEPTEMBER, "none"), due("b", SEPTEMBER, "none")])) == 2


def test_without_rounds_there_is_nothing_to_count() -> None:
    assert participation([]) == ()


def test_a_row_without_a_state_is_refused() -> None:
    with pytest.raises(KeyError, match="submitted"):
        participation([{"round": "sep", "moment": SEPTEMBER, "started": True}])

"""How it stands with a place, in words: what runs later or ends later says when."""

from datetime import date

import pytest
from flask import Flask

from survey.placement import words
from survey.placement.places import placement

TODAY = date(2026, 1, 20)
PLACE = {
    **dict.fromkeys(("id", "school_id", "school", "place", "municipality", "coach", "employer"), "x"),
    **dict.fromkeys(("pupils", "click_on", "hours_agreed", "agreed_because", "hours_needed"), None),
    **dict.fromkeys(("needed_because", "wish", "end_reason", "follows"), None),
    **dict.fromkeys(("agreed_note", "needed_note", "wish_note"), ""),
    "school_year": "2025-2026",
    "person_id": "ana",
    "revision": 1,
}


@pytest.mark.parametrize(
    ("status", "first", "last", "read"),
    [
        ("active", "2025-08-01", None, "loopt"),
        ("active", "2026-01-20", None, "loopt"),
        ("active", "2026-01-21", None, "loopt vanaf 21 januari 2026"),
        ("active", "2026-02-01", "2026-06-30", "loopt vanaf 1 februari 2026"),
        ("active", "2025-08-01", "2026-06-30", "loopt tot en met 30 juni 2026"),
        ("ended", "2025-08-01", "2026-01-31", "loopt tot en met 31 januari 2026"),
        ("ended", "2025-08-01", "2026-01-19", "gestopt"),
        ("wanted", "2026-02-01", None, "gezocht"),
    ],
)
def test_what_begins_or_ends_later_says_when(
    app: Flask, status: str, first: str, last: str | None, read: str
) -> None:
    one = placement({**PLACE, "status": status, "starts_on": first, "ends_on": last})
    with app.test_request_context():
        assert words.state(one, TODAY) == read

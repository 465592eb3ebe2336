"""Whole numbers that come with a request, as digits."""

from flask import request

MOST_DIGITS = 8


def whole(text: str) -> int | None:
    """The number of these digits; None for anything else, and for more digits than anything here counts."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def shown_revision() -> int | None:
    """The revision that the form at hand was opened with."""
    return whole(request.form.get("shown", ""))


def wanted_page() -> int:
    """The page of a long list that the address asks for, from 1."""
    return whole(request.args.get("blad", "")) or 1


def taken_over() -> dict[str, int]:
    """How many things a list added and changed, when the reader comes from its import."""
    told = {key: whole(request.args.get(key, "")) for key in ("nieuw", "anders")}
    return {key: number for key, number in told.items() if number is not None}

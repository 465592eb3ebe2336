"""Noting on the page of a case what parents and pupil say, and reading what the page says of it."""

from tests.client import HouseClient, every, parsed, words

AGREED = {"age_band": "under_12", "first_parent": "yes", "second_parent": "yes", "agreed_on": "2026-01-20"}


def seen(coach: HouseClient, code: str) -> str:
    """The agreement in force as the page of the case shows it to this tab."""
    boxes = every(parsed(coach.get(f"/trajecten/{code}").text), "input")
    return next((str(box.get("value")) for box in boxes if box.get("name") == "seen"), "")


def note(coach: HouseClient, code: str, **answers: str) -> int:
    """Send the form as both parents agree, or with other answers; the status."""
    sent = {"seen": seen(coach, code), **AGREED, **answers}
    return coach.post(f"/trajecten/{code}/akkoord", data=sent).status_code


def section(coach: HouseClient, code: str) -> str:
    """What the page says about the agreement."""
    page = parsed(coach.get(f"/trajecten/{code}").text)
    return next(words(part) for part in every(page, "section") if part.get("aria-labelledby") == "agreement")

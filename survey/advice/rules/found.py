"""What a rule finds: a sentence that may appear, filled with what, and where its number stands. Pure."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from survey.advice import spoken
from survey.advice.facts import Facts, Place
from survey.advice.sentences import Book

HOURS = "#hours"


class Found(Struct, frozen=True):
    """`about` tells sentences of one key apart; `order` keeps those of one place together.

    `n` is over how many, `period` over which days, `source` the address where the number stands.
    """

    fields: Mapping[str, str]
    about: str = ""
    n: str = ""
    period: str = ""
    source: str = ""
    order: int = 0


def at_place(
    facts: Facts, book: Book, place: Place, part: str = "#facts", n: str = "", **fields: str
) -> Found:
    """A sentence about one placement, on its page."""
    last = place.weeks_until if part == HOURS else None
    period = spell(book, place.starts_on, last or place.until)
    source = f"/inzet/{place.id}{part}"
    return Found(fields, place.id, n, period, source, facts.places.index(place))


def spell(book: Book, first: date, last: date) -> str:
    """These days as a period."""
    return book.say("from_to", **{"from": spoken.day(first), "to": spoken.day(last)})


def register(facts: Facts) -> str:
    """The address of the register of this school year."""
    return f"/inzet?jaar={facts.school_year}"


def school_year(facts: Facts, book: Book) -> str:
    """The school year as a period."""
    return book.say("school_year", year=spoken.years(facts.school_year))

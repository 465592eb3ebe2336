"""What a rule finds: a sentence that may appear, filled with what, and where its number stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.advice import spoken
from survey.advice.facts import Facts, Place
from survey.advice.sentences import Book


@dataclass(frozen=True, slots=True)
class Found:
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
    period = spell(book, place)
    source = f"/inzet/{place.id}{part}"
    return Found(fields, place.id, n, period, source, facts.places.index(place))


def spell(book: Book, place: Place) -> str:
    """The days of a placement."""
    return book.say("from_to", **{"from": spoken.day(place.starts_on), "to": spoken.day(place.until)})


def register(facts: Facts) -> str:
    """The address of the register of this school year."""
    return f"/inzet?jaar={facts.school_year}"


def school_year(facts: Facts, book: Book) -> str:
    """The school year as a period."""
    return book.say("school_year", year=spoken.years(facts.school_year))

"""Rules of the sentences about the whole programme: counts and sums of the register. Pure."""

from collections.abc import Iterator

from survey.advice import spoken
from survey.advice.facts import Facts
from survey.advice.rules.found import Found, register, school_year
from survey.advice.sentences import Book

MANY = 2


def programme_coverage(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a school takes part."""
    if facts.programme and facts.programme.schools:
        schools, covered = facts.programme.schools, facts.programme.covered
        day = spoken.day(facts.day)
        fields = {"schools": str(schools), "covered": str(covered), "date": day}
        yield _found(facts, book, "schools", schools, school_year=spoken.years(facts.school_year), **fields)


def programme_vacant(facts: Facts, book: Book) -> Iterator[Found]:
    """Where two schools or more wait for a coach, paid for."""
    if facts.programme and facts.programme.vacant >= MANY:
        vacant, waiting = facts.programme.vacant, spoken.hours(facts.programme.hours_vacant)
        yield _found(facts, book, "schools", vacant, vacant=str(vacant), hours_vacant=waiting)


def programme_agreements(facts: Facts, book: Book) -> Iterator[Found]:
    """Where two placements or more have a coach."""
    if facts.programme and facts.programme.places >= MANY:
        places, agreements = facts.programme.places, str(facts.programme.agreements)
        yield _found(facts, book, "places", places, places=str(places), agreements=agreements)


def programme_hours(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a place with a coach runs and every school with one has counted its pupils."""
    told = facts.programme
    if told and told.covered and not told.uncounted:
        fields = {
            "hours_agreed": spoken.hours(told.hours_agreed),
            "hours_rule": spoken.about(told.hours_rule),
        }
        yield _found(facts, book, "schools", told.covered, date=spoken.day(facts.day), **fields)


def programme_hours_uncounted(facts: Facts, book: Book) -> Iterator[Found]:
    """Where some school with a coach has not."""
    told = facts.programme
    if told and told.covered and told.uncounted:
        hours_agreed = spoken.hours(told.hours_agreed)
        day = spoken.day(facts.day)
        yield _found(facts, book, "schools", told.covered, date=day, hours_agreed=hours_agreed)


def programme_yields(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a yield was looked back on."""
    told = facts.programme
    if told and (reviewed := told.seen + told.partly + told.not_yet):
        words = {"seen": str(told.seen), "partly": str(told.partly), "not_yet": str(told.not_yet)}
        n = {"reviewed": str(reviewed), "chosen": str(told.yields)}
        yield _found(facts, book, "places", told.agreements, **n, **words)


def _found(facts: Facts, book: Book, word: str, n: int, **fields: str) -> Found:
    return Found(fields, "", book.say(word, n=n), school_year(facts, book), register(facts))


RULES = (
    programme_coverage,
    programme_vacant,
    programme_agreements,
    programme_hours,
    programme_hours_uncounted,
    programme_yields,
)

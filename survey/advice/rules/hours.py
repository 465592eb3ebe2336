"""Rules of the sentences about hours a week: by rule, agreed, used and needed. Pure."""

from collections.abc import Iterator

from survey.advice import spoken
from survey.advice.facts import Facts, Place, SchoolHours
from survey.advice.rules.found import HOURS, Found, at_place, school_year
from survey.advice.sentences import Book


def hours_equal_rule(facts: Facts, book: Book) -> Iterator[Found]:
    """Where agreed hours are about those of the rule."""
    told = facts.hours
    if told and told.pupils is not None and _difference(told) is not None and not _differs(told, book):
        fields = {"pupils": str(told.pupils), "hours_rule": spoken.about(told.rule or 0)}
        n = book.say("pupils", n=told.pupils)
        counted_on = f"1 oktober {facts.school_year[:4]}"
        yield Found(fields, "", n, counted_on, f"/inzet/scholen/{facts.school_id}#leerlingen")


def hours_differ_from_rule(facts: Facts, book: Book) -> Iterator[Found]:
    """Where agreed hours differ from the rule for a reason that stands there."""
    told = facts.hours
    if told and told.agreed_because and _differs(told, book):
        yield _differing(facts, book, told, reason=spoken.listed(told.agreed_because))


def hours_differ_without_reason(facts: Facts, book: Book) -> Iterator[Found]:
    """Where they differ and nobody wrote down why."""
    told = facts.hours
    if told and not told.agreed_because and _differs(told, book):
        yield _differing(facts, book, told)


def hours_used(facts: Facts, book: Book) -> Iterator[Found]:
    """Where enough weeks are written down to speak of a mean."""
    for place in _worked(facts):
        if place.used is not None and _is_enough(place, book):
            weeks = {"weeks_logged": str(place.weeks_logged), "weeks_total": str(place.weeks_total)}
            fields = {"coach": place.coach, **weeks, "hours_used": spoken.about(place.used)}
            yield at_place(facts, book, place, HOURS, _weeks(place, book), **fields)


def hours_log_incomplete(facts: Facts, book: Book) -> Iterator[Found]:
    """Where too few weeks are."""
    for place in _worked(facts):
        if place.weeks_total and not _is_enough(place, book):
            weeks = {"weeks_logged": str(place.weeks_logged), "weeks_total": str(place.weeks_total)}
            fields = {"coach": place.coach, **weeks}
            yield at_place(facts, book, place, HOURS, _weeks(place, book), **fields)


def hours_needed(facts: Facts, book: Book) -> Iterator[Found]:
    """Where needed hours stand with a reason."""
    told = facts.hours
    if told and told.needed is not None and told.needed_because:
        fields = {"hours_needed": spoken.hours(told.needed), "reason": spoken.listed(told.needed_because)}
        source = f"/inzet/{told.place_id}{HOURS}"
        yield Found(fields, "", "", school_year(facts, book), source)


def _differing(facts: Facts, book: Book, told: SchoolHours, **more: str) -> Found:
    fields = {"hours_rule": spoken.about(told.rule or 0), "hours_agreed": spoken.hours(told.agreed or 0)}
    n = book.say("pupils", n=told.pupils)
    source = f"/inzet/{told.place_id}{HOURS}"
    return Found({**fields, **more}, "", n, school_year(facts, book), source)


def _difference(told: SchoolHours) -> float | None:
    return None if told.rule is None or told.agreed is None else abs(told.agreed - told.rule)


def _differs(told: SchoolHours, book: Book) -> bool:
    difference = _difference(told)
    return difference is not None and round(difference, 6) >= book.rules.least_difference


def _worked(facts: Facts) -> Iterator[Place]:
    return (one for one in facts.places if one.had_coach)


def _is_enough(place: Place, book: Book) -> bool:
    enough = place.weeks_logged >= book.rules.least_share_of_weeks * place.weeks_total
    return enough and place.weeks_logged >= book.rules.least_weeks


def _weeks(place: Place, book: Book) -> str:
    return book.say("weeks", n=place.weeks_logged, all=place.weeks_total)


RULES = (
    hours_equal_rule,
    hours_differ_from_rule,
    hours_differ_without_reason,
    hours_used,
    hours_log_incomplete,
    hours_needed,
)

"""Rules of the proposals: what a person chose, and never anything that numbers would choose. Pure."""

from collections.abc import Iterator

from survey.advice import spoken
from survey.advice.facts import Facts
from survey.advice.rules.found import Found
from survey.advice.sentences import Book


def propose_continue(facts: Facts, _book: Book) -> Iterator[Found]:
    """Where a person chose to go on."""
    return _with_hours(facts, "continue")


def propose_more_hours(facts: Facts, _book: Book) -> Iterator[Found]:
    """Where a person chose more hours."""
    return _with_hours(facts, "more_hours")


def propose_fewer_hours(facts: Facts, _book: Book) -> Iterator[Found]:
    """Where a person chose fewer hours."""
    return _with_hours(facts, "fewer_hours")


def propose_review_role(facts: Facts, _book: Book) -> Iterator[Found]:
    """Where a person chose another role."""
    if facts.choice and facts.choice.choice == "other_role" and facts.choice.before:
        yield Found({"date": spoken.day(facts.choice.before)})


def propose_wider_plan(facts: Facts, _book: Book) -> Iterator[Found]:
    """Where a person chose to look at it with partners."""
    if facts.choice and facts.choice.choice == "analysis" and facts.choice.partners:
        yield Found({"partners": spoken.listed(facts.choice.partners)})


def propose_find_coach(facts: Facts, _book: Book) -> Iterator[Found]:
    """Where a person ticked it, and a place is open."""
    if facts.choice and facts.choice.find_coach and facts.can_seek:
        yield Found({})


def _with_hours(facts: Facts, choice: str) -> Iterator[Found]:
    if facts.choice and facts.choice.choice == choice and facts.choice.hours is not None:
        next_year = f"schooljaar {spoken.years(facts.next_year)}"
        yield Found({"next_school_year": next_year, "hours": spoken.hours(facts.choice.hours)})


RULES = (
    propose_continue,
    propose_more_hours,
    propose_fewer_hours,
    propose_review_role,
    propose_wider_plan,
    propose_find_coach,
)

"""Rules of the sentences about placements and what was agreed at the start. Pure."""

from collections.abc import Iterator

from survey.advice import spoken
from survey.advice.facts import Agreed, Facts, Place
from survey.advice.rules.found import Found, at_place, register, school_year
from survey.advice.sentences import Book

NEVER_TOLD = frozenset({"coach_absent", "no_click"})  # health, and about two persons
MANY = 2


def placement_period(facts: Facts, book: Book) -> Iterator[Found]:
    """Where the placement has ended."""
    for place in _at(facts, "ended"):
        yield at_place(
            facts,
            book,
            place,
            school_year=spoken.years(facts.school_year),
            coach=place.coach,
            school=facts.school or "",
            start=spoken.day(place.starts_on),
            end=spoken.day(place.until),
        )


def placement_running(facts: Facts, book: Book) -> Iterator[Found]:
    """Where the placement is active."""
    for place in _at(facts, "active"):
        start, end = spoken.day(place.starts_on), spoken.day(place.until)
        yield at_place(facts, book, place, coach=place.coach, start=start, school=facts.school or "", end=end)


def placement_agreed(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a coach is agreed on and has not begun."""
    for place in _at(facts, "agreed"):
        yield at_place(facts, book, place, coach=place.coach, start=spoken.day(place.starts_on))


def placement_paused(facts: Facts, book: Book) -> Iterator[Found]:
    """Where the placement is paused."""
    for place in _at(facts, "paused"):
        yield at_place(facts, book, place, school=facts.school or "")


def placement_wanted(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a coach is wanted and there is no candidate."""
    for place in _at(facts, "wanted"):
        yield at_place(facts, book, place, school=facts.school or "")


def no_placement(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a school has no placement in this school year."""
    if facts.school and not facts.places:
        fields = {"school_year": spoken.years(facts.school_year), "school": facts.school}
        yield Found(fields, period=school_year(facts, book), source=register(facts))


def click_conversation_planned(facts: Facts, book: Book) -> Iterator[Found]:
    """Where there is a candidate, and a day for the click conversation."""
    for place in _at(facts, "click_conversation"):
        if place.click_on:
            yield at_place(facts, book, place, date=spoken.day(place.click_on))


def click_conversation_to_plan(facts: Facts, book: Book) -> Iterator[Found]:
    """Where there is a candidate, and no day."""
    for place in _at(facts, "click_conversation"):
        if not place.click_on:
            yield at_place(facts, book, place)


def vacant_funded(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a place is vacant and funded."""
    for place in _at(facts, "vacant_funded"):
        yield at_place(facts, book, place, date=spoken.day(place.starts_on))


def vacant_unfunded(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a place is vacant without funds."""
    for place in _at(facts, "vacant_unfunded"):
        yield at_place(facts, book, place, date=spoken.day(place.starts_on))


def end_reason(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a placement ended for a reason that says nothing of persons."""
    for place in _at(facts, "ended"):
        if place.end_reason and place.end_reason not in NEVER_TOLD and place.end_reason_label:
            yield at_place(facts, book, place, end_reason=spoken.listed([place.end_reason_label]))


def roles_and_tasks(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a signed agreement has a role and two tasks or more."""
    for place, agreed in _signed(facts):
        if agreed.roles and len(agreed.tasks) >= MANY:
            fields = {
                "roles": spoken.listed(agreed.roles),
                "n_tasks": str(len(agreed.tasks)),
                "tasks": spoken.listed(agreed.tasks),
            }
            yield at_agreement(facts, book, place, agreed, **fields)


def role_and_task(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a signed agreement has a role and one task."""
    for place, agreed in _signed(facts):
        if agreed.roles and len(agreed.tasks) == 1:
            roles, tasks = spoken.listed(agreed.roles), spoken.listed(agreed.tasks)
            yield at_agreement(facts, book, place, agreed, roles=roles, tasks=tasks)


def start_partners(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a signed agreement lists two partners or more."""
    for place, agreed in _signed(facts):
        if len(agreed.partners) >= MANY:
            yield at_agreement(facts, book, place, agreed, partners=spoken.listed(agreed.partners))


def start_agreement_unsigned(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a placement with a coach has an agreement that was never signed."""
    for place in facts.places:
        if place.had_coach and place.agreed and not place.agreed.is_signed:
            yield at_agreement(facts, book, place, place.agreed)


def no_start_agreement(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a placement with a coach has none."""
    for place in facts.places:
        if place.had_coach and place.agreed is None:
            yield at_place(facts, book, place)


def at_agreement(facts: Facts, book: Book, place: Place, agreed: Agreed, **fields: str) -> Found:
    """A sentence about what was agreed for one placement, on the page of the agreement."""
    told = at_place(facts, book, place, **fields)
    source = f"/inzet/{agreed.placement_id}/startafspraak"
    period = spoken.day(agreed.talked_on) if agreed.talked_on else told.period
    return Found(told.fields, told.about, "", period, source, told.order)


def _at(facts: Facts, status: str) -> Iterator[Place]:
    return (one for one in facts.places if one.status == status)


def _signed(facts: Facts) -> Iterator[tuple[Place, Agreed]]:
    return ((one, one.agreed) for one in facts.places if one.agreed and one.agreed.is_signed)


RULES = (
    placement_period,
    placement_running,
    placement_agreed,
    placement_paused,
    placement_wanted,
    no_placement,
    click_conversation_planned,
    click_conversation_to_plan,
    vacant_funded,
    vacant_unfunded,
    end_reason,
    roles_and_tasks,
    role_and_task,
    start_partners,
    start_agreement_unsigned,
    no_start_agreement,
)

"""Gathers the facts of an advice from what other rooms report: register, start agreements, named forms."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.advice.facts import Agreed, Choice, Facts, Place, Programme, SchoolHours, Yield
from survey.advice.released import reports as released
from survey.advice.sentences import Book
from survey.clock import days_of_school_year, school_year
from survey.current import catalog
from survey.database import Engine
from survey.evaluation import reports as evaluation
from survey.evaluation.reports import Release
from survey.placement import reports as placements
from survey.placement.reports import Placement
from survey.questionnaire.catalog import UnknownChoice
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.school import reports as schools
from survey.start_agreement import reports as agreements
from survey.start_agreement.reports import Agreement

PAID = frozenset({"active", "paused", "ended", "agreed", "vacant_funded"})
NAMED = frozenset({"ib", "director"})


def facts(
    engine: Engine,
    scope: Scope,
    book: Book,
    *,
    school_id: str | None,
    year: str,
    today: date,
    choice: Choice | None = None,
    releases: Sequence[Release] | None = None,
) -> Facts:
    """Everything an advice may say of a school, or of the programme, as it is known today.

    `releases` are those of `evaluation.released`, for who asks about many schools and read them once.
    """
    releases = evaluation.released(engine, scope) if releases is None else releases
    day = placements.day_of(year, today)
    next_year = school_year(days_of_school_year(year)[1] + timedelta(days=1))
    told = Facts(year, next_year, day, choice=choice)
    if school_id is None:
        told = replace(told, programme=_programme(engine, scope, year, day))
        return released.with_release(engine, scope, told, book, releases, coaches=())
    school = schools.find(engine, scope, school_id)
    over = [one for one in placements.not_continued(engine, scope, day) if one.school_id == school_id]
    held = [*over, *placements.at_school(engine, scope, school_id, year)]
    held.sort(key=lambda one: (one.starts_on, one.id))
    coaches = {one.person_id for one in held if one.person_id and one.state(day) != "click_conversation"}
    agreed, alone = _agreements(engine, scope, held), len(coaches) < 2
    told = replace(
        told,
        school=school.name if school else "",
        school_id=school_id,
        places=tuple(_place(engine, scope, book, one, day, agreed.get(one.id), alone=alone) for one in held),
        hours=_hours(held, day),
        named_talk=_named_talk(engine, scope, school_id, year),
    )
    return released.with_release(engine, scope, told, book, releases, coaches=sorted(coaches))


def _place(
    engine: Engine,
    scope: Scope,
    book: Book,
    one: Placement,
    day: date,
    agreement: Agreement | None,
    *,
    alone: bool,
) -> Place:
    months = placements.months(engine, scope, one.id, day)
    over = [each for each in months if each.hours is not None or each.month < f"{day:%Y-%m}"]
    used = [(each.weeks, each.hours) for each in over if each.hours is not None]
    weeks = sum(number for number, _ in used)
    return Place(
        id=one.id,
        status=one.state(day),
        coach=book.words["coach"] if alone or not one.coach else book.say("named_coach", name=one.coach),
        starts_on=one.starts_on,
        until=one.until,
        click_on=one.click_on,
        end_reason=one.end_reason,
        end_reason_label=label("end_reason", one.end_reason) if one.end_reason else "",
        used=sum(number * hours for number, hours in used) / weeks if weeks else None,
        weeks_logged=weeks,
        weeks_total=sum(each.weeks for each in over),
        weeks_until=min(_end_of(over[-1].month), one.ends_on or date.max) if over else None,
        agreed=_agreed(agreement, one.school_year) if agreement else None,
    )


def _agreements(engine: Engine, scope: Scope, every: Iterable[Placement]) -> Mapping[str, Agreement]:
    """What was agreed for each of these placements, or for the one it goes on from with the same coach."""
    found, at = dict[str, Agreement](), {one.id: one for one in every}
    while at:
        there = agreements.of_placements(engine, scope, [one.id for one in at.values()])
        found |= {key: there[one.id] for key, one in at.items() if one.id in there}
        left = {key: one for key, one in at.items() if key not in found and one.follows and one.person_id}
        before = placements.by_ids(engine, scope, [one.follows or "" for one in left.values()])
        at = {
            key: earlier
            for key, one in left.items()
            if (earlier := before.get(one.follows or "")) and earlier.person_id == one.person_id
        }
    return found


def _agreed(found: Agreement, year: str) -> Agreed:
    profile = catalog().profile(found.profile, found.profile_version)
    roles = {one.key: one.label[SOURCE_LANGUAGE] for one in profile.roles}
    tasks = {one.key: one.label[SOURCE_LANGUAGE] for one in profile.tasks if not one.sensitive}
    first, last = days_of_school_year(year)
    return Agreed(
        placement_id=found.placement_id,
        is_signed=found.state == "signed",
        talked_on=found.talked_on,
        review_on=found.look_back_on,
        partners=tuple(label("partner", key) for key in found.partners),
        roles=tuple(roles[key] for key in found.roles if key in roles),
        tasks=tuple(tasks[key] for key in found.tasks if key in tasks),
        yields=tuple(_yield(one, first, last) for one in found.yields),
    )


def _yield(one: agreements.Yield, first: date, last: date) -> Yield:
    of_year = [review for review in one.reviews.values() if first <= review.reviewed_on <= last]
    newest = max(of_year, key=lambda review: review.reviewed_on, default=None)
    name = label("yield_category", one.category)
    return Yield(one.id, name, newest.word, newest.reviewed_on) if newest else Yield(one.id, name)


def _hours(held: Sequence[Placement], day: date) -> SchoolHours | None:
    """Hours over the paid places that run on a day; where none does any more, on the last day one did."""
    paid = [one for one in held if one.status in PAID and one.starts_on <= day]
    if not paid:
        return None
    at = min(day, max(one.until for one in paid))
    run = [one for one in paid if one.starts_on <= at <= one.until]
    pupils = next((one.pupils for one in run if one.pupils is not None), None)
    rules = [rule for one in run if (rule := _rule(one)) is not None]
    return SchoolHours(
        place_id=run[-1].id,
        pupils=pupils,
        rule=rules[0] if rules else None,
        agreed=_sum(one.hours_agreed for one in run),
        agreed_because=_reasons((one.agreed_because, one.agreed_note) for one in run),
        needed=_sum(one.hours_needed for one in run),
        needed_because=_reasons((one.needed_because, one.needed_note) for one in run),
    )


def _programme(engine: Engine, scope: Scope, year: str, day: date) -> Programme:
    over = placements.not_continued(engine, scope, day)
    held = [*over, *placements.of_year(engine, scope, year)]
    running = [one for one in held if one.runs_on(day)]
    active = [one for one in running if one.state(day) == "active"]
    vacant = [one for one in running if one.state(day) == "vacant_funded"]
    agreed = _agreements(engine, scope, active)
    of_year = [(agreed[one.id], one.school_year) for one in active if one.id in agreed]
    signed = [_agreed(found, its_year) for found, its_year in of_year if found.state == "signed"]
    words = [each.word for found in signed for each in found.yields]
    rules = {one.school_id: _rule(one) for one in active}
    return Programme(
        schools=len({one.school_id for one in held}),
        covered=len(rules),
        vacant=len({one.school_id for one in vacant}),
        hours_vacant=_sum(one.hours_agreed for one in vacant) or 0.0,
        hours_agreed=_sum(one.hours_agreed for one in active) or 0.0,
        hours_rule=sum(one for one in rules.values() if one is not None),
        uncounted=sum(one is None for one in rules.values()),
        places=len(active),
        agreements=len(signed),
        yields=len(words),
        seen=words.count("seen"),
        partly=words.count("partly"),
        not_yet=words.count("not_yet"),
    )


def _rule(one: Placement) -> float | None:
    return None if one.pupils is None else placements.rule(one.pupils)


def _named_talk(engine: Engine, scope: Scope, school_id: str, year: str) -> date | None:
    """The day of the last talk about the named forms of a school, once both are in and all talked about."""
    done = evaluation.named_done(engine, scope, school_year=year, school_id=school_id)
    days = [one.talked_on for one in done]
    complete = {one.respondent for one in done} >= NAMED and None not in days
    return max((day for day in days if day), default=None) if complete else None


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _reasons(given: Iterable[tuple[str | None, str]]) -> tuple[str, ...]:
    """Reasons in words, each once; one that is on no list in the words that were written."""
    found = [_reason(key, note) for key, note in given if key]
    return tuple(dict.fromkeys(one for one in found if one))


def _reason(key: str, note: str) -> str:
    try:
        chosen = catalog().choice("hours_reason", key)
    except UnknownChoice:
        return note
    return note if chosen.needs_text and note else chosen.label[SOURCE_LANGUAGE]


def _end_of(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def label(listed: str, key: str) -> str:
    """The Dutch label of an entry of a list; the key where the list knows it no more."""
    try:
        return catalog().choice(listed, key).label[SOURCE_LANGUAGE]
    except UnknownChoice:
        return key

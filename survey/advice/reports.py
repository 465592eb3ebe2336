"""What pages and other rooms ask of advices: one, those of a year, and how one stands to what is known."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from survey.access.permissions import Scope
from survey.advice import gathering, store
from survey.advice.document import Advice as Advice
from survey.advice.document import Standing as Standing
from survey.advice.document import advice
from survey.advice.document import standing as held_against
from survey.advice.drafting import Drafted, draft
from survey.advice.facts import Choice, Facts
from survey.advice.sentences import book
from survey.database import Engine, Row
from survey.evaluation.reports import Release
from survey.evaluation.reports import released as released
from survey.placement import reports as placements
from survey.school import reports as schools


class NoSuchAdvice(LookupError):
    """There is no such advice, or not for this reader."""


class Progress(Struct, frozen=True):
    """How far the advices of a school year are: schools that can have one, drafts, and signed ones."""

    schools: int
    drafts: int
    signed: int


class Overview(Struct, frozen=True):
    """The advices of a school year: of the programme, and by id of the school, where one was drafted."""

    schools: Mapping[str, str]
    of_programme: Advice | None
    by_school: Mapping[str, Advice]


def known(engine: Engine, scope: Scope, advice_id: str) -> Advice:
    """One advice with its sentences. Raises NoSuchAdvice."""
    row = store.one(engine, advice_id, scope)
    if row is None:
        raise NoSuchAdvice(advice_id)
    return _read(engine, scope, row)


def of_school(engine: Engine, scope: Scope, school_id: str | None, school_year: str) -> Advice | None:
    """The advice of a school or the programme, where there is one for this reader."""
    row = store.of(engine, school_id, school_year, scope)
    return _read(engine, scope, row) if row else None


def newest_signed(engine: Engine, scope: Scope, school_id: str) -> Advice | None:
    """The newest signed advice of a school that this reader may read."""
    row = store.newest_signed(engine, school_id, scope)
    return _read(engine, scope, row) if row else None


def overview(engine: Engine, scope: Scope, school_year: str) -> Overview:
    """The schools of a school year and how far their advices are."""
    found = [advice(row) for row in store.of_year(engine, school_year, scope)]
    names = {**schools.choices(engine, scope), **placements.schools_of_year(engine, scope, school_year)}
    names |= {
        one.school_id: one.school or "" for one in found if one.school_id and one.school_id not in names
    }
    ordered = dict(sorted(names.items(), key=lambda each: each[1].casefold()))
    by_school = {one.school_id: one for one in found if one.school_id}
    return Overview(ordered, next((one for one in found if one.school_id is None), None), by_school)


def progress(engine: Engine, scope: Scope, school_year: str) -> Progress:
    """How far the advices of schools are in a school year."""
    found = store.signed_by_school(engine, school_year, scope)
    known = {*schools.choices(engine, scope), *placements.schools_of_year(engine, scope, school_year), *found}
    signed = sum(found.values())
    return Progress(len(known), len(found) - signed, signed)


def drafts(engine: Engine, scope: Scope, school_year: str) -> int:
    """How many advices of schools wait to be signed in a school year."""
    return sum(not signed for signed in store.signed_by_school(engine, school_year, scope).values())


def years(engine: Engine, scope: Scope) -> tuple[str, ...]:
    """The school years of which there is an advice, the newest first."""
    return tuple(store.years(engine, scope))


def facts(
    engine: Engine,
    scope: Scope,
    *,
    school_id: str | None,
    school_year: str,
    today: date,
    choice: Choice | None = None,
    releases: Sequence[Release] | None = None,
) -> Facts:
    """Everything an advice may say, as it is known today; `releases` for who asks about many schools."""
    return gathering.facts(
        engine,
        scope,
        book(),
        school_id=school_id,
        year=school_year,
        today=today,
        choice=choice,
        releases=releases,
    )


def drafted(
    engine: Engine,
    scope: Scope,
    *,
    school_id: str | None,
    school_year: str,
    today: date,
    releases: Sequence[Release] | None = None,
) -> tuple[Drafted, ...]:
    """Every sentence that could be said of a school or the programme today."""
    told = facts(engine, scope, school_id=school_id, school_year=school_year, today=today, releases=releases)
    return draft(told, book())


def drafted_now(engine: Engine, scope: Scope, one: Advice, today: date) -> tuple[Drafted, ...]:
    """Every sentence that could stand in an advice today, with its proposal."""
    choice = None
    if one.choice:
        partners = tuple(gathering.label("partner", key) for key in one.choice_with)
        choice = Choice(one.choice, one.choice_hours, one.choice_on, partners, one.find_coach)
    told = facts(
        engine, scope, school_id=one.school_id, school_year=one.school_year, today=today, choice=choice
    )
    return draft(told, book())


def standing(engine: Engine, scope: Scope, one: Advice, today: date) -> Standing:
    """How an advice stands to what is known today; a signed one stands as it was signed."""
    if one.is_signed:
        return Standing({}, ())
    return held_against(one, drafted_now(engine, scope, one, today))


def _read(engine: Engine, scope: Scope, row: Row) -> Advice:
    """An advice with the sentences that this reader may read."""
    held_back = store.holds_back(engine, row["id"], scope)
    return advice(row, store.lines(engine, row["id"], scope), holds_back=held_back)

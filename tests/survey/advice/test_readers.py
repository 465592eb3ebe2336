"""Who reads an advice: a lead every one, a coach a signed one of an own school and year, others none."""

from collections.abc import Callable
from typing import Any

from survey.access.permissions import Role, Scope
from survey.advice import reports
from survey.database import SqliteEngine
from tests.conftest import Member, scope_of
from tests.survey.advice.conftest import ON, SCHOOL, YEAR, Place


def test_a_coach_reads_a_signed_one_of_the_own_school_only(
    engine: SqliteEngine,
    act: Callable[..., Any],
    written: str,
    ana: Member,
    cleo: Member,
    ben: Member,
) -> None:
    assert reports.of_school(engine, scope_of(ana), SCHOOL, YEAR) is None
    act("choose", chosen=ON)
    act("sign")
    signed = reports.of_school(engine, scope_of(ana), SCHOOL, YEAR)
    assert signed is not None
    assert signed.lines
    for other in (scope_of(cleo), scope_of(ben, Role.TRAINER), scope_of(ana, Role.TRAINER)):
        assert reports.of_school(engine, other, SCHOOL, YEAR) is None


def test_a_candidate_reads_nothing(
    engine: SqliteEngine, act: Callable[..., Any], place: Place, cleo: Member
) -> None:
    place(SCHOOL, cleo, status="click_conversation")
    act("renew")
    act("choose", chosen=ON)
    act("sign")
    assert reports.of_school(engine, scope_of(cleo), SCHOOL, YEAR) is None


def test_progress_counts_schools_drafts_and_signed(
    engine: SqliteEngine, lead: Scope, act: Callable[..., Any]
) -> None:
    assert reports.progress(engine, lead, YEAR) == reports.Progress(1, 1, 0)
    act("choose", chosen=ON)
    act("sign")
    assert reports.progress(engine, lead, YEAR) == reports.Progress(1, 0, 1)

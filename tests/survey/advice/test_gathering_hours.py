"""Hours in an advice are those of all places of a school that run; a reason stands once."""

from collections.abc import Callable
from datetime import date

from survey.access.permissions import Scope
from survey.advice.drafting import Drafted
from survey.database import SqliteEngine
from survey.placement import actions as placements
from tests.conftest import Member
from tests.survey.advice.conftest import JUNE, Place


def test_two_coaches_count_together(
    drafted: Callable[..., tuple[Drafted, ...]],
    school: str,
    place: Place,
    ana: Member,
    cleo: Member,
) -> None:
    place(school, ana, hours_agreed=2.0, agreed_because="many_questions")
    place(school, cleo, hours_agreed=1.5, agreed_because="many_questions")
    (found,) = (one for one in drafted() if one.key == "hours_differ_from_rule")
    assert (found.fields["hours_agreed"], found.fields["hours_rule"]) == ("3,5", "3,0")
    assert found.fields["reason"] == "veel of zware vragen op de school"


def test_a_vacancy_after_a_leave_keeps_the_hours_visible(
    engine: SqliteEngine,
    lead: Scope,
    drafted: Callable[..., tuple[Drafted, ...]],
    school: str,
    place: Place,
    ana: Member,
) -> None:
    key = place(school, ana, agreed_because="start_up")
    placements.end(
        engine,
        placement_id=key,
        ends_on=date(2026, 2, 28),
        reason="coach_absent",
        vacancy=True,
        by=lead,
        at=JUNE,
    )
    said = " ".join(one.words for one in drafted())
    assert "Sinds 1 maart 2026 heeft de school geen coach. Het geld voor deze plek is er nog." in said
    assert "Afgesproken is 4,5 uur." in said
    assert "afwezig" not in said


def test_a_reason_of_their_own_words_is_said_in_those_words(
    drafted: Callable[..., tuple[Drafted, ...]], school: str, place: Place, ana: Member
) -> None:
    place(school, ana, agreed_because="other", agreed_note="Drie talen <b>{coach}</b>")
    (found,) = (one for one in drafted() if one.key == "hours_differ_from_rule")
    assert found.words.endswith("De reden die erbij staat: drie talen <b>{coach}</b>.")


def test_without_pupils_nothing_is_held_against_the_rule(
    engine: SqliteEngine, drafted: Callable[..., tuple[Drafted, ...]], placed: str
) -> None:
    engine.run("DELETE FROM school_count")
    assert "hours_differ_from_rule" not in {one.key for one in drafted()}


def test_a_place_that_nobody_continued_still_has_its_coach(
    drafted: Callable[..., tuple[Drafted, ...]], school: str, place: Place, ana: Member
) -> None:
    place(school, ana, starts_on=date(2024, 9, 1), ends_on=None)
    keys = {one.key for one in drafted()}
    assert "no_placement" not in keys
    assert "placement_running" in keys

"""A sentence whose data changed or went is flagged; what a person wrote is never overwritten unasked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from survey.access.permissions import Scope
from survey.advice import actions, reports
from survey.advice.actions import Chosen
from survey.advice.document import Advice
from survey.database import SqliteEngine
from tests.survey.advice.conftest import JUNE, SCHOOL, WORDS, YEAR, Place, Read, keys, line_of


def flags(engine: SqliteEngine, lead: Scope, advice: Advice) -> dict[str, Any]:
    found = reports.standing(engine, lead, advice, JUNE.date()).flags
    return {line.key or "": found[line.id] for line in advice.lines if line.id in found}


def test_a_fresh_draft_has_no_flags(engine: SqliteEngine, lead: Scope, written: str, read: Read) -> None:
    standing = reports.standing(engine, lead, read(written), JUNE.date())
    assert standing.is_current


def test_changed_data_say_what_was_and_what_is(
    engine: SqliteEngine, lead: Scope, written: str, read: Read
) -> None:
    engine.run("UPDATE placement SET hours_agreed = 3.5")
    found = flags(engine, lead, read(written))
    assert set(found) == {"hours_differ_from_rule"}
    (difference,) = found["hours_differ_from_rule"].differences
    assert difference == ("hours_agreed", "4,5", "3,5")


def test_gone_data_are_said_to_be_gone_and_new_ones_wait(
    engine: SqliteEngine, lead: Scope, written: str, read: Read
) -> None:
    engine.run("UPDATE placement SET hours_agreed = 3.0")
    advice = read(written)
    found = flags(engine, lead, advice)
    assert found["hours_differ_from_rule"].now is None
    standing = reports.standing(engine, lead, advice, JUNE.date())
    assert [one.key for one in standing.missing] == ["hours_equal_rule"]


def test_bringing_it_up_to_date_renews_all_but_what_a_person_wrote(
    engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read
) -> None:
    act("edit", line=line_of(read(written), "hours_needed"), words=WORDS)
    engine.run("UPDATE placement SET hours_agreed = 3.0, hours_needed = 6")
    act("renew")
    told = read(written)
    assert "hours_equal_rule" in keys(told)
    assert "hours_differ_from_rule" not in keys(told)
    assert line_of(told, "hours_needed").words == WORDS
    assert set(flags(engine, lead, told)) == {"hours_needed"}


def test_a_person_lets_own_words_stand_or_takes_the_new_ones(
    engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read
) -> None:
    act("edit", line=line_of(read(written), "hours_needed"), words=WORDS)
    engine.run("UPDATE placement SET hours_needed = 6")
    act("keep", line=line_of(read(written), "hours_needed"))
    assert line_of(read(written), "hours_needed").words == WORDS
    assert not flags(engine, lead, read(written))
    engine.run("UPDATE placement SET hours_needed = 7")
    act("renew", line_id=line_of(read(written), "hours_needed").id)
    assert "7,0 uur" in line_of(read(written), "hours_needed").words
    assert not line_of(read(written), "hours_needed").is_edited


def test_words_whose_data_went_stay_as_words_of_a_person(
    engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read
) -> None:
    act("edit", line=line_of(read(written), "hours_needed"), words=WORDS)
    engine.run("UPDATE placement SET hours_needed = NULL")
    act("keep", line=line_of(read(written), "hours_needed"))
    (own,) = [one for one in read(written).lines if one.is_own]
    assert (own.words, own.source, own.n) == (WORDS, "", "")
    assert not flags(engine, lead, read(written))


def test_what_is_left_out_asks_for_nothing(
    engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read
) -> None:
    act("leave_out", line=line_of(read(written), "hours_needed"), out=True)
    act("leave_out", line=line_of(read(written), "teachers_share"), out=True)
    engine.run("UPDATE placement SET hours_needed = 6")
    assert reports.standing(engine, lead, read(written), JUNE.date()).is_current


def test_another_day_alone_makes_no_sentence_of_the_programme_stale(
    engine: SqliteEngine, lead: Scope, written: str, read: Read
) -> None:
    key = actions.draft(engine, school_id=None, school_year=YEAR, by=lead, at=JUNE)
    later = (JUNE + timedelta(days=1)).date()
    assert reports.standing(engine, lead, read(key), later).is_current


def test_a_proposal_to_find_a_coach_is_flagged_once_the_place_is_filled(
    engine: SqliteEngine,
    lead: Scope,
    act: Callable[..., Any],
    place: Place,
    written: str,
    read: Read,
) -> None:
    key = place(SCHOOL, status="vacant_funded", hours_agreed=1.0)
    act("renew")
    act("choose", chosen=Chosen("continue", "Samen verder.", 4.5, find_coach=True))
    assert "propose_find_coach" in keys(read(written))
    engine.run("UPDATE placement SET status = 'vacant_unfunded' WHERE id = :id", {"id": key})
    assert flags(engine, lead, read(written))["propose_find_coach"].now is None

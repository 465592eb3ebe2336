"""Inviting someone by name: two links in one letter, the programme once, and taken back until answered."""

from survey.database import SqliteEngine
from survey.evaluation.invitation import actions
from tests.conftest import Clock, Member
from tests.survey.evaluation.conftest import OTHER, SCHOOL, Asked, addresses, letters


def test_an_internal_supervisor_gets_two_links_in_one_letter(
    engine: SqliteEngine, named: tuple[Asked, Asked]
) -> None:
    ((recipient, body),) = letters(engine)
    assert recipient == "joris@school.nl"
    assert all(one.path in body for one in named)
    assert "Uw naam staat erbij." in body
    assert "Niemand ziet wat u zelf kiest." in body


def test_who_supervises_at_two_schools_is_asked_about_the_programme_once(
    engine: SqliteEngine, window: str, named: tuple[Asked, Asked], clock: Clock
) -> None:
    actions.with_a_name(
        engine,
        window_id=window,
        school_id=OTHER,
        respondent="ib",
        name="Joris",
        address="joris@school.nl",
        by=None,
        at=clock(),
    )
    rows = engine.rows("SELECT form, school_id FROM evaluation_invitation ORDER BY form, school_id")
    assert [(row["form"], row["school_id"]) for row in rows] == [
        ("evaluation-ib-named", SCHOOL),
        ("evaluation-ib-named", OTHER),
        ("evaluation-ib-programme", None),
    ]


def test_a_named_invitation_can_be_taken_back_until_it_is_answered(
    engine: SqliteEngine, named: tuple[Asked, Asked], lea: Member, clock: Clock
) -> None:
    own, _programme = named
    assert actions.take_back(engine, invitation_id=own.id, by=lea.id, at=clock()) is True
    assert actions.take_back(engine, invitation_id=own.id, by=lea.id, at=clock()) is False
    assert letters(engine) == [("", "")]
    assert addresses(engine) == [None]

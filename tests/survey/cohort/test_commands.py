"""An operator sets up a cohort from nothing, and is told what is wrong."""

from datetime import date

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.cohort import actions
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.commands import run
from tests.conftest import START, Member


@pytest.fixture
def najaar(app: Flask) -> str:
    """A cohort without anyone in it."""
    assert run(app, "add-cohort", "najaar", "--started", "2026-09-01")[0] == 0
    return "najaar"


def test_a_cohort_with_a_coach_a_trainer_and_a_round(
    app: Flask, engine: SqliteEngine, ana: Member, ben: Member
) -> None:
    for arguments in (
        ("add-cohort", "najaar 2026", "--started", "2026-09-01"),
        ("add-member", "najaar 2026", ana.email, "--since", "2026-09-01"),
        ("add-trainer", "najaar 2026", ben.email),
        ("add-round", "najaar 2026", "--opens", "2026-09-07", "--closes", "2026-09-27"),
    ):
        assert run(app, *arguments)[0] == 0, arguments
    row = engine.one("SELECT form, version, opens_at, closes_at FROM round")
    assert row == {
        "form": "reflection-kansencoach",
        "version": "2.0-1.0",
        "opens_at": "2026-09-06T22:00:00+00:00",
        "closes_at": "2026-09-27T22:00:00+00:00",
    }
    cohort = engine.one("SELECT id FROM cohort")
    assert cohort is not None
    assert engine.rows("SELECT act, person_id, object FROM audit WHERE act <> 'person-added'") == [
        {"act": "cohort-joined", "person_id": None, "object": ana.id},
        {"act": "trainer-added", "person_id": None, "object": f"{ben.id} {cohort['id']}"},
    ]


def test_a_second_cohort_with_the_same_name_is_refused(app: Flask, najaar: str) -> None:
    code, said = run(app, "add-cohort", "najaar", "--started", "2026-09-01")
    assert code == 1
    assert "already" in said


def test_an_unknown_cohort_or_person_is_named(app: Flask, ana: Member, najaar: str) -> None:
    assert "no cohort named nergens" in run(app, "add-trainer", "nergens", ana.email)[1]
    assert "No trainer has" in run(app, "add-trainer", najaar, "wie@example.org")[1]
    assert "No coach has" in run(app, "add-member", najaar, "wie", "--since", "2026-09-01")[1]


@pytest.mark.parametrize("command", [("add-member", "--since", "2026-09-01"), ("add-trainer",)])
@pytest.mark.parametrize("who", ["lea", "nobody", "left"])
def test_only_who_is_here_in_that_role_gets_a_place(
    app: Flask,
    engine: SqliteEngine,
    najaar: str,
    lea: Member,
    nobody: Member,
    command: tuple[str, ...],
    who: str,
) -> None:
    left = people.add_person(engine, name="Left", email="left@example.org", roles=Role, by=None, at=START)
    people.leave(engine, person_id=left, by=None, at=START)
    code, said = run(app, command[0], najaar, f"{who}@example.org", *command[1:])
    assert code == 1
    assert "Add them first with add-person" in said
    assert engine.rows("SELECT person_id FROM cohort_member UNION SELECT person_id FROM cohort_trainer") == []


def test_a_coach_does_not_train_and_a_trainer_is_no_member(
    app: Flask, najaar: str, ana: Member, ben: Member
) -> None:
    assert run(app, "add-trainer", najaar, ana.email)[0] == 1
    assert run(app, "add-member", najaar, ben.email, "--since", "2026-09-01")[0] == 1


def test_an_address_is_found_however_it_is_typed(app: Flask, najaar: str, ana: Member) -> None:
    assert run(app, "add-member", najaar, " Ana@Example.org ", "--since", "2026-09-01")[0] == 0


def test_who_is_in_a_cohort_or_was_does_not_enter_it_again(
    app: Flask, engine: SqliteEngine, najaar: str, ana: Member
) -> None:
    enter = ("add-member", najaar, ana.email, "--since", "2026-09-01")
    run(app, *enter)
    assert "is in najaar already" in run(app, *enter)[1]
    (row,) = engine.rows("SELECT cohort_id FROM cohort_member")
    actions.leave_cohort(engine, cohort_id=row["cohort_id"], person_id=ana.id, until=date(2026, 10, 1))
    code, said = run(app, *enter)
    assert code == 1
    assert "was in najaar until 2026-10-01. Nobody enters a cohort twice" in said


def test_a_trainer_is_added_once(app: Flask, najaar: str, ben: Member) -> None:
    assert run(app, "add-trainer", najaar, ben.email)[0] == 0
    assert "trains najaar already" in run(app, "add-trainer", najaar, ben.email)[1]


def test_a_cohort_of_a_profile_that_is_not_there_is_refused(app: Flask, engine: SqliteEngine) -> None:
    code, said = run(app, "add-cohort", "najaar", "--started", "2026-09-01", "--profile", "nope")
    assert code == 1
    assert "There is no profile nope" in said
    assert engine.rows("SELECT id FROM cohort") == []


@pytest.mark.parametrize(
    ("opens", "closes", "fits"),
    [
        ("2026-09-07", "2026-09-27", False),
        ("2026-09-10", "2026-09-20", False),
        ("2026-09-01", "2026-10-31", False),
        ("2026-09-01", "2026-09-07", False),
        ("2026-09-27", "2026-10-10", False),
        ("2026-09-01", "2026-09-06", True),
        ("2026-09-28", "2026-10-10", True),
    ],
)
def test_rounds_of_one_cohort_do_not_overlap(
    app: Flask, engine: SqliteEngine, najaar: str, opens: str, closes: str, fits: bool
) -> None:
    run(app, "add-round", najaar, "--opens", "2026-09-07", "--closes", "2026-09-27")
    code, said = run(app, "add-round", najaar, "--opens", opens, "--closes", closes)
    assert (code == 0) is fits
    assert ("another round of najaar is open in those days" in said) is not fits
    assert len(engine.rows("SELECT id FROM round")) == 1 + fits


def test_another_cohort_has_rounds_of_its_own(app: Flask, najaar: str) -> None:
    run(app, "add-cohort", "voorjaar", "--started", "2026-03-01")
    days = ("--opens", "2026-09-07", "--closes", "2026-09-27")
    assert [run(app, "add-round", name, *days)[0] for name in (najaar, "voorjaar")] == [0, 0]


def test_a_round_that_closes_before_it_opens_is_refused(
    app: Flask, engine: SqliteEngine, najaar: str
) -> None:
    code, said = run(app, "add-round", "najaar", "--opens", "2026-09-07", "--closes", "2026-09-01")
    assert code == 1
    assert "closes before it opens" in said
    assert engine.rows("SELECT id FROM round") == []

"""An operator sets up a cohort from nothing, and is told what is wrong."""

from flask import Flask

from survey.database import SqliteEngine
from tests.conftest import Member


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(arguments))
    return result.exit_code, result.output


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


def test_a_second_cohort_with_the_same_name_is_refused(app: Flask) -> None:
    run(app, "add-cohort", "najaar", "--started", "2026-09-01")
    code, said = run(app, "add-cohort", "najaar", "--started", "2026-09-01")
    assert code == 1
    assert "already" in said


def test_an_unknown_cohort_or_person_is_named(app: Flask, ana: Member) -> None:
    assert "no cohort named nergens" in run(app, "add-trainer", "nergens", ana.email)[1]
    run(app, "add-cohort", "najaar", "--started", "2026-09-01")
    assert "Nobody has" in run(app, "add-trainer", "najaar", "wie@example.org")[1]


def test_a_round_that_closes_before_it_opens_is_refused(app: Flask, engine: SqliteEngine) -> None:
    run(app, "add-cohort", "najaar", "--started", "2026-09-01")
    code, said = run(app, "add-round", "najaar", "--opens", "2026-09-07", "--closes", "2026-09-01")
    assert code == 1
    assert "closes before it opens" in said
    assert engine.rows("SELECT id FROM round") == []

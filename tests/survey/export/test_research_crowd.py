"""What too few share is left empty: a cohort, and how experienced someone was."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.export.research.crowd import CROWD
from survey.people import actions as people
from tests.commands import run
from tests.conftest import START, Cohorts, Member
from tests.survey.export.conftest import House, rows

Research = Callable[..., Path]
Let = Callable[..., None]


@pytest.fixture
def crowd(
    engine: SqliteEngine, cohorts: Cohorts, ana: Member, house_of_secrets: House, let_research: Let
) -> list[Member]:
    """As many coaches as make a crowd, all without experience, answered in Ben's cohort."""
    from survey.cohort import actions as cohorts_of

    members = [ana]
    for number in range(CROWD - 1):
        name = f"Coach {number}"
        email = f"coach{number}@example.org"
        key = people.add_person(engine, name=name, email=email, roles=[Role.COACH], by=None, at=START)
        cohorts_of.join(
            engine, cohort_id=cohorts.bens, person_id=key, since=START.date() - timedelta(days=200)
        )
        engine.run(
            "INSERT INTO reflection SELECT :key, round_id, :key, 1, NULL, started_at, saved_at, "
            "submitted_at FROM reflection WHERE round_id = :round AND person_id = :ana",
            {"key": key, "round": house_of_secrets.rounds[0], "ana": ana.id},
        )
        members.append(Member(key, name, email))
    engine.run("UPDATE person SET experience = 'none'")
    let_research(*members)
    return members


def test_enough_coaches_show_cohort_and_experience(crowd: list[Member], research: Research) -> None:
    folder = research()
    assert {row["experience"] for row in rows(folder, "coaches")} == {"none"}
    (cohort,) = {row["cohort"] for row in rows(folder, "reflections")}
    assert cohort
    assert {row["round"] for row in rows(folder, "reflections")} == {"1", "2"}


def test_one_coach_less_is_no_export(
    app: Flask, crowd: list[Member], let_research: Let, tmp_path: Path, dump: Callable[[], object]
) -> None:
    let_research(crowd[-1], yes=False)
    before = dump()
    code, said = run(app, "export", "research", str(tmp_path / "onderzoek"))
    assert (code, dump()) == (1, before)
    assert "closed rounds: 4. Fewer than 5 are never an export" in said
    assert not (tmp_path / "onderzoek").exists()


def test_who_stands_out_by_experience_has_none_told(
    engine: SqliteEngine, crowd: list[Member], research: Research
) -> None:
    engine.run("UPDATE person SET experience = 'over_3' WHERE id = :id", {"id": crowd[0].id})
    folder = research()
    assert {row["experience"] for row in rows(folder, "coaches")} == {""}
    assert all(row["cohort"] for row in rows(folder, "reflections"))

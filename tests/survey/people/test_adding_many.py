"""Adding many people at once: all of them or nobody, each once, and as they were looked at."""

import re
from typing import Any

import pytest

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.people import actions
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Dump, Member, scope_of
from tests.survey.people.taking_in import TWO, add, look, problems


def test_the_button_adds_everyone_and_mails_them(
    leas: HouseClient, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    reply = add(leas, TWO)
    assert (reply.status_code, reply.location) == (303, "/mensen?erbij=2")
    assert "2 mensen zijn toegevoegd" in leas.get(reply.location).text
    (sanne,) = engine.rows(
        "SELECT id, status, language, experience FROM person WHERE email = 'sanne@school.example'"
    )
    assert sanne == {"id": sanne["id"], "status": "aspirant", "language": "en", "experience": "1_to_3"}
    assert engine.rows("SELECT cohort_id, since FROM cohort_member WHERE person_id = :id", sanne) == [
        {"cohort_id": cohorts.bens, "since": "2025-10-01"}
    ]
    assert engine.rows(
        "SELECT p.name FROM cohort_trainer t JOIN person p ON p.id = t.person_id "
        "WHERE t.cohort_id = :id ORDER BY p.name",
        {"id": cohorts.bens},
    ) == [{"name": "Ben"}, {"name": "Ruben Vos"}]
    assert engine.rows("SELECT recipient, subject FROM outbox ORDER BY recipient") == [
        {"recipient": "ruben@school.example", "subject": "Welkom bij Groeispiegel"},
        {"recipient": "sanne@school.example", "subject": "Welcome to Groeispiegel"},
    ]


def test_lines_that_were_not_looked_at_are_shown_first(
    leas: HouseClient, cohorts: Cohorts, dump: Dump
) -> None:
    page = look(leas, TWO).text
    (seen,) = re.findall(r'name="gezien" value="(\w+)"', page)
    before = dump()
    reply = look(leas, TWO.replace("Ruben", "Rinus"), gezien=seen)
    assert (reply.status_code, "Rinus Vos" in reply.text) == (200, True)
    assert dump() == before


def test_someone_added_a_moment_ago_keeps_all_others_out(
    leas: HouseClient, cohorts: Cohorts, engine: SqliteEngine, dump: Dump
) -> None:
    page = look(leas, TWO).text
    (seen,) = re.findall(r'name="gezien" value="(\w+)"', page)
    actions.add_person(
        engine, name="Rob", email="ruben@school.example", roles={Role.COACH}, by=None, at=START
    )
    before = dump()
    reply = look(leas, TWO, gezien=seen)
    assert reply.status_code == 409
    assert problems(reply.text) == ["Er is al iemand met dit mailadres: Rob."]
    assert dump() == before


def test_two_leads_at_the_very_same_moment_add_each_person_once(
    leas: HouseClient, cohorts: Cohorts, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_args: object, **_named: object) -> None:
        raise actions.EmailTaken("ruben@school.example", left=False)

    monkeypatch.setattr(actions, "invite_all", too_late)
    before = dump()
    assert add(leas, TWO).status_code == 409
    assert dump() == before


def test_the_same_button_twice_adds_nobody_twice(
    leas: HouseClient, cohorts: Cohorts, engine: SqliteEngine, dump: Dump
) -> None:
    page = look(leas, TWO).text
    (seen,) = re.findall(r'name="gezien" value="(\w+)"', page)
    assert look(leas, TWO, gezien=seen).status_code == 303
    before = dump()
    again = look(leas, TWO, gezien=seen)
    assert (again.status_code, again.location) == (303, "/mensen?erbij=2")
    assert dump() == before


def test_one_bad_name_in_code_adds_nobody(engine: SqliteEngine, app: Any, lea: Member, dump: Dump) -> None:
    people = [
        actions.Newcomer(name, f"p{n}@school.example", frozenset({Role.COACH}))
        for n, name in enumerate(("Sanne", " "))
    ]
    before = dump()
    with app.app_context(), pytest.raises(actions.NoName):
        actions.invite_all(engine, people=people, by=scope_of(lea, Role.LEAD), at=START)
    assert dump() == before

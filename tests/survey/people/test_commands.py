"""The command that adds the first person of an installation."""

import pytest
from flask import Flask

from survey.database import SqliteEngine
from survey.people import actions
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import START, Member

LEA = ["add-person", "--name", "Lea Brink", "--email", "lea.brink@example.org"]


def test_the_first_lead_is_added_and_signs_in(app: Flask, client: HouseClient, engine: SqliteEngine) -> None:
    code, said = run(app, *LEA, "--role", "lead", "--role", "coach", "--language", "en")
    assert code == 0, said
    link = run(app, "signin-link", "lea.brink@example.org")[1].strip()
    assert client.post(link.removeprefix("http://localhost")).status_code == 303
    assert client.get("/mensen").status_code == 200
    assert engine.rows("SELECT language FROM person") == [{"language": "en"}]
    assert engine.rows("SELECT person_id FROM audit WHERE act = 'person-added'") == [{"person_id": None}]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (LEA, "Missing option '--role'"),
        ([*LEA, "--role", "director"], "'director' is not one of"),
        ([*LEA, "--role", "lead", "--language", "de"], "'de' is not one of"),
        ([*LEA, "--role", "lead", "--email", "lea"], "not a mail address: 'lea'"),
        ([*LEA, "--role", "lead", "--name", " "], "not a name: ''"),
        (
            [*LEA, "--role", "lead", "--email", "Ana@example.org"],
            "has this mail address already: ana@example.org",
        ),
    ],
)
def test_what_cannot_be_added_is_explained(
    options: list[str], says: str, app: Flask, engine: SqliteEngine, ana: Member
) -> None:
    code, said = run(app, *options)
    assert code != 0
    assert says in said
    assert len(engine.rows("SELECT id FROM person")) == 1


def test_the_address_of_someone_who_left_is_told_apart(app: Flask, engine: SqliteEngine, ana: Member) -> None:
    actions.leave(engine, person_id=ana.id, at=START, by=None)
    code, said = run(app, *LEA, "--role", "lead", "--email", ana.email)
    assert code == 1
    assert "someone who left has this mail address already" in said

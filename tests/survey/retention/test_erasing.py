"""Someone is erased on request: nothing of theirs is left, nothing of others goes, no number moves."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from survey.access import actions as access
from survey.access.accounts import ERASED
from survey.access.permissions import Role, Scope
from survey.clock import stamp
from survey.cohort import reports as cohorts
from survey.cohort.numbers import reports as numbers
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.people import store as register
from survey.retention import store as rules
from survey.retention.erasing import store
from tests.commands import run
from tests.conftest import START, Dump, Member, Signed, scope_of
from tests.survey.demo import conftest as demo

EMAIL, NAME = "wouter.nijeveldt@veenrand.example", "Wouter Nijeveldt"
WAITS = "wouter.elders@example.org"
YES = ("erase-person", EMAIL, "--yes")
AT = stamp(START)
region = demo.region  # the region, loaded once for all tests
# Where the id of someone who was erased is left, without a name to it, and why.
POINTED_AT = {
    "person": "what all of these point at",
    "audit": "who did what, for 12 months",
    "cohort_member": "how large a cohort was; numbers that were shown hold",
    "growth_share": "that a trainer saw them hides others in the numbers of that trainer",
    "case": "children and parents, for 12 months after the case was closed",
    "hint_talk": "as case", "case_closing": "as case", "agreement": "as case", "handover": "as case",
    "scale_decision": "as case",
    "placement": "hours that were paid for, for 7 years",
    "placement_change": "as placement", "hours_log": "as placement", "assignment": "as placement",
    "hours_plan_line": "as placement",
    "start_agreement": "of the school and its partners, as placement", "yield_review": "as start_agreement",
    "evaluation_node": "in which group answers were counted; what was released stays",
}  # fmt: skip
# Of a lead or trainer, also: what they made or decided goes on for others.
DECIDED = {
    "year_plan": "of a cohort", "event": "of cohorts", "attendance": "of coaches",
    "hours_plan": "as placement", "evaluation_window": "of a year", "evaluation_release": "stays",
    "evaluation_lines": "stays", "said_done": "stays", "advice": "of a school, for 7 years",
    "advice_sentence": "as advice", "proposal": "of who proposed it",
}  # fmt: skip
# Where the name is left as somebody wrote it, and why.
NAMED = {
    "start_signature": "who signed a document that stands for 7 years",
    "advice": "who signed a document that stands for 7 years",
}


@pytest.fixture(scope="session")
def template_database(region: demo.Loaded) -> Path:
    return region.path


@pytest.fixture
def wouter(app: Flask, engine: SqliteEngine) -> Iterator[Member]:
    """A coach who holds nothing any more, with something in every table that can hold a coach."""
    row = engine.one("SELECT id FROM person WHERE name = :name", {"name": NAME})
    assert row
    key = str(row["id"])
    trainer = engine.one("SELECT person_id AS id FROM role_grant WHERE role = 'trainer' ORDER BY person_id")
    agreement = engine.one("SELECT id FROM start_agreement ORDER BY id")
    event = engine.one("SELECT id FROM event ORDER BY id")
    assert trainer
    assert agreement
    assert event
    engine.run(
        "UPDATE placement SET status = 'ended', ends_on = '2026-01-19' WHERE person_id = :id "
        "AND status <> 'ended'",
        {"id": key},
    )
    access.open_session(engine, person_id=key, at=START)
    access.issue_link(engine, person_id=key, at=START)
    access.ask_link(engine, email=EMAIL, at=START)
    people.let_research(engine, by=Scope(key, NAME, frozenset({Role.COACH})), yes=True, at=START)
    text = {"subject": "s", "body": f"Dag {NAME}", "created_at": AT}
    signed = {"name": NAME, "signed_at": AT, "expires_at": AT, "partner": "school", "token_hash": "s" * 64}
    for table, rest in {
        "outbox": {"id": "own", "recipient": EMAIL, **text},
        "address_change": {"person_id": key, "email": WAITS, "asked_at": AT, "token_hash": "a" * 64},
        "mail_choice": {"person_id": key, "stopped_at": AT},
        "calendar_feed": {"person_id": key, "token_hash": "c" * 64, "made_at": AT},
        "notice": {"id": "n", "person_id": key, "kind": "k", "about": "x", "decided_at": AT},
        "shared_focus": {"event_id": event["id"], "person_id": key, "item": "i", "shared_at": AT},
        "proposal": {
            "id": "p",
            "person_id": key,
            "profile": "f",
            "change": "c",
            "proposed_at": AT,
            "state": "open",
        },
        "growth_share": {"id": "g", "person_id": key, "trainer_id": trainer["id"], "shared_at": AT},
        "start_signature": {"id": "sig", "agreement_id": agreement["id"], **signed},
    }.items():
        engine.insert(table, rest)
    engine.insert("outbox", {"id": "new", "recipient": WAITS, **text})
    with app.app_context():
        yield Member(key, NAME, EMAIL)


def test_nothing_is_left_but_an_id_where_others_need_it(app: Flask, wouter: Member, dump: Dump) -> None:
    assert run(app, *YES)[0] == 0
    held = {table: [str(value) for row in rows for value in row] for table, rows in dump().items()}
    for table in ("session", "rate_limit"):  # the dump leaves these out
        with app.extensions["database"].session() as engine:
            held[table] = [str(v) for row in engine.rows(f"SELECT * FROM {table}") for v in row.values()]

    def holding(text: str) -> set[str]:
        return {table for table, values in held.items() if any(text.lower() in v.lower() for v in values)}

    assert holding(EMAIL) | holding(WAITS) == set()
    assert holding(wouter.id) <= POINTED_AT.keys()
    assert holding(wouter.id) >= {"person", "case", "placement", "cohort_member", "growth_share"}
    assert holding(NAME) <= NAMED.keys()
    assert "start_signature" in holding(NAME)


@pytest.mark.parametrize("role", [Role.LEAD, Role.TRAINER])
def test_of_who_led_or_trained_is_left_what_they_decided(
    app: Flask, engine: SqliteEngine, dump: Dump, role: Role
) -> None:
    row = engine.one(
        "SELECT id, name, email FROM person JOIN role_grant ON person_id = id WHERE role = :role ORDER BY id",
        {"role": role},
    )
    assert row
    people.add_person(engine, name="Noor", email="noor@example.org", roles=[role], by=None, at=START)
    engine.run("DELETE FROM cohort_trainer WHERE person_id = :id", row)
    assert run(app, "erase-person", row["email"], "--yes")[0] == 0
    found = {
        key: {table for table, rows in dump().items() if key in str(rows)} for key in map(str, row.values())
    }
    assert found[row["email"]] == set()
    assert found[row["name"]] <= NAMED.keys()
    assert found[row["id"]] <= POINTED_AT.keys() | DECIDED.keys()


def test_what_is_left_says_nothing_of_who_it_was(app: Flask, wouter: Member, engine: SqliteEngine) -> None:
    assert run(app, *YES)[0] == 0
    row = engine.one("SELECT * FROM person WHERE id = :id", {"id": wouter.id})
    assert row == {
        "id": wouter.id, "name": "Naam gewist", "email": f"{wouter.id}@gewist.invalid", "status": "left",
        "language": "nl", "created_at": ERASED, "left_at": ERASED,
        "left_because": None, "experience": None, "research_since": None,
    }  # fmt: skip
    (noted,) = engine.rows("SELECT person_id, object FROM audit WHERE act = 'person-erased'")
    assert noted == {"person_id": None, "object": wouter.id}


def test_nothing_of_anybody_else_changes(
    app: Flask, wouter: Member, dump: Dump, engine: SqliteEngine
) -> None:
    columns = {
        table: [column["name"] for column in engine.rows(f"PRAGMA table_info('{table}')")] for table in dump()
    }
    before = dump()
    assert run(app, *YES)[0] == 0
    after = dump()
    # Theirs is what names them, and what names a row of theirs by its id.
    theirs = {wouter.id, EMAIL, WAITS}
    gone = [(table, row) for table, rows in before.items() for row in set(rows) - set(after[table])]
    while found := [(table, row) for table, row in gone if theirs & set(row)]:
        gone = [each for each in gone if each not in found]
        theirs |= {str(row[0]) for table, row in found if columns[table][0] == "id"}
    assert gone == []
    added = [(table, row) for table, rows in after.items() for row in set(rows) - set(before[table])]
    assert [(table, row) for table, row in added if not any(key in str(row) for key in theirs)] == []
    assert {table for table, _ in added} == {
        "person", "audit", "cohort_member", "growth_share", "evaluation_node",
    }  # fmt: skip


def test_a_dry_run_says_the_very_same_and_erases_nothing(app: Flask, wouter: Member, dump: Dump) -> None:
    before = dump()
    code, would = run(app, "erase-person", EMAIL, "--dry-run")
    assert code == 0
    assert "would erase 4 from reflection\n" in would
    assert dump() == before
    assert run(app, *YES) == (0, would.replace("would erase", "erased"))


@pytest.mark.parametrize(("typed", "goes"), [(EMAIL, True), ("wouter@veenrand.example", False), ("", False)])
def test_the_address_is_asked_for_once_more(
    app: Flask, wouter: Member, dump: Dump, typed: str, goes: bool
) -> None:
    before = dump()
    result = app.test_cli_runner().invoke(args=["erase-person", EMAIL], input=f"{typed}\n")
    assert (result.exit_code == 0) is goes
    assert (dump() != before) is goes


@pytest.mark.parametrize("email", ["niemand@example.org", "geen adres", EMAIL])
def test_who_was_never_here_or_is_erased_cannot_be_erased(app: Flask, wouter: Member, email: str) -> None:
    assert run(app, *YES)[0] == 0
    for again in (email, f"{wouter.id}@gewist.invalid"):
        code, said = run(app, "erase-person", again, "--yes")
        assert code == 1
        assert f"Nobody has the mail address {again}: it was never here, or it was erased." in said


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ('UPDATE "case" SET closed_at = NULL WHERE id = (SELECT min(id) FROM "case" WHERE coach_id = :id)',
         "1 open case. First have the cases closed or handed over."),
        ("UPDATE placement SET status = 'active', ends_on = NULL WHERE id IN "
         "(SELECT id FROM placement WHERE person_id = :id ORDER BY starts_on DESC LIMIT 2)",
         "2 placements. First end the placements."),
        ("INSERT INTO cohort_trainer SELECT min(id), :id FROM cohort",
         "1 cohort as trainer. First give the cohorts another trainer."),
        ("UPDATE evaluation_window SET laid_at = opens_at WHERE counted_at IS NULL AND :id <> ''",
         "1 evaluation that is not counted yet. First wait until the evaluation is counted."),
    ],
)  # fmt: skip
def test_what_others_would_miss_is_in_the_way(
    app: Flask, engine: SqliteEngine, wouter: Member, dump: Dump, sql: str, said: str
) -> None:
    engine.run(sql, {"id": wouter.id})
    before = dump()
    for arguments in (YES, ("erase-person", EMAIL, "--dry-run")):
        code, told = run(app, *arguments)
        assert code == 1
        assert told.endswith(f"Nothing was erased. {EMAIL} still has {said}\n")
    assert dump() == before


@pytest.mark.parametrize(("days", "code"), [(29, 1), (31, 0)])
def test_an_evaluation_that_can_never_be_counted_holds_nobody_for_ever(
    app: Flask, engine: SqliteEngine, wouter: Member, days: int, code: int
) -> None:
    closed = stamp(START - timedelta(days=days))
    engine.run(
        "UPDATE evaluation_window SET laid_at = opens_at, opens_at = '2025-01-01', closes_at = :closed "
        "WHERE counted_at IS NULL",
        {"closed": closed},
    )
    assert run(app, *YES)[0] == code


def test_no_number_that_was_shown_moves(app: Flask, engine: SqliteEngine, wouter: Member) -> None:
    trainer = engine.one(
        "SELECT person_id AS id FROM cohort_trainer WHERE cohort_id IN "
        "(SELECT cohort_id FROM cohort_member WHERE person_id = :id)",
        {"id": wouter.id},
    )
    lead = engine.one("SELECT person_id AS id FROM role_grant WHERE role = 'lead'")
    assert trainer
    assert lead
    reads = Scope(trainer["id"], "", frozenset({Role.TRAINER}))
    keeps = Scope(lead["id"], "", frozenset({Role.LEAD}))
    year = START - timedelta(days=365)

    def of_cohorts() -> list[numbers.Numbers]:
        return [
            numbers.numbers(engine, reads, cohort=cohort, at=START, catalog=app.extensions["catalog"])
            for cohort in cohorts.trained(engine, reads)
        ]

    before, took_part = of_cohorts(), cohorts.taking_part(engine, keeps, since=year, at=START)
    assert any(one.curve.points for one in before)
    assert run(app, *YES)[0] == 0
    assert of_cohorts() == before
    left = cohorts.taking_part(engine, keeps, since=year, at=START)
    assert set(left) < set(took_part), "a month is as it was, or not shown"


def test_who_was_erased_is_no_person_of_the_programme_any_more(
    app: Flask, engine: SqliteEngine, wouter: Member, as_: Signed
) -> None:
    lead = engine.one(
        "SELECT id, name, email FROM person JOIN role_grant ON person_id = id WHERE role = 'lead'"
    )
    assert lead
    assert run(app, *YES)[0] == 0
    keeps = scope_of(Member(**lead), Role.LEAD)
    assert wouter.id not in {row["id"] for row in register.people(engine, keeps)}
    client = as_(Member(**lead))
    assert client.get(f"/mensen/{wouter.id}").status_code == 404
    assert client.post(f"/mensen/{wouter.id}/terug").status_code == 404


def test_every_rule_about_who_left_is_a_rule_of_erasing(engine: SqliteEngine) -> None:
    """And so is every table that a later schema lets go with a person, but what others are counted by."""
    erased = {rule.table for rule in store.RULES_OF_ONE}
    assert erased >= {rule.table for rule in rules.RULES if "left_at <" in rule.old} - {"event"}
    stays = {"cohort_member", "cohort_trainer", "growth_share", "assignment"}
    for row in engine.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        keys = engine.rows(f"PRAGMA foreign_key_list('{row['name']}')")
        if any(key["table"] == "person" and key["on_delete"] == "CASCADE" for key in keys):
            assert row["name"] in erased | stays

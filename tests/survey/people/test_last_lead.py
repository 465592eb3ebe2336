"""Somebody always leads: the last programme lead neither leaves, nor loses the role, nor is erased."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from survey.access.permissions import NotYours, Role
from survey.database import Engine, SqliteEngine
from survey.people import actions, changing
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import START, Dump, Member, scope_of

ONLY = "Lea is de enige programmaleider. Geef eerst iemand anders die rol."
Act = Callable[[Engine, Member, Member], None]


def _lead(engine: SqliteEngine, name: str) -> Member:
    email = f"{name.lower()}@example.org"
    key = actions.add_person(engine, name=name, email=email, roles=[Role.LEAD], by=None, at=START)
    return Member(key, name, email)


@pytest.fixture
def mira(engine: SqliteEngine) -> Member:
    return _lead(engine, "Mira")


def lose_the_role(engine: Engine, member: Member, by: Member) -> None:
    details = changing.Details(member.name, member.email, "active", None, fewer_roles=frozenset({Role.LEAD}))
    changing.change(engine, person_id=member.id, details=details, by=scope_of(by, Role.LEAD), at=START)


def leave(engine: Engine, member: Member, by: Member) -> None:
    actions.leave(engine, person_id=member.id, at=START, by=by.id)


ACTS = pytest.mark.parametrize("act", [lose_the_role, leave])


def leads(engine: SqliteEngine) -> set[str]:
    rows = engine.rows(
        "SELECT p.name FROM person p JOIN role_grant r ON r.person_id = p.id "
        "WHERE r.role = 'lead' AND p.status <> 'left'"
    )
    return {row["name"] for row in rows}


@ACTS
def test_of_two_leads_one_can_go_and_the_other_stays(
    app: Flask, engine: SqliteEngine, lea: Member, mira: Member, act: Act, dump: Dump
) -> None:
    with app.app_context():
        act(engine, mira, lea)
        before = dump()
        with pytest.raises(actions.LastLead):
            act(engine, lea, mira)
    assert dump() == before
    assert leads(engine) == {"Lea"}


@ACTS
def test_two_leads_who_put_each_other_out_at_the_same_moment_leave_one(
    app: Flask, engine: SqliteEngine, lea: Member, mira: Member, act: Act
) -> None:
    together = Barrier(2)

    def put_out(pair: tuple[Member, Member]) -> bool:
        with app.app_context(), app.extensions["database"].session() as own:
            together.wait(10)
            try:
                act(own, *pair)
            except actions.LastLead:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(put_out, [(mira, lea), (lea, mira)]))
    assert sorted(done) == [False, True]
    assert leads(engine) == ({"Lea"} if done[0] else {"Mira"})


@ACTS
def test_who_leads_no_more_puts_no_other_lead_out(
    app: Flask, engine: SqliteEngine, lea: Member, mira: Member, act: Act, dump: Dump
) -> None:
    noor = _lead(engine, "Noor")
    with app.app_context():
        act(engine, mira, lea)
        before = dump()
        with pytest.raises(NotYours):
            act(engine, noor, mira)
    assert dump() == before


def test_the_one_lead_can_leave_once_somebody_else_has_the_role(
    engine: SqliteEngine, lea: Member, mira: Member
) -> None:
    actions.leave(engine, person_id=lea.id, at=START, by=None)
    with pytest.raises(actions.LastLead):
        actions.leave(engine, person_id=mira.id, at=START, by=None)
    assert leads(engine) == {"Mira"}


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        ("wijzigen", {"name": "Lea", "mail": "lea@example.org", "status": "active", "fewer_roles": "lead"}),
        ("vertrek", {"because": "retired"}),
    ],
)
def test_a_page_that_was_open_too_long_says_who_is_the_last(
    where: str,
    sent: dict[str, str],
    as_: Callable[[Member], HouseClient],
    lea: Member,
    mira: Member,
    engine: SqliteEngine,
    monkeypatch: pytest.MonkeyPatch,
    dump: Dump,
) -> None:
    device = as_(mira)
    act = {"wijzigen": (changing, "change"), "vertrek": (actions, "leave")}[where]
    as_it_is = getattr(*act)

    def a_moment_later(*given: object, **named: object) -> None:
        engine.run("DELETE FROM role_grant WHERE person_id = :id", {"id": mira.id})
        dumped.append(dump())
        as_it_is(*given, **named)

    dumped: list[object] = []
    monkeypatch.setattr(*act, a_moment_later)
    reply = device.post(f"/mensen/{lea.id}/{where}", data=sent)
    assert reply.status_code == 409
    assert ONLY in reply.text
    assert [dump()] == dumped


def test_the_last_lead_is_not_erased_and_the_command_says_what_to_do_first(
    app: Flask, engine: SqliteEngine, lea: Member, ana: Member, dump: Dump
) -> None:
    before = dump()
    for how in ("--yes", "--dry-run"):
        code, said = run(app, "erase-person", lea.email, how)
        assert code == 1
        assert "lea@example.org still has 1 role of lead that nobody else has." in said
        assert "First let another lead in (`flask add-person --role lead`)." in said
    assert dump() == before
    _lead(engine, "Mira")
    assert run(app, "erase-person", lea.email, "--yes")[0] == 0
    assert leads(engine) == {"Mira"}

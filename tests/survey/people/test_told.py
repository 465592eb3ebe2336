"""What a lead changes in who gets in and who sees what: those whom it touches are told, and can answer."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import NotYours, Role
from survey.database import SqliteEngine
from survey.people import actions, changing
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member, scope_of

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def mira(engine: SqliteEngine) -> Member:
    """Another programme lead, who reads English."""
    key = actions.add_person(
        engine,
        name="Mira",
        email="mira@example.org",
        roles=[Role.LEAD],
        by=None,
        at=START,
        language="en",
    )
    return Member(key, "Mira", "mira@example.org")


def noted(member: Member, **change: Any) -> dict[str, Any]:
    return {"name": member.name, "mail": member.email, "status": "active", "experience": "", **change}


def mails(engine: SqliteEngine) -> dict[str, str]:
    rows = engine.rows("SELECT recipient, subject, body FROM outbox")
    assert len({row["recipient"] for row in rows}) == len(rows)
    return {row["recipient"]: f"{row['subject']}\n{row['body']}" for row in rows}


def acts(engine: SqliteEngine, act: str) -> list[str]:
    return [row["object"] for row in engine.rows("SELECT object FROM audit WHERE act = :act", {"act": act})]


def roles(engine: SqliteEngine, member: Member) -> set[str]:
    rows = engine.rows("SELECT role FROM role_grant WHERE person_id = :id", {"id": member.id})
    return {row["role"] for row in rows}


def test_who_never_signed_in_has_the_new_address_at_once_and_both_are_told(
    leas: HouseClient, ana: Member, engine: SqliteEngine
) -> None:
    engine.run("UPDATE person SET created_at = '2026-01-10T10:00:00+00:00' WHERE id = :id", {"id": ana.id})
    leas.post(f"/mensen/{ana.id}/wijzigen", data=noted(ana, mail="lea.alias@example.org"))
    told = mails(engine)
    assert set(told) == {"ana@example.org", "lea.alias@example.org"}
    assert "Lea heeft uw mailadres in Groeispiegel" in told["ana@example.org"]
    assert "lea.alias" not in told["ana@example.org"], "it may be the address of a stranger by now"
    assert acts(engine, "address-changed") == [ana.id]


def test_another_name_is_told_nobody(leas: HouseClient, ana: Member, engine: SqliteEngine) -> None:
    leas.post(f"/mensen/{ana.id}/wijzigen", data=noted(ana, name="Ana Bos"))
    assert (mails(engine), acts(engine, "address-changed")) == ({}, [])


def test_a_lead_cannot_give_herself_a_role_or_end_one(leas: HouseClient, lea: Member, dump: Dump) -> None:
    before = dump()
    page = leas.get(f"/mensen/{lea.id}/wijzigen").text
    assert not re.search('name="(more|fewer)_roles"', page)
    assert "wijzigt een andere programmaleider" in page
    for sent in ({"more_roles": ["trainer", "coach"]}, {"fewer_roles": ["lead"]}):
        reply = leas.post(f"/mensen/{lea.id}/wijzigen", data=noted(lea, **sent))
        assert reply.status_code == 422
        assert "Kies uit de rollen die hier staan." in reply.text
    assert dump() == before


def test_the_act_itself_refuses_own_roles(engine: SqliteEngine, lea: Member, dump: Dump) -> None:
    before = dump()
    details = changing.Details(lea.name, lea.email, "active", None, frozenset({Role.TRAINER}))
    with pytest.raises(NotYours):
        changing.change(engine, person_id=lea.id, details=details, by=scope_of(lea, Role.LEAD), at=START)
    assert dump() == before


def test_who_becomes_a_trainer_is_told_and_so_is_every_other_lead(
    leas: HouseClient, ana: Member, mira: Member, engine: SqliteEngine
) -> None:
    leas.post(f"/mensen/{ana.id}/wijzigen", data=noted(ana, more_roles=["trainer"]))
    told = mails(engine)
    assert set(told) == {ana.email, mira.email}
    assert "- Ana is nu trainer." in told[ana.email]
    assert "- Ana is now a trainer." in told[mira.email]
    assert acts(engine, "role-added") == [f"{ana.id} trainer"]


def test_the_role_of_a_coach_lets_nobody_see_others_and_is_told_no_lead(
    leas: HouseClient, ben: Member, mira: Member, engine: SqliteEngine
) -> None:
    leas.post(f"/mensen/{ben.id}/wijzigen", data=noted(ben, more_roles=["coach"]))
    assert mails(engine) == {}


def test_someone_new_who_sees_others_is_told_the_other_leads(
    leas: HouseClient, mira: Member, engine: SqliteEngine
) -> None:
    new = {"name": "Fenne", "mail": "fenne@example.org", "status": "active", "language": "nl"}
    leas.post("/mensen/nieuw", data={**new, "roles": ["trainer"]})
    told = mails(engine)
    assert set(told) == {"fenne@example.org", mira.email}
    assert "Welkom" in told["fenne@example.org"]
    assert "Fenne is now a trainer." in told[mira.email]
    (fenne,) = engine.rows("SELECT id FROM person WHERE name = 'Fenne'")
    assert acts(engine, "role-added") == [f"{fenne['id']} trainer"]


def test_a_role_that_was_wrong_ends_with_what_it_let_see(
    leas: HouseClient, as_: Signed, ben: Member, mira: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    bens = as_(ben)
    assert bens.get(f"/cohorten/{cohorts.bens}").status_code == 200
    leas.post(f"/mensen/{ben.id}/wijzigen", data=noted(ben, fewer_roles=["trainer"]))
    assert roles(engine, ben) == set()
    assert bens.get(f"/cohorten/{cohorts.bens}").status_code == 404
    assert engine.rows("SELECT * FROM cohort_trainer WHERE person_id = :id", {"id": ben.id}) == []
    told = mails(engine)
    assert set(told) == {ben.email, mira.email}
    assert "- Ben is geen trainer meer." in told[ben.email]
    assert acts(engine, "role-ended") == [f"{ben.id} trainer"]


def test_another_lead_can_be_made_an_ordinary_member_again(
    leas: HouseClient, mira: Member, engine: SqliteEngine
) -> None:
    leas.post(f"/mensen/{mira.id}/wijzigen", data=noted(mira, fewer_roles=["lead"]))
    assert roles(engine, mira) == set()
    assert "Mira is no longer a programme lead." in mails(engine)[mira.email]


def test_the_role_of_a_coach_does_not_end_here(leas: HouseClient, ana: Member, engine: SqliteEngine) -> None:
    reply = leas.post(f"/mensen/{ana.id}/wijzigen", data=noted(ana, fewer_roles=["coach"]))
    assert reply.status_code == 422
    assert roles(engine, ana) == {"coach"}


def test_a_lead_who_is_put_out_hears_of_it_and_so_do_the_others(
    leas: HouseClient, mira: Member, engine: SqliteEngine
) -> None:
    actions.add_person(engine, name="Noor", email="noor@example.org", roles=[Role.LEAD], by=None, at=START)
    assert leas.post(f"/mensen/{mira.id}/vertrek", data={"because": "not_noted"}).status_code == 303
    told = mails(engine)
    assert set(told) == {mira.email, "noor@example.org"}
    assert "Lea has made these changes" in told[mira.email]
    assert "- Mira is vertrokken en kan niet meer inloggen." in told["noor@example.org"]


def test_a_lead_who_comes_back_is_told_the_other_leads(
    leas: HouseClient, mira: Member, engine: SqliteEngine
) -> None:
    key = actions.add_person(
        engine, name="Noor", email="noor@example.org", roles=[Role.LEAD], by=None, at=START
    )
    leas.post(f"/mensen/{key}/vertrek", data={"because": "not_noted"})
    engine.run("DELETE FROM outbox")
    leas.post(f"/mensen/{key}/terug")
    told = mails(engine)
    assert "Noor is now a programme lead." in told[mira.email]
    assert "Welkom" in told["noor@example.org"]


def test_a_coach_who_leaves_is_told_no_lead(
    leas: HouseClient, ana: Member, mira: Member, engine: SqliteEngine
) -> None:
    leas.post(f"/mensen/{ana.id}/vertrek", data={"because": "not_noted"})
    assert mails(engine) == {}


def test_a_page_from_before_another_leads_change_undoes_nothing(
    leas: HouseClient, as_: Signed, ana: Member, mira: Member, dump: Dump, engine: SqliteEngine
) -> None:
    address = f"/mensen/{ana.id}/wijzigen"
    (stale,) = re.findall(r'name="shown" value="(\w+)"', leas.get(address).text)
    changed = noted(ana, mail="ana@school.example", experience="over_3", shown=stale)
    assert as_(mira).post(address, data=changed).status_code == 303
    before = dump()
    reply = leas.post(address, data=noted(ana, name="Ana Bos", shown=stale))
    assert reply.status_code == 409
    assert "Iemand anders wijzigde dit net" in reply.text
    assert "ana@school.example" in reply.text
    assert 'value="Ana Bos"' in reply.text
    assert dump() == before
    (fresh,) = re.findall(r'name="shown" value="(\w+)"', reply.text)
    again = noted(ana, name="Ana Bos", mail="ana@school.example", experience="over_3", shown=fresh)
    assert leas.post(address, data=again).status_code == 303

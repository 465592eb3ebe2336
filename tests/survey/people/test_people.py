"""The list of people, adding someone, and noting that someone left."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.access import actions as access
from survey.access.permissions import Role, Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.mail.address import NoAddress
from survey.people import actions, store
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
FENNE: dict[str, Any] = {
    "name": "Fenne Oudhof",
    "mail": "fenne@example.org",
    "roles": ["coach"],
    "status": "active",
    "cohort": "",
    "language": "nl",
}
WENT = {"because": "other_work"}


def _person(engine: SqliteEngine, email: str = "fenne@example.org") -> dict[str, Any]:
    row = engine.one("SELECT id, name, status, language FROM person WHERE email = :email", {"email": email})
    assert row is not None
    return row


def _row(page: str, name: str) -> str:
    """The words of one line of the list."""
    (line,) = [
        row
        for row in re.findall(r"<tr role=\"row\">(.*?)</tr>", page, re.DOTALL)
        if f">{name}</a> <small" in row
    ]
    return " ".join(re.sub(r"<[^>]+>", " ", line).split())


def test_the_list_shows_who_takes_part(leas: HouseClient, cohorts: Cohorts, nobody: Member) -> None:
    page = leas.get("/mensen").get_data(as_text=True)
    assert _row(page, "Ana") == "Ana ana@example.org coach actief najaar"
    assert _row(page, "Ben") == "Ben ben@example.org trainer actief najaar"
    assert _row(page, "Lea") == "Lea lea@example.org programmaleider actief"
    assert _row(page, "Nobody") == "Nobody nobody@example.org actief"


def test_who_left_stands_last(leas: HouseClient, engine: SqliteEngine, ana: Member, ben: Member) -> None:
    actions.leave(engine, person_id=ana.id, at=START, by=None)
    page = leas.get("/mensen").get_data(as_text=True)
    assert _row(page, "Ana") == "Ana ana@example.org coach vertrokken"
    assert page.index("Ben</a> <small") < page.index("Lea</a> <small") < page.index("Ana</a> <small")


def test_lea_adds_someone_who_gets_a_mail(leas: HouseClient, engine: SqliteEngine, lea: Member) -> None:
    reply = leas.post("/mensen/nieuw", data=FENNE)
    fenne = _person(engine)
    assert (reply.status_code, reply.location) == (303, f"/mensen?nieuw={fenne['id']}")
    assert "Fenne Oudhof is toegevoegd" in leas.get(reply.location).get_data(as_text=True)
    (mail,) = engine.rows("SELECT recipient, subject, body FROM outbox")
    assert (mail["recipient"], mail["subject"]) == ("fenne@example.org", "Welkom bij Groeispiegel")
    assert "Lea heeft u toegevoegd aan Groeispiegel Veenrand." in mail["body"]
    assert "\nhttp://localhost/inloggen\n" in mail["body"]
    noted = engine.rows(
        "SELECT person_id FROM audit WHERE act = 'person-added' AND object = :id", {"id": fenne["id"]}
    )
    assert noted == [{"person_id": lea.id}]


def test_whoever_was_added_can_sign_in(leas: HouseClient, engine: SqliteEngine, as_: Signed) -> None:
    leas.post("/mensen/nieuw", data={**FENNE, "roles": ["lead"]})
    fenne = Member(_person(engine)["id"], "Fenne", "fenne@example.org")
    assert as_(fenne).get("/mensen").status_code == 200


def test_everything_about_someone_is_kept(leas: HouseClient, engine: SqliteEngine, cohorts: Cohorts) -> None:
    several = {
        **FENNE,
        "name": "  Fenne   Oudhof ",
        "mail": " Fenne@Example.org",
        "roles": ["coach", "trainer"],
        "status": "aspirant",
        "language": "en",
        "cohort": cohorts.bens,
    }
    leas.post("/mensen/nieuw", data=several)
    fenne = _person(engine)
    assert fenne == {"id": fenne["id"], "name": "Fenne Oudhof", "status": "aspirant", "language": "en"}
    of = {"id": fenne["id"]}
    assert {row["role"] for row in engine.rows("SELECT role FROM role_grant WHERE person_id = :id", of)} == {
        "coach",
        "trainer",
    }
    assert engine.rows("SELECT cohort_id, since FROM cohort_member WHERE person_id = :id", of) == [
        {"cohort_id": cohorts.bens, "since": "2026-01-20"}
    ]
    assert engine.rows("SELECT cohort_id FROM cohort_trainer WHERE person_id = :id", of) == [
        {"cohort_id": cohorts.bens}
    ]
    assert engine.rows("SELECT subject FROM outbox") == [{"subject": "Welcome to Groeispiegel"}]


WRONG = [
    ({"name": ""}, "Vul een naam in"),
    ({"name": " \t "}, "Vul een naam in"),
    ({"name": "x" * 201}, "Vul een naam in van ten hoogste 200 tekens."),
    ({"name": "Fenne\u202egnp.exe"}, "Vul een naam in"),
    ({"mail": ""}, "Vul een mailadres in."),
    ({"mail": "fenne"}, "Dit is geen mailadres."),
    ({"roles": []}, "Kies ten minste één rol."),
    ({"roles": ["coach", "director"]}, "Kies uit de rollen die hier staan."),
    ({"status": "left"}, "Kies een van de antwoorden."),
    ({"status": ""}, "Kies een van de antwoorden."),
    ({"language": "de"}, "Kies een van de antwoorden."),
    ({"cohort": "weg"}, "Dit cohort is er niet meer."),
]


@pytest.mark.parametrize(("change", "says"), WRONG)
def test_a_mistake_is_named_and_what_was_typed_stays(
    change: dict[str, Any], says: str, leas: HouseClient, dump: Dump
) -> None:
    before = dump()
    reply = leas.post("/mensen/nieuw", data={**FENNE, **change})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert says in page
    if "name" not in change:
        assert 'value="Fenne Oudhof"' in page
    if "mail" not in change:
        assert 'value="fenne@example.org"' in page
    if "roles" not in change:
        assert re.search(r'<input checked[^>]*value="coach"', page)
    assert dump() == before


def test_every_mistake_is_named_at_once(leas: HouseClient) -> None:
    page = leas.post("/mensen/nieuw", data={}).get_data(as_text=True)
    for field in ("name", "mail", "roles", "status", "language"):
        assert f'href="#{field}"' in page


def test_a_lead_belongs_in_no_cohort(leas: HouseClient, cohorts: Cohorts, engine: SqliteEngine) -> None:
    reply = leas.post("/mensen/nieuw", data={**FENNE, "roles": ["lead"], "cohort": cohorts.bens})
    assert reply.status_code == 422
    assert "Een cohort is voor coaches en trainers." in reply.get_data(as_text=True)


def test_a_second_person_with_the_same_address_is_refused_by_the_database(
    leas: HouseClient, ana: Member, dump: Dump
) -> None:
    before = dump()
    reply = leas.post("/mensen/nieuw", data={**FENNE, "mail": "ANA@example.org"})
    page = reply.get_data(as_text=True)
    assert reply.status_code == 409
    assert "Er is al iemand met dit mailadres." in page
    assert 'value="Fenne Oudhof"' in page
    assert dump() == before


def test_text_that_looks_like_markup_stays_text(leas: HouseClient) -> None:
    leas.post("/mensen/nieuw", data={**FENNE, "name": "<b>Fenne</b>"})
    page = leas.get("/mensen").get_data(as_text=True)
    assert "&lt;b&gt;Fenne&lt;/b&gt;" in page
    assert "<b>Fenne" not in page


def test_leaving_asks_once_and_says_what_ends(leas: HouseClient, ana: Member, dump: Dump) -> None:
    before = dump()
    page = leas.get(f"/mensen/{ana.id}/vertrek").get_data(as_text=True)
    assert "Vertrekt Ana?" in page
    assert "Ana kan niet meer inloggen" in page
    assert dump() == before


def test_noting_that_ana_leaves_ends_all_she_has_open(
    leas: HouseClient, as_: Signed, ana: Member, lea: Member, engine: SqliteEngine, cohorts: Cohorts
) -> None:
    anas = as_(ana)
    access.issue_link(engine, person_id=ana.id, at=START)
    reply = leas.post(f"/mensen/{ana.id}/vertrek", data=WENT)
    assert (reply.status_code, reply.location) == (303, "/mensen")
    assert anas.get("/inloggen").status_code == 200
    of = {"id": ana.id}
    assert engine.rows("SELECT 1 FROM session WHERE person_id = :id AND revoked_at IS NULL", of) == []
    assert engine.rows("SELECT 1 FROM signin_link WHERE person_id = :id AND used_at IS NULL", of) == []
    assert engine.rows("SELECT status, left_at, left_because FROM person WHERE id = :id", of) == [
        {"status": "left", "left_at": "2026-01-20T10:00:00+00:00", "left_because": "other_work"}
    ]
    assert engine.rows("SELECT until FROM cohort_member WHERE person_id = :id", of) == [
        {"until": "2026-01-20"}
    ]
    assert engine.rows("SELECT person_id, object FROM audit WHERE act = 'person-left'") == [
        {"person_id": lea.id, "object": ana.id}
    ]


@pytest.mark.parametrize(
    ("since", "kept"),
    [(date(2026, 1, 20), [{"until": "2026-01-20"}]), (date(2026, 1, 21), []), (date(2026, 9, 1), [])],
)
def test_a_cohort_that_was_to_begin_later_never_begins(
    leas: HouseClient,
    engine: SqliteEngine,
    ana: Member,
    since: date,
    kept: list[dict[str, str]],
) -> None:
    cohort = cohorts_of.add_cohort(engine, name="later", profile="kansencoach", started_on=since)
    cohorts_of.join(engine, cohort_id=cohort, person_id=ana.id, since=since)
    assert leas.post(f"/mensen/{ana.id}/vertrek", data=WENT).status_code == 303
    assert engine.rows("SELECT until FROM cohort_member") == kept


def test_who_left_keeps_the_address_and_the_page_says_so(
    leas: HouseClient, ana: Member, engine: SqliteEngine
) -> None:
    actions.leave(engine, person_id=ana.id, at=START, by=None)
    reply = leas.post("/mensen/nieuw", data={**FENNE, "mail": "ana@example.org"})
    assert reply.status_code == 409
    assert "Dit mailadres is van iemand die vertrokken is." in reply.text


def test_who_gives_a_trainer_a_cohort_stands_in_the_audit_log(
    leas: HouseClient, lea: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    leas.post("/mensen/nieuw", data={**FENNE, "roles": ["trainer"], "cohort": cohorts.bens})
    noted = engine.rows("SELECT person_id, object FROM audit WHERE act = 'trainer-added'")
    assert noted == [{"person_id": lea.id, "object": f"{_person(engine)['id']} {cohorts.bens}"}]


def test_nobody_leaves_twice(leas: HouseClient, ana: Member, engine: SqliteEngine, dump: Dump) -> None:
    leas.post(f"/mensen/{ana.id}/vertrek", data=WENT)
    before = dump()
    assert leas.get(f"/mensen/{ana.id}/vertrek").status_code == 404
    assert leas.post(f"/mensen/{ana.id}/vertrek", data=WENT).status_code == 404
    assert dump() == before
    with pytest.raises(actions.NotHere):
        actions.leave(engine, person_id=ana.id, at=START, by=None)


def test_a_lead_cannot_lock_herself_out(leas: HouseClient, lea: Member) -> None:
    assert leas.get(f"/mensen/{lea.id}/vertrek").status_code == 404
    assert leas.post(f"/mensen/{lea.id}/vertrek").status_code == 404
    assert leas.get("/mensen").status_code == 200


def test_two_leads_note_one_leave_and_one_is_told(
    leas: HouseClient, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_args: object, **_named: object) -> None:
        raise actions.NotHere

    monkeypatch.setattr(actions, "leave", too_late)
    assert leas.post(f"/mensen/{ana.id}/vertrek", data=WENT).status_code == 404


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": " "}, actions.NoName),
        ({"email": "ana"}, NoAddress),
        ({"email": "ana@example.org"}, actions.EmailTaken),
    ],
)
def test_adding_someone_in_code_is_held_to_the_same_rules(
    change: dict[str, str], error: type[Exception], engine: SqliteEngine, ana: Member, dump: Dump
) -> None:
    before = dump()
    person = {"name": "Fenne", "email": "fenne@example.org", **change}
    with pytest.raises(error):
        actions.add_person(engine, **person, roles=(Role.COACH,), by=None, at=START)
    assert dump() == before


@pytest.mark.parametrize("role", [Role.COACH, Role.TRAINER])
def test_the_store_shows_nobody_to_those_who_do_not_manage_people(
    role: Role, engine: SqliteEngine, ana: Member, cohorts: Cohorts
) -> None:
    scope = Scope(ana.id, "Ana", frozenset({role}))
    assert (
        store.people(engine, scope) == store.roles(engine, scope) == store.cohort_names(engine, scope) == []
    )
    assert store.person(engine, ana.id, scope) is None

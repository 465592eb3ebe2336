"""The page of one person: what is noted, places in cohorts, leaving with a reason, coming back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.access.permissions import Role
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.people import actions, changing
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member, scope_of

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def anas(**change: Any) -> dict[str, Any]:
    return {"name": "Ana", "mail": "ana@example.org", "status": "active", "experience": "", **change}


def _places(engine: SqliteEngine, member: Member) -> list[dict[str, Any]]:
    return engine.rows(
        "SELECT cohort_id, since, until FROM cohort_member WHERE person_id = :id ORDER BY since",
        {"id": member.id},
    )


def test_the_page_shows_what_is_noted_and_nothing_of_reflections(
    leas: HouseClient, ana: Member, cohorts: Cohorts
) -> None:
    page = leas.get(f"/mensen/{ana.id}").text
    for said in ("ana@example.org", "coach", "actief", "najaar", "sinds 1 september 2025", "niet bekend"):
        assert said in page


def test_an_aspirant_becomes_active_and_the_experience_is_noted(
    leas: HouseClient, lea: Member, ana: Member, engine: SqliteEngine
) -> None:
    leas.post(f"/mensen/{ana.id}/wijzigen", data=anas(status="aspirant", experience="under_1"))
    reply = leas.post(f"/mensen/{ana.id}/wijzigen", data=anas(name=" Ana  Bos ", experience="over_3"))
    assert (reply.status_code, reply.location) == (303, f"/mensen/{ana.id}")
    row = engine.one("SELECT name, status, experience FROM person WHERE id = :id", {"id": ana.id})
    assert row == {"name": "Ana Bos", "status": "active", "experience": "over_3"}
    assert "meer dan 3 jaar" in leas.get(reply.location).text
    noted = engine.rows("SELECT person_id, object FROM audit WHERE act = 'person-changed'")
    assert noted == [{"person_id": lea.id, "object": ana.id}] * 2
    assert engine.rows("SELECT id FROM outbox") == []


def test_a_new_address_waits_and_the_page_says_so(
    leas: HouseClient, as_: Signed, ana: Member, engine: SqliteEngine
) -> None:
    device = as_(ana)
    reply = leas.post(f"/mensen/{ana.id}/wijzigen", data=anas(mail="Ana@School.Example"))
    assert reply.status_code == 303
    assert "ana@school.example" in leas.get(reply.location).text
    assert device.get("/vandaag").status_code == 200
    assert [row["recipient"] for row in engine.rows("SELECT recipient FROM outbox")] == ["ana@example.org"]


def test_a_role_is_added_and_stays_where_it_is_not_ended(
    leas: HouseClient, ana: Member, engine: SqliteEngine
) -> None:
    leas.post(f"/mensen/{ana.id}/wijzigen", data=anas(more_roles=["trainer"]))
    leas.post(f"/mensen/{ana.id}/wijzigen", data=anas())
    rows = engine.rows("SELECT role FROM role_grant WHERE person_id = :id ORDER BY role", {"id": ana.id})
    assert [row["role"] for row in rows] == ["coach", "trainer"]


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"name": " "}, 422, "Vul een naam in"),
        ({"mail": "ana"}, 422, "Dit is geen mailadres."),
        ({"mail": "ben@example.org"}, 409, "Er is al iemand met dit mailadres."),
        ({"status": "left"}, 422, "Kies een van de antwoorden."),
        ({"experience": "ever"}, 422, "Kies een van de antwoorden."),
        ({"more_roles": ["director"]}, 422, "Kies uit de rollen die hier staan."),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(
    change: dict[str, Any], status: int, says: str, leas: HouseClient, ana: Member, ben: Member, dump: Dump
) -> None:
    before = dump()
    reply = leas.post(f"/mensen/{ana.id}/wijzigen", data={**anas(name="Ana Bos"), **change})
    assert reply.status_code == status
    assert says in reply.text
    assert "name" in change or 'value="Ana Bos"' in reply.text
    assert dump() == before


def test_a_lead_cannot_give_herself_an_address_that_may_be_wrong(
    leas: HouseClient, lea: Member, dump: Dump
) -> None:
    before = dump()
    typed = {"name": "Lea", "mail": "lea@nieuw.example", "status": "active", "experience": ""}
    reply = leas.post(f"/mensen/{lea.id}/wijzigen", data=typed)
    assert reply.status_code == 422
    assert "Uw eigen mailadres wijzigt een andere programmaleider." in reply.text
    assert dump() == before


def test_leaving_needs_a_reason_or_the_choice_to_note_none(
    leas: HouseClient, ana: Member, engine: SqliteEngine, dump: Dump
) -> None:
    before = dump()
    for sent in ({}, {"because": "ill"}):
        reply = leas.post(f"/mensen/{ana.id}/vertrek", data=sent)
        assert reply.status_code == 422
        assert 'class="miss"' in reply.text
    assert dump() == before
    leas.post(f"/mensen/{ana.id}/vertrek", data={"because": "retired"})
    page = leas.get(f"/mensen/{ana.id}").text
    assert "Vertrokken op 20 januari 2026" in page
    assert "Reden: met pensioen." in page


def test_a_trainer_who_leaves_sees_no_cohort_also_after_coming_back(
    leas: HouseClient, as_: Signed, ben: Member, cohorts: Cohorts
) -> None:
    leas.post(f"/mensen/{ben.id}/vertrek", data={"because": "not_noted"})
    leas.post(f"/mensen/{ben.id}/terug")
    assert as_(ben).get(f"/cohorten/{cohorts.bens}").status_code == 404


def test_who_comes_back_signs_in_with_the_same_address_and_is_in_no_cohort_yet(
    leas: HouseClient, as_: Signed, ana: Member, cohorts: Cohorts, engine: SqliteEngine, clock: Clock
) -> None:
    leas.post(f"/mensen/{ana.id}/vertrek", data={"because": "other_work"})
    clock.forward(hours=1)
    reply = leas.post(f"/mensen/{ana.id}/terug")
    assert (reply.status_code, reply.location) == (303, f"/mensen/{ana.id}")
    row = engine.one("SELECT status, left_at, left_because FROM person WHERE id = :id", {"id": ana.id})
    assert row == {"status": "active", "left_at": None, "left_because": None}
    assert engine.rows("SELECT recipient FROM outbox") == [{"recipient": "ana@example.org"}]
    assert as_(ana).get("/vandaag").status_code == 200
    assert _places(engine, ana)[0]["until"] == "2026-01-20"


def test_who_comes_back_to_the_same_cohort_goes_on_from_the_old_first_day(
    as_: Signed, lea: Member, ana: Member, cohorts: Cohorts, engine: SqliteEngine, clock: Clock
) -> None:
    leas = as_(lea)
    leas.post(f"/mensen/{ana.id}/vertrek", data={"because": "other_work"})
    leas.post(f"/mensen/{ana.id}/terug")
    clock.forward(days=30)
    back = {"cohort": cohorts.bens, "since": "2026-02-19"}
    assert as_(lea).post(f"/mensen/{ana.id}/cohort", data=back).status_code == 303
    assert _places(engine, ana) == [{"cohort_id": cohorts.bens, "since": "2025-09-01", "until": None}]


def test_nobody_comes_back_who_is_here(leas: HouseClient, ana: Member, dump: Dump) -> None:
    before = dump()
    assert leas.post(f"/mensen/{ana.id}/terug").status_code == 404
    assert leas.post("/mensen/none/terug").status_code == 404
    assert dump() == before


def test_the_form_to_add_someone_leads_to_who_left(
    leas: HouseClient, ana: Member, engine: SqliteEngine
) -> None:
    actions.leave(engine, person_id=ana.id, at=START, by=None)
    new = {"name": "Ana", "mail": ana.email, "roles": "coach", "status": "active", "language": "nl"}
    reply = leas.post("/mensen/nieuw", data=new)
    assert reply.status_code == 409
    assert f'href="/mensen/{ana.id}"' in reply.text


@pytest.mark.parametrize("page", ["wijzigen", "vertrek", "cohort/{cohort}"])
def test_what_asks_for_someone_who_is_here_is_not_there_for_who_left(
    page: str, leas: HouseClient, ana: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    actions.leave(engine, person_id=ana.id, at=START, by=None)
    assert leas.get(f"/mensen/{ana.id}/{page.format(cohort=cohorts.bens)}").status_code == 404


def test_a_late_starter_enters_with_a_first_day_of_their_own(
    leas: HouseClient, as_: Signed, lea: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    key = actions.add_person(
        engine, name="Fenne", email="fenne@example.org", roles=[Role.COACH], by=None, at=START
    )
    fenne = Member(key, "Fenne", "fenne@example.org")
    reply = leas.post(f"/mensen/{key}/cohort", data={"cohort": cohorts.bens, "since": "2026-02-01"})
    assert (reply.status_code, reply.location) == (303, f"/mensen/{key}")
    assert _places(engine, fenne) == [{"cohort_id": cohorts.bens, "since": "2026-02-01", "until": None}]
    assert "vanaf 1 februari 2026" in leas.get(reply.location).text
    assert engine.rows("SELECT object FROM audit WHERE act = 'cohort-joined'") == [
        {"object": f"{key} {cohorts.bens}"}
    ]


@pytest.mark.parametrize(
    ("who", "sent", "status", "says"),
    [
        ("ana", {"cohort": "bens", "since": "2026-01-01"}, 409, "Ana doet al mee in dit cohort."),
        ("cleo", {"cohort": "bens", "since": "2025-08-31"}, 422, "Het cohort begint op 1 september 2025."),
        ("cleo", {"cohort": "bens", "since": ""}, 422, "Kies een dag, zoals 1-9-2026."),
        (
            "cleo",
            {"cohort": "bens", "since": "31-2-2026"},
            422,
            "Dit is geen dag. Schrijf de dag zo: 20-1-2026.",
        ),
        ("cleo", {"cohort": "bens", "since": "2062-01-01"}, 422, "Deze dag ligt te ver weg."),
        ("cleo", {"cohort": "gone", "since": "2026-01-01"}, 422, "Dit cohort is er niet meer."),
        ("ben", {"cohort": "bens", "since": "2026-01-01"}, 422, "Alleen een coach doet mee in een cohort."),
    ],
)
def test_a_place_that_cannot_be_is_refused_in_words(
    who: str,
    sent: dict[str, str],
    status: int,
    says: str,
    leas: HouseClient,
    cohorts: Cohorts,
    request: pytest.FixtureRequest,
    dump: Dump,
) -> None:
    member: Member = request.getfixturevalue(who)
    data = {**sent, "cohort": {"bens": cohorts.bens}.get(sent["cohort"], "gone")}
    before = dump()
    reply = leas.post(f"/mensen/{member.id}/cohort", data=data)
    assert reply.status_code == status
    assert says in reply.text
    assert dump() == before


def test_the_first_day_in_a_cohort_can_be_corrected(
    leas: HouseClient, ana: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    address = f"/mensen/{ana.id}/cohort/{cohorts.bens}"
    assert 'value="2025-09-01"' in leas.get(address).text
    assert leas.post(address, data={"since": "2025-11-01"}).status_code == 303
    assert _places(engine, ana)[0]["since"] == "2025-11-01"
    assert leas.post(address, data={"since": "2025-08-01"}).status_code == 422


def test_a_first_day_another_lead_gave_meanwhile_stays_until_it_was_seen(
    leas: HouseClient, ana: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    address = f"/mensen/{ana.id}/cohort/{cohorts.bens}"
    assert 'name="shown" value="2025-09-01"' in leas.get(address).text
    assert leas.post(address, data={"since": "2025-11-01", "shown": "2025-09-01"}).status_code == 303
    reply = leas.post(address, data={"since": "2025-10-01", "shown": "2025-09-01"})
    assert reply.status_code == 409
    for said in ("Iemand anders wijzigde dit net", "1 november 2025", 'value="2025-10-01"'):
        assert said in reply.text
    assert _places(engine, ana)[0]["since"] == "2025-11-01"
    assert 'name="shown" value="2025-11-01"' in reply.text
    assert leas.post(address, data={"since": "2025-10-01", "shown": "2025-11-01"}).status_code == 303


def test_a_first_day_after_a_round_someone_reflected_in_is_refused(
    leas: HouseClient,
    ana: Member,
    cohorts: Cohorts,
    add_round: Callable[..., str],
    engine: SqliteEngine,
    dump: Dump,
) -> None:
    round_id = add_round(cohorts.bens)  # opened on 15 January
    at = "2026-01-16T10:00:00+00:00"
    engine.insert("reflection", {"id": "r", "round_id": round_id, "person_id": ana.id, "revision": 1,
                                 "started_at": at, "saved_at": at})  # fmt: skip
    address, before = f"/mensen/{ana.id}/cohort/{cohorts.bens}", dump()
    reply = leas.post(address, data={"since": "2026-01-16"})
    assert reply.status_code == 409
    assert "Ana vulde al een ronde in die vóór deze dag opende." in reply.text
    assert dump() == before
    assert leas.post(address, data={"since": "2026-01-15"}).status_code == 303


def test_someone_stops_in_one_cohort_and_stays_in_another(
    leas: HouseClient, ana: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.doras, person_id=ana.id, since=date(2025, 10, 1))
    assert leas.post(f"/mensen/{ana.id}/cohort/{cohorts.bens}/stop").status_code == 303
    assert [place["until"] for place in _places(engine, ana)] == ["2026-01-20", None]
    assert leas.post(f"/mensen/{ana.id}/cohort/{cohorts.bens}/stop").status_code == 404


def test_a_first_day_is_only_corrected_while_the_place_runs(
    engine: SqliteEngine, ana: Member, cohorts: Cohorts
) -> None:
    cohorts_of.leave_cohort(engine, cohort_id=cohorts.bens, person_id=ana.id, until=START.date())
    with pytest.raises(cohorts_of.NotIn):
        cohorts_of.move_start(engine, cohort_id=cohorts.bens, person_id=ana.id, since=date(2025, 10, 1))


@pytest.mark.parametrize("role", [Role.COACH, Role.TRAINER])
def test_acts_of_a_lead_do_nothing_for_others(
    role: Role, engine: SqliteEngine, ana: Member, cleo: Member, cohorts: Cohorts, dump: Dump
) -> None:
    by, before = scope_of(ana, role), dump()
    details = changing.Details("Cleo", "cleo@example.org", "active", None)
    with pytest.raises(actions.NotHere):
        changing.change(engine, person_id=cleo.id, details=details, by=by, at=START)
    with pytest.raises(actions.NotHere):
        actions.enter(
            engine, cohort_id=cohorts.bens, person_id=cleo.id, since=date(2026, 1, 1), by=by, at=START
        )
    assert dump() == before

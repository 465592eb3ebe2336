"""The page of cohorts: who trains them, and a new one."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from survey.people import actions
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
NEW = {"name": "winter 2026", "profile": "kansencoach", "started_on": "2026-02-01"}


def test_every_cohort_stands_there_with_who_trains_it(leas: HouseClient, cohorts: Cohorts) -> None:
    page = leas.get("/mensen/cohorten").text
    for said in ("najaar", "voorjaar", "begon op 1 september 2025", "1 coach", "Ben", "Dora"):
        assert said in page


def test_without_a_cohort_the_page_says_what_to_do(leas: HouseClient) -> None:
    assert "Er is nog geen cohort" in leas.get("/mensen/cohorten").text


def test_a_new_cohort_is_there_at_once(leas: HouseClient, engine: SqliteEngine) -> None:
    reply = leas.post("/mensen/cohorten/nieuw", data=NEW)
    assert (reply.status_code, reply.location) == (303, "/mensen/cohorten")
    assert "winter 2026" in leas.get(reply.location).text
    assert engine.rows("SELECT name, profile, started_on FROM cohort") == [NEW]


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"name": ""}, 422, "Vul een naam in"),
        ({"name": "najaar"}, 409, "Er is al een cohort met deze naam."),
        ({"profile": "director"}, 422, "Kies een van de antwoorden."),
        ({"started_on": "soon"}, 422, "Dit is geen dag. Schrijf de dag zo: 20-1-2026."),
        ({"started_on": "1926-02-01"}, 422, "Deze dag ligt te ver weg."),
    ],
)
def test_a_cohort_that_cannot_be_is_refused_in_words(
    change: dict[str, str], status: int, says: str, leas: HouseClient, cohorts: Cohorts, dump: Dump
) -> None:
    before = dump()
    reply = leas.post("/mensen/cohorten/nieuw", data={**NEW, **change})
    assert reply.status_code == status
    assert says in reply.text
    assert dump() == before


def test_a_trainer_is_added_and_sees_the_cohort_and_is_removed_and_sees_it_no_more(
    leas: HouseClient, as_: Signed, dora: Member, lea: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    doras, address = as_(dora), f"/mensen/cohorten/{cohorts.bens}/trainer"
    assert leas.post(address, data={"trainer": dora.id}).status_code == 303
    assert doras.get(f"/cohorten/{cohorts.bens}").status_code == 200
    assert leas.post(f"{address}/{dora.id}/weg").status_code == 303
    assert doras.get(f"/cohorten/{cohorts.bens}").status_code == 404
    assert leas.post(f"{address}/{dora.id}/weg").status_code == 404
    noted = engine.rows("SELECT act, person_id, object FROM audit WHERE act LIKE 'trainer-%' ORDER BY id")
    assert noted == [
        {"act": act, "person_id": lea.id, "object": f"{dora.id} {cohorts.bens}"}
        for act in ("trainer-added", "trainer-removed")
    ]


@pytest.mark.parametrize(
    ("who", "status", "says"),
    [
        ("ana", 422, "Kies een trainer uit de lijst."),
        ("none", 422, "Kies een trainer uit de lijst."),
        ("left", 422, "Kies een trainer uit de lijst."),
        ("ben", 409, "Deze trainer ziet dit cohort al."),
    ],
)
def test_only_a_trainer_who_is_here_and_new_to_it_is_added(
    who: str,
    status: int,
    says: str,
    leas: HouseClient,
    ana: Member,
    ben: Member,
    dora: Member,
    cohorts: Cohorts,
    engine: SqliteEngine,
    dump: Dump,
) -> None:
    actions.leave(engine, person_id=dora.id, at=START, by=None)
    trainer = {"ana": ana.id, "ben": ben.id, "left": dora.id}.get(who, "")
    before = dump()
    reply = leas.post(f"/mensen/cohorten/{cohorts.bens}/trainer", data={"trainer": trainer})
    assert reply.status_code == status
    assert says in reply.text
    assert dump() == before


def test_a_cohort_that_is_not_there_gets_no_trainer(leas: HouseClient, ben: Member) -> None:
    assert leas.post("/mensen/cohorten/none/trainer", data={"trainer": ben.id}).status_code == 404

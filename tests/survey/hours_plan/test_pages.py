"""The pages of plans: from a new one to adopting it; what is wrong is told, and nothing typed is lost."""

import re
from collections.abc import Callable

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.hours_plan import reports
from survey.hours_plan.dividing import Place as Where
from survey.hours_plan.plans import Plan
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.hours_plan.conftest import NEXT, Make, Place, plan_of
from tests.survey.hours_plan.planning import add

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
PLANS = "/inzet/plannen"


@pytest.fixture
def desk(as_: Callable[[Member], HouseClient], lea: Member) -> HouseClient:
    """Lea at her own device."""
    return as_(lea)


@pytest.fixture
def plan(engine: SqliteEngine, lead: Scope, make: Make, ana: Member) -> Plan:
    """A plan of ten hours with Ana three hours at De Kraanheide."""
    return add(engine, lead, make(), Where("kraanheide", ana.id), 12, roles=["connector"])


def of(plan: Plan, rest: str = "") -> str:
    return f"{PLANS}/{plan.id}{rest}"


def place_of(plan: Plan, rest: str = "") -> str:
    return of(plan, f"/regel/{plan.lines[0].id}{rest}")


def new_plan(**told: str) -> dict[str, str]:
    return {"name": "Meer in het dorp", "school_year": NEXT, "start": "placements", "budget": "", **told}


def test_a_lead_makes_a_plan_and_moves_hours_until_it_stands_in_the_register(
    engine: SqliteEngine, lead: Scope, desk: HouseClient, place: Place, ana: Member
) -> None:
    place("kraanheide", ana, hours_agreed=3.0)
    assert "Nog geen plan" in desk.get(PLANS).text
    reply = desk.post(f"{PLANS}/nieuw", data=new_plan(budget="4,5 uur"))
    page = desk.get(reply.location)
    assert "Nog te verdelen: 1,5 uur" in page.text
    (one,) = reports.every(engine, lead)
    plan = plan_of(engine, lead, one.id)
    moved = {"moved": "1,25", "target": "school:wollegras", "shown": str(plan.revision)}
    reply = desk.post(place_of(plan, "/verplaatsen"), data=moved)
    assert reply.location.endswith("#school-wollegras")
    assert "Nog te verdelen: 1,5 uur" in desk.get(of(plan)).text
    told = {"school": "zilvermos", "coach": "", "hours": "1,5", "shown": str(plan.revision + 1)}
    desk.post(of(plan, "/regel"), data=told)
    assert "Nog te verdelen: 0,0 uur" in desk.get(of(plan)).text
    asked = desk.get(of(plan, "/vaststellen")).text
    assert "3,0 wordt 1,75 uur" in asked
    assert desk.post(of(plan, "/vaststellen"), data={"shown": "3"}).status_code == 303
    page = desk.get(of(plan))
    assert "vastgesteld op 20 januari 2026" in page.text
    assert "/regel/" not in page.text
    assert "Kraanheide" in desk.get(f"/inzet?jaar={NEXT}").text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"name": " "}, "Geef het plan een naam."),
        ({"name": "x" * 81}, "hooguit 80 tekens"),
        ({"budget": "veel"}, "Dit is geen aantal uren"),
        ({"budget": "3,1"}, "Schrijf uren in kwartieren"),
        ({"budget": "100001"}, "Meer dan 100000 uur"),
        ({"budget": "-3"}, "Dit is geen aantal uren"),
        ({"budget": "2"}, "1,0 uur te veel"),
        ({"school_year": "1999-2000"}, "Kies een van de antwoorden."),
        ({"start": "none"}, "Kies een van de antwoorden."),
    ],
)
def test_a_new_plan_with_a_mistake_keeps_what_was_typed(
    desk: HouseClient, place: Place, ana: Member, dump: Dump, told: dict[str, str], said: str
) -> None:
    place("kraanheide", ana, hours_agreed=3.0)
    desk.get(PLANS)
    before = dump()
    reply = desk.post(f"{PLANS}/nieuw", data=new_plan(**{"name": "Kleiner", **told}))
    assert reply.status_code == 422
    assert said in reply.text
    assert f'value="{told.get("budget", "")}"' in reply.text
    assert dump() == before


@pytest.mark.parametrize(
    ("rest", "told", "said"),
    [
        ("/regel", {"school": "", "hours": "1"}, "Kies een school."),
        ("/regel", {"school": "wollegras", "hours": "50"}, "Meer dan 40 uur per week kan niet."),
        ("/regel", {"school": "wollegras", "hours": "8"}, "er is nog 7,0 uur te verdelen van de 10,0"),
        ("/regel", {"school": "kraanheide", "coach": "ana", "hours": "1"}, "staat hier al in het plan"),
        ("/regel/<line>", {"hours": "11", "coach": "ana"}, "er is nog 7,0 uur te verdelen van de 10,0"),
        ("/regel/<line>", {"hours": "", "coach": "ana"}, "Vul in hoeveel uur per week."),
        ("/regel/<line>", {"hours": "2", "roles": "boss"}, "Kies uit wat hier staat."),
        ("/regel/<line>/verplaatsen", {"moved": "3,25", "target": "school:wollegras"}, "0,25 en 3,0 uur"),
        ("/regel/<line>/verplaatsen", {"moved": "1", "target": ""}, "Kies een van de antwoorden."),
        ("/regel/<line>/verplaatsen", {"moved": "1", "target": "line:none"}, "Kies een van de antwoorden."),
        ("/wijzigen", {"name": "Zoals nu", "budget": "2,5"}, "is al 3,0 uur verdeeld"),
        ("/wijzigen", {"name": "Zoals nu", "budget": ""}, "Vul in hoeveel uur per week."),
    ],
)
def test_what_does_not_fit_is_told_with_the_numbers_and_nothing_is_lost(
    desk: HouseClient, plan: Plan, ana: Member, dump: Dump, rest: str, told: dict[str, str], said: str
) -> None:
    told = {**told, "coach": ana.id if told.get("coach") == "ana" else "", "shown": str(plan.revision)}
    before = dump()
    reply = desk.post(of(plan, rest.replace("<line>", plan.lines[0].id)), data=told)
    assert reply.status_code == 422
    assert said in reply.text
    typed = told.get("hours") or told.get("moved") or told.get("budget")
    assert not typed or f'value="{typed}"' in reply.text
    assert dump() == before


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("/regel", {"school": "wollegras", "hours": "1,5"}),
        ("/regel/<line>", {"hours": "1,5"}),
        ("/regel/<line>/verplaatsen", {"moved": "1,5", "target": "school:wollegras"}),
        ("/regel/<line>/weg", {}),
        ("/wijzigen", {"name": "Anders", "budget": "20"}),
        ("/weg", {}),
        ("/vaststellen", {}),
    ],
)
def test_what_someone_else_changed_meanwhile_is_told_and_what_was_typed_stays(
    desk: HouseClient, plan: Plan, dump: Dump, rest: str, told: dict[str, str]
) -> None:
    before = dump()
    rest = rest.replace("<line>", plan.lines[0].id)
    reply = desk.post(of(plan, rest), data={**told, "shown": str(plan.revision - 1)})
    assert reply.status_code == 409
    assert "Iemand anders wijzigde dit plan intussen" in reply.text
    typed = told.get("hours") or told.get("moved") or told.get("budget")
    assert not typed or f'value="{typed}"' in reply.text
    assert dump() == before


def test_two_plans_are_compared_by_school(
    engine: SqliteEngine, lead: Scope, desk: HouseClient, plan: Plan, make: Make
) -> None:
    other = add(engine, lead, make(name="Anders"), Where("wollegras", None), 4)
    text = desk.get(f"{PLANS}/vergelijk?een={plan.id}&twee={other.id}").text
    rows = re.findall(r'scope="row">(\w+).*?data-label="verschil">(\S+?)</td>', text, re.DOTALL)
    assert rows == [("Kraanheide", "−3,0"), ("Wollegras", "+1,0"), ("alle", "−2,0")]


def test_a_comparison_of_what_is_not_there_goes_back_to_the_list(desk: HouseClient, plan: Plan) -> None:
    assert desk.get(f"{PLANS}/vergelijk?een={plan.id}").location == PLANS


def test_a_plan_is_thrown_away_after_asking_once(
    engine: SqliteEngine, lead: Scope, desk: HouseClient, plan: Plan
) -> None:
    assert "Het plan en zijn 1 regel gaan weg" in desk.get(of(plan, "/weg")).text
    desk.post(of(plan, "/weg"), data={"shown": str(plan.revision)})
    assert reports.every(engine, lead) == ()
    assert desk.get(of(plan)).status_code == 404
    assert (
        engine.rows(
            "SELECT * FROM hours_plan_line UNION ALL SELECT line_id, role, 1, 1, 1 FROM hours_plan_role"
        )
        == []
    )


def test_what_cannot_be_adopted_is_told_by_school(
    engine: SqliteEngine, lead: Scope, desk: HouseClient, plan: Plan, ana: Member, dump: Dump
) -> None:
    engine.run("DELETE FROM role_grant WHERE person_id = :ana", {"ana": ana.id})
    before = dump()
    reply = desk.post(of(plan, "/vaststellen"), data={"shown": str(plan.revision)})
    assert reply.status_code == 409
    assert "Er is niets veranderd." in reply.text
    assert "Kraanheide, Ana: Deze persoon coacht niet, of is vertrokken." in reply.text
    assert dump() == before


def test_the_pages_of_a_plan_leave_an_adopted_one_alone(
    engine: SqliteEngine, desk: HouseClient, plan: Plan, dump: Dump
) -> None:
    desk.post(of(plan, "/vaststellen"), data={"shown": str(plan.revision)})
    before = dump()
    for rest in ("/wijzigen", "/regel", f"/regel/{plan.lines[0].id}", "/vaststellen", "/weg"):
        assert desk.get(of(plan, rest)).location == of(plan)
    told = {"hours": "1", "school": "wollegras", "name": "Anders", "budget": "20"}
    for rest in ("/wijzigen", "/regel", f"/regel/{plan.lines[0].id}", "/weg"):
        reply = desk.post(of(plan, rest), data=told)
        assert reply.status_code == 409
        assert "vastgesteld en blijft zoals het is" in reply.text
    assert dump() == before

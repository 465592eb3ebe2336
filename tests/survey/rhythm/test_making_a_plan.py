"""The lead makes a plan from the proposal, corrects it first, and loses nothing by a mistake."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from survey.access.permissions import Role, Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.rhythm import actions
from survey.rhythm.holidays import Region
from survey.rhythm.plan import Kind, Slot
from survey.rhythm.spans import Span
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import Clock, Cohorts, Member, scope_of
from tests.survey.rhythm.planning import JUNE, OCTOBER, SEPTEMBER, SUMMER, TRAINING, made, sent, text_of

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_without_a_cohort_the_page_says_what_comes_first(lead: HouseClient) -> None:
    assert "Nog geen cohort" in text_of(lead, "/jaarplan")


def test_a_plan_is_made_as_it_was_proposed(
    engine: SqliteEngine, lead: HouseClient, address: str, cohorts: Cohorts, lea: Member
) -> None:
    assert "nog niets gepland" in text_of(lead, "/jaarplan")
    reply = lead.post(address, data=sent(text_of(lead, address)))
    assert (reply.status_code, reply.location) == (303, f"{address}?gemaakt=1")
    (plan,) = engine.rows("SELECT * FROM year_plan")
    assert (plan["cohort_id"], plan["school_year"], plan["region"], plan["made_by"]) == (
        cohorts.bens,
        "2026-2027",
        "noord",
        lea.id,
    )
    rounds = made(engine)
    assert [(row["opens_at"][:10], row["lookback"]) for row in rounds] == [
        ("2026-09-13", 0),
        ("2027-01-10", 0),
        ("2027-06-06", 1),
    ]
    assert {row["form"] for row in rounds} == {"reflection-kansencoach"}
    assert {row["plan_id"] for row in (*rounds, *made(engine, "micro_round"))} == {plan["id"]}
    assert len(made(engine, "micro_round")) == 7
    events = engine.rows("SELECT title, starts_at, made_by, plan_id FROM event ORDER BY starts_at")
    assert (len(events), events[0]["title"], events[0]["starts_at"]) == (
        7,
        "Trainingsdag",
        "2026-09-23T07:30:00+00:00",
    )
    assert engine.rows("SELECT DISTINCT cohort_id FROM event_cohort") == [{"cohort_id": cohorts.bens}]
    assert engine.rows("SELECT person_id, object FROM audit WHERE act = 'plan-made'") == [
        {"person_id": lea.id, "object": plan["id"]}
    ]
    assert "3 meetrondes, 7 korte rondes, 7 bijeenkomsten" in text_of(lead, "/jaarplan")
    assert "maandag 14 september tot en met zondag 4 oktober" in text_of(lead, address)


def test_another_region_moves_other_things(engine: SqliteEngine, lead: HouseClient, address: str) -> None:
    page = text_of(lead, f"{address}?regio=zuid")
    assert "Schoolvakanties regio Zuid" in page
    lead.post(address, data=sent(page))
    assert engine.one("SELECT region FROM year_plan") == {"region": "zuid"}
    assert "2026-10-25" in [row["opens_at"][:10] for row in made(engine, "micro_round")]


def test_what_was_corrected_is_what_is_planned(engine: SqliteEngine, lead: HouseClient, address: str) -> None:
    changes = {
        f"{SEPTEMBER}-first": "2026-09-21",
        f"{SEPTEMBER}-last": "11-10-2026",
        f"{OCTOBER}-take": None,
        f"{OCTOBER}-first": "geen idee",
        f"{TRAINING}-title": "  Samen   beginnen ",
        f"{TRAINING}-starts": "10.15",
    }
    assert lead.post(address, data=sent(text_of(lead, address), **changes)).status_code == 303
    first = made(engine)[0]
    assert (first["opens_at"], first["closes_at"]) == (
        "2026-09-20T22:00:00+00:00",
        "2026-10-11T22:00:00+00:00",
    )
    assert len(made(engine, "micro_round")) == 6
    event = engine.one("SELECT title, starts_at FROM event ORDER BY starts_at")
    assert event == {"title": "Samen beginnen", "starts_at": "2026-09-23T08:15:00+00:00"}


MISTAKES = (
    (f"{SEPTEMBER}-first", "", "Kies de eerste dag."),
    (f"{SEPTEMBER}-first", "volgende week", "Dit is geen dag."),
    (f"{SEPTEMBER}-first", "2026-10-20", "Het eind komt voor het begin."),
    (f"{SEPTEMBER}-first", "2026-08-20", "Deze dag is te vroeg."),
    (f"{SEPTEMBER}-last", "2026-10-19", "Er is dan al een andere ronde open."),
    (f"{JUNE}-last", "2027-08-01", "Deze dag valt niet in dit schooljaar."),
    (f"{TRAINING}-title", " ", "Vul een naam in"),
    (f"{TRAINING}-title", "\u202e", "Vul een naam in"),
    (f"{TRAINING}-title", "x" * 121, "Vul een naam in"),
    (f"{TRAINING}-starts", "straks", "Dit is geen tijd."),
    (f"{TRAINING}-ends", "09:00", "Het eind komt voor het begin."),
)


def test_a_mistake_is_named_and_everything_typed_stays(lead: HouseClient, address: str, dump: Dump) -> None:
    proposed, before = text_of(lead, address), dump()
    for field, value, said in MISTAKES:
        data = sent(proposed, **{f"{TRAINING}-title": "Samen beginnen", field: value})
        reply = lead.post(address, data=data)
        page = reply.get_data(as_text=True)
        assert reply.status_code == 422, (field, value)
        assert f": {said}" in page, (field, value)
        assert sent(page).items() >= data.items() - {(f"{TRAINING}-title", value)}
        assert dump() == before, (field, value)


def test_all_mistakes_are_named_at_once(lead: HouseClient, address: str) -> None:
    wrong = {
        f"{SEPTEMBER}-last": "2026-10-19",
        f"{TRAINING}-title": "",
        f"{JUNE}-first": "straks",
    }
    page = lead.post(address, data=sent(text_of(lead, address), **wrong)).get_data(as_text=True)
    summary = page[page.index('id="errors"') : page.index("</ul>", page.index('id="errors"'))]
    assert re.findall(r'href="#([^"]+)"', summary) == [
        f"{TRAINING}-title",
        f"{OCTOBER}-first",
        f"{JUNE}-first",
    ]


def test_an_empty_plan_is_not_made(lead: HouseClient, address: str, dump: Dump) -> None:
    before = dump()
    reply = lead.post(address, data={"region": "noord"})
    assert reply.status_code == 422
    assert "Zet een vinkje bij wat er doorgaat." in reply.get_data(as_text=True)
    assert dump() == before


def test_a_plan_that_is_sent_twice_is_made_once(
    engine: SqliteEngine, lead: HouseClient, address: str, dump: Dump
) -> None:
    data = sent(text_of(lead, address))
    assert lead.post(address, data=data).status_code == 303
    before = dump()
    assert lead.post(address, data=data).status_code == 303
    assert dump() == before


def _made_by_hand(engine: SqliteEngine, cohort_id: str, *slots: Slot, form: Any, by: Scope) -> str:
    return actions.make_plan(
        engine,
        cohort_id=cohort_id,
        school_year="2026-2027",
        region=Region.NOORD,
        form=form,
        slots=slots,
        by=by,
        at=SUMMER,
    )


def test_a_plan_is_made_whole_or_not_at_all(
    app: Flask, engine: SqliteEngine, cohorts: Cohorts, lea: Member, dump: Dump
) -> None:
    form, by = app.extensions["catalog"].reflection("kansencoach"), scope_of(lea, Role.LEAD)
    week = Slot(Kind.SHORT, Span(date(2026, 9, 14), date(2026, 9, 20)))
    meets = Slot(Kind.ROUND, Span(date(2026, 9, 20), date(2026, 9, 30)))
    before = dump()
    with pytest.raises(actions.Overlap):
        _made_by_hand(engine, cohorts.bens, week, meets, form=form, by=by)
    assert dump() == before
    _made_by_hand(engine, cohorts.bens, week, form=form, by=by)
    before = dump()
    with pytest.raises(actions.PlanExists):
        _made_by_hand(engine, cohorts.bens, form=form, by=by)
    assert dump() == before


def test_a_round_that_was_planned_meanwhile_keeps_the_proposal_on_the_screen(
    app: Flask, lead: HouseClient, address: str, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sent(text_of(lead, address), **{f"{TRAINING}-title": "Samen beginnen"})
    make = actions.make_plan

    def after_another(*given: Any, **named: Any) -> str:
        run(app, "add-round", "najaar", "--opens", "2026-09-20", "--closes", "2026-09-25")
        return make(*given, **named)

    monkeypatch.setattr(actions, "make_plan", after_another)
    reply = lead.post(address, data=data)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 409
    assert "Er is dan al een andere ronde open." in page
    assert "Samen beginnen" in page
    assert dump()["year_plan"] == []


def test_a_year_that_was_begun_is_planned_from_now_on(
    app: Flask, engine: SqliteEngine, as_: Signed, lea: Member, address: str, clock: Clock
) -> None:
    clock.at = datetime(2027, 2, 1, 10, 0, tzinfo=UTC)
    run(app, "add-round", "najaar", "--opens", "2027-06-10", "--closes", "2027-06-20")
    lead = as_(lea)
    page = text_of(lead, address)
    assert page.count("Dit moment is al voorbij") == 9
    assert page.count("Er staat dan al een ronde") == 1
    lead.post(address, data=sent(page))
    assert len(made(engine)) == 1
    assert len(made(engine, "micro_round")) == 4


def test_holidays_that_are_not_known_yet_are_said_to_be_so(lead: HouseClient, cohorts: Cohorts) -> None:
    page = text_of(lead, f"/jaarplan/{cohorts.bens}/2030-2031")
    assert "Voor dit schooljaar zijn nog geen vakanties bekend" in page


def test_a_broken_holiday_file_stops_the_proposal_and_says_so(
    app: Flask, lead: HouseClient, address: str, tmp_path: Path, dump: Dump
) -> None:
    good = sent(text_of(lead, address))
    own = tmp_path / "own.toml"
    own.write_text("years = 7")
    app.config["SETTINGS"] = type(app.config["SETTINGS"])(
        **{**vars(app.config["SETTINGS"]), "HOLIDAYS": str(own)}
    )
    before = dump()
    assert "De schoolvakanties zijn niet te lezen" in text_of(lead, address)
    assert lead.post(address, data=good).status_code == 409
    assert dump() == before
    code, said = run(app, "check-holidays")
    assert code == 1
    assert "own.toml: years:" in said
    own.write_text("[years.2026-2027]\nholidays = []")
    assert run(app, "check-holidays") == (0, "1 school years, all fine: 2026-2027\n")
    assert "maandag 12 oktober" in text_of(lead, address)


@pytest.mark.parametrize(
    "tail", ["nergens/2026-2027", "{bens}/2026", "{bens}/2026-2028", "{bens}/2026-2027/niets"]
)
def test_what_is_not_there_is_not_there(lead: HouseClient, cohorts: Cohorts, tail: str) -> None:
    assert lead.get(f"/jaarplan/{tail.format(bens=cohorts.bens)}").status_code == 404


def test_a_plan_of_another_region_than_the_three_is_refused(lead: HouseClient, address: str) -> None:
    assert lead.get(f"{address}?regio=oost").status_code == 404
    assert lead.post(address, data={"region": "oost"}).status_code == 404


def test_one_cohort_never_stands_in_the_way_of_another(
    engine: SqliteEngine, lead: HouseClient, cohorts: Cohorts
) -> None:
    for cohort in (cohorts.bens, cohorts.doras):
        where = f"/jaarplan/{cohort}/2026-2027"
        assert lead.post(where, data=sent(text_of(lead, where))).status_code == 303
    assert len(made(engine)) == 6
    item = made(engine)[0]
    other = cohorts.doras if item["cohort_id"] == cohorts.bens else cohorts.bens
    assert lead.get(f"/jaarplan/{other}/2026-2027/{item['id']}").status_code == 404


def test_a_cohort_that_begins_later_is_planned_from_its_first_day(
    engine: SqliteEngine, lead: HouseClient
) -> None:
    key = cohorts_of.add_cohort(
        engine, name="winter", profile="kansencoach", started_on=SUMMER.date() + timedelta(days=120)
    )
    page = text_of(lead, f"/jaarplan/{key}/2026-2027")
    assert lead.post(f"/jaarplan/{key}/2026-2027", data=sent(page)).status_code == 303
    assert [row["opens_at"][:7] for row in made(engine)] == ["2027-01", "2027-06"]

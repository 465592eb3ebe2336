"""Who sees what of a case: every page there is, opened by everyone there is.

The same pages are opened before anything of a case exists and after everything in it does. What others get
must be the same to the letter, so that no page tells them that something was answered, written or agreed.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from importlib.metadata import version

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.access import actions as access
from survey.case import actions as cases
from survey.case.ending import closing, handover
from survey.case.views import front
from survey.database import SqliteEngine
from survey.event import actions as events
from survey.people import actions as people
from survey.questionnaire.visibility import READERS, Reader
from survey.questionnaire.vocabulary import Family
from tests.conftest import START, Clock, Cohorts, Member
from tests.survey.case.driving import Case, answer, open_case
from tests.survey.case.world import Bodies, World

CODE, CLOSED_CODE = "KV-7Q4M", "CC-9999"
PLACES = ("talk", "hint", "question", "own_share", "new_behaviour")
KINDS = ("parent", "pupil", "teacher")
# Tells who handed over how many cases they handed over; and what they did themselves, and when.
HANDED_OVER = {"/trajecten/overdragen", "/eigen-gegevens/gegevens.zip", "/eigen-gegevens/gegevens.xlsx"}


@pytest.fixture
def world(
    app: Flask,
    ana: Member,
    cleo: Member,
    ben: Member,
    dora: Member,
    lea: Member,
    nobody: Member,
    cohorts: Cohorts,
    school: str,
    event: str,
    add_round: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    monkeypatch.setattr(front, "FAILURES", 10_000)  # nobody is slowed down here
    app.test_client_class = FlaskClient  # other tests hold the pages to the house rules
    everyone = {"coach": ana, "other": cleo, "trainer": ben, "stranger": dora, "lead": lea, "nobody": nobody}
    clients: dict[str, FlaskClient] = {name: _signed_in(app, member) for name, member in everyone.items()}
    values = dict.fromkeys(
        (
            *("link_id", "talk_id", "entry_id", "informant_id", "rule", "token", "card_token"),
            *("short_id", "feed_token", "letter_token", "address_token", "evaluation_token", "signing_token"),
            *("window_id", "invitation_id", "node_id", "point_id", "advice_id", "plan_id", "line_id"),
        ),
        "none",
    )
    values |= {
        "code": CODE,
        "who": "parent-1",
        "round_id": add_round(cohorts.bens),
        "block": "attitude",
        "cohort_id": cohorts.bens,
        "person_id": ana.id,
        "name": "case_relationship",
        "release": version("plotly"),
        "profile": "kansencoach",
        "persona": "coach",
        "school_id": school,
        "placement_id": f"{school}-{ana.id}",
        "form": "evaluation-teacher",
        "part": "gesprek",
        "when": "eind",
        "year": "2025-2026",
        "event_id": event,
        "item_id": event,
        "chart": "deelname",
        "choice": "stil",
    }
    return World(app, {**clients, "visitor": app.test_client()}, values)


@pytest.fixture
def event(engine: SqliteEngine, cohorts: Cohorts) -> str:
    """A meeting of Ana's cohort next week."""
    begin = START + timedelta(days=7)
    return events.add_event(
        engine,
        kind="intervision",
        title="Intervisie",
        place="",
        starts_at=begin,
        ends_at=begin + timedelta(hours=2),
        cohort_ids=[cohorts.bens],
        themes=[],
        by=None,
        at=START,
    )


def _signed_in(app: Flask, member: Member) -> FlaskClient:
    client = app.test_client()
    with app.extensions["database"].session() as engine:
        token = access.issue_link(engine, person_id=member.id, at=START)
    assert client.post(f"/inloggen/{token}").status_code == 303
    return client


@pytest.fixture
def school(ana: Member, cleo: Member, school_of: Callable[..., str]) -> str:
    """Where Ana and Cleo both work."""
    school_of(cleo)
    return school_of(ana)


@pytest.fixture
def add_case(
    app: Flask,
    engine: SqliteEngine,
    clock: Clock,
    ana: Member,
    school: str,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], Case]:
    """A full case of Ana and a closed one; from then on the addresses of `world` lead to the full one."""

    def add() -> Case:
        drawn = iter((CODE, CLOSED_CODE))
        monkeypatch.setattr(cases, "new_code", lambda: next(drawn))
        case = open_case(app, engine, clock, school=school, coach=ana)
        _fill(case, ana)
        ended = open_case(app, engine, clock, school=school, coach=ana)
        closing.close(
            engine,
            case_id=ended.id,
            outcome="scaled_up",
            reason="up_safety",
            helped="one_plan",
            line="geheim van closing",
            by=ana.id,
            at=START,
        )
        link = engine.one("SELECT link_id FROM checkin LIMIT 1")
        assert link
        world.values.update(
            link_id=link["link_id"],
            talk_id=str(case.rows("talk")[0]["id"]),
            informant_id=case.informant("parent"),
        )
        return case

    return add


def _fill(case: Case, coach: Member) -> None:
    case.agree(coach)
    visitor = case.app.test_client()
    for family in Family:
        for kind in KINDS:
            for value in (4, 1):
                token = case.ask(coach, kind, family)
                assert answer(case.app, visitor, token, value) == 303
                case.clock.forward(minutes=1)
    case.clock.at = START
    case.plan(coach, START.date() + timedelta(days=7))
    for place in PLACES:
        case.write(coach, f"geheim van {place}", place, about=str(case.rows("talk")[0]["id"]))


SECRETS = (CODE, CLOSED_CODE, *(f"geheim van {place}" for place in (*PLACES, "closing")))


def found_in(bodies: Bodies) -> set[str]:
    """What of the cases stands on these pages."""
    return {secret for secret in SECRETS if any(secret in body for body in bodies.values())}


def test_others_cannot_tell_a_full_case_from_none_on_any_page(
    world: World, add_case: Callable[[], Case]
) -> None:
    others = [name for name in world.clients if name != "coach"]
    before = world.pages(*others)
    case = add_case()
    after = world.pages(*others)
    assert {key for key in before if before[key] != after[key]} == set()
    assert len(before) > 200
    mine = world.pages("coach")
    assert {CODE, CLOSED_CODE, "geheim van talk"} <= found_in(mine)
    assert case.id not in "".join(after.values())


def test_after_handing_over_the_former_coach_is_one_of_the_others(
    engine: SqliteEngine, world: World, add_case: Callable[[], Case], ana: Member, cleo: Member
) -> None:
    before = world.pages("coach")
    case = add_case()
    engine.run('DELETE FROM "case" WHERE code = :code', {"code": CLOSED_CODE})  # a closed one stays with Ana
    handover.hand_over(engine, case_ids=[case.id], to=cleo.id, by=ana.id, at=START)
    after = world.pages("coach")
    assert {rule for who, rule in before if before[who, rule] != after[who, rule]} == HANDED_OVER
    assert found_in(after) == set()
    theirs = world.pages("other")
    assert found_in(theirs) == {CODE}, "the answers went along, the private lines did not"
    assert "Overgenomen" in theirs["other", "/trajecten/<code>"]


def test_a_lead_sees_nothing_of_cases_whose_coach_left_but_how_many(
    engine: SqliteEngine, world: World, add_case: Callable[[], Case], ana: Member
) -> None:
    add_case()
    people.leave(engine, person_id=ana.id, at=START, by=None)
    pages = world.pages()
    assert found_in(pages) == set()
    assert "1 open traject zonder coach" in pages["lead", "/overdracht"]
    telling = [who for who, rule in pages if rule == "/overdracht" and "1 open traject" in pages[who, rule]]
    assert telling == ["lead"]


def test_the_readers_of_an_answer_are_those_its_form_names(
    app: Flask, engine: SqliteEngine, clock: Clock, world: World, school: str, ana: Member
) -> None:
    """Measured and not declared: who gets another page once an answer is in."""
    names = {"coach": Reader.COACH, "trainer": Reader.TRAINER, "lead": Reader.LEAD}
    case = open_case(app, engine, clock, school=school, coach=ana)
    world.values["code"] = case.code
    case.agree(ana)
    asked = [(f"{family}-{kind}", case.ask(ana, kind, family)) for family in Family for kind in KINDS]
    before: Bodies = {page: body for page, body in world.pages().items() if body.startswith("200")}
    for form, token in asked:
        assert answer(app, app.test_client(), token) == 303
        after = world.again(before)
        noticed = {names.get(who, who) for who, rule in before if before[who, rule] != after[who, rule]}
        assert noticed == READERS[app.extensions["catalog"].get(form).visibility], form
        before = after


@pytest.mark.parametrize("kind", KINDS)
def test_who_answered_cannot_read_it_back_either(
    app: Flask, engine: SqliteEngine, clock: Clock, school: str, ana: Member, kind: str
) -> None:
    """The address may be left open on a phone: after the answer it says the same whatever the answer was."""
    case = open_case(app, engine, clock, school=school, coach=ana)
    case.agree(ana)
    visitor, pages = app.test_client(), []
    for value in (0, 4):
        token = case.ask(ana, kind)
        assert answer(app, visitor, token, value) == 303
        read = visitor.get(f"/c/{token}", follow_redirects=True).get_data(as_text=True)
        pages.append(re.sub(r'name="csrf_token" value="[^"]*"', "", read.replace(token, "")))
        assert case.code not in read
    assert pages[0] == pages[1]

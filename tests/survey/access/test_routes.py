"""Who may open which address: every route says so, and this table is run in full."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from importlib.metadata import version
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from survey.access.permissions import Allow, Permission, Public, Role, allow, mark_of
from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import links
from survey.checkin.card import cards
from survey.clock import stamp
from survey.cohort import actions as cohorts_of
from survey.config import Settings
from survey.database import Row, SqliteEngine, new_key
from survey.event.actions import add_event
from survey.notice import actions as notices
from survey.notice import links as letters
from survey.notice.kinds import Choice
from survey.people import actions as people
from survey.questionnaire.vocabulary import Family
from survey.reflection.sharing import actions as sharing_acts
from survey.reflection.sharing import reading as sharing
from survey.sharpening.actions import propose
from survey.talk import actions as talks
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member, build, scope_of

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
CHART_PAGES = {"/cohorten/<cohort_id>"}  # Ana answered nothing, so her growth has no chart yet

# A status; "in" asks to sign in first (302 to the sign-in page, 401 when something was sent);
# "-" is the page that is not there (404). The round, the case and the check are Ana's, the cohort is Ben's;
# Noor is in training, in Ben's cohort too; Fenne coaches and trains Dora's cohort; Left held every role. What
# is sent is empty: a form that misses something answers 422 or 400. A figure with too few answers behind it
# is not there for anyone.
TABLE = """
method address                                     visitor ana noor cleo fenne ben dora lea nobody left
GET    /inloggen                                   200     302 302  302  302   302 302  302 302    200
POST   /inloggen                                   422     422 422  422  422   422 422  422 422    422
GET    /inloggen/verstuurd                         200     200 200  200  200   200 200  200 200    200
GET    /inloggen/<token>                           -       -   -    -    -     -   -    -   -      -
POST   /inloggen/<token>                           -       -   -    -    -     -   -    -   -      -
GET    /ontgrendelen                               302     302 302  302  302   302 302  302 302    302
POST   /ontgrendelen                               303     303 303  303  303   303 303  303 303    303
POST   /uitloggen                                  303     303 303  303  303   303 303  303 303    303
POST   /uitloggen/overal                           in      303 303  303  303   303 303  303 -      in
POST   /taal                                       400     400 400  400  400   400 400  400 400    400
GET    /                                           in      302 302  302  302   302 302  302 -      in
GET    /vandaag                                    in      200 200  200  200   200 200  200 -      in
GET    /reflectie                                  in      200 200  200  200   -   -    -   -      in
GET    /reflectie/<round_id>                       in      302 302  -    -     -   -    -   -      in
GET    /reflectie/<round_id>/<block>               in      200 200  -    -     -   -    -   -      in
POST   /reflectie/<round_id>/<block>               in      422 422  -    -     -   -    -   -      in
POST   /reflectie/<round_id>/antwoord              in      422 422  -    -     -   -    -   -      in
GET    /reflectie/<round_id>/afronden              in      200 200  -    -     -   -    -   -      in
POST   /reflectie/<round_id>/afronden              in      422 422  -    -     -   -    -   -      in
GET    /reflectie/<round_id>/uren                  in      -   -    -    -     -   -    -   -      in
POST   /reflectie/<round_id>/uren                  in      -   -    -    -     -   -    -   -      in
POST   /reflectie/<round_id>/verbeteren            in      303 303  -    -     -   -    -   -      in
GET    /reflectie/<round_id>/terugblik             in      -   -    -    -     -   -    -   -      in
POST   /reflectie/<round_id>/terugblik             in      -   -    -    -     -   -    -   -      in
GET    /reflectie/kort                             in      200 200  200  200   -   -    -   -      in
GET    /reflectie/kort/<short_id>                  in      200 200  -    -     -   -    -   -      in
POST   /reflectie/kort/<short_id>                  in      303 303  -    -     -   -    -   -      in
GET    /groei                                      in      200 200  200  200   -   -    -   -      in
GET    /groei/<profile>.json                       in      -   -    -    -     -   -    -   -      in
GET    /groei/<profile>/focus.json                 in      -   -    -    -     -   -    -   -      in
GET    /groei/<profile>/terugblik.json             in      -   -    -    -     -   -    -   -      in
POST   /groei/delen/<trainer_id>                   in      400 400  400  400   -   -    -   -      in
GET    /gedeeld                                    in      -   -    -    200   200 200  -   -      in
GET    /gedeeld/<person_id>                        in      -   -    -    -     200 -    -   -      in
GET    /gedeeld/<person_id>/<profile>.json         in      -   -    -    -     -   -    -   -      in
GET    /account                                    in      200 200  200  200   200 200  200 -      in
POST   /account/onderzoek                          in      400 400  400  400   -   -    -   -      in
GET    /opdracht                                   in      200 200  200  200   -   -    -   -      in
GET    /opdracht/<year>/<school_id>                in      200 -    -    -     -   -    -   -      in
POST   /opdracht/<year>/<school_id>                in      422 -    -    -     -   -    -   -      in
GET    /trajecten                                  in      200 200  200  200   -   -    -   -      in
GET    /trajecten/nieuw                            in      200 200  200  200   -   -    -   -      in
POST   /trajecten/nieuw                            in      303 422  422  422   -   -    -   -      in
GET    /trajecten/overdragen                       in      200 200  200  200   -   -    -   -      in
POST   /trajecten/overdragen                       in      409 409  409  409   -   -    -   -      in
GET    /trajecten/<code>                           in      200 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/wijzigen                  in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/wijzigen                  in      303 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/kaart                     in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/akkoord                   in      422 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/afsluiten                 in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/afsluiten                 in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/akkoord/intrekken         in      303 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/gesprek/plan              in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/plan              in      422 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/gesprek/noteer            in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/noteer            in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/incident          in      303 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/gesprek/<talk_id>         in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/<talk_id>         in      303 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/<talk_id>/verzet  in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/<talk_id>/afzeggen in      303 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/gesprek/<talk_id>/verwijder in      303 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/coaching/fase             in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/coaching/fase/<entry_id>/verwijder in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/coaching/niveau           in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/coaching/regels           in      -   -    -    -     -   -    -   -      in
GET    /trajecten/<code>/reeks/<informant_id>/<name>.json in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check                     in      400 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/aandachtspunt/<link_id>   in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/besluit                   in      422 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/check/<link_id>           in      200 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/check/<link_id>/stand     in      200 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check/<link_id>/intrekken in      303 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check/<link_id>/mail      in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check/<link_id>/geef-door in      422 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/check/<link_id>/afspraak  in      -   -    -    -     -   -    -   -      in
POST   /trajecten/<code>/doel                      in      400 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/weer-vragen               in      400 -    -    -     -   -    -   -      in
POST   /trajecten/<code>/vaste-kaart               in      400 -    -    -     -   -    -   -      in
GET    /trajecten/<code>/vaste-kaart/<who>         in      200 -    -    -     -   -    -   -      in
GET    /cohorten                                   in      -   -    -    302   302 302  -   -      in
GET    /cohorten/<cohort_id>                       in      -   -    -    -     200 -    -   -      in
GET    /cohorten/vergelijk                         in      -   -    -    200   200 200  -   -      in
GET    /cohorten/vergelijk/verschil.json           in      -   -    -    -     -   -    -   -      in
GET    /cohorten/vergelijk/lijnen.json             in      -   -    -    -     -   -    -   -      in
GET    /cohorten/<cohort_id>/<chart>.json          in      -   -    -    -     200 -    -   -      in
GET    /agenda                                     in      200 200  200  200   200 200  -   -      in
GET    /agenda/nieuw                               in      -   -    -    200   200 200  -   -      in
POST   /agenda/nieuw                               in      -   -    -    422   422 422  -   -      in
GET    /agenda/<event_id>                          in      200 200  -    -     200 -    -   -      in
GET    /agenda/<event_id>/wijzigen                 in      -   -    -    -     200 -    -   -      in
POST   /agenda/<event_id>/wijzigen                 in      -   -    -    -     422 -    -   -      in
POST   /agenda/<event_id>/afzeggen                 in      -   -    -    -     303 -    -   -      in
GET    /agenda/<event_id>/wie                      in      -   -    -    -     200 -    -   -      in
POST   /agenda/<event_id>/wie                      in      -   -    -    -     303 -    -   -      in
POST   /agenda/<event_id>/meenemen                 in      303 303  -    -     303 -    -   -      in
GET    /cohorten/<cohort_id>/export.csv            in      -   -    -    -     200 -    -   -      in
GET    /cohorten/<cohort_id>/export.xlsx           in      -   -    -    -     200 -    -   -      in
GET    /eigen-gegevens                             in      200 200  200  200   200 200  200 -      in
GET    /eigen-gegevens/portfolio.html              in      200 200  200  200   -   -    -   -      in
GET    /eigen-gegevens/gegevens.xlsx               in      200 200  200  200   200 200  200 -      in
GET    /eigen-gegevens/gegevens.zip                in      200 200  200  200   200 200  200 -      in
GET    /jaarplan                                   in      -   -    -    -     -   -    200 -      in
GET    /jaarplan/<cohort_id>/<year>                in      -   -    -    -     -   -    200 -      in
POST   /jaarplan/<cohort_id>/<year>                in      -   -    -    -     -   -    422 -      in
GET    /jaarplan/<cohort_id>/<year>/toevoegen      in      -   -    -    -     -   -    200 -      in
POST   /jaarplan/<cohort_id>/<year>/toevoegen      in      -   -    -    -     -   -    422 -      in
GET    /jaarplan/<cohort_id>/<year>/<item_id>      in      -   -    -    -     -   -    200 -      in
POST   /jaarplan/<cohort_id>/<year>/<item_id>      in      -   -    -    -     -   -    422 -      in
GET    /jaarplan/<cohort_id>/<year>/<item_id>/intrekken in      -   -    -    -     -   -    200 -      in
POST   /jaarplan/<cohort_id>/<year>/<item_id>/intrekken in      -   -    -    -     -   -    303 -      in
GET    /voorstellen                                in      200 200  200  200   200 200  -   -      in
POST   /voorstellen                                in      422 422  422  422   422 422  -   -      in
POST   /voorstellen/<proposal_id>/intrekken        in      303 -    -    -     -   -    -   -      in
GET    /voorstellen/verzameld                      in      -   -    -    -     -   -    200 -      in
POST   /voorstellen/<proposal_id>/besluit          in      -   -    -    -     -   -    422 -      in
GET    /voorstellen/formulering                    in      -   -    -    200   200 200  -   -      in
GET    /overdracht                                 in      -   -    -    -     -   -    200 -      in
POST   /overdracht                                 in      -   -    -    -     -   -    409 -      in
GET    /mensen                                     in      -   -    -    -     -   -    200 -      in
GET    /mensen/nieuw                               in      -   -    -    -     -   -    200 -      in
POST   /mensen/nieuw                               in      -   -    -    -     -   -    422 -      in
GET    /mensen/importeren                          in      -   -    -    -     -   -    200 -      in
GET    /mensen/importeren/voorbeeld.csv            in      -   -    -    -     -   -    200 -      in
POST   /mensen/importeren                          in      -   -    -    -     -   -    422 -      in
GET    /mensen/cohorten                            in      -   -    -    -     -   -    200 -      in
GET    /mensen/cohorten/nieuw                      in      -   -    -    -     -   -    200 -      in
POST   /mensen/cohorten/nieuw                      in      -   -    -    -     -   -    422 -      in
POST   /mensen/cohorten/<cohort_id>/trainer        in      -   -    -    -     -   -    422 -      in
POST   /mensen/cohorten/<cohort_id>/trainer/<person_id>/weg in      -   -    -    -     -   -    -   -      in
GET    /mensen/<person_id>                         in      -   -    -    -     -   -    200 -      in
GET    /mensen/<person_id>/wijzigen                in      -   -    -    -     -   -    200 -      in
POST   /mensen/<person_id>/wijzigen                in      -   -    -    -     -   -    422 -      in
POST   /mensen/<person_id>/terug                   in      -   -    -    -     -   -    -   -      in
POST   /mensen/<person_id>/cohort                  in      -   -    -    -     -   -    422 -      in
GET    /mensen/<person_id>/cohort/<cohort_id>      in      -   -    -    -     -   -    200 -      in
POST   /mensen/<person_id>/cohort/<cohort_id>      in      -   -    -    -     -   -    422 -      in
POST   /mensen/<person_id>/cohort/<cohort_id>/stop in      -   -    -    -     -   -    303 -      in
GET    /mensen/<person_id>/opdracht                in      -   -    -    -     -   -    200 -      in
GET    /mensen/<person_id>/opdracht/<year>/<school_id> in      -   -    -    -     -   -    200 -      in
POST   /mensen/<person_id>/opdracht/<year>/<school_id> in      -   -    -    -     -   -    422 -      in
POST   /mensen/<person_id>/opdracht/<year>/<school_id>/weg in      -   -    -    -     -   -    -   -      in
GET    /mensen/<person_id>/vertrek                 in      -   -    -    -     -   -    200 -      in
POST   /mensen/<person_id>/vertrek                 in      -   -    -    -     -   -    422 -      in
GET    /c/<token>                                  200     200 200  200  200   200 200  200 200    200
POST   /c/<token>                                  422     422 422  422  422   422 422  422 422    422
GET    /c/<token>/nu-niet                          200     200 200  200  200   200 200  200 200    200
POST   /c/<token>/nu-niet                          400     400 400  400  400   400 400  400 400    400
GET    /c/offline.js                               200     200 200  200  200   200 200  200 200    200
GET    /c/bewaard                                  200     200 200  200  200   200 200  200 200    200
POST   /c/wis                                      303     303 303  303  303   303 303  303 303    303
GET    /c/gewist                                   200     200 200  200  200   200 200  200 200    200
GET    /k/<card_token>                             303     303 303  303  303   303 303  303 303    303
POST   /k/<card_token>                             303     303 303  303  303   303 303  303 303    303
GET    /demo                                       -       -   -    -    -     -   -    -   -      -
POST   /demo/<persona>                             -       -   -    -    -     -   -    -   -      -
GET    /post                                       in      200 200  200  200   200 200  200 -      in
POST   /post                                       in      400 400  400  400   400 400  400 -      in
POST   /post/agenda                                in      303 303  303  303   303 303  -   -      in
GET    /post/<choice>/<letter_token>               200     200 200  200  200   200 200  200 200    200
POST   /post/<choice>/<letter_token>               200     200 200  200  200   200 200  200 200    200
GET    /agenda/feed/<feed_token>.ics               200     200 200  200  200   200 200  200 200    200
GET    /agenda/<event_id>.ics                      in      200 200  -    -     200 -    -   -      in
GET    /reflectie/<round_id>.ics                   in      200 200  -    -     -   -    -   -      in
GET    /mail                                       in      -   -    -    -     -   -    200 -      in
POST   /mail/<mail_id>/opnieuw                     in      -   -    -    -     -   -    303 -      in
GET    /healthz                                    200     200 200  200  200   200 200  200 200    200
GET    /static/<name>                              200     200 200  200  200   200 200  200 200    200
GET    /plotly-<release>.js                        200     200 200  200  200   200 200  200 200    200
GET    /plotly-<release>.css                       200     200 200  200  200   200 200  200 200    200
"""


class Line(NamedTuple):
    """One line of the table."""

    method: str
    address: str
    cells: dict[str, str]


def _lines() -> list[Line]:
    head, *lines = (line.split() for line in TABLE.strip().splitlines())
    return [
        Line(method, address, dict(zip(head[2:], cells, strict=True))) for method, address, *cells in lines
    ]


def _routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def _unmarked(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if mark_of(app.view_functions[rule.endpoint]) is None]


def _fix(app: Flask, rule: Rule) -> str:
    view = app.view_functions[rule.endpoint]
    return (
        f"{rule.rule} says nothing about access and is closed. Put @allow(Permission.…) or "
        f"@public('why anyone may come in') under the route decorator of {view.__module__}.{view.__name__}."
    )


def test_every_route_says_who_may_come_in(app: Flask) -> None:
    assert not _unmarked(app), "\n".join(_fix(app, rule) for rule in _unmarked(app))


def test_every_open_route_says_why(app: Flask) -> None:
    marks = [mark_of(view) for view in app.view_functions.values()]
    reasons = [mark.reason for mark in marks if isinstance(mark, Public)]
    assert all(len(reason.split()) >= 4 for reason in reasons), reasons


def test_every_permission_opens_something(app: Flask) -> None:
    marks = [mark_of(view) for view in app.view_functions.values()]
    assert {mark.permission for mark in marks if isinstance(mark, Allow)} == set(Permission)


def test_every_route_stands_in_the_table(app: Flask) -> None:
    routes, declared = _routes(app), {(line.method, line.address) for line in _lines()}
    missing, gone = sorted(routes - declared), sorted(declared - routes)
    assert not missing, f"add a line to TABLE for each of {missing}: who gets which status?"
    assert not gone, f"take these lines out of TABLE, there are no such routes: {gone}"
    assert len(_lines()) == len(declared), "a route stands in TABLE twice"


@pytest.fixture
def values(
    app: Flask,
    engine: SqliteEngine,
    ana: Member,
    cohorts: Cohorts,
    add_round: Callable[..., str],
    school_of: Callable[[Member], str],
) -> dict[str, str]:
    """What stands in the place of each <name> in an address."""
    code = cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)
    (case,) = engine.rows('SELECT id FROM "case"')
    with app.app_context():
        link_id = cases.start_check(
            engine,
            case_id=case["id"],
            who=Who("parent", 1),
            family=Family.RELATIONSHIP,
            by=scope_of(ana),
            at=START,
        )
        token = links.token_of(link_id)
        cases.make_card(
            engine, case_id=case["id"], who=Who("parent", 1), again=False, by=scope_of(ana), at=START
        )
        (card,) = engine.rows("SELECT id FROM card")
        card_token = cards.token_of(card["id"])
        notices.make_feed(engine, by=scope_of(ana), at=START)
        feed_token = letters.feed_token(ana.id, stamp(START))
        letter_token = letters.token_of(ana.id, Choice.STOP)
    talk_id = talks.plan(
        engine,
        case_id=case["id"],
        kind="phone",
        with_=["parent-1"],
        day=START.date(),
        starts_at=None,
        by=ana.id,
        at=START,
    )
    return {
        "code": code,
        "link_id": link_id,
        "who": "parent-1",
        "talk_id": talk_id,
        "informant_id": "none",  # nobody answered twice, so there is no figure
        "entry_id": "none",  # this case has no coaching: its profile knows no cycle
        "token": token,
        "card_token": card_token,
        "feed_token": feed_token,
        "letter_token": letter_token,
        "choice": "stop",
        "mail_id": "none",  # nothing failed
        "round_id": add_round(cohorts.bens),
        "short_id": _short_round(engine, cohorts.bens),
        "trainer_id": _sees_growth(engine, ana),
        "item_id": add_round(cohorts.bens, days=-60),
        "proposal_id": propose(
            engine,
            by=scope_of(ana),
            profile="kansencoach",
            item=None,
            change="Korter.",
            at=START,
            key=new_key(),
        ),
        "event_id": add_event(
            engine,
            kind="intervision",
            title="Een gesprek dat vastliep",
            place="De Turfschuur",
            starts_at=START - timedelta(hours=1),
            ends_at=START + timedelta(hours=2),
            cohort_ids=[cohorts.bens],
            themes=[],
            by=None,
            at=START - timedelta(days=30),
        ),
        "block": "attitude",
        "profile": "kansencoach",
        "cohort_id": cohorts.bens,
        "chart": "deelname",
        "person_id": ana.id,
        "year": "2025-2026",
        "school_id": "school-De Kraanheide",
        "name": "groeispiegel.css",
        "release": version("plotly"),
        "persona": "coach",
    }


def _short_round(engine: SqliteEngine, cohort_id: str) -> str:
    opens, closes = stamp(START - timedelta(days=1)), stamp(START + timedelta(days=6))
    row = {"id": "short", "cohort_id": cohort_id, "opens_at": opens, "closes_at": closes}
    engine.insert("micro_round", row)
    return "short"


def _sees_growth(engine: SqliteEngine, coach: Member) -> str:
    """The trainer who may see the growth of this coach."""
    (trainer,) = sharing.trainers(engine, scope=scope_of(coach), at=START)
    sharing_acts.share(engine, by=scope_of(coach), trainer_id=trainer.id, at=START)
    return trainer.id


def _member(engine: SqliteEngine, name: str, *roles: Role, status: str = "active") -> Member:
    email = f"{name.lower()}@example.org"
    key = people.add_person(engine, name=name, email=email, roles=roles, by=None, at=START, status=status)
    return Member(key, name, email)


@pytest.fixture
def left(engine: SqliteEngine) -> Member:
    return _member(engine, "Left", *Role)


@pytest.fixture
def noor(engine: SqliteEngine, cohorts: Cohorts) -> Member:
    noor = _member(engine, "Noor", Role.COACH, status="aspirant")
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=noor.id, since=date(2025, 9, 1))
    return noor


@pytest.fixture
def fenne(engine: SqliteEngine, cohorts: Cohorts) -> Member:
    fenne = _member(engine, "Fenne", Role.COACH, Role.TRAINER)
    cohorts_of.add_trainer(engine, cohort_id=cohorts.doras, person_id=fenne.id)
    return fenne


@pytest.fixture
def clients(
    app: Flask,
    engine: SqliteEngine,
    as_: Signed,
    cohorts: Cohorts,
    request: pytest.FixtureRequest,
    left: Member,
) -> dict[str, FlaskClient]:
    """Everyone at their own device; Left signed in before leaving."""
    names = ["ana", "noor", "cleo", "fenne", "ben", "dora", "lea", "nobody"]
    everyone = {name: as_(request.getfixturevalue(name)) for name in names}
    everyone["left"] = as_(left)
    people.leave(engine, person_id=left.id, at=START, by=None)
    return {"visitor": app.test_client(), **everyone}


@pytest.mark.parametrize("line", _lines(), ids=lambda line: f"{line.method} {line.address}")
def test_each_role_gets_the_status_in_the_table(
    line: Line,
    clients: dict[str, FlaskClient],
    values: dict[str, str],
    dump: Dump,
    engine: SqliteEngine,
) -> None:
    path = _path(line, values)
    got = {}
    for name in sorted(line.cells, key=lambda who: line.cells[who] not in {"in", "-"}):  # refusals first
        before = (dump(), _living(engine)) if line.method == "POST" else None
        reply = clients[name].open(path, method=line.method)
        reply.close()
        got[name] = _cell(line.method, reply.status_code, reply.location or "")
        if got[name] in {"in", "-"} and line.method == "POST":
            assert (dump(), _living(engine)) == before, f"a refusal of {name} changed something"
    assert {name: got[name] for name in line.cells} == line.cells


def _path(line: Line, values: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], line.address)


def _living(engine: SqliteEngine) -> list[Row]:
    """The sessions that have not ended."""
    return engine.rows("SELECT token_hash FROM session WHERE revoked_at IS NULL ORDER BY token_hash")


def _cell(method: str, status: int, location: str) -> str:
    asks_to_sign_in = status == 401 if method == "POST" else location.startswith("/inloggen")
    if asks_to_sign_in:
        return "in"
    return "-" if status == 404 else str(status)


class TestNewPage:
    @pytest.fixture
    def house(self, settings: Settings) -> Flask:
        return build(settings)

    def test_a_route_that_forgets_is_found(self, app: Flask) -> None:
        def forgetful() -> str:
            return ""

        app.add_url_rule("/vergeten", view_func=forgetful)
        (rule,) = _unmarked(app)
        assert "/vergeten says nothing about access" in _fix(app, rule)
        assert _fix(app, rule).endswith("test_routes.forgetful.")

    def test_a_role_without_the_permission_gets_nothing_from_a_new_page(
        self, app: Flask, as_: Signed, ana: Member, ben: Member, lea: Member
    ) -> None:
        for permission in Permission:
            app.add_url_rule(
                f"/nieuw/{permission}", f"new-{permission}", allow(permission)(lambda: {"open": True})
            )
        opened = {
            member.name: {p for p in Permission if as_(member).get(f"/nieuw/{p}").status_code == 200}
            for member in (ana, ben, lea)
        }
        assert opened["Ana"] & opened["Ben"] & opened["Lea"] == {
            Permission.SEE_TODAY,
            Permission.KEEP_ACCOUNT,
        }
        assert opened["Ana"] | opened["Ben"] | opened["Lea"] == set(Permission)


def test_only_pages_with_a_chart_load_the_script_that_draws(
    clients: dict[str, FlaskClient], values: dict[str, str]
) -> None:
    loading, drawing, pages = set(), set(), 0
    for line in _lines():
        for name in ("visitor", "ana", "ben", "lea"):
            if line.method != "GET" or line.cells[name] != "200":
                continue
            with clients[name].get(_path(line, values)) as reply:
                if reply.mimetype == "text/html":
                    text = reply.get_data(as_text=True)
                    pages += 1
                    loading |= {line.address} if "chart.js" in text else set()
                    drawing |= {line.address} if "data-figure" in text else set()
                    assert not re.search(r'<script[^>]* src="/plotly', text), "chart.js fetches it"
    assert pages > 20
    assert drawing <= loading == CHART_PAGES

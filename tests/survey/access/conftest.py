"""Everyone of the table at their own device, and what stands in the place of each <name> in an address."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib.metadata import version
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.access import actions as access
from survey.access.permissions import Role, Scope
from survey.advice import actions as advices
from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import links
from survey.checkin.card import cards
from survey.clock import stamp
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine, new_key
from survey.evaluation import actions as evaluation
from survey.evaluation.answering import actions as answering
from survey.evaluation.invitation import actions as invitations
from survey.evaluation.invitation import tokens
from survey.event.actions import add_event
from survey.notice import actions as notices
from survey.notice import links as letters
from survey.notice.kinds import Choice
from survey.people import actions as people
from survey.questionnaire.fields import Answer
from survey.questionnaire.vocabulary import Family
from survey.reflection.sharing import actions as sharing_acts
from survey.reflection.sharing import reading as sharing
from survey.sharpening.actions import propose
from survey.start_agreement import actions as agreements
from survey.start_agreement.signing import links as signing_links
from survey.talk import actions as talks
from tests.conftest import START, Clock, Cohorts, Member, Signed, scope_of
from tests.survey.access.asking import Post
from tests.survey.start_agreement import making


@pytest.fixture
def values(
    app: Flask,
    engine: SqliteEngine,
    ana: Member,
    cohorts: Cohorts,
    add_round: Callable[..., str],
    school_of: Callable[[Member], str],
    lea: Member,
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
        asked_for_evaluation = _evaluation(app, engine)
        signing = _agreement(engine, f"school-De Kraanheide-{ana.id}", scope_of(ana))
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
    lead = scope_of(lea, Role.LEAD)
    with app.app_context():
        advice_id = advices.draft(engine, school_id=None, school_year="2025-2026", by=lead, at=START)
    (sentence,) = engine.rows("SELECT id FROM advice_sentence WHERE key = 'no_cause'")
    return {
        "advice_id": advice_id,
        "sentence_id": sentence["id"],
        "code": code,
        "placement_id": f"school-De Kraanheide-{ana.id}",
        **_plan(engine),
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
        "point_id": "none",  # nothing was released
        "address_token": "none",  # no other address waits
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
        **asked_for_evaluation,
        **signing,
    }


def _agreement(engine: SqliteEngine, placement_id: str, by: Scope) -> dict[str, str]:
    """A start agreement that is signed, and a next version that waits for the signature of a director."""
    making.signed(engine, placement_id, by)
    agreements.renew(engine, placement_id=placement_id, by=by, at=START)
    (signature,) = making.asked(engine, placement_id, by, partners=["director"])
    return {
        "signature_id": signature,
        "signing_token": signing_links.token_of(signature),
        "part": "gesprek",
        "when": "halverwege",
    }


def _evaluation(app: Flask, engine: SqliteEngine) -> dict[str, str]:
    """A window that is open: a card nobody used, and a form about Ana with the name of a director."""
    school = "school-De Kraanheide"
    window = evaluation.plan(
        engine,
        school_year="2025-2026",
        opens_at=START,
        closes_at=START + timedelta(days=21),
        by=None,
        at=START,
    )
    where: dict[str, Any] = {"window_id": window, "school_id": school, "by": None, "at": START}
    (card,) = invitations.make_cards(engine, **where, form="evaluation-teacher", number=1)
    invitations.with_a_name(engine, **where, respondent="director", name="Rosa", address="rosa@example.org")
    sql = """
    SELECT id, node_id FROM evaluation_invitation JOIN evaluation_about ON invitation_id = id
    WHERE form = 'evaluation-director-named'
    """
    (asked,) = engine.rows(sql)
    form = app.extensions["catalog"].get("evaluation-director-named")
    answering.submit(
        engine,
        token=tokens.token_of(asked["id"]),
        node_id=asked["node_id"],
        answers={item.key: Answer(3) for item in form.items},
        clock=lambda: START,
    )
    return {
        "window_id": window,
        "invitation_id": asked["id"],
        "node_id": asked["node_id"],
        "form": "evaluation-teacher",
        "evaluation_token": tokens.token_of(card),
    }


def _plan(engine: SqliteEngine) -> dict[str, str]:
    """A plan with three hours for nobody yet, where Ana works."""
    plan = {"id": "plan", "name": "Zoals nu", "school_year": "2026-2027", "budget": 40}
    engine.insert("hours_plan", {**plan, "made_at": stamp(START)})
    line = {"id": "line", "plan_id": "plan", "school_id": "school-De Kraanheide", "quarters": 12}
    engine.insert("hours_plan_line", line)
    return {"plan_id": "plan", "line_id": "line"}


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


@pytest.fixture
def post(app: Flask, engine: SqliteEngine, clock: Clock) -> Post:
    """The mails that wait once every request is answered, the oldest first."""

    def waiting() -> list[dict[str, Any]]:
        with app.app_context():
            access.answer_requests(engine, clock())
        return engine.rows("SELECT recipient, subject, body, expires_at FROM outbox ORDER BY id")

    return waiting


@pytest.fixture
def link(engine: SqliteEngine, ana: Member, clock: Clock, app: Flask) -> str:
    """A link to sign in as Ana, not used yet."""
    return "/inloggen/" + access.issue_link(engine, person_id=ana.id, at=clock())

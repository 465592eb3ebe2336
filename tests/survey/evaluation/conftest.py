"""Two coaches at two schools, a window that is open, and links to whoever is asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.current import catalog
from survey.database import SqliteEngine
from survey.evaluation import actions
from survey.evaluation.answering import actions as answering
from survey.evaluation.invitation import actions as invitations
from survey.evaluation.invitation import tokens
from survey.questionnaire.fields import Answer
from tests.conftest import START, Clock, Member

CLOSES = START + timedelta(days=21)
YEAR = "2025-2026"
SCHOOL, OTHER = "school-De Kraanheide", "school-Het Baken"
LINE = "Vaker in de klas komen kijken."


@dataclass(frozen=True)
class Asked:
    """An invitation and where it leads."""

    id: str

    @property
    def token(self) -> str:
        return tokens.token_of(self.id)

    @property
    def path(self) -> str:
        return f"/e/{self.token}"


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def plain(app: Flask) -> FlaskClient:
    """A client that takes packed pages as they come."""
    return FlaskClient(app, app.response_class)


@pytest.fixture
def schools(engine: SqliteEngine, ana: Member, cleo: Member, school_of: Callable[..., str]) -> None:
    """Ana at both schools, Cleo at the second one too; each school in a municipality of its own."""
    school_of(ana, "De Kraanheide")
    school_of(ana, "Het Baken")
    school_of(cleo, "Het Baken")
    for school, town, hours in ((SCHOOL, "Turfstede", 4), (OTHER, "Heidemeer", 2)):
        engine.run("UPDATE school SET municipality = :town WHERE id = :id", {"id": school, "town": town})
        engine.run(
            "UPDATE placement SET hours_agreed = :hours WHERE school_id = :id", {"id": school, "hours": hours}
        )


@pytest.fixture
def planned(engine: SqliteEngine, schools: None, lea: Member) -> str:
    """A window that opens in a week."""
    return actions.plan(
        engine,
        school_year=YEAR,
        opens_at=datetime(2026, 1, 27, 0, tzinfo=UTC),
        closes_at=CLOSES,
        by=lea.id,
        at=START,
    )


@pytest.fixture
def window(engine: SqliteEngine, schools: None, lea: Member) -> str:
    """A window that is open for three weeks from now."""
    return actions.plan(engine, school_year=YEAR, opens_at=START, closes_at=CLOSES, by=lea.id, at=START)


@pytest.fixture
def card(engine: SqliteEngine, window: str, clock: Clock) -> Callable[..., Asked]:
    """A fresh card to hand out."""

    def fresh(form: str = "evaluation-teacher", school: str = SCHOOL) -> Asked:
        made = invitations.make_cards(
            engine, window_id=window, school_id=school, form=form, number=1, by=None, at=clock()
        )
        return Asked(made[0])

    return fresh


@pytest.fixture
def asked(card: Callable[..., Asked]) -> Asked:
    return card()


@pytest.fixture
def named(engine: SqliteEngine, window: str, clock: Clock) -> tuple[Asked, Asked]:
    """Joris, internal supervisor of the first school: with his name, and about the programme."""
    invitations.with_a_name(
        engine,
        window_id=window,
        school_id=SCHOOL,
        respondent="ib",
        name="Joris",
        address="joris@school.nl",
        by=None,
        at=clock(),
    )
    rows = engine.rows("SELECT id FROM evaluation_invitation WHERE form LIKE 'evaluation-ib-%' ORDER BY form")
    own, programme = (Asked(row["id"]) for row in rows)
    return own, programme


def about(engine: SqliteEngine, asked: Asked) -> list[str]:
    """The nodes somebody is asked about, by name of the coach."""
    rows = engine.rows(
        "SELECT node.id FROM evaluation_about AS about JOIN evaluation_node AS node "
        "ON node.id = about.node_id WHERE about.invitation_id = :id ORDER BY node.label",
        {"id": asked.id},
    )
    return [row["id"] for row in rows]


def all_of(form: str, value: int = 3) -> dict[str, Answer]:
    return {item.key: Answer(value) for item in catalog().get(form).items}


def posted(form: str, node: str, **changes: str) -> dict[str, str]:
    """What a browser sends: the same answer everywhere but for the changes."""
    return {"over": node} | {item.key: "3" for item in catalog().get(form).items} | changes


@pytest.fixture
def submit(engine: SqliteEngine, clock: Clock) -> Callable[..., None]:
    """Answer a link about one coach, without a browser."""

    def now(
        asked: Asked,
        form: str = "evaluation-teacher",
        answers: Mapping[str, Answer] | None = None,
        line: str = "",
        nth: int = 0,
    ) -> None:
        answering.submit(
            engine,
            token=asked.token,
            node_id=about(engine, asked)[nth],
            answers=answers or all_of(form),
            line=line,
            clock=clock,
        )

    return now

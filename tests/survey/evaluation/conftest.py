"""Two coaches at two schools, a window that is open, and links to whoever is asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.current import catalog
from survey.database import SqliteEngine
from survey.evaluation import actions, reports
from survey.evaluation.answering import actions as answering
from survey.evaluation.invitation import actions as invitations
from survey.evaluation.invitation import tokens
from survey.questionnaire.fields import Answer
from tests.client import HouseClient
from tests.conftest import START, Clock, Member, Signed, scope_of

CLOSES = START + timedelta(days=21)
YEAR = "2025-2026"
SCHOOL, OTHER = "school-De Kraanheide", "school-Het Baken"
LINE = "Vaker in de klas komen kijken."
TEACHER, PARENT = "evaluation-teacher", "evaluation-parent"
Mail = Callable[..., invitations.Invited]
BOTH = ("noa@school.nl", "piet@school.nl")
DAY = timedelta(days=1)


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


@pytest.fixture
def mail(engine: SqliteEngine, clock: Clock) -> Mail:
    """Invite teachers of the first school unless told otherwise."""

    def now(
        window: str, addresses: Sequence[str] = BOTH, form: str = TEACHER, school: str = SCHOOL
    ) -> invitations.Invited:
        return invitations.by_mail(
            engine,
            window_id=window,
            school_id=school,
            form=form,
            addresses=addresses,
            by=None,
            at=clock(),
        )

    return now


def letters(engine: SqliteEngine) -> list[tuple[str, str]]:
    """Who was mailed about the evaluation, and what."""
    rows = engine.rows("SELECT recipient, body FROM outbox WHERE about IS NOT NULL ORDER BY recipient, id")
    return [(row["recipient"], row["body"]) for row in rows]


def addresses(engine: SqliteEngine) -> list[str | None]:
    """The addresses that are still known."""
    rows = engine.rows("SELECT address FROM evaluation_invitation ORDER BY address")
    return [row["address"] for row in rows]


def asked_at(engine: SqliteEngine, address: str, form: str = TEACHER) -> Asked:
    """The invitation that went to this address."""
    row = engine.one(
        "SELECT id FROM evaluation_invitation WHERE address = :a AND form = :f", {"a": address, "f": form}
    )
    assert row
    return Asked(row["id"])


def tree(engine: SqliteEngine, window: str, lea: Member) -> dict[str, str]:
    """In which cluster each coach stands."""
    nodes = reports.nodes(engine, scope_of(lea), window)
    labels = {node.id: node.label for node in nodes}
    return {node.label: labels[node.parent_id or ""] for node in nodes if node.level == "coach"}


@pytest.fixture
def lea_at(as_: Signed, lea: Member) -> HouseClient:
    return as_(lea)

"""The day to look back: the tick tells coach and lead once, and the mail says which school."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.rhythm import tick
from survey.start_agreement import actions, reports
from survey.start_agreement.agreement import END, Agreement
from tests.conftest import Clock, Member
from tests.survey.notice.conftest import Post
from tests.survey.notice.conftest import post as post
from tests.survey.start_agreement import making

THE_DAY = datetime(2026, 2, 12, 9, tzinfo=UTC)
THE_SECOND = datetime(2026, 6, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def agreement(app: Flask, engine: SqliteEngine, place: str, lead: Scope) -> Agreement:
    with app.app_context():
        return making.signed(engine, place, lead)


@pytest.fixture
def told(app: Flask, engine: SqliteEngine) -> Callable[[datetime], list[str]]:
    """A tick at a moment: who is to be told to look back, since the test began."""

    def at(moment: datetime) -> list[str]:
        with app.app_context():
            tick.run(engine, catalog=app.extensions["catalog"], at=moment)
        sql = """
        SELECT person.name, notice.change FROM notice JOIN person ON person.id = notice.person_id
        WHERE notice.kind = 'review_due' ORDER BY notice.change, person.name
        """
        return [f"{row['name']} {row['change']}" for row in engine.rows(sql)]

    return at


def test_coach_and_lead_are_told_once_for_each_day(
    app: Flask,
    engine: SqliteEngine,
    agreement: Agreement,
    lead: Scope,
    cleo: Member,
    ben: Member,
    told: Callable[[datetime], list[str]],
) -> None:
    assert told(THE_DAY - DAY) == []
    first = ["Ana 2026-02-12", "Lea 2026-02-12"]
    assert told(THE_DAY) == first
    assert told(THE_DAY + DAY) == first
    with app.app_context():
        actions.look_back(engine, by=lead, **making.looked(agreement))
    assert told(THE_SECOND) == [*first, "Ana 2026-06-04", "Lea 2026-06-04"]


@pytest.mark.parametrize("moment", ["halfway", "end"])
def test_who_looked_back_before_the_day_hears_nothing(
    app: Flask,
    engine: SqliteEngine,
    agreement: Agreement,
    lead: Scope,
    moment: str,
    told: Callable[[datetime], list[str]],
) -> None:
    with app.app_context():
        actions.look_back(engine, by=lead, **making.looked(agreement, moment))
    assert told(THE_DAY) == []


def test_a_day_long_gone_is_not_mailed_about(
    agreement: Agreement, told: Callable[[datetime], list[str]]
) -> None:
    assert told(THE_DAY + reports.REMINDED_FOR + DAY) == []


def test_a_draft_reminds_of_nothing(
    app: Flask, engine: SqliteEngine, place: str, lead: Scope, told: Callable[[datetime], list[str]]
) -> None:
    with app.app_context():
        making.draft(engine, place, lead)
    assert told(THE_DAY) == []


def test_the_mail_names_the_school_and_the_day(
    app: Flask,
    agreement: Agreement,
    clock: Clock,
    post: Post,
    ana: Member,
    told: Callable[[datetime], list[str]],
) -> None:
    clock.at = THE_DAY
    told(THE_DAY)
    assert post.deliver().sent == 2
    mail = next(one for one in post.mails if one["To"] == ana.email)
    assert mail["Subject"] == "Terugkijken op de startafspraak van De Kraanheide"
    text = mail.get_content()
    assert "U sprak af om samen terug te kijken op donderdag 12 februari." in text


def test_who_looked_back_meanwhile_gets_no_mail(
    app: Flask,
    engine: SqliteEngine,
    agreement: Agreement,
    lead: Scope,
    clock: Clock,
    post: Post,
    told: Callable[[datetime], list[str]],
) -> None:
    clock.at = THE_DAY
    assert told(THE_DAY)
    with app.app_context():
        actions.look_back(engine, by=lead, **making.looked(agreement, END))
    post.deliver()
    assert post.mails == []


def test_another_coach_is_told_nothing_about_it(
    app: Flask, engine: SqliteEngine, agreement: Agreement, stranger: Scope, trainer: Scope, coach: Scope
) -> None:
    found: list[Any] = [
        reports.reminder(engine, who, agreement.id, THE_DAY.date()) for who in (coach, stranger, trainer)
    ]
    assert [bool(one) for one in found] == [True, False, False]

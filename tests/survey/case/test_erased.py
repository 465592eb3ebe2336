"""What a coach or a rule erases is in no file of the database any more."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from survey.case.ending import handover
from survey.database import SqliteEngine
from survey.mail import outbox
from survey.mail.letter import Letter
from survey.retention import actions as retention
from survey.talk import actions as talks
from tests.conftest import START, Clock, Member
from tests.survey.case.driving import Case, open_case
from tests.survey.mail.conftest import deliver

SECRET = "alleen-voor-mijzelf-genoteerd"


class _Sent:
    """A transport that loses every mail without an error."""

    def send(self, _message: object) -> None:
        return


@pytest.fixture
def case(
    app: Flask, engine: SqliteEngine, clock: Clock, school_of: Callable[..., str], ana: Member, cleo: Member
) -> Case:
    school = school_of(ana)
    school_of(cleo)
    return open_case(app, engine, clock, school=school, coach=ana)


@pytest.fixture
def found(app: Flask) -> Callable[[], list[str]]:
    """The files of the database in which it stands."""
    file = Path(app.config["SETTINGS"].DATABASE)
    return lambda: [
        path.name for path in file.parent.glob(f"{file.name}*") if SECRET.encode() in path.read_bytes()
    ]


def test_a_line_of_the_coach_before_is_gone_after_handing_over(
    case: Case, ana: Member, cleo: Member, found: Callable[[], list[str]]
) -> None:
    case.write(ana, SECRET)
    assert found()
    handover.hand_over(case.engine, case_ids=[case.id], to=cleo.id, by=ana.id, at=case.clock())
    assert found() == []


@pytest.mark.parametrize("line", ["", "iets anders"])
def test_a_line_that_was_erased_or_written_over_is_gone(
    case: Case, ana: Member, found: Callable[[], list[str]], line: str
) -> None:
    case.write(ana, SECRET)
    case.write(ana, line)
    assert found() == []


def test_a_talk_that_was_removed_takes_its_line_along(
    case: Case, ana: Member, found: Callable[[], list[str]]
) -> None:
    talk = case.plan(ana, START.date())
    case.write(ana, SECRET, place="talk", about=talk)
    talks.remove(case.engine, talk_id=talk, by=ana.id, at=START)
    assert found() == []


def test_what_is_a_year_old_is_gone_after_the_nightly_round(
    case: Case, ana: Member, found: Callable[[], list[str]]
) -> None:
    case.write(ana, SECRET)
    case.clock.forward(days=367)
    retention.delete_old(case.engine, at=case.clock(), session_lasts=timedelta(hours=12), dry_run=True)
    assert found()
    retention.delete_old(case.engine, at=case.clock(), session_lasts=timedelta(hours=12))
    assert found() == []


@pytest.mark.parametrize("days", [0, 3], ids=["sent", "expired"])
def test_the_address_and_the_link_in_a_mail_are_gone_once_it_left_or_expired(
    app: Flask, case: Case, found: Callable[[], list[str]], days: int
) -> None:
    with case.engine.atomic():
        outbox.put(
            case.engine,
            recipient=f"{SECRET}@example.org",
            letter=Letter("Een vraag", f"/c/{SECRET}\n"),
            at=START,
            expires_at=START + timedelta(days=2),
            forgets_recipient=True,
        )
    assert found()
    case.clock.forward(days=days)
    deliver(app.extensions["database"], _Sent(), case.clock)
    assert found() == []

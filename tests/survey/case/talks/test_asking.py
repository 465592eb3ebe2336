"""The page of a talk offers the check that is due, to whom it may."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.checkin import links
from survey.database import SqliteEngine
from survey.questionnaire.vocabulary import Family
from survey.talk.reports import Talk
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Clock, Member, scope_of
from tests.survey.case.asking import case_id
from tests.survey.case.talks.conftest import COMING, HELD, TODAY, buttons, filled

As = Callable[[Member], HouseClient]


@pytest.fixture
def answered(app: Flask, engine: SqliteEngine, ana: Member, code: str, clock: Clock) -> Callable[..., None]:
    """Someone answers a check of a family now."""

    def give(who: Who, family: Family) -> None:
        with app.app_context():
            link_id = cases.start_check(
                engine,
                case_id=case_id(engine, code),
                who=who,
                family=family,
                by=scope_of(ana),
                at=clock(),
                dose_reason="asked_for",
            )
            form = app.extensions["catalog"].get(family.form_for(who.kind))
            reply = {item.key: 3 for item in form.items}
            checkins.submit(engine, token=links.token_of(link_id), reply=reply, clock=clock)

    return give


def asked_of(text: str) -> tuple[list[str], list[str]]:
    """Whom the page of a talk offers to ask, and which check."""
    return buttons(text, "who"), filled(text, "family")


def test_a_talk_begins_with_how_it_goes_and_ends_with_how_it_was(
    coach: HouseClient,
    page: str,
    noted: Callable[[], list[Talk]],
    answered: Callable[..., None],
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING | {"day": TODAY})
    address = f"{page}/gesprek/{noted()[0].id}"
    assert asked_of(coach.get(address).text) == (["Ouder", "Leerkracht"], ["wellbeing"])
    answered(Who("parent", 1), Family.WELLBEING)
    assert asked_of(coach.get(address).text) == (["Leerkracht"], ["wellbeing"])
    coach.post(address, data=HELD)
    assert asked_of(coach.get(address).text) == (["Ouder"], ["relationship"])
    answered(Who("parent", 1), Family.RELATIONSHIP)
    assert asked_of(coach.get(address).text) == ([], [])


def test_the_day_after_a_talk_nobody_is_offered_a_check_about_it(
    coach: HouseClient, as_: As, ana: Member, page: str, clock: Clock
) -> None:
    address = coach.post(f"{page}/gesprek/noteer", data=HELD).location
    assert asked_of(coach.get(address).text) == (["Ouder"], ["relationship"])
    clock.forward(days=1)
    later = as_(ana).get(address)
    assert later.status_code == 200
    assert asked_of(later.text) == ([], [])


def test_one_tap_from_a_talk_asks_the_check_that_is_due(
    coach: HouseClient, engine: SqliteEngine, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING | {"day": TODAY})
    talk_id = noted()[0].id
    made = coach.post(f"{page}/check", data={"who": "parent-1", "family": "wellbeing", "talk_id": talk_id})
    assert made.status_code == 303
    assert engine.rows("SELECT form, talk_id FROM checkin_link") == [
        {"form": "wellbeing-parent", "talk_id": talk_id}
    ]


def test_a_pupil_is_offered_only_with_the_agreement_and_nobody_around_an_incident(
    coach: HouseClient,
    engine: SqliteEngine,
    ana: Member,
    code: str,
    page: str,
    noted: Callable[[], list[Talk]],
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING | {"day": TODAY, "who": ["pupil-1"]})
    address = f"{page}/gesprek/{noted()[0].id}"
    assert asked_of(coach.get(address).text) == ([], [])
    cases.note_agreement(engine, case_id=case_id(engine, code), given=BOTH_AGREE, by=ana.id, at=START)
    assert asked_of(coach.get(address).text) == (["Leerling"], ["wellbeing"])
    coach.post(f"{page}/gesprek/incident")
    assert asked_of(coach.get(address).text) == ([], [])

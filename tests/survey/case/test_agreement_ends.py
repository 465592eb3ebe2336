"""An agreement that ends: withdrawn, turned to no, or closed with its case; open questions stop."""

from collections.abc import Callable
from datetime import date

import pytest

from survey.case import actions
from survey.case.agreement.rules import Given
from survey.checkin import actions as checkins
from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Clock, Dump, Member
from tests.survey.case.agreeing import note, section
from tests.survey.case.asking import case_id


def test_an_answer_that_turns_to_no_stops_open_questions(
    coach: HouseClient, client: HouseClient, code: str, ask: Callable[[], str], clock: Clock
) -> None:
    note(coach, code)
    address = ask()
    clock.forward(minutes=1)
    note(coach, code, second_parent="no")
    assert client.get(address).status_code == 404
    clock.forward(minutes=1)
    note(coach, code)
    assert client.get(address).status_code == 404


def test_withdrawing_locks_again_and_stops_open_questions_for_good(
    coach: HouseClient, client: HouseClient, code: str, ask: Callable[[], str], clock: Clock
) -> None:
    note(coach, code)
    address = ask()
    clock.forward(hours=1)
    assert coach.post(f"/trajecten/{code}/akkoord/intrekken").status_code == 303
    assert client.get(address).status_code == 404
    assert "Het akkoord is ingetrokken op 20 januari 2026." in section(coach, code)
    with pytest.raises(checkins.MayNotAsk):
        ask()
    note(coach, code)
    assert client.get(address).status_code == 404
    assert client.get(ask()).status_code == 200


def test_withdrawing_asks_once_and_says_what_it_ends(coach: HouseClient, code: str) -> None:
    note(coach, code)
    page = parsed(coach.get(f"/trajecten/{code}").text)
    (asked,) = [words(part) for part in every(page, "details") if "Akkoord intrekken" in words(part)]
    assert "Open vragen aan de leerling stoppen meteen." in asked
    assert "Trek het akkoord in" in asked


def test_withdrawing_what_was_never_given_changes_nothing(coach: HouseClient, code: str, dump: Dump) -> None:
    before = dump()
    assert coach.post(f"/trajecten/{code}/akkoord/intrekken").status_code == 303
    assert dump() == before


# Why what was noted no longer counts, and what the page says.
ENDED = {
    "handed_over": "Vraag de ouders opnieuw: er is een nieuwe coach.",
    "to_confirm": "Vraag na wie akkoord gaf en noteer het opnieuw.",
    "withdrawn": "Het akkoord is ingetrokken op 20 januari 2026.",
}


@pytest.mark.parametrize("because", ENDED)
def test_an_agreement_that_ended_says_what_to_do(
    coach: HouseClient, engine: SqliteEngine, code: str, because: str
) -> None:
    note(coach, code)
    engine.run(
        "UPDATE agreement SET ended_at = '2026-01-20T11:00:00+00:00', ended_because = :because",
        {"because": because},
    )
    text = section(coach, code)
    assert ENDED[because] in text
    assert "leerling nog niet vragen" in text
    assert "Noteer wat zij zeggen" in text


def test_a_closed_case_keeps_its_agreement_as_it_was(
    coach: HouseClient, engine: SqliteEngine, code: str, ana: Member, dump: Dump
) -> None:
    note(coach, code)
    engine.run("UPDATE \"case\" SET closed_at = '2026-01-20T12:00:00+00:00'")
    text = section(coach, code)
    assert "Beide ouders zijn akkoord." in text
    assert "Wijzig" not in text
    before = dump()
    assert note(coach, code, first_parent="no") == 409
    assert coach.post(f"/trajecten/{code}/akkoord/intrekken").status_code == 409
    assert dump() == before
    with pytest.raises(actions.NotYours):
        actions.note_agreement(
            engine,
            case_id=case_id(engine, code),
            given=Given("under_12", "no", "yes", None, date(2026, 1, 20)),
            by=ana.id,
            at=START,
        )

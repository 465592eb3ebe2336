"""What is due for whom on the page of a case, and asking sooner only for a reason."""

from datetime import timedelta

import pytest

from survey.case import actions
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient
from tests.conftest import Clock, Dump, Member, Signed
from tests.survey.case.asking import SOONER, answer, ask, case_id, note_incident, section

TOO_SOON = "Deze ouder antwoordde op 20 januari. Vraag het weer vanaf 3 februari"


@pytest.fixture
def answered(coach: HouseClient, client: HouseClient, code: str) -> str:
    """The parent answered the relationship check today."""
    check = ask(coach, code)
    answer(coach, client, check, "3333")
    return check


def on_page(coach: HouseClient, code: str) -> str:
    return section(coach.get(f"/trajecten/{code}").text, "ask")


def main_button(coach: HouseClient, code: str) -> str:
    """The one filled button among what can be asked."""
    page = coach.get(f"/trajecten/{code}").text
    asks = page[page.index('aria-labelledby="ask"') :]
    assert asks.count('class="btn"') <= 1
    return asks.partition('class="btn" aria-label="')[2].partition('"')[0]


def test_someone_new_is_asked_how_it_goes_at_the_start_of_the_talk(coach: HouseClient, code: str) -> None:
    assert main_button(coach, code) == "Hoe-gaat-het-check: ouder"
    assert "Ouder Begin van het gesprek. Nog niet eerder beantwoord." in on_page(coach, code)


def test_after_todays_talk_the_relationship_check_is_due(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str, clock: Clock
) -> None:
    talks.note_done(
        engine,
        case_id=case_id(engine, code),
        kind="phone",
        with_=["parent-1"],
        day=clock().date(),
        agreed=[],
        line="",
        next_day=None,
        next_time=None,
        by=ana.id,
        at=clock(),
    )
    assert main_button(coach, code) == "Werkrelatie-check: ouder"


def test_once_it_is_answered_the_other_one_follows(
    coach: HouseClient, client: HouseClient, code: str
) -> None:
    check = ask(coach, code, family="wellbeing")
    answer(coach, client, check, "2222", "wellbeing")
    assert main_button(coach, code) == "Werkrelatie-check: ouder"
    assert "Hoe-gaat-het-check: vanaf 17 februari" in on_page(coach, code)


def test_when_both_have_to_wait_nothing_is_due(
    coach: HouseClient, client: HouseClient, code: str, answered: str
) -> None:
    answer(coach, client, ask(coach, code, family="wellbeing"), "2222", "wellbeing")
    assert "Nu even niets vragen. Weer vanaf 3 februari." in on_page(coach, code)
    assert main_button(coach, code) == "Hoe-gaat-het-check: leerkracht"


def test_the_explanation_names_both_pauses_and_what_they_come_to(coach: HouseClient, code: str) -> None:
    text = on_page(coach, code)
    assert "acht keer tikken per persoon" in text
    assert "nooit meer dan twaalf in vier weken" in text


def test_asking_too_soon_explains_itself_with_days_and_stores_nothing(
    coach: HouseClient, code: str, answered: str, dump: Dump
) -> None:
    before = dump()
    reply = coach.post(f"/trajecten/{code}/check", data={"who": "parent-1"})
    assert reply.status_code == 422
    assert TOO_SOON in section(reply.text, "ask")
    assert dump() == before


def test_the_check_waits_thirteen_days_and_not_fourteen(
    coach: HouseClient, as_: Signed, ana: Member, code: str, answered: str, clock: Clock
) -> None:
    clock.forward(days=13)
    assert as_(ana).post(f"/trajecten/{code}/check", data={"who": "parent-1"}).status_code == 422
    clock.forward(days=1)
    ask(as_(ana), code)


def test_a_link_without_an_answer_does_not_count(coach: HouseClient, code: str) -> None:
    ask(coach, code)
    ask(coach, code)


def test_the_other_check_and_other_people_are_not_held_up(
    coach: HouseClient, code: str, answered: str
) -> None:
    ask(coach, code, family="wellbeing")
    ask(coach, code, "parent-2")


def test_a_reason_that_is_chosen_is_kept_with_the_question(
    coach: HouseClient, engine: SqliteEngine, code: str, answered: str
) -> None:
    ask(coach, code, **SOONER)
    reasons = engine.rows("SELECT dose_reason FROM checkin_link ORDER BY id")
    assert [row["dose_reason"] for row in reasons] == [None, "asked_for"]


def test_a_reason_nobody_needs_is_not_kept(coach: HouseClient, engine: SqliteEngine, code: str) -> None:
    ask(coach, code, **SOONER)
    assert engine.rows("SELECT dose_reason FROM checkin_link") == [{"dose_reason": None}]


@pytest.mark.parametrize("reason", ["", "because", "x" * 400])
def test_no_reason_and_an_unknown_reason_are_asked_for_again(
    coach: HouseClient, code: str, answered: str, dump: Dump, reason: str
) -> None:
    before = dump()
    reply = coach.post(f"/trajecten/{code}/check", data={"who": "parent-1", "dose_reason": reason})
    assert reply.status_code == 422
    assert "Kies een reden." in reply.text
    assert TOO_SOON in reply.text
    assert dump() == before


def test_around_an_incident_nobody_is_asked(
    coach: HouseClient, as_: Signed, engine: SqliteEngine, ana: Member, code: str, clock: Clock, dump: Dump
) -> None:
    note_incident(engine, code, ana, clock())
    before = dump()
    for who in ("parent-1", "teacher-1"):
        for family in ("relationship", "wellbeing"):
            reply = coach.post(f"/trajecten/{code}/check", data={"who": who, "family": family})
            assert reply.status_code == 422
            assert "Er was een incident op 20 januari." in reply.text
            assert "Vraag het vanaf 27 januari" in reply.text
    assert dump() == before
    clock.forward(days=7)
    ask(as_(ana), code)


def test_an_incident_in_another_case_holds_up_nobody_here(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str, clock: Clock
) -> None:
    other = actions.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=clock())
    note_incident(engine, other, ana, clock())
    ask(coach, code)


def test_a_question_can_belong_to_a_talk_of_this_case(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str, clock: Clock
) -> None:
    talk = plan(engine, code, ana, clock)
    ask(coach, code, talk_id=talk)
    assert engine.rows("SELECT talk_id FROM checkin_link") == [{"talk_id": talk}]


def test_the_talk_is_not_lost_when_a_reason_is_asked_for(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str, clock: Clock, answered: str
) -> None:
    talk = plan(engine, code, ana, clock)
    reply = coach.post(f"/trajecten/{code}/check", data={"who": "parent-1", "talk_id": talk})
    assert f'name="talk_id" value="{talk}"' in reply.text


def test_a_talk_of_another_case_is_refused(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str, clock: Clock, dump: Dump
) -> None:
    other = actions.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=clock())
    talk = plan(engine, other, ana, clock)
    before = dump()
    for wrong in (talk, "no-talk"):
        reply = coach.post(f"/trajecten/{code}/check", data={"who": "parent-1", "talk_id": wrong})
        assert reply.status_code == 409
        assert "Dit gesprek hoort niet bij dit traject" in reply.text
    assert dump() == before


def plan(engine: SqliteEngine, code: str, ana: Member, clock: Clock) -> str:
    return talks.plan(
        engine,
        case_id=case_id(engine, code),
        kind="phone",
        with_=["parent-1"],
        day=clock().date() + timedelta(days=1),
        starts_at=None,
        by=ana.id,
        at=clock(),
    )

"""What is due for whom on the page of a case, and asking sooner only for a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.case import actions
from survey.case.informants import Who
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Clock, Member
from tests.survey.case.asking import SOONER, answer, ask, case_id, link_on, note_incident, section, stop

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
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
    coach: HouseClient, as_: As, ana: Member, code: str, answered: str, clock: Clock
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
    coach: HouseClient, as_: As, engine: SqliteEngine, ana: Member, code: str, clock: Clock, dump: Dump
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


@pytest.mark.parametrize("family", ["", "evaluation", "relationship-parent", "Wellbeing"])
def test_an_unknown_check_cannot_be_asked(coach: HouseClient, code: str, dump: Dump, family: str) -> None:
    before = dump()
    data = {"who": "parent-1", "family": family}
    assert coach.post(f"/trajecten/{code}/check", data=data).status_code == 400
    assert dump() == before


@pytest.mark.parametrize(
    ("kind", "who"),
    [("group", "pupil-1"), ("teacher", "pupil-1"), ("teacher", "parent-1"), ("team", "parent-2")],
)
def test_someone_the_kind_of_case_does_not_offer_is_refused(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str, dump: Dump, kind: str, who: str
) -> None:
    other = actions.open_case(engine, school_id="school-De Kraanheide", kind=kind, by=ana.id, at=START)
    assert f'value="{who}"' not in coach.get(f"/trajecten/{other}").text
    before = dump()
    for path in ("check", "doel", "vaste-kaart"):
        reply = coach.post(f"/trajecten/{other}/{path}", data={"who": who})
        assert reply.status_code == 409
        assert "In dit traject vraagt u deze persoon niets" in reply.text
    assert dump() == before


def test_a_pupil_without_agreement_is_not_asked_and_the_page_says_why(
    coach: HouseClient, code: str, dump: Dump
) -> None:
    before = dump()
    for path in ("check", "doel", "vaste-kaart"):
        reply = coach.post(f"/trajecten/{code}/{path}", data={"who": "pupil-1", "goal": "calm_start"})
        assert reply.status_code == 409
        assert "U kunt de leerling nog niets vragen" in reply.text
        assert "De ouders zijn nog niet gevraagd." in section(reply.text, "ask")
    assert dump() == before


def test_a_pupil_with_agreement_is_asked_both(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    actions.note_agreement(engine, case_id=case_id(engine, code), given=BOTH_AGREE, by=ana.id, at=START)
    ask(coach, code, "pupil-1")
    ask(coach, code, "pupil-1", "wellbeing")


def test_who_wants_no_more_questions_is_left_alone(
    coach: HouseClient, engine: SqliteEngine, code: str, dump: Dump
) -> None:
    stop(engine, code, Who("parent", 1), START)
    assert "Ouder Wil geen vragen meer. Dat is goed." in on_page(coach, code)
    before = dump()
    reply = coach.post(f"/trajecten/{code}/check", data={"who": "parent-1", **SOONER})
    assert reply.status_code == 409
    assert "Deze persoon wil geen vragen meer" in reply.text
    assert dump() == before


def test_who_says_so_can_be_asked_again(coach: HouseClient, engine: SqliteEngine, code: str) -> None:
    stop(engine, code, Who("parent", 1), START)
    assert coach.post(f"/trajecten/{code}/weer-vragen", data={"who": "parent-1"}).status_code == 303
    ask(coach, code)


def test_nobody_can_be_asked_again_who_never_stopped(coach: HouseClient, code: str, dump: Dump) -> None:
    before = dump()
    assert coach.post(f"/trajecten/{code}/weer-vragen", data={"who": "parent-1"}).status_code == 303
    assert dump() == before


def test_another_coach_finds_none_of_it(
    as_: As, cleo: Member, code: str, coach: HouseClient, dump: Dump
) -> None:
    check = ask(coach, code)
    other, before = as_(cleo), dump()
    for path in ("check", "doel", "weer-vragen", "vaste-kaart"):
        data = {"who": "parent-1", "goal": "calm_start"}
        assert other.post(f"/trajecten/{code}/{path}", data=data).status_code == 404
    for path in ("mail", "geef-door", "afspraak", "intrekken"):
        assert other.post(f"{check}/{path}", data={"code": "1234"}).status_code == 404
    assert other.get(f"/trajecten/{code}/vaste-kaart/parent-1").status_code == 404
    assert dump() == before


def test_a_link_to_parents_ends_when_the_case_turns_out_to_be_about_a_teacher(
    coach: HouseClient, client: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    link = link_on(coach.get(ask(coach, code)).text)
    for kind, status in (("teacher", 404), ("group", 200)):
        actions.describe(
            engine,
            case_id=case_id(engine, code),
            kind=kind,
            signalled_by="teacher",
            signalled_on=START.date(),
            theme=None,
            by=ana.id,
            at=START,
        )
        assert client.get(link).status_code == status

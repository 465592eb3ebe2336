"""One tap stops the questions, one tap on the page after it undoes that; "not now" may say why."""

from collections import Counter
from collections.abc import Callable

import pytest

from survey.case import actions as cases
from survey.checkin import actions
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Clock, Member
from tests.survey.checkin.conftest import ANSWERS, HOW_IT_GOES, Asked

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Ask = Callable[..., Asked]
STOP, GO_ON, NOT_NOW = {"stop": "1"}, {"toch": "1"}, {"nu_niet": "1"}


def stopped(engine: SqliteEngine, link: Asked) -> bool:
    row = engine.one("SELECT stopped_at FROM informant WHERE id = :id", {"id": link.informant})
    assert row is not None
    return row["stopped_at"] is not None


def audited(engine: SqliteEngine) -> list[tuple[str, str | None, str | None]]:
    rows = engine.rows("SELECT act, person_id, object FROM audit WHERE act LIKE 'asking-%' ORDER BY id")
    return [(row["act"], row["person_id"], row["object"]) for row in rows]


def test_one_tap_stops_the_questions_and_says_that_help_goes_on(
    engine: SqliteEngine, client: HouseClient, link: Asked
) -> None:
    page = client.post(link.path, data={**ANSWERS, **STOP}, follow_redirects=True)
    assert page.status_code == 200
    assert "Wij sturen u geen vragen meer. De hulp gaat gewoon door." in page.text
    assert "Toch wel vragen" in page.text
    assert stopped(engine, link)
    assert engine.rows("SELECT id FROM checkin") == []


@pytest.mark.parametrize("lang", ["en", "ar", "uk", "pl", "tr", "ti"])
def test_stop_speaks_the_language_of_the_link(client: HouseClient, link: Asked, lang: str) -> None:
    page = client.post(f"{link.path}?taal={lang}", data=STOP, follow_redirects=True)
    assert f'<html lang="{lang}"' in page.text
    assert "Toch wel vragen" in page.text


def test_stop_ends_every_link_and_the_card_of_that_person_only(
    engine: SqliteEngine, client: HouseClient, ask: Ask, ana: Member
) -> None:
    first, second, other = ask(), ask(family="wellbeing"), ask("teacher")
    card = actions.make_card(engine, informant_id=first.informant, by=ana.id, at=START)
    path = card.address.removeprefix("http://localhost")
    assert client.get(path).status_code == 303
    client.post(first.path, data=STOP)
    assert client.get(path).status_code == 404
    assert client.post(second.path, data=HOW_IT_GOES).status_code == 409
    assert client.get(other.path).text.count("<fieldset") == 4
    assert engine.rows("SELECT id FROM checkin") == []
    with pytest.raises(actions.MayNotAsk):
        actions.ask(
            engine,
            informant_id=first.informant,
            form="relationship-parent",
            version="1.0",
            by=ana.id,
            at=START,
        )


def test_a_tap_by_accident_is_undone_on_the_same_page(
    engine: SqliteEngine, client: HouseClient, link: Asked
) -> None:
    client.post(link.path, data=STOP)
    page = client.post(link.path, data=GO_ON, follow_redirects=True)
    assert page.text.count("<fieldset") == 4
    assert not stopped(engine, link)
    assert client.post(link.path, data=ANSWERS).status_code == 303
    assert len(engine.rows("SELECT item FROM checkin_answer")) == 4


def test_stop_and_its_end_are_audited_without_content(
    engine: SqliteEngine, client: HouseClient, link: Asked, ana: Member
) -> None:
    for data in (STOP, STOP, GO_ON, GO_ON, STOP):  # twice is once
        client.post(link.path, data=data)
    actions.resume(engine, informant_id=link.informant, by=ana.id, at=START)
    assert Counter(audited(engine)) == {
        ("asking-stopped", None, link.informant): 2,
        ("asking-allowed", None, link.informant): 1,
        ("asking-allowed", ana.id, link.informant): 1,
    }


def test_once_the_coach_may_ask_again_nothing_of_before_works(
    engine: SqliteEngine, client: HouseClient, ask: Ask, ana: Member
) -> None:
    link = ask()
    card = actions.make_card(engine, informant_id=link.informant, by=ana.id, at=START)
    client.post(link.path, data=STOP)
    actions.resume(engine, informant_id=link.informant, by=ana.id, at=START)
    for data in (ANSWERS, GO_ON, STOP, NOT_NOW):
        assert client.post(link.path, data=data).status_code == 404
    assert client.get(card.address.removeprefix("http://localhost")).status_code == 404
    assert not stopped(engine, link)
    assert client.post(ask().path, data=ANSWERS).status_code == 303


def test_another_coach_cannot_resume(
    engine: SqliteEngine, client: HouseClient, link: Asked, cleo: Member
) -> None:
    client.post(link.path, data=STOP)
    actions.resume(engine, informant_id=link.informant, by=cleo.id, at=START)
    assert stopped(engine, link)


def test_stop_can_be_undone_for_a_quarter_of_an_hour(
    engine: SqliteEngine, client: HouseClient, link: Asked, clock: Clock, dump: Dump
) -> None:
    client.post(link.path, data=STOP)
    clock.forward(minutes=15)
    before = dump()
    page = client.get(link.path)
    assert page.status_code == 200
    assert "Geen vragen meer" in page.text
    assert "Zeg het de coach." in page.text
    assert "Toch wel vragen" not in page.text
    assert client.post(link.path, data=GO_ON).status_code == 409
    assert dump() == before
    assert stopped(engine, link)


def test_just_before_that_one_tap_still_undoes_it(
    engine: SqliteEngine, client: HouseClient, link: Asked, clock: Clock
) -> None:
    client.post(link.path, data=STOP)
    clock.forward(minutes=14, seconds=59)
    assert "Toch wel vragen" in client.get(link.path).text
    assert client.post(link.path, data=GO_ON).status_code == 303
    assert not stopped(engine, link)


def test_after_stop_too_a_link_ends_in_time(
    engine: SqliteEngine, client: HouseClient, link: Asked, clock: Clock
) -> None:
    client.post(link.path, data=STOP)
    clock.forward(hours=73)
    assert client.get(link.path).status_code == 404
    assert client.post(link.path, data=GO_ON).status_code == 404
    assert stopped(engine, link)


def test_undoing_a_stop_does_not_undo_what_the_parents_withdrew(
    engine: SqliteEngine, client: HouseClient, ask: Ask, case_id: str, ana: Member
) -> None:
    link = ask("pupil")
    client.post(link.path, data=STOP)
    cases.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    assert client.get(link.path).status_code == 404
    assert client.post(link.path, data=GO_ON).status_code == 404
    cases.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=START)
    assert client.post(link.path, data=GO_ON).status_code == 404  # the parents agree again, for new questions
    assert stopped(engine, link)


@pytest.mark.parametrize("data", [ANSWERS, NOT_NOW], ids=["answers", "not now"])
def test_after_stop_nothing_is_stored_and_the_way_back_is_shown(
    client: HouseClient, link: Asked, dump: Dump, data: dict[str, str]
) -> None:
    client.post(link.path, data=STOP)
    before = dump()
    page = client.post(link.path, data=data)
    assert page.status_code == 409
    assert "Toch wel vragen" in page.text
    assert "Toch wel vragen" in client.get(f"{link.path}/nu-niet").text
    assert client.post(f"{link.path}/nu-niet", data={"reden": "no_time"}).status_code == 404
    assert dump() == before


@pytest.mark.parametrize("data", [STOP, GO_ON], ids=["stop", "go on"])
def test_after_an_answer_stop_changes_nothing(
    client: HouseClient, link: Asked, dump: Dump, data: dict[str, str]
) -> None:
    client.post(link.path, data=ANSWERS)
    before = dump()
    assert "Dank u wel" in client.post(link.path, data=data, follow_redirects=True).text
    assert dump() == before


def test_looking_at_a_stop_changes_nothing(client: HouseClient, link: Asked, dump: Dump) -> None:
    client.post(link.path, data=STOP)
    before = dump()
    client.get(link.path)
    client.get(f"{link.path}?taal=ar")
    assert dump() == before


@pytest.mark.parametrize("reason", actions.REASONS)
def test_not_now_can_say_why(engine: SqliteEngine, client: HouseClient, link: Asked, reason: str) -> None:
    asked = client.post(link.path, data=NOT_NOW, follow_redirects=True)
    assert f'name="reden" value="{reason}"' in asked.text
    assert "Alleen de coach ziet dit." in asked.text
    told = client.post(f"{link.path}/nu-niet", data={"reden": reason}, follow_redirects=True)
    assert "De coach weet dit nu." in told.text
    assert 'name="reden"' not in told.text
    row = engine.one("SELECT declined_at, decline_reason FROM checkin_link WHERE id = :id", {"id": link.id})
    assert row == {"declined_at": "2026-01-20T10:00:00+00:00", "decline_reason": reason}


def test_why_may_be_skipped(engine: SqliteEngine, client: HouseClient, link: Asked) -> None:
    client.post(link.path, data=NOT_NOW)
    row = engine.one("SELECT decline_reason FROM checkin_link WHERE id = :id", {"id": link.id})
    assert row == {"decline_reason": None}
    assert client.post(link.path, data=ANSWERS).status_code == 303


@pytest.mark.parametrize(
    "body", [{}, {"reden": ""}, {"reden": "lui"}, {"reden": "no_time", "w1": "3"}, {"reason": "no_time"}]
)
def test_a_reason_that_is_no_choice_is_refused(
    client: HouseClient, link: Asked, dump: Dump, body: dict[str, str]
) -> None:
    client.post(link.path, data=NOT_NOW)
    before = dump()
    assert client.post(f"{link.path}/nu-niet", data=body).status_code == 400
    assert dump() == before


@pytest.mark.parametrize("body", [{"reden": "no_time"}, {"reden": "lui"}])
def test_a_reason_on_a_dead_link_stores_nothing(
    engine: SqliteEngine, client: HouseClient, link: Asked, ana: Member, dump: Dump, body: dict[str, str]
) -> None:
    actions.revoke(engine, link_id=link.id, by=ana.id, at=START)
    before = dump()
    assert client.post(f"{link.path}/nu-niet", data=body).status_code == 404
    assert dump() == before


def test_a_reason_after_an_answer_changes_nothing(client: HouseClient, link: Asked, dump: Dump) -> None:
    client.post(link.path, data=ANSWERS)
    before = dump()
    page = client.post(f"{link.path}/nu-niet", data={"reden": "no_time"}, follow_redirects=True)
    assert "Dank u wel" in page.text
    assert dump() == before


def test_the_act_knows_no_other_reasons(engine: SqliteEngine, link: Asked) -> None:
    with pytest.raises(ValueError, match="no reason"):
        actions.decline(engine, token=link.token, clock=lambda: START, reason="lui")

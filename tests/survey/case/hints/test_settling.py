"""What was agreed about a hint, and what the next checks say of it."""

import re
from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient, parsed, words
from tests.conftest import Member
from tests.survey.case.hints.conftest import LOWER, blocks, settle
from tests.survey.hint.answering import Answering

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_a_coach_works_through_a_hint_to_recovered(case: Answering, coach: Callable[[], HouseClient]) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    client = coach()
    status, _text = settle(client, case, link_id, "change_pace", "invite_someone", line="Eerst bellen.")
    assert status == 303
    text = client.get(case.page).text
    assert blocks(text) == []
    told = words(parsed(text))
    assert "1 eerder aandachtspunt" in told
    assert "Besproken op 3 maart 2026: We doen het rustiger of sneller; We vragen iemand erbij." in told
    assert "Uw regel: ‘Eerst bellen.’" in told
    case.answers("parent-1", "4433")
    told = words(parsed(coach().get(case.page).text))
    assert "Daarna was het weer zoals gewoon." in told


def test_what_stays_low_is_said_without_a_verdict(case: Answering, coach: Callable[[], HouseClient]) -> None:
    *_, link_id = case.answers("parent-1", "4444 3333 3333 2222")
    settle(coach(), case, link_id, "change_pace")
    case.answers("parent-1", "2222 2222")
    assert "Ook de twee checks daarna was het nog niet zoals gewoon." in coach().get(case.page).text


def test_what_passed_by_itself_no_longer_waits(case: Answering, coach: Callable[[], HouseClient]) -> None:
    case.answers("parent-1", "4444 3333 3433")
    text = coach().get(case.page).text
    assert blocks(text) == []
    assert "Niet besproken. Daarna was het weer zoals gewoon." in text


def test_nothing_chosen_gives_the_form_back_with_the_line(
    case: Answering, coach: Callable[[], HouseClient], dump: Dump
) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    client, before = coach(), dump()
    status, text = settle(client, case, link_id, line="Volgende keer eerst bellen.")
    assert status == 422
    assert "Kies wat jullie afspraken." in text
    assert "Volgende keer eerst bellen." in text
    assert "<details open>" in text
    assert dump() == before


@pytest.mark.parametrize("agreed", ["not_talked_yet", "made_up"])
def test_only_what_is_offered_can_be_agreed(
    case: Answering, coach: Callable[[], HouseClient], dump: Dump, agreed: str
) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    client, before = coach(), dump()
    status, text = settle(client, case, link_id, "change_pace", agreed)
    assert (status, dump()) == (422, before)
    assert "Kies uit wat hier staat." in text


def test_a_line_that_may_name_someone_is_kept_on_a_second_decision_only(
    case: Answering, coach: Callable[[], HouseClient], engine: SqliteEngine
) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    client, line = coach(), "Bel eerst met 0612345678."
    status, text = settle(client, case, link_id, "change_pace", line=line)
    assert status == 422
    assert "Staat hier een telefoonnummer?" in text
    assert line in text
    assert re.search(r'value="change_pace" checked', text)
    assert engine.rows("SELECT line FROM note") == engine.rows("SELECT rule FROM hint_talk") == []
    status, _text = settle(client, case, link_id, "change_pace", line=line, anyway="0612345678")
    assert status == 303
    (note,) = engine.rows("SELECT place, about, line FROM note")
    assert tuple(note.values()) == ("hint", link_id, line)


def test_a_check_without_a_hint_cannot_be_settled(
    case: Answering, coach: Callable[[], HouseClient], dump: Dump
) -> None:
    link_id, *_ = case.answers("parent-1", LOWER)
    client, before = coach(), dump()
    assert settle(client, case, link_id, "change_pace")[0] == 404
    assert settle(client, case, "none", "change_pace")[0] == 404
    assert dump() == before


def test_another_coach_meets_the_page_that_is_not_there(
    case: Answering, as_: As, cleo: Member, dump: Dump
) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    client, before = as_(cleo), dump()
    assert settle(client, case, link_id, "change_pace")[0] == 404
    assert client.post(f"{case.page}/besluit", data={}).status_code == 404
    assert dump() == before


def test_the_same_form_sent_twice_is_one_talk(
    case: Answering, coach: Callable[[], HouseClient], dump: Dump
) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    client = coach()
    settle(client, case, link_id, "change_pace")
    before = dump()
    assert settle(client, case, link_id, "change_pace")[0] == 303
    assert dump() == before


def test_a_closed_case_shows_its_hints_and_takes_nothing_more(
    case: Answering, coach: Callable[[], HouseClient], engine: SqliteEngine, dump: Dump
) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    engine.run('UPDATE "case" SET closed_at = :at', {"at": "2026-03-03T10:00:00+00:00"})
    client, before = coach(), dump()
    text = client.get(case.page).text
    assert "1 eerder aandachtspunt" in text
    assert blocks(text) == []
    assert settle(client, case, link_id, "change_pace")[0] == 409
    assert client.post(f"{case.page}/besluit", data={}).status_code == 409
    assert dump() == before


def test_agreeing_on_the_page_of_the_answers_settles_the_hint(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    *_, last = case.answers("parent-1", LOWER)
    client = coach()
    client.post(f"{case.page}/check/{last}/afspraak", data={"agreed": ["change_pace"]})
    assert case.found() == ["w_a talked", "w_b talked"]


def test_the_lines_of_a_former_coach_do_not_go_along(
    case: Answering, coach: Callable[[], HouseClient], as_: As, cleo: Member, engine: SqliteEngine
) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    settle(coach(), case, link_id, "change_pace", line="Van mij alleen.")
    talks.forget_notes(engine, case_id=case.id)
    engine.run('UPDATE "case" SET coach_id = :to', {"to": cleo.id})
    text = as_(cleo).get(case.page).text
    assert "We doen het rustiger of sneller" in text
    assert "Van mij alleen." not in text

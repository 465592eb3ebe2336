"""Hints on the pages of their coach: words and a known chance, one block a check, and what was agreed."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Clock, Member
from tests.survey.case.asking import section
from tests.survey.hint.answering import Answering, answering

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
LOWER = "4433 3434 1223"


@pytest.fixture
def case(
    app: Flask, engine: SqliteEngine, clock: Clock, ana: Member, school_of: Callable[[Member], str]
) -> Answering:
    return answering(app, engine, clock, ana, school_of(ana))


@pytest.fixture
def coach(as_: As, ana: Member, case: Answering) -> Callable[[], HouseClient]:
    """Ana at her device, signed in by the clock as it stands then."""
    return lambda: as_(ana)


def settle(client: HouseClient, case: Answering, link_id: str, *agreed: str, **more: str) -> tuple[int, str]:
    reply = client.post(f"{case.page}/aandachtspunt/{link_id}", data={"agreed": list(agreed), **more})
    return reply.status_code, reply.text


def blocks(page: str) -> list[str]:
    return [words(one) for one in every(parsed(page), "article") if "say" in (one.get("class") or "")]


def test_without_hints_the_page_has_no_place_for_them(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    case.answers("parent-1", "3333")
    text = coach().get(case.page).text
    assert blocks(text) == []
    assert 'id="hints"' not in text


def test_a_hint_says_what_was_seen_and_how_often_chance_does_that(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    case.answers("parent-1", LOWER)
    (block,) = blocks(coach().get(case.page).text)
    assert "Lager dan anders" in block
    assert "Ouder · Werkrelatie-check" in block
    assert "De som was 8 van 16. De 2 keer daarvoor was het gemiddeld 14." in block
    assert re.search(r"Het laagste antwoord: ‘[^’]+\?’ een beetje\.", block)
    assert "Ook als er niets verandert, komt dit bij ongeveer 1 op de 16 gesprekken voor." in block
    assert "Een aandachtspunt is geen oordeel over u of over de ouder." in block


@pytest.mark.parametrize(
    ("who", "family", "line", "said"),
    [
        (
            "parent-1",
            "relationship",
            "4444 3333",
            "Lager dan anders|De keer daarvoor was het 16.|1 op de 16 gesprekken|over de ouder",
        ),
        (
            "pupil-1",
            "relationship",
            "3331",
            "Gesprekspunt|1 op de 14 gesprekken|over u of over de leerling",
        ),
        (
            "teacher-1",
            "wellbeing",
            "3322 3322 2111",
            "Kijk hier nog eens naar|De eerste twee keer was het gemiddeld 10.|1 op de 17 gesprekken|"
            "over de leerkracht|bij 3 vragen: niet zo goed",
        ),
        (
            "parent-1",
            "wellbeing",
            "3322 3322 1111 1111",
            "Overleg met iemand|Alle antwoorden: niet zo goed.|intern begeleider|Mensen beslissen dat.|"
            "in acht checks bij ongeveer 1 op de 26 mensen|Plan een gesprek",
        ),
        (
            "parent-1",
            "wellbeing",
            "3322 3222 3322 3222",
            "Nog geen beweging|Dat zegt niets over wie helpt.|ongeveer 8 op de 10 mensen|Plan een gesprek",
        ),
        (
            "parent-1",
            "wellbeing",
            "1111 2111",
            "Een lage start|gemiddeld 4,5 van 16|bij ongeveer 1 op de 8 mensen|Plan een gesprek",
        ),
        (
            "parent-1",
            "relationship",
            "4444 4444 4444 4444",
            "4 keer achter elkaar was alles het hoogste antwoord|Vraag eens wat beter kan.|3 op de 10 mensen",
        ),
        ("parent-1", "relationship", "- -", "2 keer achter elkaar kwam er geen antwoord. Dat mag."),
    ],
)
def test_each_rule_has_its_words(
    case: Answering,
    coach: Callable[[], HouseClient],
    clock: Clock,
    who: str,
    family: str,
    line: str,
    said: str,
) -> None:
    case.answers(who, line, family=family)
    clock.forward(days=7)
    block = blocks(coach().get(case.page).text)[0]
    assert [part for part in said.split("|") if part not in block] == []


def test_several_hints_on_one_check_are_one_block(case: Answering, coach: Callable[[], HouseClient]) -> None:
    case.answers("parent-1", "3322 3322 1111 1111", family="wellbeing")
    found = blocks(coach().get(case.page).text)
    assert len(found) == 2
    newest = found[0]
    assert newest.count("De som was 4 van 16.") == 1
    assert newest.count("Een aandachtspunt is geen oordeel") == 1


def test_two_equally_low_answers_are_both_named(case: Answering, coach: Callable[[], HouseClient]) -> None:
    case.answers("parent-1", "3311")
    (block,) = blocks(coach().get(case.page).text)
    assert re.search(r"De laagste antwoorden: ‘[^’]+’ en ‘[^’]+’ een beetje\.", block)


def test_numbers_and_words_follow_the_language_of_the_screen(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    case.answers("parent-1", "4444 4443 2222")
    client = coach()
    assert "gemiddeld 15,5" in blocks(client.get(case.page).text)[0]
    client.post("/taal", data={"language": "en", "next": "/vandaag"})
    assert "15.5" in blocks(client.get(case.page).text)[0]


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


def consulted(case: Answering) -> None:
    case.answers("parent-1", "3322 3322 1111 1111", family="wellbeing")


def test_a_person_decides_about_help_and_says_why(
    case: Answering, coach: Callable[[], HouseClient], engine: SqliteEngine
) -> None:
    consulted(case)
    client = coach()
    assert "Noteer uw besluit over meer of minder hulp" in client.get(case.page).text
    sent = {"considered": "intervision", "reason": "stay_it_moves"}
    assert client.post(f"{case.page}/besluit", data=sent).status_code == 303
    (row,) = engine.rows("SELECT considered, decision, reason FROM scale_decision")
    assert tuple(row.values()) == ("intervision", "stay", "stay_it_moves")
    path = section(client.get(case.page).text, "path")
    assert "Meer of minder hulp overwogen" in path
    assert "besloten: zo verder. Het gaat vooruit, al is het langzaam" in path


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, ["Kies wat u hebt overwogen.", "Kies wat u hebt besloten, en waarom."]),
        ({"considered": "ib"}, ["Kies wat u hebt besloten, en waarom."]),
        ({"considered": "ib", "reason": "made_up"}, ["Kies wat u hebt besloten, en waarom."]),
        ({"considered": "made_up", "reason": "up_safety"}, ["Kies wat u hebt overwogen."]),
    ],
)
def test_half_a_decision_is_none(
    case: Answering, coach: Callable[[], HouseClient], dump: Dump, sent: dict[str, str], said: list[str]
) -> None:
    consulted(case)
    client, before = coach(), dump()
    reply = client.post(f"{case.page}/besluit", data=sent)
    assert reply.status_code == 422
    found = [
        text
        for text in ("Kies wat u hebt overwogen.", "Kies wat u hebt besloten, en waarom.")
        if text in reply.text
    ]
    assert found == said
    if sent.get("considered") == "ib":
        assert '<option value="ib" selected>' in reply.text
    assert dump() == before


def test_help_is_weighed_only_where_a_rule_asks_for_it(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    case.answers("parent-1", LOWER)
    assert "Noteer uw besluit" not in coach().get(case.page).text


def test_hints_stand_on_the_path_of_a_case(case: Answering, coach: Callable[[], HouseClient]) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    client = coach()
    assert "Lager dan anders, ouder nog te bespreken" in section(client.get(case.page).text, "path").replace(
        " · ", " "
    )
    settle(client, case, link_id, "change_pace")
    assert "Besproken op" in section(client.get(case.page).text, "path")


def test_the_page_of_the_answers_shows_their_hint(case: Answering, coach: Callable[[], HouseClient]) -> None:
    first, *_, last = case.answers("parent-1", LOWER)
    client = coach()
    text = client.get(f"{case.page}/check/{last}").text
    assert "De som was 8 van 16." in text
    assert "1 op de 16" in text
    assert "Lager dan anders" not in client.get(f"{case.page}/check/{first}").text


def test_agreeing_on_the_page_of_the_answers_settles_the_hint(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    *_, last = case.answers("parent-1", LOWER)
    client = coach()
    client.post(f"{case.page}/check/{last}/afspraak", data={"agreed": ["change_pace"]})
    assert case.found() == ["w_a talked", "w_b talked"]


def test_no_hint_colours_a_person_or_fills_a_second_button(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    case.answers("parent-1", LOWER)
    tree = parsed(coach().get(case.page).text)
    block = next(one for one in every(tree, "article"))
    classes = {name for one in block.iter() for name in (one.get("class") or "").split()}
    assert not classes & {"due", "on", "s1", "s2", "s3"}
    filled = [
        one
        for one in tree.iter()
        if "btn" in (one.get("class") or "").split() and "quiet" not in one.get("class")
    ]
    assert len(filled) <= 1


def test_today_names_what_waits_to_be_talked_about(
    case: Answering, coach: Callable[[], HouseClient], as_: As, cleo: Member
) -> None:
    assert "Om samen te bespreken" not in coach().get("/vandaag").text
    *_, link_id = case.answers("parent-1", LOWER)
    text = section(coach().get("/vandaag").text, "hints")
    assert case.code in text
    assert "Ouder" in text
    assert "Lager dan anders" in text
    assert "Om samen te bespreken" not in as_(cleo).get("/vandaag").text
    settle(coach(), case, link_id, "change_pace")
    assert "Om samen te bespreken" not in coach().get("/vandaag").text


def test_today_shows_five_and_says_how_many_more(case: Answering, coach: Callable[[], HouseClient]) -> None:
    for number in range(1, 5):
        case.answers(f"parent-{number}", "1333 1333")
    rows = section(coach().get("/vandaag").text, "hints")
    assert rows.count("Gesprekspunt") == 5
    assert "En nog 3, bij uw trajecten" in rows


def test_the_list_of_cases_marks_where_something_waits(
    case: Answering, coach: Callable[[], HouseClient], school_of: Callable[..., str], ana: Member
) -> None:
    other = cases.open_case(case.engine, school_id=school_of(ana, "Elders"), by=ana.id, at=START)
    case.answers("parent-1", LOWER)
    rows = [words(row) for row in every(parsed(coach().get("/trajecten").text), "li")]
    marked = {code for code in (case.code, other) for row in rows if code in row and "aandachtspunt" in row}
    assert marked == {case.code}


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


def test_the_day_of_a_hint_is_a_day_in_the_netherlands(
    case: Answering, coach: Callable[[], HouseClient], clock: Clock
) -> None:
    clock.at += timedelta(hours=13, minutes=30)  # after midnight there, before midnight in UTC
    case.answers("parent-1", "4444 2222")
    day = date(2026, 2, 18)
    assert f"{day.day} februari" in blocks(coach().get(case.page).text)[0]


def test_the_highest_answers_are_not_called_no_movement(
    coach: Callable[[], HouseClient], case: Answering
) -> None:
    case.answers("parent-1", "4444 4444 4444 4444", "wellbeing")
    assert case.found() == ["ceiling", "u_c"]
    page = coach().get(case.page).text
    assert "4 keer achter elkaar was alles het hoogste antwoord" in page
    assert "Nog geen beweging" not in page
    assert "Plan een gesprek: wat kan er anders?" not in page

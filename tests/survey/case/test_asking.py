"""Asking someone: one tap to the QR code, pupils only when their parents agree, answers side by side."""

import re
from collections.abc import Callable

import pytest

from survey.case import informants, reports
from survey.case.informants import LIMITS, Who, further
from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Member, scope_of

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
SOONER = {"dose_reason": "asked_for"}


def ask(coach: HouseClient, code: str, who: str = "parent-1", **more: str) -> str:
    made = coach.post(f"/trajecten/{code}/check", data={"who": who, **more})
    assert made.status_code == 303
    return str(made.location)


def link_on(page: str) -> str:
    (path,) = set(re.findall(r'href="http://localhost(/c/[\w-]{22})"', page))
    return str(path)


def answer(coach: HouseClient, client: HouseClient, check: str, values: str) -> None:
    data = {f"w{n}": value for n, value in enumerate(values, start=1)}
    assert client.post(link_on(coach.get(check).text), data=data).status_code == 303


def table(page: str) -> list[list[str]]:
    """The words of the first table, row by row."""
    first = next(every(parsed(page), "table"))
    return [[words(cell) for cell in row] for row in every(first, "tr")]


def test_one_tap_leads_to_a_qr_code_and_a_link(coach: HouseClient, client: HouseClient, code: str) -> None:
    page = coach.get(ask(coach, code))
    assert page.status_code == 200
    assert "<svg" in page.text
    assert "wacht op antwoord" in page.text
    assert client.get(link_on(page.text)).status_code == 200


def test_the_qr_code_is_the_same_after_a_reload(coach: HouseClient, code: str) -> None:
    check = ask(coach, code)
    assert link_on(coach.get(check).text) == link_on(coach.get(check).text)


def test_asking_again_ends_the_earlier_link_of_that_person_only(
    coach: HouseClient, client: HouseClient, code: str
) -> None:
    first, other = ask(coach, code), ask(coach, code, "teacher-1")
    old, beside = link_on(coach.get(first).text), link_on(coach.get(other).text)
    ask(coach, code)
    assert client.get(old).status_code == 404
    assert client.get(beside).status_code == 200
    assert "Deze link werkt niet meer" in coach.get(first).text


def test_asking_again_leaves_an_answered_check_as_it_is(
    coach: HouseClient, client: HouseClient, code: str
) -> None:
    first = ask(coach, code)
    answer(coach, client, first, "3333")
    ask(coach, code, **SOONER)
    assert "Bespreek deze antwoorden samen" in coach.get(first).text


def test_an_open_question_is_found_back_on_the_case(
    coach: HouseClient, client: HouseClient, code: str
) -> None:
    check = ask(coach, code)
    page = coach.get(f"/trajecten/{code}").text
    assert f'href="{check}"' in page
    assert "gevraagd op dinsdag 20 januari om 11.00 uur" in page
    answer(coach, client, check, "3333")
    assert "Toon de QR-code" not in coach.get(f"/trajecten/{code}").text


@pytest.mark.parametrize("who", ["", "parent", "parent-0", "parent-5", "pupil-2", "director-1", "parent-٣"])
def test_nobody_else_can_be_asked(coach: HouseClient, code: str, dump: Dump, who: str) -> None:
    before = dump()
    assert coach.post(f"/trajecten/{code}/check", data={"who": who}).status_code == 400
    assert dump() == before


def state_of(coach: HouseClient, check: str) -> object:
    return coach.get(f"{check}/stand", headers={"Accept": "application/json"}).json


def test_the_waiting_page_learns_of_the_answer(coach: HouseClient, client: HouseClient, code: str) -> None:
    check = ask(coach, code)
    page = coach.get(check).text
    assert f'data-stand="{check}/stand"' in page
    assert 'data-state="open"' in page
    assert '<span id="onward" data-stopped="Deze pagina gaat niet meer vanzelf verder.">' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert f'href="{check}"' in page
    assert state_of(coach, check) == {"state": "open"}
    client.post(link_on(page), data={"nu_niet": "1"})
    assert state_of(coach, check) == {"state": "declined"}
    assert "kan nog antwoorden" in coach.get(check).text
    answer(coach, client, check, "3411")
    assert state_of(coach, check) == {"state": "answered"}
    assert "http-equiv" not in coach.get(check).text


def test_someone_signed_out_learns_nothing(app_client: HouseClient, coach: HouseClient, code: str) -> None:
    check = ask(coach, code)
    reply = app_client.get(f"{check}/stand", headers={"Accept": "application/json"})
    assert reply.status_code == 401


@pytest.fixture
def app_client(client: HouseClient) -> HouseClient:
    return client


def test_a_link_taken_back_works_no_more(coach: HouseClient, client: HouseClient, code: str) -> None:
    check = ask(coach, code)
    path = link_on(coach.get(check).text)
    assert coach.post(f"{check}/intrekken").status_code == 303
    assert client.get(path).status_code == 404
    page = coach.get(check).text
    assert "Deze link werkt niet meer" in page
    assert "/c/" not in page


def test_an_expired_link_says_so(coach: HouseClient, code: str, clock: Clock, as_: As, ana: Member) -> None:
    check = ask(coach, code)
    clock.forward(hours=72)
    assert "Deze link werkt niet meer" in as_(ana).get(check).text


def test_a_check_stands_beside_earlier_ones_in_words(
    coach: HouseClient, client: HouseClient, code: str, clock: Clock, as_: As, ana: Member
) -> None:
    answer(coach, client, ask(coach, code), "0123")
    clock.forward(days=14)
    coach = as_(ana)
    check = ask(coach, code)
    answer(coach, client, check, "4321")
    assert table(coach.get(check).text) == [
        ["vraag", "3 feb 2026", "20 jan 2026"],
        ["Kon u vandaag zeggen wat u wilde zeggen?", "ja, helemaal", "nee"],
        ["Hebben we samen gekozen wat we nu gaan doen?", "ja", "een beetje"],
        ["Helpt dit gesprek u?", "best wel", "best wel"],
        ["Durft u het te zeggen als iets niet goed gaat tussen ons?", "een beetje", "ja"],
    ]


def test_an_earlier_check_does_not_show_later_ones(
    coach: HouseClient, client: HouseClient, code: str, clock: Clock
) -> None:
    first = ask(coach, code)
    answer(coach, client, first, "0123")
    clock.forward(hours=1)
    answer(coach, client, ask(coach, code, **SOONER), "4321")
    assert [len(row) for row in table(coach.get(first).text)] == [2] * 5


def test_two_parents_stand_apart_and_nothing_is_added_up(
    coach: HouseClient, client: HouseClient, code: str
) -> None:
    answer(coach, client, ask(coach, code, "parent-1"), "4444")
    answer(coach, client, ask(coach, code, "parent-2"), "0000")
    page = coach.get(f"/trajecten/{code}").text
    assert page.count("<table") == 2
    assert '<h2 id="parent-1">Ouder</h2>' in page
    assert '<h2 id="parent-2">Andere ouder</h2>' in page
    assert all(len(row) == 2 for row in table(page))
    assert "gemiddeld" not in page


def test_older_checks_are_one_tap_away(
    coach: HouseClient, client: HouseClient, code: str, clock: Clock
) -> None:
    for _talk in range(6):
        check = ask(coach, code, **SOONER)
        answer(coach, client, check, "3333")
        clock.forward(minutes=10)
    page = coach.get(check).text
    assert [len(row) for row in table(page)] == [5] * 5
    assert "<summary>2 eerdere checks</summary>" in page


def test_today_shows_what_waits_and_what_is_new(
    coach: HouseClient, client: HouseClient, engine: SqliteEngine, ana: Member, code: str, clock: Clock
) -> None:
    answer(coach, client, ask(coach, code, "teacher-1"), "3333")
    waiting = ask(coach, code)
    with coach.application.test_request_context():
        found = reports.recent(engine, scope_of(ana), clock())
    assert [(one.code, one.who, one.state) for one in found] == [
        (code, "Ouder", "open"),
        (code, "Leerkracht", "answered"),
    ]
    assert waiting.endswith(found[0].link_id)


def test_today_forgets_old_news(
    coach: HouseClient, client: HouseClient, engine: SqliteEngine, ana: Member, code: str, clock: Clock
) -> None:
    answer(coach, client, ask(coach, code), "3333")
    clock.forward(days=15)
    with coach.application.test_request_context():
        assert reports.recent(engine, scope_of(ana), clock()) == []


def test_today_shows_nothing_of_others(
    coach: HouseClient, engine: SqliteEngine, cleo: Member, code: str, clock: Clock
) -> None:
    ask(coach, code)
    with coach.application.test_request_context():
        assert reports.recent(engine, scope_of(cleo), clock()) == []


@pytest.mark.parametrize(
    ("known", "offered"),
    [
        ([], ["parent-2", "teacher-2"]),
        (["parent-1"], ["parent-2", "teacher-2"]),
        (["parent-2"], ["parent-2", "parent-3", "teacher-2"]),
        (
            ["parent-4", "teacher-3"],
            ["parent-2", "parent-3", "parent-4", "teacher-2", "teacher-3", "teacher-4"],
        ),
    ],
)
def test_further_people_come_one_at_a_time(known: list[str], offered: list[str]) -> None:
    people = [who for who in map(informants.parsed, known) if who]
    assert [str(who) for who in further(people, "pupil")] == offered


@pytest.mark.parametrize(
    ("kind", "asked", "others"),
    [
        ("pupil", ["parent-1", "pupil-1", "teacher-1"], ["parent-2", "teacher-2"]),
        ("group", ["parent-1", "teacher-1"], ["parent-2", "teacher-2"]),
        ("teacher", ["teacher-1"], ["teacher-2"]),
        ("team", ["teacher-1"], ["teacher-2"]),
    ],
)
def test_whom_one_asks_follows_the_kind_of_case(kind: str, asked: list[str], others: list[str]) -> None:
    assert [str(who) for who in informants.first(kind)] == asked
    assert [str(who) for who in further([], kind)] == others


def test_a_case_has_one_pupil() -> None:
    assert LIMITS["pupil"] == 1
    assert informants.parsed("pupil-1") == Who("pupil", 1)

"""What was noted about a check is remembered: shown again, on a talk of its day, with what else waits."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from survey.hint import actions as hints
from survey.talk import actions as talks
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Member
from tests.survey.case.asking import section
from tests.survey.case.hints.conftest import LOWER
from tests.survey.hint.answering import Answering

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
NEXT = "Genoteerd. De volgende twee checks van deze persoon laten zien"


def agree(
    client: HouseClient, case: Answering, link_id: str, *agreed: str, line: str = ""
) -> tuple[int, str]:
    address = f"{case.page}/check/{link_id}"
    reply = client.post(f"{address}/afspraak", data={"agreed": list(agreed), "line": line})
    return reply.status_code, reply.text if reply.status_code != 303 else str(reply.location)


def days(engine: SqliteEngine) -> list[str]:
    return [row["day"] for row in engine.rows("SELECT day FROM talk ORDER BY day, id")]


def test_a_check_shows_what_was_agreed_about_it_and_asks_no_second_time(
    case: Answering, coach: Callable[[], HouseClient], engine: SqliteEngine
) -> None:
    *_, last = case.answers("parent-1", "4433 4433")
    client = coach()
    assert agree(client, case, last, "change_pace", line="Eerst bellen.")[0] == 303
    page = client.get(f"{case.page}/check/{last}").text
    told = section(page, "talk")
    assert "Genoteerd op 17 februari 2026 We doen het rustiger of snellerEerst bellen." in told
    (talk,) = engine.rows("SELECT id FROM talk")
    assert f'href="{case.page}/gesprek/{talk["id"]}"' in page
    assert "Wijzig wat u noteerde" in told
    assert 'name="agreed"' not in page


def test_noting_something_else_again_adds_nothing_and_loses_nothing(
    case: Answering, coach: Callable[[], HouseClient], dump: Dump
) -> None:
    *_, last = case.answers("parent-1", "4433 4433")
    client = coach()
    agree(client, case, last, "change_pace", line="Eerst bellen.")
    before = dump()
    assert agree(client, case, last, "change_pace", line="Eerst bellen.")[0] == 303, "a second tap"
    status, page = agree(client, case, last, "change_goal", line="Iets anders.")
    assert status == 409
    assert "Er staat al wat jullie afspraken. Wijzig het daar." in page
    assert "Iets anders." in page
    assert dump() == before


def test_a_deleted_talk_is_no_longer_remembered(
    case: Answering, coach: Callable[[], HouseClient], engine: SqliteEngine
) -> None:
    *_, last = case.answers("parent-1", "4433 4433")
    client = coach()
    agree(client, case, last, "change_pace")
    (talk,) = engine.rows("SELECT id FROM talk")
    talks.remove(engine, talk_id=talk["id"], by=case.coach.id, at=case.clock())
    assert 'name="agreed"' in client.get(f"{case.page}/check/{last}").text


def test_what_another_check_of_today_brought_is_seen_before_more_is_added(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    *_, first = case.answers("parent-1", "4433 4433")
    client = coach()
    agree(client, case, first, "change_pace")
    _link, token = case.ask("parent-1", "wellbeing")
    client.post(f"/c/{token}", data={f"u{n}": "2" for n in range(1, 5)})
    told = section(client.get(f"{case.page}/check/{_link}").text, "talk")
    assert "In het gesprek van vandaag staat al: We doen het rustiger of sneller. Dit komt erbij." in told


def planned(case: Answering, ahead: int = 0) -> str:
    from datetime import timedelta

    day = case.clock().date() + timedelta(days=ahead)
    return talks.plan(
        case.engine,
        case_id=case.id,
        kind="meeting",
        with_=["parent-1"],
        day=day,
        starts_at=None,
        by=case.coach.id,
        at=case.clock(),
    )


@pytest.mark.parametrize(
    ("later", "held"),
    [(0, ["2026-02-17"]), (3, ["2026-02-17", "2026-02-20"])],
)
def test_what_is_agreed_days_later_stands_on_a_talk_of_that_day(
    case: Answering, coach: Callable[[], HouseClient], engine: SqliteEngine, later: int, held: list[str]
) -> None:
    *_, last = case.answers("parent-1", "4433 1223")
    then = planned(case)
    engine.run("UPDATE checkin_link SET talk_id = :talk WHERE id = :link", {"talk": then, "link": last})
    case.clock.forward(days=later)
    agree(coach(), case, last, "change_pace")
    assert days(engine) == held
    (agreed,) = engine.rows("SELECT talk.day FROM talk_agreed JOIN talk ON talk.id = talk_agreed.talk_id")
    assert agreed["day"] == held[-1]
    assert {hint.talked_at.date().isoformat() for hint in case.hints() if hint.talked_at} == {held[-1]}


def test_another_open_hint_of_this_person_is_asked_about(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    *_, lower, last = case.answers("parent-1", "4433 3434 1223 2232")
    case.answers("teacher-1", "1333")
    client = coach()
    assert agree(client, case, last, "change_pace") == (303, f"{case.page}/check/{last}#noted")
    page = client.get(f"{case.page}/check/{last}").text
    told = section(page, "talk")
    assert told.count("Er staat nog een aandachtspunt open: ook besproken?") == 1
    assert f'href="{case.page}#hint-{lower}"' in page
    assert agree(client, case, lower, "change_pace")[1] == f"{case.page}?besproken={lower}"
    assert "ook besproken?" not in client.get(f"{case.page}/check/{last}").text


def test_before_anything_is_noted_other_hints_are_not_brought_up(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    *_, last = case.answers("parent-1", "4433 3434 1223 2232")
    assert "ook besproken?" not in coach().get(f"{case.page}/check/{last}").text


def status(page: str) -> str:
    return " ".join(words(one) for one in every(parsed(page), "p") if one.get("role") == "status")


@pytest.mark.parametrize(
    ("who", "family", "line", "said"),
    [
        ("parent-1", "relationship", LOWER, f"{NEXT} of het weer gewoon is."),
        ("parent-1", "relationship", "- -", f"{NEXT} of er weer antwoord komt."),
        ("parent-1", "relationship", "4444 4444 4444 4444", "Genoteerd."),
    ],
)
def test_after_talking_the_page_says_what_comes_next(
    case: Answering,
    coach: Callable[[], HouseClient],
    clock: Clock,
    who: str,
    family: str,
    line: str,
    said: str,
) -> None:
    *_, link_id = case.answers(who, line, family=family)
    clock.forward(days=7)
    client = coach()
    reply = client.post(f"{case.page}/aandachtspunt/{link_id}", data={"agreed": ["change_pace"]})
    assert reply.location == f"{case.page}?besproken={link_id}"
    assert status(client.get(reply.location).text) == said
    assert status(client.get(case.page).text) == ""
    assert status(client.get(f"{case.page}?besproken=none").text) == ""


def test_an_open_hint_is_not_said_to_be_noted(case: Answering, coach: Callable[[], HouseClient]) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    assert status(coach().get(f"{case.page}?besproken={link_id}").text) == ""


def test_a_hint_shows_what_was_decided_since_it_arose(
    case: Answering, coach: Callable[[], HouseClient], engine: SqliteEngine
) -> None:
    def decide(reason: str, decision: str) -> None:
        hints.decide(
            engine,
            case_id=case.id,
            considered="ib",
            decision=decision,
            reason=reason,
            by=case.coach.id,
            at=case.clock(),
        )

    case.answers("parent-1", "3322 3322", family="wellbeing")
    decide("up_safety", "up")
    case.answers("parent-1", "1111 1111", family="wellbeing")
    case.clock.forward(days=1)
    decide("stay_it_moves", "stay")
    newest, before = (words(one) for one in every(parsed(coach().get(case.page).text), "article"))
    assert "Besluit van 18 maart 2026: zo verder." in newest
    assert "meer of andere hulp." not in newest
    assert "Besluit van" not in before, "a first look asks for no decision"

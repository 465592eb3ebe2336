"""The answers to talk about: in words, no answer stands out, and what was agreed is noted."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed
from tests.conftest import Clock
from tests.survey.case.asking import SOONER, answer, ask, link_on, section

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
STEPS = ("Bedank.", "Welke vraag bespreken we?", "Vraag: wat kan ik anders doen?", "Spreek één ding af.")


@pytest.fixture
def check(coach: HouseClient, client: HouseClient, code: str) -> str:
    """The parent answered, with one answer that is lower than the others."""
    check = ask(coach, code)
    answer(coach, client, check, "4043")
    return check


def agree(coach: HouseClient, check: str, *agreed: str, **more: str) -> tuple[int, str]:
    reply = coach.post(f"{check}/afspraak", data={"agreed": list(agreed), **more})
    return reply.status_code, reply.text


def noted(engine: SqliteEngine) -> list[tuple[object, ...]]:
    rows = engine.rows(
        "SELECT talk.day, talk.state, talk_with.who, talk_agreed.choice FROM talk "
        "JOIN talk_with ON talk_with.talk_id = talk.id JOIN talk_agreed ON talk_agreed.talk_id = talk.id "
        "ORDER BY talk_agreed.choice"
    )
    return [tuple(row.values()) for row in rows]


def test_the_script_has_four_steps_in_this_order(coach: HouseClient, check: str) -> None:
    talk = section(coach.get(check).text, "talk")
    places = [talk.index(step) for step in STEPS]
    assert places == sorted(places)


def test_no_answer_stands_out(coach: HouseClient, check: str) -> None:
    rows = [row for row in every(parsed(coach.get(check).text), "tr") if list(every(row, "td"))]
    assert len(rows) == 4
    looks = {(row.get("class"), *(cell.get("class") for cell in every(row, "td"))) for row in rows}
    assert looks == {(None, "num")}


def test_the_coach_picks_the_question(coach: HouseClient, check: str) -> None:
    page = coach.get(check).text
    assert page.count("?vraag=") == 4
    picked = section(coach.get(f"{check}?vraag=2").text, "talk")
    assert "Hebben we samen gekozen wat we nu gaan doen? nee" in picked
    assert "Kies een andere vraag" in picked


@pytest.mark.parametrize("question", ["0", "5", "-1", "x", "1e1", "9" * 50])
def test_a_question_that_is_not_asked_is_not_picked(coach: HouseClient, check: str, question: str) -> None:
    reply = coach.get(f"{check}?vraag={question}")
    assert reply.status_code == 200
    assert "Kies een andere vraag" not in reply.text


def test_only_checks_of_the_same_kind_stand_side_by_side(
    coach: HouseClient, client: HouseClient, code: str, check: str, clock: Clock
) -> None:
    clock.forward(minutes=1)
    wellbeing = ask(coach, code, family="wellbeing")
    answer(coach, client, wellbeing, "2222", "wellbeing")
    assert "Dit is de eerste check van deze persoon." in coach.get(wellbeing).text
    clock.forward(minutes=1)
    again = ask(coach, code, **SOONER)
    answer(coach, client, again, "3333")
    table = next(every(parsed(coach.get(again).text), "table"))
    assert [len(list(row)) for row in every(table, "tr")] == [3] * 5


def test_what_was_agreed_stands_on_a_talk_of_today(
    coach: HouseClient, engine: SqliteEngine, check: str
) -> None:
    assert agree(coach, check, "change_pace", "invite_someone", line="Eerst bellen, dan pas komen.")[0] == 303
    assert noted(engine) == [
        ("2026-01-20", "done", "parent-1", "change_pace"),
        ("2026-01-20", "done", "parent-1", "invite_someone"),
    ]
    assert engine.rows("SELECT place, line FROM note") == [
        {"place": "talk", "line": "Eerst bellen, dan pas komen."}
    ]


def test_a_line_alone_is_enough(coach: HouseClient, engine: SqliteEngine, check: str) -> None:
    assert agree(coach, check, line="Volgende keer bij hen thuis.")[0] == 303
    assert len(engine.rows("SELECT id FROM note")) == 1


@pytest.mark.parametrize(
    ("agreed", "says"),
    [
        ((), "Kies wat jullie afspraken, of schrijf één regel."),
        (("not_talked_yet",), "Kies uit wat hier staat."),
        (("change_pace", "nonsense"), "Kies uit wat hier staat."),
    ],
)
def test_nothing_or_something_else_is_not_noted(
    coach: HouseClient, check: str, dump: Dump, agreed: tuple[str, ...], says: str
) -> None:
    before = dump()
    status, page = agree(coach, check, *agreed)
    assert status == 422
    assert says in page
    assert dump() == before


def test_a_line_with_a_phone_number_is_asked_about_and_kept_on_the_page(
    coach: HouseClient, engine: SqliteEngine, check: str, dump: Dump
) -> None:
    line = "Bel 06 12345678 voor de afspraak."
    before = dump()
    status, page = agree(coach, check, "change_pace", line=line)
    assert status == 422
    assert "Staat hier een telefoonnummer?" in page
    assert line in page
    assert 'value="change_pace" checked' in page
    assert dump() == before
    assert agree(coach, check, "change_pace", line=line, anyway="06 12345678")[0] == 303
    assert engine.rows("SELECT line FROM note") == [{"line": line}]


def test_a_check_without_an_answer_has_nothing_to_agree_on(coach: HouseClient, code: str, dump: Dump) -> None:
    waiting = ask(coach, code)
    before = dump()
    assert agree(coach, waiting, "change_pace")[0] == 404
    assert dump() == before


def test_the_path_says_what_was_asked_and_what_came_of_it(
    coach: HouseClient, client: HouseClient, code: str, check: str
) -> None:
    later = ask(coach, code, "teacher-1")
    client.post(link_on(coach.get(later).text), data={"nu_niet": "1"})
    link = link_on(coach.get(later).text)
    client.post(f"{link}/nu-niet", data={"reden": "no_time"})
    taken_back = ask(coach, code, "parent-2")
    coach.post(f"{taken_back}/intrekken")
    ask(coach, code, "parent-3")
    path = section(coach.get(f"/trajecten/{code}").text, "path")
    assert "Werkrelatie-check, ouder · beantwoord" in path
    assert "Werkrelatie-check, leerkracht · nu niet: Ik heb nu geen tijd" in path
    assert "Werkrelatie-check, ouder 3 · wacht op antwoord" in path
    assert "andere ouder" not in path, "what was taken back before anyone saw it is no step"

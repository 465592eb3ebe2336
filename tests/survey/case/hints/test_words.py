"""A hint says what was seen and how often chance does that, and marks nobody."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.client import HouseClient, every, parsed
from tests.conftest import Clock
from tests.survey.case.hints.conftest import LOWER, blocks
from tests.survey.hint.answering import Answering


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

"""Afronden: up to three focus points, one private line, submitted once."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from survey.database import SqliteEngine
from survey.questionnaire.definition import Questionnaire
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.reflection.conftest import JSON, THREE, finish, focus, revisions, save, tap

Dump = Callable[[], dict[str, Any]]


def shown_focus(text: str) -> list[str]:
    return re.findall(r'name="focus" value="(\w+)" checked', text)


def test_a_reflection_is_submitted_with_focus_aim_and_a_line(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    typed = {"focus": THREE, "aim-uses_feedback": " Vraag het meteen. ", "line": "De lach bij het hek."}
    reply = finish(as_ana, round_id, **typed)
    assert (reply.status_code, reply.location) == (303, f"/reflectie/{round_id}")
    assert revisions(engine) == [(1, True, "De lach bij het hek.")]
    assert focus(engine) == {
        "uses_feedback": "Vraag het meteen.",
        "flexible_hours": None,
        "knows_local_services": None,
    }


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([], "U hebt 17 zinnen nog niet beantwoord."),
        (["attitude", "skills"], "U hebt 3 zinnen nog niet beantwoord."),
    ],
)
def test_the_last_page_says_how_many_are_open_and_where(
    as_ana: HouseClient, form: Questionnaire, round_id: str, blocks: list[str], sentence: str
) -> None:
    for block in blocks:
        save(as_ana, round_id, block, **{item.key: "3" for item in form.in_block(block)})
    text = as_ana.get(f"/reflectie/{round_id}/afronden").text
    assert sentence in text
    assert f'href="/reflectie/{round_id}/knowledge"' in text
    assert (f'href="/reflectie/{round_id}/skills"' in text) is (not blocks)


def test_one_open_sentence_is_told_in_the_singular(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    tap(as_ana, round_id, **{item.key: "3" for item in form.items[1:]})
    assert "U hebt één zin nog niet beantwoord." in as_ana.get(f"/reflectie/{round_id}/afronden").text


def test_nothing_is_said_about_open_sentences_when_all_are_answered(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    tap(as_ana, round_id, **{item.key: "NOT_MET_YET" for item in form.items})
    assert "nog niet beantwoord" not in as_ana.get(f"/reflectie/{round_id}/afronden").text


def test_later_keeps_focus_and_line_without_submitting(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    reply = finish(as_ana, round_id, focus=THREE[:1], line="Nog even.", go="later")
    assert reply.location == "/vandaag"
    assert revisions(engine) == [(1, False, "Nog even.")]
    again = as_ana.get(f"/reflectie/{round_id}/afronden").text
    assert shown_focus(again) == THREE[:1]
    assert "Nog even." in again


def test_a_script_keeps_the_last_page_too(as_ana: HouseClient, engine: SqliteEngine, round_id: str) -> None:
    data = {"revision": "1", "focus": THREE[:2], "go": "later"}
    reply = as_ana.post(f"/reflectie/{round_id}/afronden", data=data, headers=JSON)
    assert reply.json == {"message": "Bewaard om 11.00 uur"}
    assert sorted(focus(engine)) == sorted(THREE[:2])


def test_back_leads_to_the_last_block(as_ana: HouseClient, round_id: str) -> None:
    assert finish(as_ana, round_id, go="back").location == f"/reflectie/{round_id}/knowledge"


WRONG = [
    ({"focus": [*THREE, "develops_method"]}, "U hebt er al drie gekozen."),
    ({"focus": ["nobody_asked_this"]}, "Kies focuspunten uit deze lijst"),
    ({"focus": ["uses_feedback", "uses_feedback"]}, "elk één keer"),
    ({"focus": ["uses_feedback"], "aim-uses_feedback": "a" * 281}, "hooguit 280 tekens"),
    ({"line": "a" * 501}, "hooguit 500 tekens"),
    ({"revision": "twee"}, "Er kwam iets binnen"),
    ({"revision": "9" * 5000}, "Er kwam iets binnen"),
    ({"revision": ""}, "Er kwam iets binnen"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG)
@pytest.mark.parametrize("go", ["", "later"])
def test_a_wrong_last_page_is_refused_and_stays_filled_in(
    as_ana: HouseClient, dump: Dump, round_id: str, wrong: dict[str, Any], sentence: str, go: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    before = dump()
    reply = finish(as_ana, round_id, **{"line": "Dit blijft staan.", "go": go, **wrong})
    assert reply.status_code == 422
    assert sentence in reply.text
    assert str(wrong.get("line", "Dit blijft staan.")) in reply.text
    assert dump() == before


def test_a_reflection_without_any_answer_is_not_submitted(
    as_ana: HouseClient, dump: Dump, round_id: str
) -> None:
    before = dump()
    reply = finish(as_ana, round_id, line="Alleen deze regel.")
    assert reply.status_code == 422
    assert "Beantwoord eerst minstens één zin." in reply.text
    assert "Alleen deze regel." in reply.text
    assert dump() == before


@pytest.mark.parametrize("page", ["attitude", "knowledge", "afronden"])
def test_after_submitting_the_pages_lead_to_the_result(as_ana: HouseClient, round_id: str, page: str) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    assert as_ana.get(f"/reflectie/{round_id}/{page}").location == f"/reflectie/{round_id}"


def test_the_private_line_is_read_by_nobody_else(
    as_: Callable[[Member], HouseClient],
    as_ana: HouseClient,
    ben: Member,
    lea: Member,
    round_id: str,
) -> None:
    tap(as_ana, round_id, uses_feedback="4")
    finish(as_ana, round_id, line="Alleen van mij.")
    assert "Alleen van mij." in as_ana.get(f"/reflectie/{round_id}").text
    for other in (ben, lea):
        assert as_(other).get(f"/reflectie/{round_id}").status_code == 404

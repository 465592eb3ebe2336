"""The form of the agreement: what it starts from, days as typed, and a mistake that loses nothing."""

import re

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed
from tests.conftest import Clock, Dump, Member, Signed
from tests.survey.case.agreeing import AGREED, note, section

# What is sent instead of a good answer, and what the page says.
REFUSED = [
    ({"age_band": ""}, "Kies hoe oud de leerling is."),
    ({"age_band": "16"}, "Kies hoe oud de leerling is."),
    ({"first_parent": "not_applicable"}, "Kies een van de antwoorden."),
    ({"second_parent": "maybe"}, "Kies een van de antwoorden."),
    ({"pupil": "not_applicable"}, "Kies een van de antwoorden."),
    ({"agreed_on": "2026-01-21"}, "Deze dag komt nog."),
    ({"agreed_on": "2024-01-01"}, "Deze dag is te lang geleden."),
    ({"agreed_on": "gisteren"}, "Dit is geen dag."),
    ({"agreed_on": "31-02-2026"}, "Dit is geen dag."),
]


@pytest.mark.parametrize(("sent", "said"), REFUSED)
def test_a_mistake_is_named_and_what_was_chosen_stays(
    coach: HouseClient, code: str, dump: Dump, sent: dict[str, str], said: str
) -> None:
    before = dump()
    page = coach.post(f"/trajecten/{code}/akkoord", data={**AGREED, **sent})
    assert page.status_code == 422
    assert said in page.text
    assert len(re.findall(r'checked id="agreed-(?:first|second)_parent-0"', page.text)) >= 1
    if "agreed_on" in sent:
        assert f'value="{sent["agreed_on"]}"' in page.text
    assert dump() == before


def test_an_empty_day_is_today_and_a_typed_one_is_read(
    coach: HouseClient, engine: SqliteEngine, code: str
) -> None:
    note(coach, code, agreed_on="")
    note(coach, code, agreed_on="7-1-2026", second_parent="not_applicable")
    noted = engine.rows("SELECT agreed_on FROM agreement ORDER BY id")
    assert [row["agreed_on"] for row in noted] == ["2026-01-20", "2026-01-07"]


def test_a_pupil_below_12_is_not_asked_for_a_word(
    coach: HouseClient, engine: SqliteEngine, code: str
) -> None:
    assert note(coach, code, pupil="no") == 303
    assert engine.rows("SELECT pupil FROM agreement") == [{"pupil": None}]


@pytest.mark.parametrize("day", ["2026-01-20", "2026-01-21", ""])
def test_the_same_again_changes_nothing_and_keeps_the_first_day(
    coach: HouseClient, code: str, clock: Clock, as_: Signed, ana: Member, dump: Dump, day: str
) -> None:
    note(coach, code)
    clock.forward(hours=24)
    coach = as_(ana)
    before = dump()
    assert note(coach, code, agreed_on=day) == 303
    assert dump() == before
    assert "Genoteerd op 20 januari 2026" in section(coach, code)


def test_a_wrong_day_is_put_right(coach: HouseClient, engine: SqliteEngine, code: str) -> None:
    note(coach, code)
    note(coach, code, agreed_on="2026-01-12")
    days = engine.rows("SELECT agreed_on FROM agreement WHERE ended_at IS NULL")
    assert days == [{"agreed_on": "2026-01-12"}]


def test_the_form_starts_from_what_was_noted_and_from_today(
    coach: HouseClient, code: str, clock: Clock, as_: Signed, ana: Member
) -> None:
    note(coach, code, age_band="12_to_15", first_parent="no", second_parent="not_applicable", pupil="")
    clock.forward(days=2)
    page = parsed(as_(ana).get(f"/trajecten/{code}").text)
    fields = {
        box.get("name"): box.get("value")
        for form in every(page, "form")
        if form.get("class") == "consent"
        for box in every(form, "input")
        if box.get("type") != "radio" or box.get("checked") is not None
    }
    for name in ("csrf_token", "seen"):
        fields.pop(name)
    assert fields == {
        "age_band": "12_to_15",
        "first_parent": "no",
        "second_parent": "not_applicable",
        "pupil": "",
        "agreed_on": "2026-01-22",
    }


def test_other_answers_are_noted_beside_the_earlier_ones(
    coach: HouseClient, code: str, clock: Clock, as_: Signed, ana: Member
) -> None:
    note(coach, code, second_parent="")
    clock.forward(days=2)
    coach = as_(ana)
    note(coach, code, agreed_on="2026-01-22")
    text = section(coach, code)
    assert "Genoteerd op 22 januari 2026 door Ana." in text
    assert "1 eerdere notitie 20 januari 2026, Ana" in text
    assert "ouder: akkoord · andere ouder: nog niet gevraagd. Daarna opnieuw genoteerd." in text

"""Two quick taps store one of everything; what was changed in between is stored too."""

from collections.abc import Callable

import pytest

from survey.case import actions as cases
from survey.database import SqliteEngine, new_key
from survey.hint import actions as hints
from survey.talk import actions as talks
from tests.client import HouseClient, every, parsed
from tests.conftest import START, Member

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
HELD = {"who": "parent-1", "kind": "phone", "agreed": "change_pace", "line": "Rustig aan"}
FOLLOWED = HELD | {"next_day": "2026-02-03", "next_time": "15:15"}
COMING = {"who": "parent-1", "kind": "meeting", "day": "2026-01-27"}
DECIDED = {"considered": "intervision", "reason": "up_safety"}
# What is sent where, and how many rows of which table that makes.
FORMS = [
    ("nieuw", {}, {"case": 2}),
    ("gesprek/plan", COMING, {"talk": 1, "talk_with": 1}),
    ("gesprek/noteer", HELD, {"talk": 1, "talk_agreed": 1, "note": 1}),
    ("gesprek/noteer", FOLLOWED, {"talk": 2, "talk_with": 2, "note": 1}),
    ("besluit", DECIDED, {"scale_decision": 1}),
]
each_form = pytest.mark.parametrize(("form", "data", "made"), FORMS, ids=lambda cell: str(cell)[:24])


def at(code: str, form: str) -> str:
    return "/trajecten/nieuw" if form == "nieuw" else f"/trajecten/{code}/{form}"


def shown(coach: HouseClient, address: str) -> str:
    """The key in the form on this page."""
    (key,) = {
        str(one.get("value"))
        for one in every(parsed(coach.get(address).text), "input")
        if one.get("name") == "once" and one.get("autocomplete") == "off"
    }
    return key


@each_form
def test_two_quick_taps_store_one_and_lead_to_the_same_page(
    coach: HouseClient, code: str, dump: Dump, form: str, data: dict[str, str], made: dict[str, int]
) -> None:
    sent = data | {"once": new_key()}
    first = coach.post(at(code, form), data=sent)
    after_one = dump()
    second = coach.post(at(code, form), data=sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.location == first.location
    assert dump() == after_one
    assert {table: len(after_one[table]) for table in made} == made


@each_form
def test_the_next_form_stores_another(
    coach: HouseClient, code: str, dump: Dump, form: str, data: dict[str, str], made: dict[str, int]
) -> None:
    table = next(iter(made))
    for key in (new_key(), new_key(), "", "no key", "F" * 32):
        before = len(dump()[table])
        assert coach.post(at(code, form), data=data | {"once": key}).status_code == 303
        assert len(dump()[table]) > before


@pytest.mark.parametrize("form", ["nieuw", "gesprek/plan", "gesprek/noteer"])
def test_each_time_the_form_is_shown_it_has_a_key_of_its_own(
    coach: HouseClient, code: str, form: str
) -> None:
    assert shown(coach, at(code, form)) != shown(coach, at(code, form))


def test_a_form_to_put_right_keeps_its_key(coach: HouseClient, code: str) -> None:
    key = new_key()
    refused = coach.post(at(code, "gesprek/plan"), data=COMING | {"day": "", "once": key})
    assert refused.status_code == 422
    assert f'name="once" value="{key}"' in refused.text


def test_what_was_changed_after_going_back_is_stored_too(
    coach: HouseClient, code: str, engine: SqliteEngine
) -> None:
    key = {"once": new_key()}
    coach.post(at(code, "gesprek/noteer"), data=HELD | key)
    coach.post(at(code, "gesprek/noteer"), data=HELD | key | {"line": "Iets anders"})
    lines = engine.rows("SELECT line FROM note ORDER BY line")
    assert [row["line"] for row in lines] == ["Iets anders", "Rustig aan"]


def test_a_planned_talk_that_is_noted_twice_has_one_next_talk(
    coach: HouseClient, code: str, dump: Dump, engine: SqliteEngine
) -> None:
    coach.post(at(code, "gesprek/plan"), data=COMING | {"day": "2026-01-20"})
    (row,) = engine.rows("SELECT id FROM talk")
    for _tap in range(2):
        assert coach.post(at(code, f"gesprek/{row['id']}"), data=FOLLOWED).status_code == 303
    assert len(dump()["talk"]) == 2


def test_the_key_of_another_coach_opens_nothing(
    engine: SqliteEngine, code: str, ana: Member, cleo: Member, school_of: Callable[..., str], dump: Dump
) -> None:
    school = school_of(cleo)
    own = cases.open_case(engine, school_id=school, by=cleo.id, at=START)
    ids = {row["code"]: row["id"] for row in engine.rows('SELECT code, id FROM "case"')}

    def plan(code: str, by: Member, key: str) -> None:
        talks.plan(
            engine,
            case_id=ids[code],
            kind="meeting",
            with_=["parent-1"],
            day=START.date(),
            starts_at=None,
            by=by.id,
            at=START,
            key=key,
        )

    def decide(code: str, by: Member, key: str) -> None:
        hints.decide(
            engine,
            case_id=ids[code],
            considered="ib",
            decision="up",
            reason="up_safety",
            by=by.id,
            at=START,
            key=key,
        )

    of_talk, of_decision = new_key(), new_key()
    plan(code, ana, of_talk)
    decide(code, ana, of_decision)
    before = dump()
    with pytest.raises(cases.NotPlaced):
        cases.open_case(engine, school_id=school, by=cleo.id, at=START, key=ids[code])
    with pytest.raises(talks.NotYours):
        plan(own, cleo, of_talk)
    with pytest.raises(hints.NotYours):
        decide(own, cleo, of_decision)
    assert dump() == before

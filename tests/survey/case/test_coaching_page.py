"""The coaching on the page of a case: phases in one tap or by date, levels, and three private lines."""

from collections.abc import Callable

import pytest

from survey.case import actions as cases
from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Member

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def page(engine: SqliteEngine, ana: Member, school_of: Callable[..., str]) -> str:
    """A case of a coach whose profile knows a cycle."""
    code = cases.open_case(engine, school_id=school_of(ana), kind="teacher", by=ana.id, at=START)
    engine.run("UPDATE \"case\" SET profile = 'schoolcoach'")
    return f"/trajecten/{code}"


def section(coach: HouseClient, page: str) -> str:
    """The words of the coaching on the page of a case; empty where there is none."""
    found = every(parsed(coach.get(page).text), "section")
    return next((words(one) for one in found if one.get("aria-labelledby") == "coaching"), "")


def enter(coach: HouseClient, page: str, phase: int, day: str = "") -> None:
    made = coach.post(f"{page}/coaching/fase", data={"phase": f"phase_{phase}", "entered_on": day})
    assert (made.status_code, made.location) == (303, f"{page}#coaching")


def test_a_case_of_another_profile_has_no_coaching(
    coach: HouseClient, engine: SqliteEngine, page: str, dump: Dump
) -> None:
    assert section(coach, page)
    engine.run("UPDATE \"case\" SET profile = 'kansencoach'")
    assert section(coach, page) == ""
    before = dump()
    for path in ("fase", "fase/x/verwijder", "niveau", "regels"):
        assert coach.post(f"{page}/coaching/{path}", data={"phase": "phase_1"}).status_code == 404
    assert dump() == before


def test_nothing_is_required_and_the_names_of_phases_are_marked_as_not_official(
    coach: HouseClient, page: str
) -> None:
    said = section(coach, page)
    assert "Er is nog geen fase genoteerd. Dat hoeft ook niet meteen." in said
    assert "De fasen hebben hier nog geen officiële naam." in said


def test_one_tap_goes_on_to_the_next_phase_until_the_last(coach: HouseClient, page: str) -> None:
    assert "Begin met fase 1" in section(coach, page)
    enter(coach, page, 1)
    said = section(coach, page)
    assert "fase 1 van 6 sinds 20 januari 2026" in said
    assert "Verder naar fase 2" in said
    enter(coach, page, 6)
    assert "Verder naar fase" not in section(coach, page)


def test_going_back_is_a_phase_like_any_other_and_stands_on_the_path(coach: HouseClient, page: str) -> None:
    for phase, day in ((2, "2026-01-12"), (4, "14-1-2026"), (3, "")):
        enter(coach, page, phase, day)
    assert "fase 3 van 6 sinds 20 januari 2026" in section(coach, page)
    text = coach.get(page).text
    path = next(one for one in every(parsed(text), "ol") if one.get("class") == "path")
    assert [words(item) for item in every(path, "li")][:2] == [
        "20 januari Fase 3 van 6 Traject gestart · signaal: leerkracht",
        "14 januari Fase 4 van 6",
    ]


def test_a_phase_by_mistake_is_taken_back_once(coach: HouseClient, engine: SqliteEngine, page: str) -> None:
    enter(coach, page, 2, "2026-01-12")
    enter(coach, page, 5)
    (entry,) = engine.rows("SELECT id FROM phase_entry WHERE phase = 'phase_5'")
    for _ in range(2):
        assert coach.post(f"{page}/coaching/fase/{entry['id']}/verwijder").status_code == 303
    assert "fase 2 van 6 sinds 12 januari 2026" in section(coach, page)


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"phase": "phase_7"}, "Kies een fase."),
        ({"entered_on": "2026-01-12"}, "Kies een fase."),
        ({"phase": "phase_1", "entered_on": "2026-01-21"}, "Deze dag komt nog."),
        ({"phase": "phase_1", "entered_on": "2024-01-01"}, "Dit is lang voor het signaal."),
        ({"phase": "phase_1", "entered_on": "morgen"}, "Dit is geen dag."),
    ],
)
def test_a_phase_that_cannot_be_is_refused_in_words(
    coach: HouseClient, page: str, dump: Dump, posted: dict[str, str], said: str
) -> None:
    before = dump()
    refused = coach.post(f"{page}/coaching/fase", data=posted)
    assert refused.status_code == 422
    assert said in refused.text
    assert dump() == before


def test_a_level_is_noted_and_taken_back(coach: HouseClient, page: str, dump: Dump) -> None:
    coach.post(f"{page}/coaching/niveau", data={"examined": "team"})
    coach.post(f"{page}/coaching/niveau", data={"examined": "child"})
    assert "Waar u keek: kind, team" in section(coach, page)
    coach.post(f"{page}/coaching/niveau", data={"not_examined": "child"})
    assert "Waar u keek: team" in section(coach, page)
    before = dump()
    for posted in ({"examined": "planet"}, {}):
        assert coach.post(f"{page}/coaching/niveau", data=posted).status_code == 400
    assert dump() == before


LINES = {
    "question": "Hoe begin ik rustig?",
    "own_share": "Ik praat te snel",
    "new_behaviour": "Eerst wachten",
}


def test_three_lines_are_kept_and_an_empty_one_is_erased(
    coach: HouseClient, engine: SqliteEngine, page: str
) -> None:
    coach.post(f"{page}/coaching/regels", data=LINES)
    coach.post(f"{page}/coaching/regels", data=LINES | {"own_share": ""})
    kept = {row["place"]: row["line"] for row in engine.rows("SELECT place, line FROM note")}
    assert kept == {place: line for place, line in LINES.items() if place != "own_share"}
    typed = every(parsed(coach.get(page).text), "textarea")
    assert {one.get("name"): words(one) for one in typed if one.get("name") in LINES} == LINES | {
        "own_share": ""
    }


def test_one_decision_holds_for_all_lines_of_the_form(
    coach: HouseClient, engine: SqliteEngine, page: str, dump: Dump
) -> None:
    before = dump()
    typed = LINES | {"question": "Hoe praat ik met Samira?", "own_share": "Zie mail a@school.example"}
    asked = coach.post(f"{page}/coaching/regels", data=typed)
    assert asked.status_code == 422
    assert dump() == before
    shown = every(parsed(asked.text), "textarea")
    assert {one.get("name"): words(one) for one in shown if one.get("name") in LINES} == typed
    (decision,) = [one for one in every(parsed(asked.text), "button") if one.get("name") == "anyway"]
    coach.post(f"{page}/coaching/regels", data=typed | {"anyway": decision.get("value")})
    assert len(engine.rows("SELECT * FROM note")) == 3


def test_one_line_that_is_too_long_keeps_the_others_on_the_page(
    coach: HouseClient, page: str, dump: Dump
) -> None:
    before = dump()
    refused = coach.post(f"{page}/coaching/regels", data=LINES | {"question": "x" * 300})
    assert refused.status_code == 422
    assert "Haal ten minste 20 tekens weg." in refused.text
    assert "Eerst wachten" in refused.text
    assert dump() == before


@pytest.mark.parametrize("who", ["cleo", "ben", "lea", "nobody"])
def test_others_see_no_coaching(
    request: pytest.FixtureRequest, as_: As, coach: HouseClient, page: str, dump: Dump, who: str
) -> None:
    enter(coach, page, 1)
    other, before = as_(request.getfixturevalue(who)), dump()
    for path in ("fase", "fase/x/verwijder", "niveau", "regels"):
        refused = other.post(f"{page}/coaching/{path}", data=LINES | {"phase": "phase_2", "examined": "team"})
        assert refused.status_code == 404
    assert dump() == before


def test_a_closed_case_keeps_its_coaching_to_read(
    coach: HouseClient, engine: SqliteEngine, page: str, dump: Dump
) -> None:
    enter(coach, page, 2)
    coach.post(f"{page}/coaching/regels", data=LINES)
    engine.run("UPDATE \"case\" SET closed_at = '2026-01-20T10:00:00+00:00'")
    said = section(coach, page)
    assert "fase 2 van 6" in said
    assert "Eerst wachten" in said
    assert "Noteer deze fase" not in said
    before = dump()
    assert coach.post(f"{page}/coaching/fase", data={"phase": "phase_3"}).status_code == 409
    assert coach.post(f"{page}/coaching/regels", data=LINES).status_code == 409
    assert dump() == before


def test_the_list_of_cases_names_the_phase(coach: HouseClient, page: str) -> None:
    enter(coach, page, 4)
    assert "fase 4 van 6" in coach.get("/trajecten").text

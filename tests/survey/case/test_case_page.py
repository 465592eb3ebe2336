"""The page of a case as a whole: its order, its path, and what a closed case says."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from survey.case import actions
from survey.case.informants import Who
from survey.case.reports import Case
from survey.case.views import front
from survey.case.views.front import Step
from survey.checkin import actions as checkins
from survey.coaching import actions as coachings
from survey.current import catalog
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient, every, parsed, words
from tests.conftest import BOTH_AGREE, START, Clock, Member

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """The lines of the path of every case while a test runs, instead of what happened in it."""
    planted: list[Step] = []
    others = [
        lambda case, build=build: {name: told for name, told in build(case).items() if name != "steps"}
        for build in front._parts
    ]

    def of(_case: Case) -> dict[str, Any]:
        return {"steps": planted}

    monkeypatch.setattr(front, "_parts", [*others, of])
    return planted


def path(coach: HouseClient, code: str) -> list[list[str]]:
    """The lists of the path: what is shown at once, and what is one tap away."""
    lists = every(parsed(coach.get(f"/trajecten/{code}").text), "ol")
    return [[words(item) for item in every(one, "li")] for one in lists if one.get("class") == "path"]


def test_the_newest_day_stands_on_top_and_what_is_planned_above_it(
    coach: HouseClient, code: str, steps: list[Step]
) -> None:
    steps += [
        Step(date(2026, 1, 5), "Ouder", "telefoon"),
        Step(date(2026, 1, 5), "Werkrelatie-check"),
        Step(date(2026, 2, 17), "Ouder en leerkracht", is_planned=True),
        Step(date(2025, 12, 9), "Leerkracht", href="#talks"),
        Step(date(2026, 2, 3), "Leerling", is_planned=True),
    ]
    assert path(coach, code) == [
        [
            "17 februari gepland Ouder en leerkracht",
            "3 februari gepland Leerling",
            "5 januari Ouder · telefoon Werkrelatie-check",
            "9 december 2025 Leerkracht",
        ]
    ]


@pytest.mark.parametrize(("number", "shown", "kept"), [(7, 7, 0), (8, 5, 3), (40, 5, 35)])
def test_old_days_are_one_tap_away(
    coach: HouseClient, code: str, steps: list[Step], number: int, shown: int, kept: int
) -> None:
    steps += [Step(date(2026, 1, 20) - timedelta(days=n), f"stap {n}") for n in range(number)]
    found = path(coach, code)
    assert [len(one) for one in found] == ([shown, kept] if kept else [shown])
    assert [line.rsplit(" ", 1)[1] for one in found for line in one] == [str(n) for n in range(number)]
    assert (f"Nog {kept} eerdere dagen" in coach.get(f"/trajecten/{code}").text) is bool(kept)


def test_the_path_begins_with_the_signal(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    assert path(coach, code) == [["20 januari Traject gestart · signaal: leerkracht"]]
    engine.run("UPDATE \"case\" SET signalled_on = '2026-01-05', signalled_by = 'parents'")
    assert path(coach, code) == [["20 januari Traject gestart", "5 januari Signaal · ouders"]]


def test_a_case_of_before_signals_were_noted_opens(
    coach: HouseClient, engine: SqliteEngine, code: str
) -> None:
    engine.run('UPDATE "case" SET signalled_on = NULL, signalled_by = NULL, theme = NULL')
    assert path(coach, code) == [["20 januari Traject gestart"]]
    assert coach.get(f"/trajecten/{code}/wijzigen").status_code == 200


def test_the_page_has_one_filled_button_at_most(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    (row,) = engine.rows('SELECT id FROM "case"')
    for moment in ("new", "agreed", "talked"):
        if moment == "agreed":
            actions.note_agreement(engine, case_id=row["id"], given=BOTH_AGREE, by=ana.id, at=START)
        if moment == "talked":
            talks.note_done(
                engine,
                case_id=row["id"],
                kind="meeting",
                with_=["parent-1"],
                day=START.date(),
                agreed=[],
                line="",
                by=ana.id,
                at=START,
            )
        page = parsed(coach.get(f"/trajecten/{code}").text)
        filled = [
            words(button)
            for tag in ("button", "a")
            for button in every(page, tag)
            if (button.get("class") or "").split() == ["btn"]
        ]
        assert len(filled) <= 1, (moment, filled)


def test_headings_name_the_parts_in_order(coach: HouseClient, code: str) -> None:
    page = coach.get(f"/trajecten/{code}").text
    order = [page.index(f'id="{part}"') for part in ("ask", "both-sides", "agreement", "path")]
    assert order == sorted(order)


def test_a_closed_case_answers_every_change_with_a_friendly_page(
    coach: HouseClient, engine: SqliteEngine, code: str, dump: Dump
) -> None:
    engine.run("UPDATE \"case\" SET closed_at = '2026-01-20T12:00:00+00:00'")
    before = dump()
    for address in ("akkoord", "akkoord/intrekken", "wijzigen"):
        reply = coach.post(f"/trajecten/{code}/{address}")
        assert reply.status_code == 409
        assert "<h1>Dit traject is afgesloten</h1>" in reply.text
        assert "Dat gebeurde op 20 januari 2026." in reply.text
    assert dump() == before


def test_what_someone_typed_into_a_closed_case_comes_back(
    coach: HouseClient, engine: SqliteEngine, code: str
) -> None:
    engine.run("UPDATE \"case\" SET closed_at = '2026-01-20T12:00:00+00:00'")
    reply = coach.post(f"/trajecten/{code}/akkoord", data={"line": "Eerst <bellen>, dan pas mailen."})
    assert "Dit typte u net. Het is niet bewaard." in reply.text
    assert "Eerst &lt;bellen&gt;, dan pas mailen." in reply.text


def test_the_list_puts_the_liveliest_case_first(
    as_: As, engine: SqliteEngine, ana: Member, code: str, clock: Clock
) -> None:
    clock.forward(days=3)
    coach = as_(ana)
    school = "school-De Kraanheide"
    newer = actions.open_case(engine, school_id=school, theme="learning", by=ana.id, at=clock())
    page = coach.get("/trajecten").text
    assert page.index(newer) < page.index(code)
    assert "Eén leerling · Leren en zin in leren · De Kraanheide" in page
    clock.forward(days=1)
    (row,) = engine.rows('SELECT id FROM "case" WHERE code = :code', {"code": code})
    talks.note_incident(engine, case_id=row["id"], day=date(2026, 1, 24), by=ana.id, at=clock())
    page = as_(ana).get("/trajecten").text
    assert page.index(code) < page.index(newer)
    assert "laatst op 24 januari 2026" in page


@pytest.mark.parametrize(("values", "is_open"), [("4443", False), ("4441", True)])
def test_the_list_says_in_which_case_there_is_something_to_talk_about(
    app: Flask,
    coach: HouseClient,
    engine: SqliteEngine,
    ana: Member,
    code: str,
    values: str,
    is_open: bool,
) -> None:
    other = actions.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=START)
    (row,) = engine.rows('SELECT id FROM "case" WHERE code = :code', {"code": code})
    parent = actions.add_informant(engine, case_id=row["id"], who=Who("parent", 1))
    with app.app_context():
        form = catalog().get("relationship-parent")
        _link, token = checkins.ask(
            engine, informant_id=parent, form=form.form, version=form.version, by=ana.id, at=START
        )
        reply = {item.key: int(value) for item, value in zip(form.items, values, strict=True)}
        checkins.submit(engine, token=token, reply=reply, clock=lambda: START)
    rows = {words(item) for item in every(parsed(coach.get("/trajecten").text), "li")}
    marked = {row for row in rows if "aandachtspunt" in row}
    assert len(marked) is int(is_open)
    assert all(code in row and other not in row for row in marked)


def test_the_list_tells_the_phase_of_a_coaching(
    app: Flask, coach: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    assert "fase" not in coach.get("/trajecten").text
    engine.run("UPDATE \"case\" SET profile = 'schoolcoach'")
    (row,) = engine.rows('SELECT id FROM "case"')
    phase = app.extensions["catalog"].profile("schoolcoach").cycle.phases[1]
    coachings.enter_phase(engine, case_id=row["id"], phase=phase.key, day=START.date(), by=ana.id, at=START)
    assert "fase 2 van 6 · laatst op 20 januari 2026" in coach.get("/trajecten").text


def test_a_jump_to_asking_stands_on_top_only_where_something_comes_before_it(
    app: Flask, coach: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    assert 'href="#ask"' not in coach.get(f"/trajecten/{code}").text
    (row,) = engine.rows('SELECT id FROM "case"')
    parent = actions.add_informant(engine, case_id=row["id"], who=Who("parent", 1))
    with app.app_context():
        form = catalog().get("relationship-parent")
        _link, token = checkins.ask(
            engine, informant_id=parent, form=form.form, version=form.version, by=ana.id, at=START
        )
        reply = {item.key: 0 for item in form.items}
        checkins.submit(engine, token=token, reply=reply, clock=lambda: START)
    page = coach.get(f"/trajecten/{code}").text
    assert page.index('href="#ask"') < page.index('id="hints"') < page.index('id="ask"')
    engine.run("UPDATE \"case\" SET closed_at = '2026-01-20T12:00:00+00:00'")
    assert 'href="#ask"' not in coach.get(f"/trajecten/{code}").text

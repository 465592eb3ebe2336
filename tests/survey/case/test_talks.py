"""The pages of talks: planning, noting, putting right, an incident in one tap, a line that is asked about."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.checkin import links
from survey.database import SqliteEngine
from survey.questionnaire.vocabulary import Family
from survey.talk import reports
from survey.talk.reports import Talk
from tests.client import HouseClient, every, parsed, words
from tests.conftest import BOTH_AGREE, START, Clock, Member, scope_of

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
TODAY = "2026-01-20"
HELD = {"who": ["parent-1"], "kind": "phone", "day": TODAY, "agreed": ["change_pace"], "line": "Rustig aan"}
COMING = {"who": ["parent-1", "teacher-1"], "kind": "meeting", "day": "2026-01-27", "starts_at": "15:15"}
DANGEROUS = "Bel Samira op 06-12345678"


@pytest.fixture
def code(engine: SqliteEngine, ana: Member, school_of: Callable[..., str]) -> str:
    return cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)


@pytest.fixture
def page(code: str) -> str:
    return f"/trajecten/{code}"


@pytest.fixture
def coach(as_: As, ana: Member) -> HouseClient:
    return as_(ana)


@pytest.fixture
def noted(engine: SqliteEngine, ana: Member, code: str) -> Callable[[], list[Talk]]:
    """Every talk of the case as Ana reads it."""
    return lambda: reports.talks(engine, scope_of(ana), case_id(engine, code))


def case_id(engine: SqliteEngine, code: str) -> str:
    row = engine.one('SELECT id FROM "case" WHERE code = :code', {"code": code})
    assert row is not None
    return str(row["id"])


def buttons(text: str, value: str | None = None) -> list[str]:
    """The words on the buttons, or on those that send this name."""
    return [
        words(button)
        for button in every(parsed(text), "button")
        if value is None or button.get("name") == value
    ]


def filled(text: str, name: str) -> list[str]:
    """What the controls of this name hold: chosen boxes and options, typed text."""
    tree = parsed(text)
    boxes = [
        one.get("value")
        for one in every(tree, "input")
        if one.get("name") == name and (one.get("type") != "checkbox" or one.get("checked") is not None)
    ]
    chosen = [
        option.get("value")
        for select in every(tree, "select")
        if select.get("name") == name
        for option in every(select, "option")
        if option.get("selected") is not None
    ]
    typed = ["".join(one.itertext()) for one in every(tree, "textarea") if one.get("name") == name]
    return [*boxes, *chosen, *typed]


def test_a_talk_is_planned_in_one_small_form(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    made = coach.post(f"{page}/gesprek/plan", data=COMING)
    assert (made.status_code, made.location) == (303, f"{page}#talks")
    (talk,) = noted()
    assert (talk.kind, talk.with_, str(talk.day), str(talk.starts_at)) == (
        "meeting",
        ("parent-1", "teacher-1"),
        "2026-01-27",
        "15:15:00",
    )
    text = coach.get(page).text
    assert "dinsdag 27 januari, 15.15 uur" in text
    assert "Gesprek op school met ouder en leerkracht" in text


def test_noting_a_talk_asks_only_with_whom(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    form = coach.get(f"{page}/gesprek/noteer").text
    given = {name: filled(form, name) for name in ("who", "kind", "day", "agreed", "next_day")}
    assert given == {"who": [], "kind": ["meeting"], "day": [TODAY], "agreed": [], "next_day": [""]}
    coach.post(f"{page}/gesprek/noteer", data={"who": "parent-1"})
    (talk,) = noted()
    assert (talk.kind, talk.state, str(talk.day), talk.agreed, talk.line) == (
        "meeting",
        "done",
        TODAY,
        (),
        None,
    )


def test_a_noted_talk_shows_what_was_agreed_and_the_line_only_on_its_own_page(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    made = coach.post(f"{page}/gesprek/noteer", data=HELD | {"next_day": "2026-02-03", "next_time": "9.30"})
    following, talk = noted()
    assert made.location == f"{page}/gesprek/{talk.id}"
    assert (str(following.day), str(following.starts_at)) == ("2026-02-03", "09:30:00")
    own = coach.get(made.location).text
    assert "We doen het rustiger of sneller" in own
    assert "Rustig aan" in own
    whole = coach.get(page).text
    assert "We doen het rustiger of sneller" in whole
    assert "Rustig aan" not in whole


REFUSED = """
plan   | day=                  | Kies een dag.
plan   | day=2026-01-19        | Deze dag is al geweest.
plan   | day=2027-01-22        | meer dan een jaar vooruit
plan   | day=30 februari       | Dit is geen dag.
plan   | day=2026-02-30        | Dit is geen dag.
plan   | starts_at=25:00       | Dit is geen tijd.
plan   | starts_at=half vier   | Dit is geen tijd.
plan   | who=                  | Kies met wie het gesprek is.
plan   | who=parent-9          | Kies uit wat hier staat.
plan   | who=Samira            | Kies uit wat hier staat.
plan   | kind=incident         | Kies een van de antwoorden.
noteer | day=2026-01-21        | Deze dag komt nog.
noteer | day=2025-12-19        | Dit is lang voor het signaal.
noteer | day=gisteren          | Dit is geen dag.
noteer | who=                  | Kies met wie het gesprek is.
noteer | kind=party            | Kies een van de antwoorden.
noteer | agreed=shout          | Kies uit wat hier staat.
noteer | agreed=not_talked_yet | Kies uit wat hier staat.
noteer | next_day=2026-01-19   | Deze dag is al geweest.
noteer | next_time=26:61       | Dit is geen tijd.
noteer | next_time=15:15       | Kies ook de dag van het volgende gesprek.
"""


@pytest.mark.parametrize(
    ("form", "wrong", "said"),
    [[cell.strip() for cell in line.split("|")] for line in REFUSED.strip().splitlines()],
)
def test_what_cannot_be_is_refused_in_words_and_everything_typed_stays(
    coach: HouseClient, page: str, dump: Dump, form: str, wrong: str, said: str
) -> None:
    name, _is, value = wrong.partition("=")
    posted: dict[str, Any] = {**(COMING if form == "plan" else HELD), name: value or []}
    before = dump()
    refused = coach.post(f"{page}/gesprek/{form}", data=posted)
    assert refused.status_code == 422
    assert said in refused.text
    assert dump() == before
    for kept in posted.keys() - {name}:
        given = posted[kept] if isinstance(posted[kept], list) else [posted[kept]]
        assert [text.strip() for text in filled(refused.text, kept)] == given


@pytest.mark.parametrize("day", ["2025-12-20", "20-12-2025", TODAY])
def test_a_talk_can_be_noted_from_a_month_before_the_signal(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]], day: str
) -> None:
    assert coach.post(f"{page}/gesprek/noteer", data=HELD | {"day": day}).status_code == 303
    assert noted()[0].day == (date(2025, 12, 20) if "12" in day else START.date())


def test_looking_along_in_class_needs_no_company(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/noteer", data=HELD | {"who": [], "kind": "observation"})
    assert [talk.with_ for talk in noted()] == [()]
    assert "Meekijken in de klas" in coach.get(page).text


@pytest.mark.parametrize(
    ("kind", "people"),
    [
        ("pupil", "parent-1 parent-2 pupil-1 teacher-1 teacher-2"),
        ("group", "parent-1 parent-2 teacher-1 teacher-2"),
        ("teacher", "teacher-1 teacher-2"),
        ("team", "teacher-1 teacher-2"),
    ],
)
def test_who_can_be_in_a_talk_follows_the_kind_of_case(
    engine: SqliteEngine,
    ana: Member,
    school_of: Callable[..., str],
    coach: HouseClient,
    kind: str,
    people: str,
) -> None:
    code = cases.open_case(engine, school_id=school_of(ana), kind=kind, by=ana.id, at=START)
    form = parsed(coach.get(f"/trajecten/{code}/gesprek/noteer").text)
    offered = [box.get("value") for box in every(form, "input") if box.get("name") == "who"]
    assert offered == [*people.split(), "ib", "director", "team", "partner"]


def test_a_line_that_may_tell_who_someone_is_waits_for_a_second_decision(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]], dump: Dump
) -> None:
    before = dump()
    asked = coach.post(f"{page}/gesprek/noteer", data=HELD | {"line": DANGEROUS})
    assert asked.status_code == 422
    assert "Staat hier een telefoonnummer? ‘06-12345678’" in asked.text
    assert "Staat hier een naam? ‘Samira’" in asked.text
    assert dump() == before
    assert filled(asked.text, "line")[0].strip() == DANGEROUS
    assert filled(asked.text, "agreed") == ["change_pace"]
    (decision,) = [
        one.get("value") for one in every(parsed(asked.text), "button") if one.get("name") == "anyway"
    ]
    coach.post(f"{page}/gesprek/noteer", data=HELD | {"line": DANGEROUS, "anyway": decision})
    assert [talk.line for talk in noted()] == [DANGEROUS]


def test_a_second_decision_holds_for_what_was_named_and_no_more(
    coach: HouseClient, page: str, dump: Dump
) -> None:
    before = dump()
    more = HELD | {"line": f"{DANGEROUS}, geb. 3-4-2015", "anyway": "06-12345678\r\nSamira"}
    asked = coach.post(f"{page}/gesprek/noteer", data=more)
    assert asked.status_code == 422
    assert "geb. 3-4-2015" in asked.text
    assert dump() == before


def test_words_that_were_kept_are_not_asked_about_again(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    typed = HELD | {"line": DANGEROUS, "anyway": "06-12345678\r\nSamira"}
    address = coach.post(f"{page}/gesprek/noteer", data=typed).location
    assert coach.post(address, data=HELD | {"line": DANGEROUS, "day": "2026-01-19"}).status_code == 303
    assert coach.post(address, data=HELD | {"line": f"{DANGEROUS} thuis"}).status_code == 422
    assert [(talk.line, talk.day) for talk in noted()] == [(DANGEROUS, date(2026, 1, 19))]


def test_a_line_of_280_signs_fits_and_one_more_says_how_many_to_drop(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    fits = "é\r\n" * 139 + "xyz"  # 139 signs and 139 line ends, as a browser sends them, then two more
    refused = coach.post(f"{page}/gesprek/noteer", data=HELD | {"line": fits})
    assert refused.status_code == 422
    assert "Haal ten minste 1 tekens weg." in refused.text
    assert noted() == []
    assert coach.post(f"{page}/gesprek/noteer", data=HELD | {"line": fits[:-1]}).status_code == 303
    assert [len(talk.line or "") for talk in noted()] == [280]


def test_a_planned_talk_of_today_is_begun_noted_and_put_right(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING | {"day": TODAY})
    assert "Begin dit gesprek" in coach.get(page).text
    (talk,) = noted()
    address = f"{page}/gesprek/{talk.id}"
    form = coach.get(address).text
    assert filled(form, "who") == ["parent-1", "teacher-1"]
    assert coach.post(address, data=HELD).location == address
    assert [(one.id, one.state, one.with_) for one in noted()] == [(talk.id, "done", ("parent-1",))]
    put_right = coach.get(address).text
    assert (filled(put_right, "line"), filled(put_right, "agreed")) == (["Rustig aan"], ["change_pace"])
    coach.post(address, data=HELD | {"kind": "home_visit", "day": "2026-01-19", "line": ""})
    (talk,) = noted()
    assert (talk.kind, talk.day, talk.line) == ("home_visit", date(2026, 1, 19), None)


def test_a_planned_talk_that_was_forgotten_waits_to_be_noted(
    coach: HouseClient, as_: As, ana: Member, page: str, clock: Clock
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING)
    assert "Bekijk of verzet" in coach.get(page).text
    clock.forward(days=9)
    assert "Noteer dit gesprek" in as_(ana).get(page).text


def test_a_planned_talk_is_moved_and_called_off(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING)
    address = f"{page}/gesprek/{noted()[0].id}"
    moved = {"new-who": "ib", "new-kind": "phone", "new-day": "2026-02-10", "new-starts_at": ""}
    wrong = coach.post(f"{address}/verzet", data=moved | {"new-day": "2026-01-10"})
    assert wrong.status_code == 422
    assert "Deze dag is al geweest." in wrong.text
    assert filled(wrong.text, "new-who") == ["ib"]
    coach.post(f"{address}/verzet", data=moved)
    (talk,) = noted()
    assert (talk.with_, str(talk.day), talk.starts_at) == (("ib",), "2026-02-10", None)
    coach.post(f"{address}/afzeggen")
    assert [talk.state for talk in noted()] == ["cancelled"]
    text = coach.get(page).text
    assert "ging niet door" in text
    assert "Er is nu geen gesprek gepland." in text
    assert coach.post(f"{address}/afzeggen").status_code == 409


def test_one_tap_notes_an_incident_and_one_undoes_it(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    assert "noteer een incident van vandaag" in coach.get(page).text
    coach.post(f"{page}/gesprek/incident")
    coach.post(f"{page}/gesprek/incident")
    (incident,) = noted()
    assert (incident.kind, incident.state, incident.day) == ("incident", "done", START.date())
    text = coach.get(page).text
    assert "noteer een incident van vandaag" not in text
    assert "Maak ongedaan" in buttons(text)
    coach.post(f"{page}/gesprek/{incident.id}/verwijder")
    assert noted() == []
    assert coach.post(f"{page}/gesprek/{incident.id}/verwijder").status_code == 303


def test_an_incident_can_have_been_yesterday_and_have_a_line(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/incident")
    address = f"{page}/gesprek/{noted()[0].id}"
    assert coach.get(address).status_code == 200
    assert coach.post(address, data={"day": "2026-01-21", "line": ""}).status_code == 422
    coach.post(address, data={"day": "2026-01-19", "line": "Ruzie op het plein"})
    (incident,) = noted()
    assert (incident.kind, incident.day, incident.line) == (
        "incident",
        date(2026, 1, 19),
        "Ruzie op het plein",
    )


@pytest.fixture
def answered(app: Flask, engine: SqliteEngine, ana: Member, code: str, clock: Clock) -> Callable[..., None]:
    """Someone answers a check of a family now."""

    def give(who: Who, family: Family) -> None:
        with app.app_context():
            link_id = cases.start_check(
                engine,
                case_id=case_id(engine, code),
                who=who,
                family=family,
                by=scope_of(ana),
                at=clock(),
                dose_reason="asked_for",
            )
            form = app.extensions["catalog"].get(family.form_for(who.kind))
            reply = {item.key: 3 for item in form.items}
            checkins.submit(engine, token=links.token_of(link_id), reply=reply, clock=clock)

    return give


def asked_of(text: str) -> tuple[list[str], list[str]]:
    """Whom the page of a talk offers to ask, and which check."""
    return buttons(text, "who"), filled(text, "family")


def test_a_talk_begins_with_how_it_goes_and_ends_with_how_it_was(
    coach: HouseClient,
    page: str,
    noted: Callable[[], list[Talk]],
    answered: Callable[..., None],
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING | {"day": TODAY})
    address = f"{page}/gesprek/{noted()[0].id}"
    assert asked_of(coach.get(address).text) == (["Ouder", "Leerkracht"], ["wellbeing"])
    answered(Who("parent", 1), Family.WELLBEING)
    assert asked_of(coach.get(address).text) == (["Leerkracht"], ["wellbeing"])
    coach.post(address, data=HELD)
    assert asked_of(coach.get(address).text) == (["Ouder"], ["relationship"])
    answered(Who("parent", 1), Family.RELATIONSHIP)
    assert asked_of(coach.get(address).text) == ([], [])


def test_the_day_after_a_talk_nobody_is_offered_a_check_about_it(
    coach: HouseClient, as_: As, ana: Member, page: str, clock: Clock
) -> None:
    address = coach.post(f"{page}/gesprek/noteer", data=HELD).location
    assert asked_of(coach.get(address).text) == (["Ouder"], ["relationship"])
    clock.forward(days=1)
    later = as_(ana).get(address)
    assert later.status_code == 200
    assert asked_of(later.text) == ([], [])


def test_one_tap_from_a_talk_asks_the_check_that_is_due(
    coach: HouseClient, engine: SqliteEngine, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING | {"day": TODAY})
    talk_id = noted()[0].id
    made = coach.post(f"{page}/check", data={"who": "parent-1", "family": "wellbeing", "talk_id": talk_id})
    assert made.status_code == 303
    assert engine.rows("SELECT form, talk_id FROM checkin_link") == [
        {"form": "wellbeing-parent", "talk_id": talk_id}
    ]


def test_a_pupil_is_offered_only_with_the_agreement_and_nobody_around_an_incident(
    coach: HouseClient,
    engine: SqliteEngine,
    ana: Member,
    code: str,
    page: str,
    noted: Callable[[], list[Talk]],
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING | {"day": TODAY, "who": ["pupil-1"]})
    address = f"{page}/gesprek/{noted()[0].id}"
    assert asked_of(coach.get(address).text) == ([], [])
    cases.note_agreement(engine, case_id=case_id(engine, code), given=BOTH_AGREE, by=ana.id, at=START)
    assert asked_of(coach.get(address).text) == (["Leerling"], ["wellbeing"])
    coach.post(f"{page}/gesprek/incident")
    assert asked_of(coach.get(address).text) == ([], [])


def test_a_closed_case_shows_its_talks_and_takes_none(
    coach: HouseClient, engine: SqliteEngine, page: str, noted: Callable[[], list[Talk]], dump: Dump
) -> None:
    coach.post(f"{page}/gesprek/noteer", data=HELD)
    address = f"{page}/gesprek/{noted()[0].id}"
    engine.run("UPDATE \"case\" SET closed_at = '2026-01-20T10:00:00+00:00'")
    own = coach.get(address)
    assert "Rustig aan" in own.text
    assert buttons(own.text) == buttons(coach.get("/vandaag").text)
    assert "Noteer een gesprek" not in coach.get(page).text
    before = dump()
    for path in ("noteer", "plan", "incident", f"{noted()[0].id}", f"{noted()[0].id}/verwijder"):
        refused = coach.post(f"{page}/gesprek/{path}", data=HELD | {"line": "Dit typte ik nog"})
        assert refused.status_code == 409
        assert "Dit typte ik nog" in refused.text
    assert dump() == before


@pytest.mark.parametrize("who", ["cleo", "ben", "lea", "nobody"])
def test_others_see_no_talk_and_no_line(
    request: pytest.FixtureRequest,
    as_: As,
    coach: HouseClient,
    page: str,
    noted: Callable[[], list[Talk]],
    dump: Dump,
    who: str,
) -> None:
    coach.post(f"{page}/gesprek/noteer", data=HELD)
    talk_id, other = noted()[0].id, as_(request.getfixturevalue(who))
    before = dump()
    for path in ("plan", "noteer", talk_id):
        assert other.get(f"{page}/gesprek/{path}").status_code == 404
        assert other.post(f"{page}/gesprek/{path}", data=HELD).status_code == 404
    for path in ("incident", f"{talk_id}/verzet", f"{talk_id}/afzeggen", f"{talk_id}/verwijder"):
        assert other.post(f"{page}/gesprek/{path}").status_code == 404
    assert dump() == before


def test_a_talk_of_one_case_is_not_there_under_another(
    coach: HouseClient, engine: SqliteEngine, ana: Member, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/noteer", data=HELD)
    other = cases.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=START - timedelta(days=1))
    assert coach.get(f"/trajecten/{other}/gesprek/{noted()[0].id}").status_code == 404
    coach.post(f"/trajecten/{other}/gesprek/{noted()[0].id}/verwijder")
    assert len(noted()) == 1

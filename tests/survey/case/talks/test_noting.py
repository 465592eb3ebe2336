"""Noting a talk: what is asked, what is refused, and who reads it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from survey.case import actions as cases
from survey.database import SqliteEngine
from survey.talk.reports import Talk
from tests.client import HouseClient, every, parsed
from tests.conftest import START, Member
from tests.survey.case.talks.conftest import COMING, HELD, TODAY, buttons, filled

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


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

"""Forms with a name: read by that coach and the lead, by nobody else, and every look is noted."""

from collections.abc import Callable
from datetime import date

import pytest

from survey.access.permissions import Role, Scope
from survey.database import SqliteEngine
from survey.evaluation import reports
from survey.questionnaire.fields import Answer
from tests.client import HouseClient, parsed, words
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.conftest import LINE, SCHOOL, YEAR, Asked, about, all_of

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def filled(engine: SqliteEngine, named: tuple[Asked, Asked], submit: Callable[..., None]) -> str:
    """Joris filled in his form about Ana; where it stands."""
    own, programme = named
    answers = all_of("evaluation-ib-named") | {"lasts": Answer(None, "CANNOT_JUDGE")}
    submit(own, answers=answers, line=LINE)
    submit(programme, answers=all_of("evaluation-ib-programme"))
    return f"{own.id}/{about(engine, own)[0]}"


def test_lead_and_coach_read_the_same_words(as_: Signed, ana: Member, lea: Member, filled: str) -> None:
    for who, place in ((lea, "/evaluatie"), (ana, "/mijn-inzet")):
        client = as_(who)
        assert f"{place}/op-naam/{filled}" in client.get(f"{place}/op-naam").text
        page = words(parsed(client.get(f"{place}/op-naam/{filled}").text))
        assert "Joris over Ana" in page
        assert "Wat de coach en wij samen bedenken, werkt in de praktijk." in page
        assert "meestal wel" in page
        assert "kan ik niet beoordelen" in page
        assert LINE in page


@pytest.mark.parametrize("place", ["/evaluatie", "/mijn-inzet"])
def test_nobody_else_reads_it(
    as_: Signed, cleo: Member, ben: Member, ana: Member, filled: str, place: str
) -> None:
    for who in (cleo, ben) if place == "/mijn-inzet" else (cleo, ben, ana):
        client = as_(who)
        assert client.get(f"{place}/op-naam/{filled}").status_code == 404
        assert "Joris" not in client.get(f"{place}/op-naam").text


def test_every_look_is_noted_without_what_was_read(
    as_: Signed, engine: SqliteEngine, lea: Member, filled: str
) -> None:
    client = as_(lea)
    for _ in range(2):
        client.get(f"/evaluatie/op-naam/{filled}")
    rows = engine.rows("SELECT * FROM audit WHERE act = 'named-form-read'")
    assert [(row["person_id"], row["object"]) for row in rows] == [(lea.id, filled.split("/")[0])] * 2


def test_what_was_said_about_the_programme_stands_nowhere_with_a_name(
    as_: Signed, engine: SqliteEngine, lea: Member, named: tuple[Asked, Asked], filled: str
) -> None:
    _own, programme = named
    node = about(engine, programme)[0]
    assert as_(lea).get(f"/evaluatie/op-naam/{programme.id}/{node}").status_code == 404
    assert engine.rows("SELECT DISTINCT invitation_id AS id FROM named_answer") != [{"id": programme.id}]


def test_a_coach_notes_when_it_was_talked_about_and_may_correct_the_day(
    as_: Signed, engine: SqliteEngine, ana: Member, lea: Member, filled: str
) -> None:
    client = as_(ana)
    for day in ("2026-01-19", "20-1-2026"):
        assert client.post(f"/mijn-inzet/op-naam/{filled}", data={"day": day}).status_code == 303
    assert "Besproken op 20 januari 2026." in client.get(f"/mijn-inzet/op-naam/{filled}").text
    found = reports.named_done(engine, scope_of(ana), school_year=YEAR, person_id=ana.id)
    assert [(one.respondent, one.talked_on) for one in found] == [("ib", date(2026, 1, 20))]


@pytest.mark.parametrize("day", ["", "2026-01-21", "morgen"])
def test_a_talk_is_no_talk_before_it_was(as_: Signed, ana: Member, filled: str, dump: Dump, day: str) -> None:
    client = as_(ana)
    before = dump()["named_talk"]
    assert client.post(f"/mijn-inzet/op-naam/{filled}", data={"day": day}).status_code == 422
    assert dump()["named_talk"] == before


def test_only_the_coach_it_is_about_notes_the_talk(
    as_: Signed, cleo: Member, lea: Member, filled: str, dump: Dump
) -> None:
    before = dump()
    for who in (cleo, lea):
        reply = as_(who).post(f"/mijn-inzet/op-naam/{filled}", data={"day": "2026-01-19"})
        assert reply.status_code == 404
    assert dump()["named_talk"] == before["named_talk"]


def test_who_filled_in_a_form_is_counted_by_school_coach_and_year(
    engine: SqliteEngine, lea: Member, ana: Member, cleo: Member, filled: str, clock: Clock
) -> None:

    lead = scope_of(lea, Role.LEAD)

    def done(engine: SqliteEngine, scope: Scope, **which: str) -> list[date | None]:
        return [one.talked_on for one in reports.named_done(engine, scope, **which)]

    assert done(engine, lead, school_year=YEAR, school_id=SCHOOL) == [None]
    assert done(engine, lead, school_year=YEAR, person_id=ana.id) == [None]
    assert done(engine, lead, school_year=YEAR, person_id=cleo.id) == []
    assert done(engine, lead, school_year="2024-2025") == []
    assert done(engine, scope_of(cleo), school_year=YEAR) == []


def test_a_coach_hears_of_it_on_the_page_of_the_day_until_it_was_talked_about(
    as_: Signed, ana: Member, cleo: Member, filled: str
) -> None:
    client = as_(ana)
    assert f"/mijn-inzet/op-naam/{filled}" in client.get("/vandaag").text
    assert "Joris" not in as_(cleo).get("/vandaag").text
    client.post(f"/mijn-inzet/op-naam/{filled}", data={"day": "2026-01-19"})
    assert "Joris" not in client.get("/vandaag").text

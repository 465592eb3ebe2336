"""At a school with two coaches each reads the advice on own work; of the other who was there and when."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from docx import Document

from survey.access.permissions import Role, Scope
from survey.advice import actions, reports
from survey.advice.actions import Chosen
from survey.clock import stamp
from survey.database import SqliteEngine
from survey.placement import actions as placements
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Member, scope_of
from tests.survey.advice.conftest import JUNE, SCHOOL, YEAR, Place, line_of

ON = Chosen("continue", "De school en de coaches willen samen verder.", 4.5)
QUIET = "Wat alleen over een andere coach gaat, staat hier niet bij."
OF_BOTH = {
    "placement_running",
    "hours_differ_without_reason",
    "hours_differ_from_rule",
    "hours_needed",
    "teachers_share",
    "share_interval",
    "share_nonresponse",
    "no_cause",
    "period_and_freeze",
    "propose_continue",
}


@dataclass(frozen=True)
class Two:
    """The places of Ana and Cleo, and the signed advice of their school."""

    anas: str
    cleos: str
    advice: str


def looked_back(engine: SqliteEngine, placement_id: str) -> None:
    """A signed agreement of Cleo with one yield, in words that are hers."""
    row = {"id": "hers", "placement_id": placement_id, "version": 1, "state": "signed"}
    days = {"profile": "kansencoach", "profile_version": "2.0", "talked_on": "2025-09-04"}
    times = dict.fromkeys(("made_at", "saved_at", "signed_at"), "2025-09-04T10:00:00+00:00")
    engine.insert("start_agreement", {**row, **days, "review_on": "2026-02-03", **times})
    told = {"agreement_id": "hers", "position": 0, "category": "group_climate", "noticed_by": ""}
    engine.insert("intended_yield", {"id": "y-hers", **told, "wanted": "Rust na de pauze."})
    seen = {"yield_id": "y-hers", "moment": "halfway", "word": "not_yet", "note": ""}
    engine.insert("yield_review", {**seen, "reviewed_on": "2026-02-03", "noted_at": stamp(JUNE)})


def talked_about(engine: SqliteEngine, person: Member, node: str) -> None:
    """Both named forms about this coach are in and talked about."""
    for form in ("ib", "director"):
        key = f"{form}-{node}"
        of_window = {"window_id": "w-2026", "form": f"evaluation-{form}-named"}
        engine.insert("evaluation_form", {**of_window, "version": "1.0"})
        told = {"window_id": "w-2026", "school_id": SCHOOL, "way": "mail", "asked_at": stamp(JUNE)}
        engine.insert(
            "evaluation_invitation",
            {"id": key, "form": f"evaluation-{form}-named", "token_hash": key.ljust(64, "0"),
             "person_code": key.ljust(64, "0"), "name": form, **told},
        )  # fmt: skip
        about = {"invitation_id": key, "node_id": node}
        engine.insert("evaluation_about", {**about, "answered": 1})
        item = {"item": "clear_role", "item_version": "1", "value": 1}
        engine.insert("named_answer", {**about, **item})
        engine.insert("named_talk", {**about, "talked_on": "2026-06-02", "noted_by": person.id})


@pytest.fixture
def draft(
    engine: SqliteEngine, lead: Scope, agreement: str, release: Callable[..., str], ana: Member
) -> Callable[[], str]:
    def make() -> str:
        release(80, 70)
        talked_about(engine, ana, "w-2026-a")
        return actions.draft(engine, school_id=SCHOOL, school_year=YEAR, by=lead, at=JUNE)

    return make


def sign(engine: SqliteEngine, lead: Scope, advice_id: str) -> None:
    actions.choose(engine, advice_id=advice_id, chosen=ON, shown=None, by=lead, at=JUNE)
    actions.sign(engine, advice_id=advice_id, shown=None, by=lead, at=JUNE)


@pytest.fixture
def two(
    engine: SqliteEngine, lead: Scope, place: Place, placed: str, cleo: Member, draft: Callable[[], str]
) -> Two:
    cleos = place(SCHOOL, cleo, starts_on=date(2025, 9, 1), hours_agreed=2.0)
    for month in ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04"):
        row = {"placement_id": cleos, "month": month, "hours": 1.75, "noted_by": cleo.id}
        engine.insert("hours_log", {**row, "noted_at": stamp(JUNE)})
    looked_back(engine, cleos)
    key = draft()
    sign(engine, lead, key)
    return Two(placed, cleos, key)


@pytest.fixture
def read(engine: SqliteEngine) -> Callable[[Member], set[tuple[str | None, str]]]:
    """What a coach reads, by sentence and what it is about."""

    def lines(reader: Member) -> set[tuple[str | None, str]]:
        found = reports.newest_signed(engine, scope_of(reader, Role.COACH), SCHOOL)
        assert found
        return {(one.key, one.about) for one in found.lines}

    return lines


def test_the_lead_reads_everything_about_both(engine: SqliteEngine, lead: Scope, two: Two) -> None:
    found = reports.known(engine, lead, two.advice)
    assert not found.holds_back
    told = {(one.key, one.about) for one in found.lines}
    for place in (two.anas, two.cleos):
        assert {("placement_running", place), ("hours_used", place), ("yields_chosen", place)} <= told
    assert {("yield_reviewed", "y0"), ("yield_reviewed", "y-hers"), ("named_forms_discussed", "")} <= told


@pytest.mark.parametrize("reader", ["ana", "cleo"])
def test_a_coach_reads_all_of_own_work_and_of_the_other_who_and_when(
    engine: SqliteEngine,
    lead: Scope,
    two: Two,
    read: Callable[[Member], set[tuple[str | None, str]]],
    ana: Member,
    cleo: Member,
    reader: str,
) -> None:
    me, own, other = (ana, two.anas, two.cleos) if reader == "ana" else (cleo, two.cleos, two.anas)
    mine = {"ana": {"y0", "y1"}, "cleo": {"y-hers"}}[reader]
    everything = {(one.key, one.about) for one in reports.known(engine, lead, two.advice).lines}
    expected = {
        (key, about)
        for key, about in everything
        if about in {own, *mine} or key in OF_BOTH or (key, about) == ("placement_running", other)
    }
    assert {("hours_used", own), ("yields_chosen", own)} <= expected
    assert read(me) == expected
    assert everything - expected >= {("hours_used", other), ("named_forms_discussed", "")}


def test_the_page_and_the_file_say_quietly_that_something_is_left_out(
    as_: Callable[[Member], HouseClient], two: Two, ana: Member, cleo: Member
) -> None:
    pages = {}
    for member, place in ((ana, two.anas), (cleo, two.cleos)):
        client = as_(member)
        page = client.get(f"/mijn-inzet/{place}/advies").text
        pages[member.name] = " ".join(words(one) for one in every(parsed(page), "p"))
        assert pages[member.name].count(QUIET) == 1
        reply = client.get(f"/mijn-inzet/{place}/advies.docx")
        assert reply.status_code == 200
        said = " ".join(one.text for one in Document(io.BytesIO(reply.data)).paragraphs)
        assert said.count(QUIET) == 1
        for told in (pages[member.name], said):
            assert ("4,2 uur per week" in told) is (member is ana), "hours that Ana used"
            assert ("1,8 uur per week" in told) is (member is cleo), "hours that Cleo used"
            assert ("Hun oordeel was: nog niet te zien" in told) is (member is cleo)
            assert "De uitkomst is met de coach besproken" not in told
            assert "Cleo" in told
            assert "Ana" in told


def test_a_coach_alone_at_a_school_reads_the_whole_advice(
    engine: SqliteEngine,
    lead: Scope,
    draft: Callable[[], str],
    placed: str,
    ana: Member,
    as_: Callable[[Member], HouseClient],
    read: Callable[[Member], set[tuple[str | None, str]]],
) -> None:
    key = draft()
    sign(engine, lead, key)
    told = {(one.key, one.about) for one in reports.known(engine, lead, key).lines}
    assert ("named_forms_discussed", "") in told
    assert read(ana) == told
    assert QUIET not in as_(ana).get(f"/mijn-inzet/{placed}/advies").text


def test_who_took_over_does_not_read_how_the_one_before_did(
    engine: SqliteEngine,
    lead: Scope,
    place: Place,
    placed: str,
    draft: Callable[[], str],
    ana: Member,
    cleo: Member,
    read: Callable[[Member], set[tuple[str | None, str]]],
) -> None:
    told: dict[str, Any] = {"reason": "school_no_longer_needs", "vacancy": False, "by": lead, "at": JUNE}
    placements.end(engine, placement_id=placed, ends_on=date(2026, 5, 31), **told)
    after = place(SCHOOL, cleo, starts_on=date(2026, 6, 1), status="active")
    key = draft()
    sign(engine, lead, key)
    assert {("placement_period", placed), ("placement_running", after)} <= read(cleo)
    assert {one for one in read(cleo) if one[1] == placed} == {("placement_period", placed)}
    assert not {one for one in read(cleo) if one[0] in {"yield_reviewed", "yield_not_reviewed"}}
    assert {("hours_used", placed), ("end_reason", placed), ("yield_reviewed", "y0")} <= read(ana)


def test_own_words_of_the_lead_are_read_by_all_but_those_about_one_coach(
    engine: SqliteEngine,
    lead: Scope,
    place: Place,
    placed: str,
    draft: Callable[[], str],
    ana: Member,
    cleo: Member,
) -> None:
    cleos = place(SCHOOL, cleo, starts_on=date(2025, 9, 1), hours_agreed=2.0)
    key = draft()
    line = line_of(reports.known(engine, lead, key), "yield_reviewed")
    mine: dict[str, Any] = {"advice_id": key, "line_id": line.id, "shown": None, "by": lead, "at": JUNE}
    actions.edit(engine, words="Ana en de ouders zagen het deels.", **mine)
    engine.run("DELETE FROM yield_review")
    actions.keep(engine, **mine)
    told: dict[str, Any] = {"section": "limits", "words": "Meer weten we niet.", "key": "k" * 32}
    actions.add(engine, advice_id=key, **told, by=lead, at=JUNE)
    actions.renew(engine, advice_id=key, by=lead, at=JUNE)
    sign(engine, lead, key)
    for member, reads in ((ana, True), (cleo, False)):
        found = reports.newest_signed(engine, scope_of(member, Role.COACH), SCHOOL)
        assert found
        own = {one.words for one in found.lines if one.is_own}
        assert "Meer weten we niet." in own
        assert ("Ana en de ouders zagen het deels." in own) is reads
    assert cleos


def test_the_file_of_a_coach_is_theirs_alone(
    as_: Callable[[Member], HouseClient], two: Two, ana: Member, cleo: Member, ben: Member, lea: Member
) -> None:
    for other, place in ((ana, two.cleos), (cleo, two.anas), (ben, two.anas), (lea, two.anas)):
        assert as_(other).get(f"/mijn-inzet/{place}/advies.docx").status_code == 404
    assert as_(ana).get(f"/advies/{two.advice}/advies.docx").status_code == 404


def test_before_signing_there_is_no_file(
    as_: Callable[[Member], HouseClient], ana: Member, placed: str, written: str
) -> None:
    assert as_(ana).get(f"/mijn-inzet/{placed}/advies.docx").status_code == 404


def test_a_file_of_a_coach_stands_in_the_log(
    engine: SqliteEngine, as_: Callable[[Member], HouseClient], two: Two, cleo: Member
) -> None:
    as_(cleo).get(f"/mijn-inzet/{two.cleos}/advies.docx")
    (row,) = engine.rows("SELECT * FROM audit WHERE act = 'advice-exported'")
    assert row["object"] == two.advice
    assert cleo.id in row.values()

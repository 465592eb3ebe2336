"""What asks for attention: each thing with its day, the first day first, and nothing that can wait."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from survey.clock import stamp
from survey.database import SqliteEngine
from survey.programme import reports
from survey.programme.reports import Kind
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.programme.sums import LEAD

YEAR = "2025-2026"
Signed = Callable[[Member], HouseClient]


@pytest.fixture
def told(app: Flask, engine: SqliteEngine) -> Callable[..., dict[Kind, list[tuple[date, str, int]]]]:
    """What asks for attention at a moment, by kind and in order."""

    def of(at: datetime = START) -> dict[Kind, list[tuple[date, str, int]]]:
        with app.app_context():
            found = reports.matters(engine, LEAD, at)
        return {one.kind: [entry[:3] for entry in one.entries] for one in found}

    return of


@pytest.fixture
def placed(engine: SqliteEngine, ana: Member) -> Callable[..., None]:
    """A place of Ana at a school of that name."""

    def add(name: str, year: str = YEAR, **other: str | None) -> None:
        engine.insert("school", {"id": name, "name": name, "place": "Veenrand"})
        row = {"id": name, "school_id": name, "school_year": year, "person_id": ana.id, "status": "active"}
        engine.insert("placement", {**row, "starts_on": f"{year[:4]}-08-01", **other})

    return add


@pytest.fixture
def window(engine: SqliteEngine) -> Callable[..., None]:
    """A window of the evaluation from so many days on for three weeks."""

    def add(days: int, opened: bool = True, counted: bool = False) -> None:
        opens = START + timedelta(days=days)
        row = {"id": f"w{days}", "school_year": YEAR, "made_at": stamp(START)}
        row |= {"opens_at": stamp(opens), "closes_at": stamp(opens + timedelta(days=21))}
        done = stamp(opens + timedelta(days=22)) if counted else None
        engine.insert(
            "evaluation_window", {**row, "opened_at": stamp(opens) if opened else None, "counted_at": done}
        )

    return add


def agreement(engine: SqliteEngine, place: str, state: str, **other: str) -> None:
    row = {"id": f"a-{place}", "placement_id": place, "state": state, "made_at": stamp(START)}
    row |= {"profile": "kansencoach", "profile_version": "2.0", "saved_at": stamp(START)}
    engine.insert("start_agreement", {**row, "version": 1, **other})


def test_a_quiet_programme_asks_for_nothing(told: Callable[..., object]) -> None:
    assert told() == {}


def test_a_place_of_last_year_asks_to_be_continued_or_ended(
    told: Callable[..., object], placed: Callable[..., None]
) -> None:
    placed("Oud", "2024-2025")
    assert told(datetime(2025, 8, 20, 9, tzinfo=START.tzinfo)) == {
        Kind.NOT_CONTINUED: [(date(2025, 7, 31), "Oud", 1)]
    }


def test_months_without_hours_are_counted_by_month(
    engine: SqliteEngine, told: Callable[..., object], placed: Callable[..., None]
) -> None:
    placed("Een", starts_on="2025-12-01")
    placed("Twee", starts_on="2025-11-03", ends_on="2026-07-31")
    noted = {"placement_id": "Een", "hours": 3.0, "noted_at": stamp(START)}
    assert told() == {Kind.HOURS: [(date(2025, 12, 1), "2025-11", 1), (date(2026, 1, 1), "2025-12", 2)]}
    engine.insert("hours_log", {**noted, "month": "2025-12"})
    assert told() == {Kind.HOURS: [(date(2025, 12, 1), "2025-11", 1), (date(2026, 1, 1), "2025-12", 1)]}


def test_agreements_ask_to_look_back_within_a_week_and_for_signatures(
    engine: SqliteEngine, told: Callable[..., object], placed: Callable[..., None]
) -> None:
    for name in ("Nu", "Bijna", "Later", "Wacht"):
        placed(name, starts_on="2026-01-19")
    agreement(engine, "Nu", "signed", review_on="2026-01-05")
    agreement(engine, "Bijna", "signed", review_on="2026-01-27")
    agreement(engine, "Later", "signed", review_on="2026-01-28")
    agreement(engine, "Wacht", "asked")
    assert told() == {
        Kind.LOOK_BACK: [(date(2026, 1, 5), "Nu", 1), (date(2026, 1, 27), "Bijna", 1)],
        Kind.SIGNATURES: [(START.date(), "Wacht", 1)],
    }


def test_a_place_that_ends_this_week_still_asks_to_look_back(
    engine: SqliteEngine, told: Callable[..., object], placed: Callable[..., None]
) -> None:
    placed("Weg", starts_on="2026-01-19", ends_on="2026-01-22")
    agreement(engine, "Weg", "signed", review_on="2026-01-19")
    assert told() == {Kind.LOOK_BACK: [(date(2026, 1, 19), "Weg", 1)]}


@pytest.mark.parametrize(
    ("days", "opened", "counted", "kind", "day"),
    [
        (14, False, False, Kind.OPENS, date(2026, 2, 3)),
        (15, False, False, None, None),
        (-7, True, False, Kind.CLOSES, date(2026, 2, 3)),
        (-6, True, False, None, None),
        (-30, True, False, Kind.COUNT, date(2026, 1, 11)),
        (-30, True, True, None, None),
    ],
)
def test_a_window_asks_for_what_comes_next(
    told: Callable[..., dict[Kind, object]],
    window: Callable[..., None],
    days: int,
    opened: bool,
    counted: bool,
    kind: Kind | None,
    day: date | None,
) -> None:
    window(days, opened, counted)
    assert told() == ({kind: [(day, YEAR, 1)]} if kind else {})


def test_a_counted_window_asks_for_each_form_that_nobody_released(
    engine: SqliteEngine, told: Callable[..., object], window: Callable[..., None]
) -> None:
    window(-30, True, True)
    forms = ("evaluation-teacher", "evaluation-parent", "evaluation-director-named")
    for number, form in enumerate(forms):
        row = {"id": f"i{number}", "window_id": "w-30", "form": form, "way": "card"}
        row |= {"token_hash": f"{number:064}", "person_code": f"{number:064}", "asked_at": stamp(START)}
        engine.insert("evaluation_invitation", row)
    assert told() == {Kind.RELEASE: [(date(2026, 1, 11), YEAR, 2)]}


@pytest.mark.parametrize(("day", "asks"), [(date(2026, 4, 29), False), (date(2026, 4, 30), True)])
def test_drafts_of_advices_ask_for_a_signature_from_the_end_of_april(
    engine: SqliteEngine, told: Callable[..., object], day: date, asks: bool
) -> None:
    engine.insert("school", {"id": "s", "name": "De Kraanheide", "place": "Veenrand"})
    engine.insert("advice", {"id": "v", "school_id": "s", "school_year": YEAR, "made_at": stamp(START)})
    at = datetime(day.year, day.month, day.day, 9, tzinfo=START.tzinfo)
    assert told(at) == ({Kind.ADVICE: [(date(2026, 7, 31), YEAR, 1)]} if asks else {})


def test_the_kind_with_the_first_day_comes_first(
    engine: SqliteEngine, told: Callable[..., dict[Kind, object]], placed: Callable[..., None]
) -> None:
    placed("Een", starts_on="2025-11-03")
    agreement(engine, "Een", "signed", review_on="2026-01-05")
    assert list(told()) == [Kind.HOURS, Kind.LOOK_BACK]
    engine.run("UPDATE start_agreement SET review_on = '2025-11-20'")
    assert list(told()) == [Kind.LOOK_BACK, Kind.HOURS]


def test_a_lead_finds_the_programme_first_on_vandaag_and_everything_on_its_page(
    engine: SqliteEngine,
    as_: Signed,
    lea: Member,
    clock: Clock,
    placed: Callable[..., None],
    window: Callable[..., None],
) -> None:
    placed("Een", starts_on="2025-11-03")
    placed("Oud", "2024-2025")
    window(-7)
    agreement(engine, "Een", "signed", review_on="2026-01-05")
    desk = as_(lea)
    today = desk.get("/vandaag").text
    first, *_rest = today.split("<section")[1:]
    assert "Op 2 van de 2 scholen werkt een coach. 4 dingen vragen deze week aandacht." in first
    assert 'href="/programma"' in first
    page = desk.get("/programma").text
    for words in (
        "Op 2 van de 2 scholen die meedoen werkt nu een coach.",
        'href="/inzet/Oud#next">1 plek loopt nog uit een vorig schooljaar',
        'href="/inzet/Een/startafspraak">Op 1 startafspraak terugkijken',
        "sinds 5 januari 2026",
        'href="/evaluatie/w-7">De jaarevaluatie gaat bijna dicht',
        "uiterlijk 3 februari 2026",
        "keer zijn de uren van een maand nog niet opgeschreven",
    ):
        assert words in page, words


def test_an_empty_programme_says_what_to_do_next(as_: Signed, lea: Member) -> None:
    page = as_(lea).get("/programma").text
    for words in ("Deze week wacht er niets op u", "Er doet nog geen school mee.", "Plan er een"):
        assert words in page


def test_nobody_else_sees_the_programme_on_vandaag(as_: Signed, ana: Member, ben: Member) -> None:
    for one in (ana, ben):
        assert "programma ervoor" not in as_(one).get("/vandaag").text

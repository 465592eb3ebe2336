"""Ana at De Kraanheide for a school year: counted, agreed, logged, evaluated; Lea writes the advice."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from survey.access.permissions import Role, Scope
from survey.advice import actions, reports
from survey.advice.actions import Chosen
from survey.advice.document import Advice, Line
from survey.advice.drafting import Drafted
from survey.clock import stamp
from survey.database import SqliteEngine
from survey.evaluation.release import content, store
from survey.evaluation.release.content import Cell, Content, Group, Number, Share
from survey.placement import actions as placements
from survey.placement.actions import Details
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Member, Signed, scope_of

YEAR = "2025-2026"
JUNE = datetime(2026, 6, 9, 10, tzinfo=UTC)
SCHOOL = "s-kraanheide"
ITEMS = ("works_in_practice", "lasts", "looks_differently", "approachable", "clear_role")

Place = Callable[..., str]
Release = Callable[..., str]
Read = Callable[[str], Advice]
ON = Chosen("continue", "De school en de coach willen samen verder.", 4.5)
WORDS = "De coach werkt op maandag en donderdag op school."
TODAY = JUNE.date()


@pytest.fixture(autouse=True)
def _in_app(app: Flask, clock: Clock) -> Iterator[None]:
    clock.at = JUNE
    with app.app_context():
        yield


@pytest.fixture
def lead(lea: Member) -> Scope:
    return scope_of(lea, Role.LEAD)


@pytest.fixture
def school(engine: SqliteEngine) -> str:
    engine.insert(
        "school", {"id": SCHOOL, "name": "De Kraanheide", "place": "Veenrand", "municipality": "Veenrand"}
    )
    engine.insert("school_count", {"school_id": SCHOOL, "school_year": YEAR, "pupils": 112})
    return SCHOOL


@pytest.fixture
def place(engine: SqliteEngine, lead: Scope) -> Place:
    """A placement at a school; active with a coach."""

    def add(school_id: str, coach: Member | None = None, **told: Any) -> str:
        status = "active" if coach else "wanted"
        known = {"status": status, "starts_on": date(2025, 8, 1), "hours_agreed": 4.5, **told}
        details = Details(school_id=school_id, person_id=coach.id if coach else None, **known)
        return placements.add(engine, details=details, by=lead, at=JUNE, second=True)

    return add


@pytest.fixture
def placed(engine: SqliteEngine, school: str, ana: Member, place: Place) -> str:
    """Ana's placement, with a reason for its hours, and hours of nine months."""
    key = place(
        school,
        ana,
        agreed_because="many_questions",
        hours_needed=5.0,
        needed_because="several_schools",
    )
    for month in ("2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04"):
        row = {"placement_id": key, "month": month, "hours": 4.25, "noted_by": ana.id}
        engine.insert("hours_log", {**row, "noted_at": stamp(JUNE)})
    return key


@pytest.fixture
def agreement(engine: SqliteEngine, placed: str) -> str:
    """A signed start agreement, with a sensitive task, and two yields of which one was looked back on."""
    row = {"id": "agreed", "placement_id": placed, "version": 1, "state": "signed", "profile": "kansencoach"}
    days = {"profile_version": "2.0", "talked_on": "2025-08-28", "review_on": "2026-01-14"}
    times = dict.fromkeys(("made_at", "saved_at", "signed_at"), "2025-08-28T10:00:00+00:00")
    engine.insert("start_agreement", {**row, **days, **times})
    chosen = [("partner", "director"), ("partner", "ib"), ("role", "connector"), ("task", "short_lines")]
    chosen += [("task", "visible_at_school"), ("task", sensitive_task())]
    engine.insert(
        "start_choice", [{"agreement_id": "agreed", "kind": kind, "key": key} for kind, key in chosen]
    )
    for place, category in enumerate(("contact_with_parents", "early_help")):
        wanted = {"id": f"y{place}", "agreement_id": "agreed", "position": place, "category": category}
        engine.insert("intended_yield", {**wanted, "wanted": "Jolanda komt naar school.", "noticed_by": ""})
    seen = {"yield_id": "y0", "moment": "halfway", "word": "partly", "note": "Jolanda was er."}
    engine.insert("yield_review", {**seen, "reviewed_on": "2026-01-14", "noted_at": stamp(JUNE)})
    return "agreed"


def sensitive_task() -> str:
    from survey.current import catalog

    return next(one.key for one in catalog().profile("kansencoach").tasks if one.sensitive)


@pytest.fixture
def release(engine: SqliteEngine, ana: Member, lea: Member) -> Release:
    """A release of a form: the share of each group by item, of the programme and of Ana where it is told."""

    def add(
        programme: int | None = 80,
        own: int | None = None,
        *,
        form: str = "evaluation-teacher",
        year: str = YEAR,
        persons: int = 95,
    ) -> str:
        last = int(year[5:])
        window = f"w-{last}"
        if engine.one("SELECT id FROM evaluation_window WHERE id = :id", {"id": window}) is None:
            days = {"opens_at": f"{last}-05-01T00:00:00+00:00", "closes_at": f"{last}-05-22T00:00:00+00:00"}
            engine.insert(
                "evaluation_window",
                {"id": window, "school_year": year, **days, "made_at": f"{last}-04-01T00:00:00+00:00"},
            )
            nodes: list[tuple[str, str | None, str, str, str | None]] = [
                ("p", None, "programme", "Programma", None),
                ("c", "p", "cluster", "Veenrand", None),
                ("a", "c", "coach", "Ana", ana.id),
            ]
            for key, parent, level, label, person in nodes:
                told = {"window_id": window, "level": level, "label": label, "person_id": person}
                parent_id = f"{window}-{parent}" if parent else None
                engine.insert("evaluation_node", {"id": f"{window}-{key}", "parent_id": parent_id, **told})
        made = _content(window, programme, own, persons)
        row = {"id": f"{window}-{form}", "window_id": window, "form": form, "version": "1.0"}
        at = {"released_at": f"{last}-05-28T10:00:00+00:00", "released_by": lea.id}
        store.insert(engine, {**row, **at, "content": content.to_json(made)})
        return window

    return add


def _content(window: str, programme: int | None, own: int | None, persons: int) -> Content:
    if programme is None:
        return Content(5, ITEMS, (), ())
    top, coach = f"{window}-p", f"{window}-a"
    told = {top: (programme, persons)} | ({coach: (own, 10)} if own is not None else {})
    replied = Number(persons, persons) if persons >= 10 else Number(5, 9)
    groups = [Group(top, None, (f"{window}-c",), replied, Number(2 * persons, 2 * persons))]
    if own is not None:
        groups.append(Group(coach, top, (), Number(12, 12), Number(20, 20)))
    else:
        groups[0] = Group(top, None, (f"{window}-c", coach), groups[0].replied, groups[0].invited)
    cells = [
        Cell(group, item, Share(percent, (40, 90), (30, 95), Number(least, least + 4)))
        for group, (percent, least) in told.items()
        for item in ITEMS
    ]
    return Content(5, ITEMS, tuple(groups), tuple(cells))


@pytest.fixture
def written(engine: SqliteEngine, lead: Scope, agreement: str, release: Release) -> str:
    """The draft of De Kraanheide with everything there is to say."""
    release(80, 70)
    return actions.draft(engine, school_id=SCHOOL, school_year=YEAR, by=lead, at=JUNE)


@pytest.fixture
def read(engine: SqliteEngine, lead: Scope) -> Read:
    """An advice as it stands."""
    return lambda advice_id: reports.known(engine, lead, advice_id)


def line_of(advice: Advice, key: str) -> Line:
    """The first sentence of a key."""
    return next(one for one in advice.lines if one.key == key)


def keys(advice: Advice) -> list[str]:
    """The keys of the sentences that are in."""
    return [one.key or "" for one in advice.lines if one.is_in]


@pytest.fixture
def act(engine: SqliteEngine, lead: Scope, written: str) -> Callable[..., Any]:
    """An act on the advice by the lead, now."""

    def do(name: str, **told: Any) -> Any:
        line = told.pop("line", None)
        if line is not None:
            told["line_id"] = line.id
        if name in {"edit", "restore", "leave_out", "keep", "choose", "sign"}:
            told.setdefault("shown", None)
        known = {"advice_id": written, "by": lead, "at": JUNE, **told}
        return getattr(actions, name)(engine, **known)

    return do


@pytest.fixture
def lea_at(as_: Signed, lea: Member) -> HouseClient:
    return as_(lea)


@pytest.fixture
def signed(engine: SqliteEngine, lead: Scope, written: str) -> str:
    actions.choose(engine, advice_id=written, chosen=ON, shown=None, by=lead, at=JUNE)
    actions.sign(engine, advice_id=written, shown=None, by=lead, at=JUNE)
    return written


def texts(page: str, name: str = "p") -> list[str]:
    """The words of each paragraph, or other element, of a page."""
    return [words(one) for one in every(parsed(page), name)]


@pytest.fixture
def drafted(engine: SqliteEngine, lead: Scope) -> Callable[..., tuple[Drafted, ...]]:
    """The sentences of a school, or of the programme, as they would be drafted now."""

    def now(school: str | None = SCHOOL, year: str = YEAR) -> tuple[Drafted, ...]:
        return reports.drafted(engine, lead, school_id=school, school_year=year, today=TODAY)

    return now


def said_in(found: tuple[Drafted, ...], section: str) -> list[str]:
    """The words of one section."""
    return [one.words for one in found if one.section == section]

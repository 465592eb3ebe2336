"""Whoever opens every address, before and after each act, learns what was released and nothing else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.access import actions as access
from survey.access.permissions import Role, Scope
from survey.advice import actions as advices
from survey.current import catalog
from survey.database import Row, SqliteEngine
from survey.evaluation import actions, store
from survey.evaluation.answering import actions as answering
from survey.evaluation.invitation import actions as invitations
from survey.evaluation.release import actions as releasing
from survey.evaluation.release import content, reports
from survey.evaluation.release import store as releases
from survey.evaluation.release.actions import Done
from survey.evaluation.release.computing import reports as computing
from survey.people import actions as people
from survey.retention import actions as retention
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.attack.observer import Observer
from tests.survey.evaluation.ballots import Ballots, cast
from tests.survey.evaluation.conftest import OTHER, SCHOOL, Asked

FORM, ABOUT_ALL, CARDS = "evaluation-teacher", "evaluation-ib-programme", 7
Submit = Callable[..., None]


@pytest.fixture
def cards(engine: SqliteEngine, window: str, clock: Clock) -> list[Asked]:
    keys = invitations.make_cards(
        engine, window_id=window, school_id=SCHOOL, form=FORM, number=CARDS, by=None, at=clock()
    )
    return [Asked(key) for key in keys]


@pytest.fixture
def observer(
    app: Flask,
    engine: SqliteEngine,
    window: str,
    cards: list[Asked],
    ana: Member,
    cleo: Member,
    ben: Member,
    lea: Member,
    clock: Clock,
) -> Observer:
    """A lead, two coaches, a trainer and somebody with a card, who tell each other everything."""
    readers = {"Lea": (lea, Role.LEAD), "Ana": (ana, Role.COACH), "Cleo": (cleo, Role.COACH)}
    readers["Ben"] = ben, Role.TRAINER

    def sign_in(name: str) -> FlaskClient:
        client = FlaskClient(app)
        if name in readers:
            token = access.issue_link(engine, person_id=readers[name][0].id, at=clock())
            assert client.post(f"/inloggen/{token}").status_code in {302, 303}
        return client

    nodes = [node["id"] for node in store.nodes(engine, window)]
    lead = scope_of(lea, Role.LEAD)
    drafts = [
        advices.draft(engine, school_id=about, school_year="2025-2026", by=lead, at=clock())
        for about in (SCHOOL, None)
    ]
    values = {
        "advice_id": drafts,
        "window_id": [window],
        "form": [FORM, ABOUT_ALL],
        "school_id": [SCHOOL, OTHER],
        "person_id": [ana.id, cleo.id],
        "placement_id": [row["id"] for row in engine.rows("SELECT id FROM placement")],
        "evaluation_token": [cards[-1].token],
        "chart": ["uitkomst", "jaren"],
    }
    asked = {"groep": [*nodes, f"{nodes[0]}-rest"], "taal": ["en"], "deel": ["2"], "jaar": ["2024-2025"]}
    return Observer(app, sign_in, {name: role for name, (_, role) in readers.items()}, values, asked)


def turn_around(engine: SqliteEngine) -> None:
    """Everybody said the opposite."""
    engine.run("UPDATE ballot_answer SET value = 4 - value")


def test_answers_show_only_by_every_fifth_and_never_what_they_say(
    observer: Observer, cards: list[Asked], submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, changed = observer.look_around(monkeypatch), []
    assert {name for name, _ in seen} == {"visitor", "Lea", "Ana", "Cleo"}
    for number, card in enumerate(cards[:-1], start=1):
        submit(card)
        other = observer.changed(seen)
        changed += [number] if other else []
        seen |= other
    assert changed == [5]


def test_before_a_release_no_page_depends_on_what_was_answered(
    engine: SqliteEngine,
    observer: Observer,
    cards: list[Asked],
    submit: Submit,
    window: str,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for card in cards[:-1]:
        submit(card)
    clock.forward(days=22)
    actions.count(engine, window_id=window, at=clock())
    before = observer.look_around(monkeypatch)
    assert ("Lea", f"/evaluatie/{window}/{FORM}/vrijgeven") in before
    turn_around(engine)
    assert not observer.changed(before)


@pytest.fixture
def released(engine: SqliteEngine, window: str, lea: Member, clock: Clock) -> str:
    """Both coaches have enough answers; some people answer about the programme."""
    said = [Ballots("Ana", (3,) * 8 + (1,) * 4), Ballots("Cleo", (4, 4, 3, 3, 0, 0, 2))]
    cast(engine, window, [*said, Ballots("Programma", (4,) * 5 + (0,), form=ABOUT_ALL)], clock())
    clock.forward(days=22)
    actions.count(engine, window_id=window, at=clock())
    for form in (FORM, ABOUT_ALL):
        releasing.release(engine, window_id=window, form=form, by=lea.id, at=clock())
    return window


def test_after_a_release_pages_follow_from_it_alone(
    engine: SqliteEngine, observer: Observer, released: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.run("DELETE FROM notice")  # that a coach looked is told no more, and that changes their Vandaag
    before = observer.look_around(monkeypatch)
    assert {("Lea", f"/advies/{draft}/advies.docx") for draft in observer.values["advice_id"]} <= set(before)
    turn_around(engine)
    engine.run("DELETE FROM ballot WHERE respondent IN (SELECT respondent FROM ballot LIMIT 3)")
    assert not observer.changed(before)
    monkeypatch.setattr(releases, "find", counted_live)
    monkeypatch.setattr(releases, "every", counted_live_of_all)
    found = observer.changed(before, lambda path: path.endswith(FORM))
    assert {name for name, _ in found} == {"Lea", "Ana", "Cleo"}, "pages that count live are not noticed"


find, every = releases.find, releases.every


def counted_live(engine: SqliteEngine, window_id: str, form: str, *, scope: Scope) -> Row | None:
    """A release that is counted anew each time it is read."""
    row = find(engine, window_id, form, scope=scope)
    return row and _anew(engine, row)


def counted_live_of_all(engine: SqliteEngine, form: str | None = None, *, scope: Scope) -> list[Row]:
    return [_anew(engine, row) for row in every(engine, form, scope=scope)]


def _anew(engine: SqliteEngine, row: Row) -> Row:
    now = computing.computed(engine, row["window_id"], catalog().get(row["form"]))
    return {**row, "content": content.to_json(now)}


def test_no_coach_reads_the_numbers_of_another(
    engine: SqliteEngine, released: str, ana: Member, cleo: Member, ben: Member, lea: Member
) -> None:
    whole = {one.form: one for one in reports.released(engine, scope_of(lea, Role.LEAD))}
    assert set(whole) == {FORM, ABOUT_ALL}
    for coach, other in ((ana, cleo), (cleo, ana)):
        for part in reports.released(engine, scope_of(coach)):
            assert {group.person_id for group in part.groups} <= {coach.id, None}
            assert other.id not in part.homes
            assert all(whole[part.form].cells[key] == cell for key, cell in part.cells.items())
    assert reports.released(engine, scope_of(ben, Role.TRAINER)) == []


class TestLaterActs:
    """Whatever happens after a release, it is not computed again."""

    @pytest.fixture(params=["coach leaves", "a year passes", "mail stops", "a ballot goes", "a new window"])
    def act(
        self,
        request: pytest.FixtureRequest,
        engine: SqliteEngine,
        ana: Member,
        lea: Member,
        cards: list[Asked],
        clock: Clock,
    ) -> Callable[[], None]:
        def leave() -> None:
            people.leave(engine, person_id=ana.id, by=lea.id, at=clock())

        def pass_a_year() -> None:
            clock.forward(days=400)
            retention.delete_old(engine, at=clock(), session_lasts=timedelta(days=30))

        def stop() -> None:
            answering.stop(engine, token=cards[-1].token, clock=clock)

        def erase() -> None:
            engine.run("DELETE FROM ballot WHERE id IN (SELECT id FROM ballot LIMIT 1)")

        def plan() -> None:
            closes = clock() + timedelta(days=10)
            actions.plan(
                engine, school_year="2025-2026", opens_at=clock(), closes_at=closes, by=lea.id, at=clock()
            )

        acts = {"coach leaves": leave, "a year passes": pass_a_year, "mail stops": stop}
        return {**acts, "a ballot goes": erase, "a new window": plan}[request.param]

    def test_a_release_stays_what_it_was(
        self, engine: SqliteEngine, act: Callable[[], None], released: str, lea: Member, clock: Clock
    ) -> None:
        kept = engine.rows("SELECT * FROM evaluation_release ORDER BY form")
        act()
        assert engine.rows("SELECT * FROM evaluation_release ORDER BY form") == kept
        with pytest.raises(Done):
            releasing.release(engine, window_id=released, form=FORM, by=lea.id, at=clock())
        assert len(reports.released(engine, scope_of(lea, Role.LEAD))) == 2

"""The page of a cohort: what it says of groups, what it keeps to itself, and that only a closing moves it."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.clock import stamp
from survey.cohort import actions, reports
from survey.cohort.dashboard import reports as dashboard
from survey.cohort.numbers import reports as numbers
from survey.database import SqliteEngine, new_key
from survey.people import actions as people
from survey.questionnaire.fields import Answer as Given
from survey.reflection import actions as reflections
from survey.reflection import store as kept_reflections
from survey.reflection.closing import Closing
from tests.analysis.frames import TEXTS
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.cohort.conftest import Answer

Signed = Callable[[Member], HouseClient]
ITEMS = ("solution_focused", "uses_own_position", "fits_school_culture")


@pytest.fixture
def meet(engine: SqliteEngine) -> Callable[..., str]:
    """A workshop of a cohort, some days ago, about a theme; with who was there and who was not."""

    def add(
        cohort_id: str, days: float, theme: str = "", present: Sequence[str] = (), absent: Sequence[str] = ()
    ) -> str:
        key, at = new_key(), START - timedelta(days=days)
        row = {"id": key, "kind": "workshop", "title": "Oplossingen", "place": "", "made_at": stamp(at)}
        engine.insert("event", row | {"starts_at": stamp(at), "ends_at": stamp(at + timedelta(hours=3))})
        engine.insert("event_cohort", {"event_id": key, "cohort_id": cohort_id})
        if theme:
            engine.insert("event_theme", {"event_id": key, "competency": theme})
        for state, persons in (("present", present), ("absent", absent)):
            for person in persons:
                noted = {"event_id": key, "person_id": person, "state": state, "noted_at": stamp(at)}
                engine.insert("attendance", noted)
        return key

    return add


def test_a_theme_stands_there_with_each_of_its_numbers(
    bens_page: Callable[..., str],
    cohorts: Cohorts,
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    choose: Callable[..., None],
    meet: Callable[..., str],
) -> None:
    choose(two_closed_rounds[1], ITEMS[0], coaches[:4])
    meet(cohorts.bens, 30, ITEMS[0], present=coaches[:5], absent=coaches[5:7])
    text = bens_page()
    assert "4 van de 9 coaches kozen dit als focus." in text
    assert "Minder dan 5 van de 9 verkennen of oefenen dit nog." in text
    assert "Hierover was 1 bijeenkomst: aanwezig 5, afwezig 2." in text
    assert f"/agenda/nieuw?soort=workshop&amp;thema={ITEMS[0]}&amp;cohort={cohorts.bens}" in text
    assert "een eigen doel" not in text


def test_what_one_or_two_chose_is_never_told(
    bens_page: Callable[..., str],
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    choose: Callable[..., None],
) -> None:
    choose(two_closed_rounds[1], ITEMS[0], coaches[:5])
    choose(two_closed_rounds[1], ITEMS[1], coaches[4:6])
    choose(two_closed_rounds[1], ITEMS[2], coaches[6:7])
    text = bens_page()
    assert "door 5 van de 9 coaches" in text
    assert "Eigen plek benutten" not in text
    assert "Aansluiten bij de school" not in text
    assert "iets anders" in bens_page("/focus.json")


def test_seven_coaches_are_told_nothing_but_who_takes_part(
    bens_page: Callable[..., str],
    as_: Signed,
    ben: Member,
    cohorts: Cohorts,
    coaches: list[str],
    add_round: Callable[..., str],
    answer: Answer,
    choose: Callable[..., None],
) -> None:
    for days in (130, 40):
        round_id = add_round(cohorts.bens, days=days)
        for person in coaches[:7]:
            answer(round_id, person, 2)
        choose(round_id, ITEMS[0], coaches[:7])
    text = bens_page()
    assert "Vanaf acht coaches die dit invulden tonen we de keuzes." in text
    assert "Vanaf tien coaches die dit invulden tonen we een verdeling." in text
    assert "Ideeën voor de volgende werkplaats" not in text
    client = as_(ben)
    for chart in ("groei", "verdeling", "focus", "uren", "niets"):
        assert client.get(f"/cohorten/{cohorts.bens}/{chart}.json").status_code == 404


def test_the_hours_of_eight_or_more_are_told_by_task(
    bens_page: Callable[..., str], engine: SqliteEngine, two_closed_rounds: tuple[str, str]
) -> None:
    assert "Waar veel uren naartoe gingen" not in bens_page()
    engine.run("DELETE FROM cohort_release")
    found = engine.rows("SELECT id FROM reflection WHERE round_id = :round", {"round": two_closed_rounds[1]})
    for place, row in enumerate(found):
        emphasis = {"reflection_id": row["id"], "task": "short_lines"}
        engine.insert("task_emphasis", emphasis | {"emphasis": "much" if place < 4 else "some"})
    reports.forget_fits()
    text = bens_page()
    assert "Waar veel uren naartoe gingen" in text
    assert "‘Helpen dat ouders, leerkracht en kind elkaar snel spreken’, door 4 van de 9 coaches" in text


def test_meetings_are_marked_unless_called_off_or_still_to_come(
    bens_page: Callable[..., str],
    engine: SqliteEngine,
    cohorts: Cohorts,
    two_closed_rounds: tuple[str, str],
    meet: Callable[..., str],
) -> None:
    meet(cohorts.bens, 60)
    meet(cohorts.bens, -10)
    meet(cohorts.doras, 20)
    engine.run("UPDATE event SET cancelled_at = made_at WHERE id = :id", {"id": meet(cohorts.bens, 50)})
    assert "Bijeenkomsten: Werkplaats (21 nov 25)." in bens_page()


def test_who_came_later_stands_at_the_months_since_the_own_start(
    app: Flask,
    engine: SqliteEngine,
    ben: Member,
    cohorts: Cohorts,
    coaches: list[str],
    add_round: Callable[..., str],
    answer: Answer,
) -> None:
    rounds = [add_round(cohorts.bens, days=days) for days in (130, 85, 40)]
    for place, round_id in enumerate(rounds):
        for person in coaches:
            answer(round_id, person, 2 + place)
    late = [_coach(engine, f"Later {number}") for number in range(5)]
    for person in late:
        actions.join(engine, cohort_id=cohorts.bens, person_id=person, since=date(2025, 12, 1))
        answer(rounds[2], person, 2)
    asked: dict[str, Any] = {"cohort": _cohort(cohorts), "at": START, "catalog": app.extensions["catalog"]}
    curve = numbers.numbers(engine, scope_of(ben, Role.TRAINER), **asked).curve
    assert [point.persons for point in curve.points] == [14, 9, 9]
    assert [round(point.raw, 2) for point in curve.points] == [2, 3, 4]


def _coach(engine: SqliteEngine, name: str) -> str:
    email = f"{name.lower().replace(' ', '')}@example.org"
    return people.add_person(engine, name=name, email=email, roles=[Role.COACH], by=None, at=START)


def _cohort(cohorts: Cohorts) -> reports.Cohort:
    return reports.Cohort(cohorts.bens, "najaar", "kansencoach", date(2025, 9, 1))


def _told(app: Flask, engine: SqliteEngine, ben: Member, cohorts: Cohorts, at: Any) -> list[Any]:
    """Everything of the page that is about answers, as the trainer gets it."""
    asked: dict[str, Any] = {"cohort": _cohort(cohorts), "at": at, "texts": TEXTS}
    trainer = scope_of(ben, Role.TRAINER)
    found = dashboard.dashboard(engine, trainer, **asked, catalog=app.extensions["catalog"])
    charts = [chart for chart in (found.growth, found.spread, found.focus, found.hours) if chart]
    return [found.themes, found.latest, *((one.story, one.table, one.json) for one in charts)]


@pytest.mark.parametrize("seed", range(4))
def test_between_two_closings_nothing_coaches_do_moves_a_number(
    app: Flask,
    engine: SqliteEngine,
    ben: Member,
    cohorts: Cohorts,
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    choose: Callable[..., None],
    add_round: Callable[..., str],
    clock: Clock,
    seed: int,
) -> None:
    choose(two_closed_rounds[1], ITEMS[0], coaches[:4])
    open_round = add_round(cohorts.bens, days=1)
    before, chance = _told(app, engine, ben, cohorts, clock()), random.Random(seed)
    for number in range(40):
        clock.forward(hours=chance.randrange(1, 8))
        round_id = chance.choice((*two_closed_rounds, open_round, open_round, open_round))
        _some_act(app, engine, chance, chance.choice(coaches), round_id, clock)
        if number % 10 == 9:
            reports.forget_fits()
            engine.run("DELETE FROM cohort_release")
            assert _told(app, engine, ben, cohorts, clock()) == before
    handed_in = engine.rows(
        "SELECT DISTINCT person_id FROM reflection WHERE round_id = :id AND submitted_at IS NOT NULL",
        {"id": open_round},
    )
    assert len(handed_in) >= 5, "enough happened to move a number"


def _some_act(
    app: Flask, engine: SqliteEngine, chance: random.Random, person: str, round_id: str, clock: Clock
) -> None:
    """Answer, hand in, or correct, in an open round or one that is closed."""
    coach, catalog = Member(person, "Coach", "coach@example.org"), app.extensions["catalog"]
    row = kept_reflections.round_of(engine, round_id, scope=scope_of(coach))
    assert row is not None
    act: dict[str, Any] = {"by": scope_of(coach), "round": reports.Round.of(row), "clock": clock}
    revision = chance.choice((1, 1, 2))
    level = chance.randrange(1, 6)
    answers = {item.key: Given(level) for item in catalog.reflection("kansencoach").items}
    closing = Closing({chance.choice(ITEMS): "anders"}, "", revision=revision)
    try:
        if chance.random() < 0.3:
            reflections.correct(engine, **act)
        reflections.save(engine, **act, revision=revision, answers=answers, catalog=catalog)
        reflections.close(engine, **act, closing=closing, final=chance.random() < 0.8)
    except (reflections.RoundClosed, reflections.AlreadySubmitted):
        pass


def test_what_came_in_after_closing_moves_nothing(
    app: Flask,
    engine: SqliteEngine,
    ben: Member,
    cohorts: Cohorts,
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    answer: Callable[..., None],
) -> None:
    before = _told(app, engine, ben, cohorts, START)
    for person in coaches[:5]:
        answer(two_closed_rounds[1], person, 5, 2)
    engine.run(
        "UPDATE reflection SET submitted_at = :late WHERE revision = 2",
        {"late": stamp(START - timedelta(days=19))},  # the round closed an hour or more before
    )
    reports.forget_fits()
    engine.run("DELETE FROM cohort_release")
    assert _told(app, engine, ben, cohorts, START) == before


def test_many_who_ask_at_once_wait_for_one_fit(
    as_: Signed, ben: Member, cohorts: Cohorts, two_closed_rounds: tuple[str, str], monkeypatch: Any
) -> None:
    clients, together, texts = [as_(ben) for _ in range(4)], Barrier(4), list[str]()
    fits = Mock(wraps=numbers._computed)
    monkeypatch.setattr(numbers, "_computed", fits)

    def ask(client: HouseClient) -> None:
        together.wait()
        texts.append(client.get(f"/cohorten/{cohorts.bens}/groei.json").text)

    threads = [Thread(target=ask, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (fits.call_count, len(texts), len(set(texts))) == (1, 4, 1)

"""What is forgotten of the evaluation a year after it was counted or published, and what stays."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from survey.clock import stamp
from survey.database import SqliteEngine
from survey.evaluation import actions
from survey.evaluation.release import actions as releasing
from survey.retention import actions as retention
from survey.retention import store
from tests.conftest import Clock, Member
from tests.survey.evaluation.ballots import Ballots, cast
from tests.survey.evaluation.conftest import BOTH, CLOSES, LINE, TEACHER, Asked, Mail, addresses, all_of

GONE = ("ballot", "ballot_answer", "ballot_line", "evaluation_invitation", "evaluation_about")
NAMED = ("named_answer", "named_line")
YEAR = timedelta(days=370)


@pytest.fixture
def counted(
    engine: SqliteEngine,
    window: str,
    card: Callable[..., Asked],
    named: tuple[Asked, Asked],
    submit: Callable[..., None],
    clock: Clock,
) -> str:
    submit(card(), line=LINE)
    submit(named[0], answers=all_of("evaluation-ib-named"), line=LINE)
    clock.forward(days=21)
    actions.count(engine, window_id=window, at=clock())
    return window


def forget(engine: SqliteEngine, at: datetime) -> None:
    retention.delete_old(engine, at=at, session_lasts=timedelta(days=30))


def left(engine: SqliteEngine) -> set[str]:
    tables = (*GONE, *NAMED, "evaluation_window", "evaluation_node")
    return {table for table in tables if engine.rows(f"SELECT 1 AS yes FROM {table} LIMIT 1")}


def test_a_year_after_counting_answers_and_who_was_asked_are_gone(
    engine: SqliteEngine, counted: str, clock: Clock
) -> None:
    forget(engine, clock() + timedelta(days=360))
    assert left(engine) >= {*GONE, *NAMED}
    forget(engine, clock() + YEAR)
    assert left(engine) == {"evaluation_window", "evaluation_node"}


def test_what_was_published_later_is_kept_as_long_after_that(
    engine: SqliteEngine, counted: str, clock: Clock
) -> None:
    engine.insert(
        "evaluation_release",
        {
            "id": "r",
            "window_id": counted,
            "form": "evaluation-teacher",
            "version": "1.0",
            "released_at": stamp(clock() + timedelta(days=100)),
            "content": "{}",
        },
    )
    forget(engine, clock() + YEAR)
    assert left(engine) & {*GONE, *NAMED} == {"ballot", "ballot_answer", "ballot_line"}
    forget(engine, clock() + YEAR + timedelta(days=100))
    assert left(engine) == {"evaluation_window", "evaluation_node"}
    assert engine.rows("SELECT id FROM evaluation_release") == [{"id": "r"}]


def test_no_night_leaves_a_part_of_a_form_to_publish(
    engine: SqliteEngine, window: str, lea: Member, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few rows an act deletes, and also where a night breaks off after it."""
    cast(engine, window, [Ballots("Ana", (3,) * 7 + (0,) * 7, line=LINE)], clock())
    clock.forward(days=21)
    actions.count(engine, window_id=window, at=clock())
    clock.forward(days=370)
    limits = {"year": stamp(clock() - timedelta(days=365))}
    monkeypatch.setattr(store, "BATCH", 3)
    (rule,) = (one for one in store.RULES if one.what == "ballot")
    gone = {"ballot": 14, "ballot_answer": 14 * len(all_of(TEACHER))}
    assert store.count(engine, rule, limits) == gone
    assert store.delete_some(engine, rule, limits) == gone
    with pytest.raises(releasing.NoAnswers):
        releasing.release(engine, window_id=window, form=TEACHER, by=lea.id, at=clock())
    (rule,) = (one for one in store.RULES if one.what == "ballot_line")
    assert store.delete_some(engine, rule, limits) == {"ballot_line": 14}


def test_lines_that_were_published_stay_and_what_they_were_made_of_goes(
    engine: SqliteEngine, counted: str, clock: Clock
) -> None:
    engine.run("UPDATE ballot_line SET state = 'kept', redacted = 'Vaker komen kijken.'")
    published = {"window_id": counted, "form": "evaluation-teacher", "published_at": stamp(clock())}
    engine.insert("evaluation_lines", {**published, "content": '["Vaker komen kijken."]'})
    forget(engine, clock() + YEAR)
    assert engine.rows("SELECT id FROM ballot_line") == []
    assert engine.rows("SELECT content FROM evaluation_lines") == [{"content": '["Vaker komen kijken."]'}]


def test_what_is_still_sealed_is_never_deleted(
    engine: SqliteEngine, window: str, card: Callable[..., Asked], submit: Callable[..., None], clock: Clock
) -> None:
    submit(card())
    forget(engine, clock() + 10 * YEAR)
    assert len(engine.rows("SELECT id FROM sealed_ballot")) == 1


@pytest.fixture
def lost(
    app: Flask,
    engine: SqliteEngine,
    window: str,
    card: Callable[..., Asked],
    mail: Mail,
    named: tuple[Asked, Asked],
    submit: Callable[..., None],
    clock: Clock,
) -> str:
    """A window that is over, and was answered, after which the secret of this installation was lost."""
    mail(window)
    submit(card(), line=LINE)
    submit(named[0], answers=all_of("evaluation-ib-named"), line=LINE)
    clock.forward(days=21)
    app.secret_key = "another secret of at least 32 characters"
    assert not actions.do(engine, "close", window_id=window, at=clock())
    return window


def test_addresses_go_the_night_after_closing_also_where_nothing_can_be_counted(
    engine: SqliteEngine, lost: str, clock: Clock
) -> None:
    assert addresses(engine)[-2:] == list(BOTH)
    forget(engine, clock() + timedelta(days=1, seconds=1))
    assert set(addresses(engine)) == {None}
    assert left(engine) >= {"evaluation_invitation", "evaluation_about", *NAMED}


def test_of_a_window_that_never_opened_addresses_go_too(
    engine: SqliteEngine, planned: str, mail: Mail, clock: Clock
) -> None:
    mail(planned)
    forget(engine, CLOSES + timedelta(hours=23))
    assert addresses(engine) == list(BOTH)
    forget(engine, CLOSES + timedelta(days=1, seconds=1))
    assert addresses(engine) == [None, None]


def test_what_has_a_name_goes_a_year_after_closing_also_where_nothing_can_be_counted(
    engine: SqliteEngine, lost: str, clock: Clock
) -> None:
    forget(engine, clock() + timedelta(days=360))
    assert left(engine) >= {*NAMED}
    forget(engine, clock() + YEAR)
    assert left(engine) & {*NAMED} == set()
    assert engine.rows("SELECT 1 AS yes FROM evaluation_invitation WHERE name IS NOT NULL") == []
    assert len(engine.rows("SELECT id FROM sealed_ballot")) == 1, "with the secret it can still be counted"
    assert len(engine.rows("SELECT id FROM evaluation_invitation")) == 4, "among so many"


def test_after_seven_years_what_was_published_names_no_coach(
    engine: SqliteEngine, counted: str, clock: Clock
) -> None:
    names = "SELECT DISTINCT label FROM evaluation_node WHERE level = 'coach' ORDER BY label"
    closed = clock()
    forget(engine, closed.replace(year=closed.year + 7))
    assert [row["label"] for row in engine.rows(names)] == ["Ana", "Cleo"]
    at = closed.replace(year=closed.year + 7) + timedelta(days=1)
    for dry_run, emptied in ((True, 2), (False, 2), (True, None)):
        gone = retention.delete_old(engine, at=at, session_lasts=timedelta(days=30), dry_run=dry_run)
        assert gone.get("evaluation_node.label") == emptied
    assert [row["label"] for row in engine.rows(names)] == [""]
    clusters = engine.rows("SELECT label FROM evaluation_node WHERE level = 'cluster' ORDER BY label")
    assert [row["label"] for row in clusters] == ["Heidemeer", "Turfstede"]

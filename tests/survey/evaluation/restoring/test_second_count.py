"""A backup from before counting leads to no second count: whoever compared the two would know of a few."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from pysqlite3 import dbapi2 as sqlite3

from survey.access.permissions import Role
from survey.database import SqliteDatabase, SqliteEngine
from survey.evaluation import actions, reports
from survey.evaluation.named.store import note_talk
from survey.evaluation.release import actions as releasing
from survey.people import actions as people
from tests.commands import run
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.ballots import Ballots, cast
from tests.survey.evaluation.conftest import PARENT, TEACHER, Asked, Mail, about, all_of

LINES = [Ballots("Cleo", (4,), line=f"Zin {number}, met de naam Joris erin.") for number in range(5)]
EARLY = [Ballots("Ana", (3,) * 6), Ballots("Ana", (3,) * 12, form=PARENT), *LINES]
LATE = [Ballots("Ana", (0,)), Ballots("Ana", (0,) * 2, form=PARENT)]
KEPT = (
    "evaluation_window", "evaluation_node", "evaluation_invitation", "evaluation_about", "named_answer",
    "named_line", "named_talk", "ballot", "ballot_answer", "ballot_line", "evaluation_release",
    "evaluation_lines", "sealed_ballot",
)  # fmt: skip


@pytest.fixture
def copy(
    engine: SqliteEngine,
    window: str,
    named: tuple[Asked, Asked],
    card: Callable[..., Asked],
    submit: Callable[..., None],
    ana: Member,
    clock: Clock,
    tmp_path: Path,
) -> Path:
    """A backup of the third day; since then more answered, the window was counted, and teachers published."""
    cast(engine, window, EARLY, clock())
    unused = card()
    engine.backup(tmp_path / "copy.db")
    cast(engine, window, LATE, clock())
    submit(unused)
    submit(named[0], form="evaluation-ib-named", answers=all_of("evaluation-ib-named"), line="Met een naam.")
    (node,) = about(engine, named[0])
    assert note_talk(engine, invitation_id=named[0].id, node_id=node, talked_on="2026-02-01", by=ana.id)
    clock.forward(days=21)
    assert actions.count(engine, window_id=window, at=clock())
    return tmp_path / "copy.db"


@pytest.fixture
def newcomer(engine: SqliteEngine, copy: Path, clock: Clock) -> str:
    """A lead who came after the backup."""
    return people.add_person(
        engine, name="Nia", email="nia@example.org", roles=frozenset({Role.LEAD}), by=None, at=clock()
    )


@pytest.fixture
def published(engine: SqliteEngine, window: str, newcomer: str, lea: Member, clock: Clock) -> None:
    """By the newcomer, with the name taken out of every line."""
    by = scope_of(lea, Role.LEAD)
    rows = engine.rows("SELECT id FROM ballot_line")
    kept = {row["id"]: f"Zin {number}." for number, row in enumerate(rows)}
    releasing.release(engine, window_id=window, form=TEACHER, by=newcomer, at=clock())
    releasing.redact(engine, window_id=window, form=TEACHER, kept=kept, by=by, at=clock())
    releasing.publish_lines(engine, window_id=window, form=TEACHER, by=by, at=clock())


@pytest.fixture
def restored(
    app: Flask, engine: SqliteEngine, copy: Path, published: None, tmp_path: Path
) -> Iterator[SqliteEngine]:
    with back(app, engine, copy, tmp_path / "place.db") as again:
        yield again


@contextmanager
def back(app: Flask, engine: SqliteEngine, copy: Path, place: Path) -> Iterator[SqliteEngine]:
    """What stands there once this backup is restored over what is now."""
    engine.backup(place)
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, DATABASE=place)
    code, said = run(app, "restore", str(copy))
    assert code == 0
    assert "stays counted" in said
    app.config["SETTINGS"] = settings
    database = SqliteDatabase(place, durable=False)
    with database.session() as again:
        yield again
    database.close()


def rows(engine: SqliteEngine, table: str) -> list[dict[str, object]]:
    return sorted(engine.rows(f"SELECT * FROM {table}"), key=str)


def test_it_is_not_counted_a_second_time(restored: SqliteEngine, window: str, clock: Clock) -> None:
    assert not actions.count(restored, window_id=window, at=clock())
    assert actions.due(restored, clock()) == []


def test_of_the_window_everything_is_as_it_was_counted_and_published(
    engine: SqliteEngine, restored: SqliteEngine
) -> None:
    then, now = ({table: rows(one, table) for table in KEPT} for one in (engine, restored))
    then["evaluation_release"][0]["released_by"] = None  # somebody the backup does not know
    assert now == then
    assert {table for table in KEPT if not now[table]} == {"sealed_ballot"}


def test_what_was_published_cannot_be_published_otherwise(
    restored: SqliteEngine, window: str, lea: Member, clock: Clock
) -> None:
    by = scope_of(lea, Role.LEAD)
    with pytest.raises(releasing.Done):
        releasing.release(restored, window_id=window, form=TEACHER, by=lea.id, at=clock())
    with pytest.raises(releasing.Done):
        releasing.redact(restored, window_id=window, form=TEACHER, kept={}, by=by, at=clock())


def test_what_was_counted_only_is_published_with_the_same_numbers(
    engine: SqliteEngine, restored: SqliteEngine, window: str, lea: Member, clock: Clock
) -> None:
    scope, told = scope_of(lea, Role.LEAD), list[object]()
    for one in (engine, restored):
        releasing.release(one, window_id=window, form=PARENT, by=lea.id, at=clock())
        found = reports.release(one, scope, window, PARENT)
        assert found
        assert found.programme
        assert found.programme.replied.least == 14
        told.append(found)
    assert told[0] == told[1]


def test_nothing_sealed_is_left_in_the_bytes(
    restored: SqliteEngine, copy: Path, tmp_path: Path, published: None
) -> None:
    with sqlite3.connect(str(copy)) as before:
        sealed = [row[0] for row in before.execute("SELECT sealed FROM sealed_ballot")]
    before.close()
    held = (tmp_path / "place.db").read_bytes()
    assert len(sealed) == 6 + 12 + 5
    assert not [one for one in sealed if one[:64] in held]


def test_everything_else_is_as_it_was_at_the_backup(restored: SqliteEngine, newcomer: str) -> None:
    assert restored.one("SELECT id FROM person WHERE id = :id", {"id": newcomer}) is None
    assert restored.rows("PRAGMA foreign_key_check") == []
    assert restored.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]


@pytest.mark.parametrize("knew", ["no window", "a plan"])
def test_a_window_that_the_backup_did_not_know_open_comes_along_whole(
    app: Flask,
    engine: SqliteEngine,
    schools: None,
    mail: Mail,
    knew: str,
    lea: Member,
    clock: Clock,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    copy = tmp_path / "copy.db"
    if knew == "no window":
        engine.backup(copy)
    window = request.getfixturevalue("planned")
    mail(window)
    if knew == "a plan":
        engine.backup(copy)
    clock.forward(days=8)
    assert actions.open_window(engine, window_id=window, at=clock())
    cast(engine, window, EARLY, clock())
    clock.forward(days=14)
    assert actions.count(engine, window_id=window, at=clock())
    releasing.release(engine, window_id=window, form=TEACHER, by=lea.id, at=clock())
    with back(app, engine, copy, tmp_path / "place.db") as restored:
        for table in (*KEPT, "evaluation_form"):
            assert rows(restored, table) == rows(engine, table), table
        assert restored.rows("PRAGMA foreign_key_check") == []
        assert actions.due(restored, clock()) == []

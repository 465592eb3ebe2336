"""A page of many parts asks each thing once, and never reads what an act has changed meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.database import SqliteDatabase, SqliteEngine
from survey.database.reading import Reading
from tests.questions import noted

ALL = "SELECT name FROM thing WHERE name <> :but ORDER BY name"
BUT = {"but": "z"}


@pytest.fixture
def under(tmp_path: Path) -> Iterator[SqliteEngine]:
    database = SqliteDatabase(tmp_path / "reading.db", durable=False)
    with database.session() as engine:
        engine.run("CREATE TABLE thing (name TEXT NOT NULL UNIQUE) STRICT")
        engine.insert("thing", [{"name": "a"}, {"name": "b"}])
        yield engine
    database.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return noted(monkeypatch)


def names(reading: Reading, but: str = "z") -> list[str]:
    return [row["name"] for row in reading.rows(ALL, {"but": but})]


def test_the_same_question_is_asked_once(under: SqliteEngine, asked: list[str]) -> None:
    reading = Reading(under)
    assert names(reading) == names(reading) == ["a", "b"]
    assert reading.one(ALL, BUT) == {"name": "a"}
    assert len(asked) == 1


def test_about_something_else_it_is_another_question(under: SqliteEngine, asked: list[str]) -> None:
    reading = Reading(under)
    assert (names(reading), names(reading, but="a")) == (["a", "b"], ["b"])
    assert len(asked) == 2


def test_who_changes_a_row_changes_it_for_nobody_else(under: SqliteEngine) -> None:
    reading = Reading(under)
    reading.rows(ALL, BUT)[0]["name"] = "spoiled"
    assert names(reading) == ["a", "b"]


def test_after_a_write_everything_is_asked_anew(under: SqliteEngine) -> None:
    reading = Reading(under)
    names(reading)
    reading.insert("thing", {"name": "c"})
    assert names(reading) == ["a", "b", "c"]
    assert reading.run("DELETE FROM thing WHERE name = :name", {"name": "a"}) == 1
    assert names(reading) == ["b", "c"]


def test_what_an_act_did_not_keep_is_not_remembered(under: SqliteEngine) -> None:
    reading = Reading(under)
    with pytest.raises(ZeroDivisionError), reading.atomic():
        reading.insert("thing", {"name": "c"})
        assert names(reading) == ["a", "b", "c"]
        raise ZeroDivisionError
    assert names(reading) == ["a", "b"]


def test_what_is_not_there_stays_so(under: SqliteEngine, asked: list[str]) -> None:
    reading = Reading(under)
    nothing = "SELECT name FROM thing WHERE name = 'z'"
    assert [reading.one(nothing), reading.one(nothing)] == [None, None]
    assert len(asked) == 1

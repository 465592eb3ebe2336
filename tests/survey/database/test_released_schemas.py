"""A database of an earlier release reaches the newest schema with everything in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.database import Refused, SqliteDatabase, SqliteEngine
from survey.database.migrate import FOLDER, migrate

NOTED, WITHDRAWN = "2026-01-20T10:00:00+00:00", "2026-02-03T09:00:00+00:00"
RELEASES = [path.stem for path in sorted(FOLDER.glob("*.sql"))]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "old.db", durable=False)
    yield database
    database.close()


def at_release(database: SqliteDatabase, name: str, folder: Path) -> None:
    """Bring a new database to an earlier release."""
    folder.mkdir()
    for path in FOLDER.glob("*.sql"):
        if path.stem <= name:
            shutil.copy(path, folder)
    migrate(database, folder)


def add_first_release(engine: SqliteEngine) -> None:
    """A coach with a case in which the parents agree, and one in which they took that back."""
    engine.insert(
        "person",
        {"id": "ana", "name": "Ana", "email": "ana@example.org", "status": "active", "created_at": NOTED},
    )
    engine.insert("school", {"id": "school", "name": "De Kraanheide", "place": "Veenrand"})
    for key, ended in (("agreed", None), ("withdrawn", WITHDRAWN)):
        engine.insert(
            "case",
            {"id": key, "code": key, "coach_id": "ana", "school_id": "school", "opened_at": NOTED},
        )
        engine.insert(
            "agreement", {"case_id": key, "noted_by": "ana", "noted_at": NOTED, "withdrawn_at": ended}
        )
    engine.insert("informant", {"id": "pupil", "case_id": "agreed", "kind": "pupil", "number": 1})


@pytest.mark.parametrize("release", RELEASES)
def test_every_released_schema_reaches_the_newest(
    database: SqliteDatabase, release: str, tmp_path: Path
) -> None:
    at_release(database, release, tmp_path / "release")
    assert migrate(database) == RELEASES[RELEASES.index(release) + 1 :]
    with database.session() as engine:
        assert engine.rows("PRAGMA foreign_key_check") == []


def test_earlier_agreements_are_kept_but_noted_again(database: SqliteDatabase, tmp_path: Path) -> None:
    at_release(database, "0001_foundation", tmp_path / "release")
    with database.session() as engine:
        add_first_release(engine)
    migrate(database)
    with database.session() as engine:
        kept = engine.rows(
            "SELECT case_id, noted_by, ended_at, ended_because FROM agreement ORDER BY case_id"
        )
        assert kept == [
            {"case_id": "agreed", "noted_by": "ana", "ended_at": NOTED, "ended_because": "to_confirm"},
            {"case_id": "withdrawn", "noted_by": "ana", "ended_at": WITHDRAWN, "ended_because": "withdrawn"},
        ]
        assert engine.rows("SELECT case_id FROM agreed_case") == []
        assert engine.rows("SELECT id FROM informant") == [{"id": "pupil"}]


AGREEMENT = {
    "id": "a",
    "case_id": "agreed",
    "age_band": "under_12",
    "first_parent": "yes",
    "second_parent": "yes",
    "pupil": None,
    "agreed_on": "2026-01-20",
    "noted_by": "ana",
    "noted_at": NOTED,
}


@pytest.mark.parametrize(
    ("answers", "allows"),
    [
        ({}, True),
        ({"second_parent": "not_applicable"}, True),
        ({"second_parent": None}, False),
        ({"second_parent": "no"}, False),
        ({"first_parent": "no"}, False),
        ({"first_parent": None}, False),
        ({"age_band": "12_to_15"}, False),
        ({"age_band": "12_to_15", "pupil": "no"}, False),
        ({"age_band": "12_to_15", "pupil": "yes"}, True),
        ({"ended_at": WITHDRAWN, "ended_because": "withdrawn"}, False),
    ],
)
def test_the_database_says_in_which_case_a_pupil_may_be_asked(
    database: SqliteDatabase, tmp_path: Path, answers: dict[str, str | None], allows: bool
) -> None:
    at_release(database, "0001_foundation", tmp_path / "release")
    with database.session() as engine:
        add_first_release(engine)
    migrate(database)
    with database.session() as engine:
        engine.insert("agreement", {**AGREEMENT, **answers})
        assert bool(engine.rows("SELECT case_id FROM agreed_case")) is allows


def test_a_case_has_one_agreement_in_force(database: SqliteDatabase, tmp_path: Path) -> None:
    at_release(database, "0001_foundation", tmp_path / "release")
    with database.session() as engine:
        add_first_release(engine)
    migrate(database)
    with database.session() as engine:
        engine.insert("agreement", AGREEMENT)
        with pytest.raises(Refused):
            engine.insert("agreement", {**AGREEMENT, "id": "b"})

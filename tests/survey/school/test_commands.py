"""The command that takes in a list of schools."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from survey.database import SqliteEngine
from tests.survey.school.conftest import OFFICIAL


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(OFFICIAL, encoding="iso-8859-1")
    return path


def run(app: Flask, file: Path, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["import-schools", str(file), *options])


def test_a_list_is_taken_in_and_counted(app: Flask, engine: SqliteEngine, file: Path) -> None:
    done = run(app, file, "--municipality", "Wijk aan Veen")
    assert (done.exit_code, done.stdout) == (0, "2 new, 0 changed, 0 stay, 0 wrong\n")
    assert engine.rows("SELECT name, takes_part FROM school ORDER BY branch") == [
        {"name": "De Kraanheide", "takes_part": 0},
        {"name": "De Ésdoorn", "takes_part": 1},
    ]
    assert run(app, file).stdout == "0 new, 0 changed, 2 stay, 0 wrong\n"


def test_it_says_beforehand_what_it_would_do(app: Flask, engine: SqliteEngine, file: Path) -> None:
    assert run(app, file, "--check", "--take-part").stdout == "2 new, 0 changed, 0 stay, 0 wrong\n"
    assert engine.rows("SELECT id FROM school") == []


def test_it_says_how_far_it_is(app: Flask, file: Path) -> None:
    said = run(app, file).stderr
    assert "read" in said
    assert "stored" in said


def test_what_is_wrong_is_said_by_line_and_nothing_is_stored(
    app: Flask, engine: SqliteEngine, file: Path
) -> None:
    file.write_text("BRIN;naam;plaats\n12AB;Noord;Veenrand\n" + "12;Zuid;Veenrand\n" * 25, encoding="utf-8")
    done = run(app, file)
    assert done.exit_code == 1
    assert "line 3: " in done.stderr
    assert "and 5 more lines" in done.stderr
    assert "Nothing was stored." in done.stderr
    assert engine.rows("SELECT id FROM school") == []


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [("", (), "Error: "), (OFFICIAL, ("--year", "2025"), "2025 is no school year. Write it as 2025-2026.")],
    ids=["no list", "no year"],
)
def test_what_cannot_be_read_is_refused(
    app: Flask, file: Path, text: str, options: tuple[str, ...], says: str
) -> None:
    file.write_text(text, encoding="utf-8")
    done = run(app, file, *options)
    assert (done.exit_code, says in done.stderr) == (1, True)

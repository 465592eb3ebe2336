"""The SQLite file, read as others read it: by the sqlite3 of Python, by pandas and by Datasette."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import Member
from tests.survey.export.conftest import ITEM, House

Research = Callable[..., Path]
Let = Callable[..., None]


@pytest.fixture
def file(
    crowd_of_one: None,
    house_of_secrets: House,
    ana: Member,
    cleo: Member,
    let_research: Let,
    research: Research,
) -> Path:
    let_research(ana, cleo)
    return research("--format", "sqlite") / "groeispiegel.db"


def test_its_views_open_in_pandas(file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as connection:
        full = pd.read_sql_query("SELECT * FROM answers_in_full", connection)
        wide = pd.read_sql_query("SELECT * FROM reflections_kansencoach", connection)
    assert len(full) == 4 * 17
    assert full.groupby("reflection")["value"].mean().tolist() == [2.0, 4.0, 2.0, 4.0]
    assert full["item_text"].notna().all()
    assert sorted(wide[ITEM]) == [2, 2, 4, 4]
    assert wide["flexible_hours"].isna().all()


def test_every_table_and_view_of_it_opens_in_datasette(file: Path) -> None:
    from datasette.app import Datasette

    async def every_page() -> dict[str, list[dict[str, object]]]:
        client = Datasette([], immutables=[str(file)]).client
        about = (await client.get("/groeispiegel.json")).json()
        found = {}
        for name in (one["name"] for one in [*about["tables"], *about["views"]]):
            page = await client.get(f"/groeispiegel/{name}")
            assert page.status_code == 200, (name, page.text)
            data = await client.get(f"/groeispiegel/{name}.json?_shape=array&_size=max")
            found[name] = data.json()
        return found

    with ThreadPoolExecutor(1) as beside:  # a loop of its own: the browser tests keep one in this thread
        found = beside.submit(asyncio.run, every_page()).result()
    assert {"coaches", "answers", "descriptions", "answers_in_full", "reflections_kansencoach"} <= {*found}
    assert len(found["answers_in_full"]) == len(found["answers"]) == 4 * 17
    assert {row["value"] for row in found["answers"]} == {2, 4, None}
    assert found["descriptions"][0]["description"]


def test_it_is_one_file_without_a_journal(file: Path) -> None:
    assert {path.name for path in file.parent.iterdir()} == {"groeispiegel.db", "codebook.md"}
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_it_describes_every_table_view_and_column(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name <> 'descriptions'"
            )
        ]
        said = {*connection.execute('SELECT "table", "column" FROM descriptions WHERE description <> \'\'')}
        for name in names:
            assert (name, "") in said
            if not name.startswith("answers_in_full"):
                columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
                told = {column for table, column in said if table == name}
                assert columns - told <= {column for _, column in said}, name


def test_the_schema_itself_says_what_a_column_means(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        (schema,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'answers'").fetchone()
    assert "never average over a change" in schema

"""The research export: who is in it, what of theirs, and that every format opens in its own reader."""

import asyncio
import csv
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from flask import Flask
from openpyxl import load_workbook

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.export import actions, commands
from survey.export.actions import Format
from survey.export.research.crowd import CROWD
from survey.export.research.study import Study
from survey.export.research.tables import tables
from survey.people import actions as people
from survey.questionnaire.catalog import Catalog
from tests.commands import run
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.export.conftest import ITEM, House
from tests.survey.questionnaire.samples import Data, with_next

Research = Callable[..., Path]
Let = Callable[..., None]


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_nobody_is_in_it_who_did_not_choose_so(
    app: Flask, house_of_secrets: House, tmp_path: Path, dump: Callable[[], object]
) -> None:
    before = dump()
    code, said = run(app, "export", "research", str(tmp_path / "onderzoek"))
    assert (code, dump()) == (1, before)
    assert "No coach lets research use reflections" in said
    assert not (tmp_path / "onderzoek").exists()


def test_only_who_chose_so_is_in_it(
    engine: SqliteEngine, house_of_secrets: House, ana: Member, let_research: Let, research: Research
) -> None:
    let_research(ana)
    folder = research()
    assert len(rows(folder, "coaches")) == 1
    assert [row["value"] for row in rows(folder, "answers") if row["item"] == ITEM] == ["2", "4"]
    assert {row["coach"] for row in rows(folder, "answers")} == {
        row["coach"] for row in rows(folder, "coaches")
    }


def test_who_takes_it_back_is_in_no_export_any_more(
    app: Flask, house_of_secrets: House, ana: Member, cleo: Member, let_research: Let, research: Research
) -> None:
    let_research(ana, cleo)
    assert len(rows(research(), "coaches")) == 2
    let_research(ana, yes=False)
    assert len(rows(research(name="later"), "coaches")) == 1


def test_an_open_round_and_a_draft_are_not_in_it(
    engine: SqliteEngine, house_of_secrets: House, ana: Member, let_research: Let, research: Research
) -> None:
    let_research(ana)
    first, second, *_ = house_of_secrets.rounds
    engine.run("UPDATE round SET closes_at = '2026-02-01T00:00:00+00:00' WHERE id = :id", {"id": second})
    assert len(rows(research(), "reflections")) == 1
    engine.run("UPDATE reflection SET submitted_at = NULL WHERE round_id = :id", {"id": first})
    engine.run("UPDATE round SET closes_at = '2026-01-02T00:00:00+00:00' WHERE id = :id", {"id": second})
    later = research(name="later")
    assert len(rows(later, "reflections")) == 1
    assert {row["value"] for row in rows(later, "answers")} == {"4", ""}


def test_codes_are_new_each_time_and_rows_stand_in_their_order(
    house_of_secrets: House, ana: Member, cleo: Member, let_research: Let, research: Research
) -> None:
    let_research(ana, cleo)
    first, second = (rows(research(name=name), "coaches") for name in ("een", "twee"))
    codes = [row["coach"] for row in first]
    assert codes == sorted(codes), "the order says nothing about who came first"
    assert not {*codes} & {row["coach"] for row in second}


def test_an_answer_that_is_no_level_has_its_code(
    house_of_secrets: House, ana: Member, let_research: Let, research: Research
) -> None:
    let_research(ana)
    folder = research()
    outside = [row for row in rows(folder, "answers") if row["item"] == "flexible_hours"]
    assert [(row["value"], row["code"]) for row in outside] == [("", "NOT_IN_ASSIGNMENT")] * 2
    kept, _ = pyreadstat.read_sav(str(folder / "kansencoach.sav"))
    shown, _ = pyreadstat.read_sav(str(folder / "kansencoach.sav"), user_missing=True)
    assert kept["flexible_hours"].isna().all(), "no mean counts it"
    assert shown["flexible_hours"].tolist() == [8, 8]


def test_spss_reads_the_words_of_every_level(
    house_of_secrets: House, ana: Member, let_research: Let, research: Research
) -> None:
    let_research(ana)
    frame, about = pyreadstat.read_sav(str(research() / "kansencoach.sav"))
    assert frame[ITEM].tolist() == [2, 4]
    assert frame["round"].isna().all(), "one coach alone would be told by it"
    words = about.variable_value_labels[ITEM]
    assert (words[1], words[9]) == ("Ik verken dit", "Nog niet meegemaakt")
    assert "Ik breng een gesprek van wat misgaat" in str(about.column_names_to_labels[ITEM])
    assert about.variable_measure[ITEM] == "ordinal"


def test_a_workbook_has_a_sheet_for_each_table(
    house_of_secrets: House, ana: Member, let_research: Let, research: Research
) -> None:
    let_research(ana)
    folder = research()
    book = load_workbook(folder / "groeispiegel.xlsx", read_only=True)
    with closing(book):
        assert {*book.sheetnames} == {path.stem for path in folder.glob("*.csv")}
        assert len([*book["answers"].iter_rows()]) == len(rows(folder, "answers")) + 1


class TestOneFile:
    """The SQLite file, read as others read it: by the sqlite3 of Python, by pandas and by Datasette."""

    @pytest.fixture
    def file(
        self, house_of_secrets: House, ana: Member, cleo: Member, let_research: Let, research: Research
    ) -> Path:
        let_research(ana, cleo)
        return research("--format", "sqlite") / "groeispiegel.db"

    def test_its_views_open_in_pandas(self, file: Path) -> None:
        with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as connection:
            full = pd.read_sql_query("SELECT * FROM answers_in_full", connection)
            wide = pd.read_sql_query("SELECT * FROM reflections_kansencoach", connection)
        assert len(full) == 4 * 17
        assert full.groupby("reflection")["value"].mean().tolist() == [2.0, 4.0, 2.0, 4.0]
        assert full["item_text"].notna().all()
        assert sorted(wide[ITEM]) == [2, 2, 4, 4]
        assert wide["flexible_hours"].isna().all()

    def test_every_table_and_view_of_it_opens_in_datasette(self, file: Path) -> None:
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

        found = asyncio.run(every_page())
        assert {"coaches", "answers", "descriptions", "answers_in_full", "reflections_kansencoach"} <= {
            *found
        }
        assert len(found["answers_in_full"]) == len(found["answers"]) == 4 * 17
        assert {row["value"] for row in found["answers"]} == {2, 4, None}
        assert found["descriptions"][0]["description"]

    def test_it_is_one_file_without_a_journal(self, file: Path) -> None:
        assert {path.name for path in file.parent.iterdir()} == {"groeispiegel.db", "codebook.md"}
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []

    def test_it_describes_every_table_view_and_column(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            names = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master "
                    "WHERE type IN ('table', 'view') AND name <> 'descriptions'"
                )
            ]
            said = {
                *connection.execute('SELECT "table", "column" FROM descriptions WHERE description <> \'\'')
            }
            for name in names:
                assert (name, "") in said
                if not name.startswith("answers_in_full"):
                    columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
                    told = {column for table, column in said if table == name}
                    assert columns - told <= {column for _, column in said}, name

    def test_the_schema_itself_says_what_a_column_means(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            (schema,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'answers'").fetchone()
        assert "never average over a change" in schema


class TestVersions:
    """A change of meaning begins another variable; nothing averages over it by accident."""

    @pytest.fixture
    def reworded(self, tmp_path: Path) -> Catalog:
        def change(profile: Data) -> None:
            competency = next(one for one in profile["competencies"] if one["key"] == ITEM)
            competency["change"] = "changed"
            competency["text"] = {"nl": "Een nieuwe zin.", "en": "A new sentence."}

        return with_next(tmp_path, "profile-kansencoach-2.0", "competencies", change)

    def test_a_new_wording_is_another_variable(
        self,
        engine: SqliteEngine,
        house_of_secrets: House,
        ana: Member,
        let_research: Let,
        reworded: Catalog,
        tmp_path: Path,
    ) -> None:
        let_research(ana)
        second = house_of_secrets.rounds[1]
        engine.run("UPDATE round SET version = '2.1-1.0' WHERE id = :id", {"id": second})
        engine.run(
            "UPDATE reflection_answer SET item_version = '2.1-1.0' WHERE item = :item "
            "AND reflection_id IN (SELECT id FROM reflection WHERE round_id = :id)",
            {"id": second, "item": ITEM},
        )
        folder = tmp_path / "onderzoek"
        actions.export_research(engine, folder=folder, formats=[*Format], at=START, catalog=reworded)
        frame, about = pyreadstat.read_sav(str(folder / "kansencoach.sav"))
        assert frame[ITEM].dropna().tolist() == [2]
        assert frame[f"{ITEM}__2"].dropna().tolist() == [4]
        assert about.column_names_to_labels[f"{ITEM}__2"] == "Een nieuwe zin. (2.1-1.0)"
        since = [row["comparable_since"] for row in rows(folder, "answers") if row["item"] == ITEM]
        assert since == ["2.0-1.0", "2.1-1.0"]
        words = {row["item_version"]: row["text_nl"] for row in rows(folder, "items") if row["item"] == ITEM}
        assert words["2.1-1.0"] == "Een nieuwe zin."
        assert "solution_focused__2" in (folder / "codebook.md").read_text(encoding="utf-8")

    def test_words_no_file_holds_any_more_are_a_line_of_their_own(
        self,
        engine: SqliteEngine,
        house_of_secrets: House,
        ana: Member,
        let_research: Let,
        research: Research,
    ) -> None:
        let_research(ana)
        engine.run("UPDATE reflection_answer SET item_version = '0.9' WHERE item = :item", {"item": ITEM})
        folder = research()
        assert {row["comparable_since"] for row in rows(folder, "answers") if row["item"] == ITEM} == {"0.9"}
        frame, _ = pyreadstat.read_sav(str(folder / "kansencoach.sav"))
        assert frame[ITEM].isna().all(), "the sheet has no variable for words nobody can look up"


class TestCrowd:
    """What too few share is left empty: a cohort, and how experienced someone was."""

    @pytest.fixture
    def crowd(
        self, engine: SqliteEngine, cohorts: Cohorts, ana: Member, house_of_secrets: House, let_research: Let
    ) -> list[Member]:
        """As many coaches as make a crowd, all without experience, answered in Ben's cohort."""
        from survey.cohort import actions as cohorts_of

        members = [ana]
        for number in range(CROWD - 1):
            name = f"Coach {number}"
            email = f"coach{number}@example.org"
            key = people.add_person(engine, name=name, email=email, roles=[Role.COACH], by=None, at=START)
            cohorts_of.join(
                engine, cohort_id=cohorts.bens, person_id=key, since=START.date() - timedelta(days=200)
            )
            engine.run(
                "INSERT INTO reflection SELECT :key, round_id, :key, 1, NULL, started_at, saved_at, "
                "submitted_at FROM reflection WHERE round_id = :round AND person_id = :ana",
                {"key": key, "round": house_of_secrets.rounds[0], "ana": ana.id},
            )
            members.append(Member(key, name, email))
        engine.run("UPDATE person SET experience = 'none'")
        let_research(*members)
        return members

    def test_enough_coaches_show_cohort_and_experience(self, crowd: list[Member], research: Research) -> None:
        folder = research()
        assert {row["experience"] for row in rows(folder, "coaches")} == {"none"}
        (cohort,) = {row["cohort"] for row in rows(folder, "reflections")}
        assert cohort
        assert {row["round"] for row in rows(folder, "reflections")} == {"1", "2"}

    def test_one_coach_less_hides_both(
        self, crowd: list[Member], let_research: Let, research: Research
    ) -> None:
        let_research(crowd[-1], yes=False)
        folder = research()
        assert {row["experience"] for row in rows(folder, "coaches")} == {""}
        moments = ("cohort", "round", "months", "school_year")
        assert {row[name] for row in rows(folder, "reflections") for name in moments} == {""}

    def test_who_stands_out_by_experience_has_none_told(
        self, engine: SqliteEngine, crowd: list[Member], research: Research
    ) -> None:
        engine.run("UPDATE person SET experience = 'over_3' WHERE id = :id", {"id": crowd[0].id})
        folder = research()
        assert {row["experience"] for row in rows(folder, "coaches")} == {""}
        assert all(row["cohort"] for row in rows(folder, "reflections"))


def test_beside_the_answers_stand_focus_lookback_tasks_and_short_rounds(
    engine: SqliteEngine,
    cohorts: Cohorts,
    house_of_secrets: House,
    ana: Member,
    let_research: Let,
    research: Research,
) -> None:
    let_research(ana)
    first, second, *_ = house_of_secrets.rounds
    (reflection,) = engine.rows(
        "SELECT id FROM reflection WHERE person_id = :person AND round_id = :round",
        {"person": ana.id, "round": second},
    )
    at, version = "2025-12-15T10:00:00+00:00", "2.0-1.0"
    engine.insert(
        "lookback",
        {"reflection_id": reflection["id"], "item": ITEM, "item_version": version, "about_round_id": first}
        | {"value": 1, "answered_at": at},
    )
    engine.insert(
        "task_emphasis", {"reflection_id": reflection["id"], "task": "writes_plan", "emphasis": "much"}
    )
    engine.insert(
        "micro_round",
        {"id": "m", "cohort_id": cohorts.bens, "opens_at": at, "closes_at": "2025-12-22T10:00:00+00:00"},
    )
    engine.insert(
        "micro_answer",
        {"micro_round_id": "m", "person_id": ana.id, "form": "reflection-kansencoach", "item": ITEM}
        | {"item_version": version, "value": 3, "code": None, "answered_at": at},
    )
    folder = research()
    (lookback,) = rows(folder, "lookbacks")
    earlier, later = rows(folder, "reflections")
    assert (lookback["reflection"], lookback["about"]) == (later["reflection"], earlier["reflection"])
    assert [row["item"] for row in rows(folder, "focus")] == [ITEM, ITEM]
    assert [row["emphasis"] for row in rows(folder, "emphasis")] == ["much"]
    assert [(row["months"], row["value"]) for row in rows(folder, "short_answers")] == [("", "3")]


class TestFolder:
    """All of it or nothing, for its owner only, and never without a line in the log."""

    def test_only_its_owner_reads_it(
        self, house_of_secrets: House, ana: Member, let_research: Let, research: Research
    ) -> None:
        let_research(ana)
        folder = research()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}

    def test_each_export_is_in_the_log_without_content(
        self,
        engine: SqliteEngine,
        house_of_secrets: House,
        ana: Member,
        let_research: Let,
        research: Research,
    ) -> None:
        let_research(ana)
        research()
        (line,) = engine.rows("SELECT person_id, object FROM audit WHERE act = 'research-exported'")
        assert line == {"person_id": None, "object": "1 coaches"}

    def test_what_stands_there_is_never_overwritten(
        self, app: Flask, house_of_secrets: House, ana: Member, let_research: Let, tmp_path: Path
    ) -> None:
        let_research(ana)
        (tmp_path / "onderzoek").mkdir()
        (tmp_path / "onderzoek" / "kept.txt").write_text("kept")
        code, said = run(app, "export", "research", str(tmp_path / "onderzoek"))
        assert code == 1
        assert "exists already. Choose another name." in said
        assert [path.name for path in (tmp_path / "onderzoek").iterdir()] == ["kept.txt"]

    def test_an_export_that_breaks_leaves_nothing_and_is_not_in_the_log(
        self,
        engine: SqliteEngine,
        catalog: Catalog,
        house_of_secrets: House,
        ana: Member,
        let_research: Let,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def break_off(*_: object) -> None:
            raise OSError("the disk is full")

        let_research(ana)
        monkeypatch.setattr(actions, "write_sav", break_off)
        with pytest.raises(OSError, match="full"):
            actions.export_research(
                engine, folder=tmp_path / "onderzoek", formats=[*Format], at=START, catalog=catalog
            )
        assert not [path for path in tmp_path.iterdir() if "onderzoek" in path.name]
        assert not engine.rows("SELECT id FROM audit WHERE act = 'research-exported'")

    def test_a_format_alone_brings_its_codebook(
        self, house_of_secrets: House, ana: Member, let_research: Let, research: Research
    ) -> None:
        let_research(ana)
        folder = research("--format", "sav")
        assert {path.name for path in folder.iterdir()} == {"kansencoach.sav", "codebook.md"}


def test_the_codebook_names_every_table_column_and_variable(
    house_of_secrets: House, ana: Member, let_research: Let, research: Research
) -> None:
    let_research(ana)
    folder = research()
    text = (folder / "codebook.md").read_text(encoding="utf-8")
    for path in folder.glob("*.csv"):
        assert f"### {path.stem}\n" in text
        with path.open(encoding="utf-8-sig") as file:
            assert all(f"| {column} |" in text for column in file.readline().strip().split(";"))
    frame, _ = pyreadstat.read_sav(str(folder / "kansencoach.sav"), metadataonly=True)
    assert all(f"| {name} |" in text for name in frame.columns if name not in {"reflection", "form_version"})


def test_who_waits_at_a_terminal_sees_how_far_it_is(capsys: pytest.CaptureFixture[str], clock: Clock) -> None:
    found = [*commands.watched([[number] for number in range(3)], "answers.csv", lambda: 3)]
    assert found == [[0], [1], [2]]
    assert "answers.csv: 3 of 3 rows" in capsys.readouterr().err


def test_the_first_rows_do_not_wait_for_the_last(
    engine: SqliteEngine, catalog: Catalog, house_of_secrets: House, ana: Member, let_research: Let
) -> None:
    let_research(ana)
    study = Study(engine, at=START, catalog=catalog)
    answers = next(table for table in tables(study) if table.name == "answers")
    engine.run("DELETE FROM reflection_answer")
    assert [*answers.rows()] == [], "rows are read when they are written, not before"
    assert scope_of(ana).person_id not in repr(study.coaches)

"""A tester with every export in hand looks for a person, a private word, a case and another's cohort."""

import itertools
from collections.abc import Callable, Iterable
from pathlib import Path

import pyreadstat
import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Cohorts, Member
from tests.survey.export.conftest import AIM, LINE, NOTE, PROPOSAL, House, unpacked

Signed = Callable[[Member], HouseClient]
OWN = (
    "/eigen-gegevens/portfolio.html?woorden=1",
    "/eigen-gegevens/gegevens.xlsx",
    "/eigen-gegevens/gegevens.zip",
)


def found(secrets: Iterable[str], data: bytes) -> list[str]:
    """The secrets that stand in these bytes, however a file writes them."""
    return [
        secret
        for secret in secrets
        if any(secret.encode(way) in data for way in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


def keys(engine: SqliteEngine) -> set[str]:
    """Every key of a person, a cohort, a round, a reflection or a case: each leads back to someone."""
    return {
        row["id"]
        for table in ("person", "cohort", "round", "reflection", "case", "school", "proposal", "note")
        for row in engine.rows(f'SELECT id FROM "{table}"')
        if len(row["id"]) > 8
    }


@pytest.fixture
def research_files(
    crowd_of_one: None,
    house_of_secrets: House,
    ana: Member,
    cleo: Member,
    let_research: Callable[..., None],
    research: Callable[..., Path],
) -> list[Path]:
    let_research(ana, cleo)
    return sorted(research().iterdir())


def test_no_research_file_holds_a_person_a_word_or_a_case(
    engine: SqliteEngine, house_of_secrets: House, research_files: list[Path], cohorts: Cohorts
) -> None:
    people = {value for row in engine.rows("SELECT name, email FROM person") for value in row.values()}
    secrets = {
        *people - {"Ben"},  # a workbook names the script Beng
        *keys(engine),
        *(LINE, AIM, NOTE, PROPOSAL, house_of_secrets.code, "De Kraanheide", "najaar", "voorjaar"),
        "@example.org",
    }
    assert len(research_files) >= 14
    for path in research_files:
        assert found(secrets, unpacked(path.read_bytes())) == [], path.name


def test_the_spss_file_holds_none_packed_either(engine: SqliteEngine, research_files: list[Path]) -> None:
    frame, about = pyreadstat.read_sav(str(next(path for path in research_files if path.suffix == ".sav")))
    said = " ".join(map(str, (frame.to_dict(), about.column_names_to_labels, about.notes, about.file_label)))
    assert found({*keys(engine), LINE, AIM, "Cleo", "Ana "}, said.encode()) == []


def test_no_research_file_tells_the_moment_someone_answered(
    engine: SqliteEngine, research_files: list[Path]
) -> None:
    columns = {
        "reflection": ("started_at", "saved_at", "submitted_at"),
        "reflection_answer": ("answered_at",),
    }
    moments = {
        str(row[column])[:10]
        for table, names in columns.items()
        for row in engine.rows(f'SELECT * FROM "{table}"')
        for column in names
    }
    assert moments
    for path in research_files:
        assert found(moments, unpacked(path.read_bytes())) == [], path.name


def test_the_order_of_codes_is_not_the_order_of_people(
    crowd_of_one: None,
    house_of_secrets: House,
    ana: Member,
    cleo: Member,
    let_research: Callable[..., None],
    research: Callable[..., Path],
    engine: SqliteEngine,
) -> None:
    """Ana, who came first, stands first in some exports and last in others."""
    let_research(ana, cleo)
    engine.run(
        "DELETE FROM focus WHERE reflection_id IN (SELECT id FROM reflection WHERE person_id = :id)",
        {"id": cleo.id},
    )
    first = set()
    for number in itertools.count():
        folder = research("--format", "csv", name=f"export-{number}")
        codes = (folder / "coaches.csv").read_text("utf-8-sig").split()[1:]
        anas = (folder / "focus.csv").read_text("utf-8-sig").splitlines()[1].split(";")[1]
        first.add(codes[0].startswith(anas))
        if len(first) == 2:
            break
        assert number < 40, "one chance in 2^40"


@pytest.mark.parametrize("path", OWN)
def test_own_data_hold_nobody_else_and_no_case(
    engine: SqliteEngine, as_: Signed, ana: Member, cohorts: Cohorts, house_of_secrets: House, path: str
) -> None:
    data = unpacked(as_(ana).get(path).data)
    secrets = {
        "Cleo",
        "cleo@example.org",
        "Dora",
        "voorjaar",
        "ben@example.org",
        NOTE,
        house_of_secrets.code,
        cohorts.doras,
    }
    assert found(secrets, data) == []
    assert found(keys(engine), data) == [], "keys of the house mean nothing to anyone outside"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_numbers_of_a_cohort_hold_no_coach_no_word_and_no_other_cohort(
    engine: SqliteEngine, as_: Signed, ben: Member, cohorts: Cohorts, house_of_secrets: House, kind: str
) -> None:
    data = unpacked(as_(ben).get(f"/cohorten/{cohorts.bens}/export.{kind}").data)
    secrets = {
        "Ana",
        "Cleo",
        "Dora",
        "@example.org",
        "voorjaar",
        LINE,
        AIM,
        NOTE,
        PROPOSAL,
        house_of_secrets.code,
    }
    assert found(secrets | keys(engine), data) == []


def test_the_tester_would_find_what_is_there(house_of_secrets: House, as_: Signed, ana: Member) -> None:
    data = unpacked(as_(ana).get("/eigen-gegevens/gegevens.zip").data)
    assert found({f"{LINE} Ana", f"{AIM} Ana", "ana@example.org"}, data) != []

"""A house where every kind of secret lies: words, names and case codes that no export may hold."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.database import SqliteEngine
from survey.export.research import crowd
from survey.people import actions as people
from survey.questionnaire.fields import Answer
from tests.commands import run
from tests.conftest import START, Cohorts, Member, scope_of, stamp
from tests.survey.reflection.conftest import catalog, reflected

LINE = "Een regel die niemand anders leest."
AIM = "Ik bel elke week een ouder."
NOTE = "Een notitie over een gesprek."
PROPOSAL = "=HYPERLINK(0) Deze zin vraagt twee dingen."
ITEM = "solution_focused"


@dataclass(frozen=True)
class House:
    """The rounds everyone answered, and the code of Ana's case."""

    rounds: tuple[str, ...]
    code: str


@pytest.fixture
def house_of_secrets(
    app: Flask,
    engine: SqliteEngine,
    cohorts: Cohorts,
    ana: Member,
    cleo: Member,
    ben: Member,
    reflected: Callable[..., str],
    school_of: Callable[[Member], str],
) -> House:
    """Ana and Cleo reflected twice with lines and aims; Ana has a case with a note, and a proposal."""
    rounds = []
    for member, cohort_id in ((ana, cohorts.bens), (cleo, cohorts.doras)):
        words = {"line": f"{LINE} {member.name}", "focus": {ITEM: f"{AIM} {member.name}"}}
        for days, level in ((130, 2), (40, 4)):
            but = {"flexible_hours": Answer(None, "NOT_IN_ASSIGNMENT")}
            rounds.append(reflected(member, cohort_id, days=days, level=level, but=but, **words))
    with app.app_context():
        code = cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)
    (case,) = engine.rows('SELECT id FROM "case"')
    engine.insert(
        "note",
        {
            "id": "n",
            "case_id": case["id"],
            "place": "closing",
            "about": "",
            "line": NOTE,
            "written_by": ana.id,
            "written_at": stamp(START),
        },
    )
    engine.insert(
        "proposal",
        {
            "id": "p",
            "person_id": ana.id,
            "profile": "kansencoach",
            "item": ITEM,
            "change": PROPOSAL,
            "proposed_at": stamp(START),
            "state": "open",
        },
    )
    return House(tuple(rounds), code)


@pytest.fixture
def let_research(app: Flask, engine: SqliteEngine) -> Callable[..., None]:
    """These coaches let research use their reflections, or no longer."""

    def say(*members: Member, yes: bool = True) -> None:
        for member in members:
            at = START - timedelta(days=1)
            people.let_research(engine, by=scope_of(member), yes=yes, at=at)

    return say


@pytest.fixture
def research(app: Flask, tmp_path: Path) -> Callable[..., Path]:
    """Run the command; the folder it wrote."""

    def export(*options: str, name: str = "onderzoek") -> Path:
        code, said = run(app, "export", "research", str(tmp_path / name), *options)
        assert code == 0, said
        return tmp_path / name

    return export


@pytest.fixture
def crowd_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what files hold: the export of one coach, which is none outside of tests."""
    monkeypatch.setattr(crowd, "CROWD", 1)


@pytest.fixture
def anas_folder(
    crowd_of_one: None,
    house_of_secrets: House,
    ana: Member,
    let_research: Callable[..., None],
    research: Callable[..., Path],
) -> Path:
    """What research gets when Ana alone lets it."""
    let_research(ana)
    return research()


def unpacked(data: bytes) -> bytes:
    """All the bytes of a file, also those a ZIP or XLSX holds packed."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(name.encode() + unpacked(archive.read(name)) for name in archive.namelist())


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of one table of a research export."""
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


__all__ = ["catalog", "reflected"]

"""The research CSV of many answers, against a cursor that writes the same rows with the csv module alone."""

import csv
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from pysqlite3 import dbapi2 as sqlite3

from app import create_app
from survey.clock import system_clock
from survey.config import Settings
from survey.database import Engine, SqliteDatabase
from survey.database.migrate import migrate
from survey.export.research.study import Study
from survey.export.research.tables import tables
from survey.questionnaire.catalog import Catalog
from survey.sheets.writing import csv_pieces
from tests.bench.dashboards import Region
from tests.bench.effort import Effort
from tests.bench.report import Line
from tests.server import ROOT, SECRET

WHAT = "research CSV of 100k answers"
BARE = """
  SELECT reflection.id, reflection.person_id, round.form, reflection_answer.item,
    reflection_answer.item_version, reflection_answer.item_version, reflection_answer.value,
    reflection_answer.code
  FROM reflection JOIN round ON round.id = reflection.round_id
  JOIN person ON person.id = reflection.person_id
  JOIN reflection_answer ON reflection_answer.reflection_id = reflection.id
  WHERE person.research_since IS NOT NULL AND reflection.submitted_at IS NOT NULL
"""
# In a process of its own, as the command runs: how far its memory rises, and when the first byte is there.
# What was measured before it hides neither.
ALONE = """
import gc, sys
from pathlib import Path
from survey.database import SqliteDatabase
from survey.questionnaire.catalog import load
from tests.bench import exports
with SqliteDatabase(Path(sys.argv[1])).session() as engine:
    catalog = load()
    engine.one("SELECT count(*) FROM reflection_answer")
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before = exports.peak()
    exports.write(engine, catalog, Path(sys.argv[2]))
    print(exports.peak() - before, exports.begin(engine, catalog, int(sys.argv[3])))
"""


def measure(folder: Path, effort: Effort) -> list[Line]:
    """All lines about exports."""
    database, target = SqliteDatabase(folder / "exports.db", durable=False), folder / "answers.csv"
    migrate(database)
    settings = Settings.from_environment({"DATABASE": str(database.path), "SECRET_KEY": SECRET})
    app = create_app({"SETTINGS": settings, "DURABLE": False})
    catalog = app.extensions["catalog"]
    with app.app_context(), database.session() as engine:
        Region(app, engine).fill(effort.exported)
        engine.run("UPDATE person SET research_since = :at", {"at": "2020-01-01T00:00:00+00:00"})
        limits, whole = [], []
        for _ in range(effort.times):
            limits.append(_timed(lambda: _bare(database.path, target)))
            whole.append(_timed(lambda: write(engine, catalog, target)))
    database.close()
    app.extensions["database"].close()
    limit, ours = median(limits), median(whole)
    more, first = _alone(database.path, target, effort.times)
    return [
        Line(WHAT, f"{ours:.2f} s", f"{limit:.2f} s", "≤ 2.5 × limit", ours <= 2.5 * limit),
        Line(f"{WHAT}, first byte", f"{first * 1000:.0f} ms", "–", "≤ 50 ms", first <= 0.050),
        Line(f"{WHAT}, memory", f"{more:+.0f} MB", "–", "≤ +15 MB", more <= 15),
    ]


def write(engine: Engine, catalog: Catalog, target: Path) -> None:
    """The answers of everyone who lets research read, as the command writes them."""
    with target.open("wb") as file:
        file.writelines(_pieces(engine, catalog))


def begin(engine: Engine, catalog: Catalog, times: int) -> float:
    """The seconds until the first byte."""
    return median(_timed(lambda: next(_pieces(engine, catalog))) for _ in range(times))


def peak() -> float:
    """The most memory this process held since its peak was forgotten, in MB."""
    status = Path("/proc/self/status").read_text()
    return next(int(row.split()[1]) for row in status.splitlines() if row.startswith("VmHWM:")) / 1024


def _pieces(engine: Engine, catalog: Catalog) -> Iterator[bytes]:
    study = Study(engine, at=system_clock(), catalog=catalog)
    return csv_pieces(next(table for table in tables(study) if table.name == "answers"))


def _bare(database: Path, target: Path) -> None:
    connection = sqlite3.connect(str(database))
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(connection.execute(BARE))
    connection.close()


def _alone(database: Path, target: Path, times: int) -> tuple[float, float]:
    command = [sys.executable, "-c", ALONE, str(database), str(target), str(times)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    more, first = map(float, said.split())
    return more, first


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun

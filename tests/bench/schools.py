"""The list of every school of the country, taken in as the ministry publishes it."""

import csv
import io
import itertools
import string
import time
from datetime import UTC, datetime
from pathlib import Path

from app import create_app
from survey.config import Settings
from survey.database import SqliteDatabase
from survey.database.migrate import migrate
from survey.school import actions
from survey.school.lists import table_of
from survey.sheets.reading import LARGE, from_bytes
from tests.bench.effort import FULL, Effort
from tests.bench.report import Line
from tests.server import SECRET

BUDGET = 5.0
HEAD = (
    "PROVINCIE", "BEVOEGD GEZAG NUMMER", "BRIN NUMMER", "VESTIGINGSNUMMER", "VESTIGINGSNAAM", "STRAATNAAM",
    "HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM", "DENOMINATIE",
    "TELEFOONNUMMER", "INTERNETADRES",
)  # fmt: skip


def measure(folder: Path, effort: Effort) -> list[Line]:
    """The lines about a list that is new, and about the same list once more."""
    database = SqliteDatabase(folder / "schools.db")
    migrate(database)
    settings = Settings.from_environment({"DATABASE": str(database.path), "SECRET_KEY": SECRET})
    app, data = create_app({"SETTINGS": settings}), _list(effort.schools)
    with app.test_request_context(), database.session() as engine:
        taken = []
        for _ in range(2):
            begun = time.perf_counter()
            actions.import_list(
                engine,
                table=table_of(from_bytes(data, LARGE, formulas=True)),
                school_year="2025-2026",
                take_part=actions.TakePart(),
                by=None,
                at=datetime.now(UTC),
            )
            taken.append(time.perf_counter() - begun)
    database.close()
    app.extensions["database"].close()
    what = f"list of {FULL.schools:,} schools, read, checked and stored"
    names = (what, f"{what}, once more")
    return [
        Line(name, f"{seconds:.1f} s", "–", f"≤ {BUDGET:.0f} s", seconds <= BUDGET)
        for name, seconds in zip(names, taken, strict=True)
    ]


def _list(schools: int) -> bytes:
    codes = itertools.product(range(100), string.ascii_uppercase, "ABC")
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(HEAD)
    for number, (first, second, third) in enumerate(itertools.islice(codes, schools)):
        brin, place, where = f"{first:02}{second}{third}", f"VEENDORP {number % 900}", number % 340
        who = ("Drenthe", f"4{number % 900:04}", brin, f"{brin}00", f"Basisschool De Ésdoorn {number}")
        address = ("Veenweg", number % 90 + 1, f"{1000 + number} AB", place, "0114", f"GEMEENTE {where}")
        writer.writerow((*who, *address, "Openbaar", "0591 123456", "www.school.example"))
    return written.getvalue().encode("iso-8859-1")

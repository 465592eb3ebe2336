"""Acts of handing out: each export is in the audit log, or it did not happen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from survey.access import audit
from survey.database import Engine, SqliteDatabase
from survey.export.research import codebook, wide
from survey.export.research.file import store as file
from survey.export.research.reports import write_sav
from survey.export.research.study import Study
from survey.export.research.tables import tables
from survey.questionnaire.catalog import Catalog
from survey.sheets.tables import Table
from survey.sheets.writing import Watch, csv_pieces, unwatched, workbook

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


class Format(StrEnum):
    """The formats a research export has."""

    CSV = "csv"
    XLSX = "xlsx"
    SAV = "sav"
    SQLITE = "sqlite"


class NobodyOptedIn(Exception):
    """No coach is in the export; nothing was written. `left_out` let research in, and would stand out."""

    def __init__(self, left_out: int) -> None:
        super().__init__(left_out)
        self.left_out = left_out


def note_own(engine: Engine, *, by: str, what: str, at: datetime) -> None:
    """Someone takes own data along."""
    with engine.atomic():
        audit.note(engine, act="own-data-exported", by=by, at=at, object=what)


def note_cohort(engine: Engine, *, by: str, cohort_id: str, at: datetime) -> None:
    """A trainer takes the numbers of a cohort along."""
    with engine.atomic():
        audit.note(engine, act="cohort-exported", by=by, at=at, object=cohort_id)


def export_research(
    engine: Engine,
    *,
    folder: Path,
    formats: Collection[Format],
    at: datetime,
    catalog: Catalog,
    watch: Watch = unwatched,
) -> Study:
    """Write what research may read to a new folder, for its owner only; all of it or nothing.

    Raises NobodyOptedIn, or FileExistsError when something stands there.
    """
    study = Study(engine, at=at, catalog=catalog)
    if not study.coaches:
        raise NobodyOptedIn(study.left_out)
    if folder.exists():
        raise FileExistsError(folder)
    half = folder.with_name(f".{folder.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=PRIVATE_FOLDER, parents=True)
    try:
        _write(study, half, formats, watch)
        with engine.atomic():
            audit.note(engine, act="research-exported", by=None, at=at, object=_said(study))
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return study


def _write(study: Study, folder: Path, formats: Collection[Format], watch: Watch) -> None:
    every, sheets = tables(study), wide.sheets(study)
    (folder / "codebook.md").write_text(codebook.written(study, every, sheets.values()), encoding="utf-8")
    if Format.CSV in formats:
        for table in every:
            with (folder / f"{table.name}.csv").open("wb") as target:
                target.writelines(csv_pieces(table, watch))
    if Format.XLSX in formats:
        workbook(every, folder / "groeispiegel.xlsx", scratch=folder, watch=watch)
    if Format.SAV in formats:
        for profile, sheet in sheets.items():
            write_sav(folder / f"{profile}.sav", sheet, study.coaches, wide.rows(study, sheet))
    if Format.SQLITE in formats:
        _write_file(folder / "groeispiegel.db", every, sheets.values(), watch)
    for path in folder.iterdir():
        os.chmod(path, PRIVATE_FILE)


def _write_file(path: Path, every: Collection[Table], sheets: Collection[wide.Sheet], watch: Watch) -> None:
    database = SqliteDatabase(path, durable=False)
    with database.session() as engine:
        with engine.atomic():
            file.create(engine, every)
            for table in every:
                file.fill(engine, table, watch(table.rows(), f"{table.name} in {path.name}", table.expected))
            file.add_views(
                engine,
                [
                    (
                        f"reflections_{sheet.profile}",
                        sheet.profile,
                        [(one.name, one.item.key, one.since) for one in sheet.variables],
                    )
                    for sheet in sheets
                ],
            )
        file.finish(engine)
    database.close()


def _said(study: Study) -> str:
    return f"{len(study.coaches)} coaches"

"""What keeps a start short: libraries that load on first need, no search for garbage."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from survey.cli import gunicorn_options
from survey.config import Settings
from tests.test_architecture import ROOT, SOURCES, imports, name_of

# The one module that speaks to each of these; pandas, numpy and plotly have rules of their own.
HOMES = {
    "cryptography": "survey/evaluation/sealing.py",
    "docx": "survey/document.py",
    "icalendar": "survey/notice/calendars.py",
    "openpyxl": "survey/sheets/reading.py",
    "pyreadstat": "survey/export/research/reports.py",
    "segno": "survey/web/links.py",
    "xlsxwriter": "survey/sheets/writing.py",
}
ON_FIRST_NEED = {*HOMES, "numpy", "pandas", "plotly", "scipy"}
ONLY_IN_TESTS = {"datasette", "playwright", "statsmodels"}


@pytest.mark.parametrize("library", sorted({*HOMES, *ONLY_IN_TESTS}))
def test_a_heavy_library_is_imported_in_its_one_home(library: str) -> None:
    found = [
        name_of(path) for path in SOURCES if any(name.split(".")[0] == library for name in imports(path))
    ]
    assert found == ([HOMES[library]] if library in HOMES else [])


def test_a_new_application_has_loaded_nothing_heavy() -> None:
    script = "import json, sys; import app; app.create_app(); print(json.dumps(list(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True).stdout
    loaded = set(json.loads(said))
    assert "survey.checkin.views" in loaded
    assert not loaded & (ON_FIRST_NEED | ONLY_IN_TESTS), "these load on first need, inside functions"
    assert not [name for name in loaded if name.endswith(".commands")], "commands load when asked for"


def test_a_server_looks_for_garbage_only_once_it_stands(tmp_path: Path) -> None:
    script = """
import gc, survey.server
before = gc.isenabled(), gc.get_freeze_count()
survey.server.when_ready(None)
print(before == (False, 0), gc.isenabled(), gc.get_freeze_count() > 1000)
"""
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True).stdout
    assert said.split() == [b"True"] * 3
    options = gunicorn_options(Settings.from_environment({"DATABASE": str(tmp_path / "new.db")}))
    assert options[options.index("--config") + 1] == "python:survey.server"

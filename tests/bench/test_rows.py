"""The bench runs from begin to end, and docs/performance.md holds each of its lines."""

import re
import subprocess
import sys

import pytest

from tests.bench.effort import BRIEF, FULL
from tests.bench.report import TARGET
from tests.browser import install
from tests.server import ROOT

ANSWERS = re.compile(r"([\d,]+) answers$")


def rows(text: str) -> list[str]:
    """The names of the rows of the table."""
    names = re.findall(r"^\| (.+?) \|", text, re.MULTILINE)
    return [name for name in names if name != "what"]


@pytest.fixture(scope="module")
def measured() -> list[str]:
    if install.find() is None and not install.REQUIRED:
        pytest.skip("no chromium: apt-get install chromium")
    bench = [sys.executable, "-m", "tests.bench", "--brief"]
    done = subprocess.run(bench, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return rows(done.stdout)


@pytest.mark.long
def test_every_line_of_the_bench_stands_in_the_docs_and_no_other(measured: list[str]) -> None:
    first = f"{BRIEF.sizes[0]:,}"
    grown = [name for name in rows(TARGET.read_text(encoding="utf-8")) if ANSWERS.search(name)]
    written = [name for name in rows(TARGET.read_text(encoding="utf-8")) if name not in grown]
    assert sorted(measured) == sorted([*written, *(name for name in grown if f" {first} answers" in name)])


def test_the_docs_name_every_size_the_dashboards_are_measured_at() -> None:
    named = [ANSWERS.search(name) for name in rows(TARGET.read_text(encoding="utf-8"))]
    sizes = [int(found[1].replace(",", "")) for found in named if found]
    assert sorted(sizes) == sorted(size for size in FULL.sizes for _ in range(3))

"""The table of budgets: a line each, with the limit of the same run beside it."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pysqlite3 import dbapi2

TARGET = Path(__file__).parents[2] / "docs" / "performance.md"
NOTES = Path(__file__).parent / "notes.md"


@dataclass(frozen=True)
class Line:
    """One budget: what was measured, what the limit of the same run was, and whether it holds."""

    what: str
    ours: str
    limit: str
    budget: str
    holds: bool


def table(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table."""
    head = "| what | Groeispiegel | limit, same run | budget | holds |\n|---|---|---|---|---|\n"
    rows = (
        f"| {line.what} | {line.ours} | {line.limit} | {line.budget} | {'yes' if line.holds else '**no**'} |"
        for line in lines
    )
    return head + "\n".join(rows) + "\n"


def written(lines: Sequence[Line]) -> str:
    """The page docs/performance.md."""
    return "\n".join(
        [
            "# Performance",
            "",
            "Printed by `make bench`; do not edit by hand. Machines differ and are noisy: judge the ratios.",
            "",
            f"Measured on {datetime.now(UTC):%Y-%m-%d}: {machine()}.",
            "",
            table(lines),
            NOTES.read_text(encoding="utf-8"),
        ]
    )


def machine() -> str:
    """The machine in words, without a name or an address."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, Linux, Python "
        f"{platform.python_version()}, SQLite {dbapi2.sqlite_version}; the load generator runs on "
        "the same cores"
    )


def _processor() -> str:
    for row in Path("/proc/cpuinfo").read_text().splitlines():
        if row.startswith("model name"):
            return row.partition(":")[2].strip()
    return platform.machine()

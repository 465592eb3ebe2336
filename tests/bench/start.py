"""A cold start and that of the bare view, in turns; before any load or browser, which slow a machine down."""

from pathlib import Path
from statistics import median

from tests.bench.effort import Effort
from tests.bench.limit import empty, serving_bare
from tests.bench.prepare import open_links
from tests.bench.report import Line
from tests.server import serving


def measure(folder: Path, effort: Effort) -> list[Line]:
    """The line about starting."""
    database, bare = folder / "start.db", empty(folder / "bare-start.db")
    open_links(database, effort.links)
    ours, limit = list[float](), list[float]()
    for _ in range(effort.times):
        for found, server in ((ours, serving(database)), (limit, serving_bare(bare))):
            with server as started:
                found.append(started.started_in)
    seconds, least = median(ours), median(limit)
    holds = seconds <= 0.8
    return [Line("cold start to first answer", f"{seconds:.2f} s", f"{least:.2f} s", "≤ 0.8 s", holds)]

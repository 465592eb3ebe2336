"""`make bench`: measures every budget, prints the table and stores it in docs/performance.md.

With --brief it measures everything once and shortly, and stores nothing: to see that all of it runs.
"""

import sys
import tempfile
from pathlib import Path

from tests.bench import cases, dashboards, decade, exports, forms, promise, register, report, schools


def main() -> int:
    """Run all measurements; the exit code says whether every budget holds."""
    brief = "--brief" in sys.argv
    effort = forms.BRIEF if brief else forms.FULL
    sizes = dashboards.SIZES[:1] if brief else dashboards.SIZES
    with tempfile.TemporaryDirectory() as folder:
        lines = [
            *forms.measure(Path(folder), effort),
            *promise.measure(Path(folder), openings=effort.openings, in_a_hurry=brief),
            *cases.measure(Path(folder)),
            *schools.measure(Path(folder)),
            *register.measure(Path(folder)),
            *exports.measure(Path(folder), 10_000 if brief else exports.ANSWERS),
            *dashboards.measure(Path(folder), sizes),
            *decade.measure(Path(folder), brief=brief),
        ]
    print(report.table(lines))
    if brief:
        return 0
    report.TARGET.write_text(report.written(lines), encoding="utf-8")
    return 0 if all(line.holds for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())

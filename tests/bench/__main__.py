"""`make bench`: measures every budget, prints the table and stores it in docs/performance.md.

With --brief it measures everything once and shortly, and stores nothing: to see that all of it runs.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench import cases, dashboards, decade, exports, forms, promise, register, report, schools, start
from tests.bench.effort import BRIEF, FULL, Effort
from tests.browser import install


def main() -> int:
    """Run all measurements; the exit code says whether every budget holds."""
    brief = "--brief" in sys.argv
    much = BRIEF if brief else FULL
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [
            *start.measure(folder, much),
            *_in_a_browser(folder, much),
            *cases.measure(folder, much),
            *schools.measure(folder, much),
            *register.measure(folder, much),
            *exports.measure(folder, much),
            *dashboards.measure(folder, much),
            *decade.measure(folder, much),
        ]
    print(report.table(lines))
    if brief:
        return 0
    report.TARGET.write_text(report.written(lines), encoding="utf-8")
    return 0 if all(line.holds for line in lines) else 1


def _in_a_browser(folder: Path, effort: Effort) -> Iterator[report.Line]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install.find(), args=install.FLAGS)
        yield from forms.measure(folder, effort, browser)
        yield from promise.measure(folder, effort, browser)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())

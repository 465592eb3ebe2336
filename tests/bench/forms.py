"""Check-in forms against the bare view: latency, throughput, weight, memory, nothing lost."""

import gzip
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count, repeat
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from survey.database import SqliteDatabase
from tests.bench.effort import Effort
from tests.bench.limit import empty, serving_bare
from tests.bench.load import Act, Load, journey, page, run
from tests.bench.prepare import open_links
from tests.bench.report import Line
from tests.server import Server, serving

CLIENTS = (1, 8, 32)
KB = 1024


@dataclass
class Pair:
    """Ours and the bare view, in turns."""

    ours: list[Load]
    bare: list[Load]

    def middle(self, quantile: float) -> tuple[float, float]:
        """Median over the repeats of a latency quantile, in milliseconds."""
        return (
            median(load.quantile(quantile) for load in self.ours) * 1000,
            median(load.quantile(quantile) for load in self.bare) * 1000,
        )

    def rate(self) -> tuple[float, float]:
        """Median over the repeats of how many were done in a second."""
        return median(load.per_second for load in self.ours), median(load.per_second for load in self.bare)


@dataclass(frozen=True)
class Contest:
    """Our server and the bare one, measured with the same effort."""

    ours: Server
    limit: Server
    effort: Effort

    def in_turns(self, act: Act, own: Iterator[str], bare: Iterator[str], clients: int) -> Pair:
        """Let both do the same, one after the other, so that a busy moment hits both."""
        pair = Pair([], [])
        for _ in range(self.effort.repeats):
            pair.ours.append(run(self.ours.url, act, own, clients=clients, seconds=self.effort.seconds))
            pair.bare.append(run(self.limit.url, act, bare, clients=clients, seconds=self.effort.seconds))
        return pair


def measure(folder: Path, effort: Effort, browser: Browser) -> list[Line]:
    """All lines about forms."""
    database = folder / "forms.db"
    tokens = open_links(database, effort.links)
    with serving(database) as ours, serving_bare(empty(folder / "bare.db")) as limit:
        idle, contest = ours.memory(), Contest(ours, limit, effort)
        fresh, path = (f"/c/{token}" for token in tokens), f"/c/{tokens[-1]}"
        lines = [*_weight(ours, path), *_pages(contest, path)]
        journeys, lines_of_journeys = _journeys(contest, fresh)
        lines.append(_interactive(contest, path, browser))
        lines += [*lines_of_journeys, _nothing_lost(database, journeys), *_memory(idle, ours)]
    return lines


def _pages(contest: Contest, path: str) -> list[Line]:
    one = contest.in_turns(page, repeat(path), repeat("/form/x"), 1)
    eight = contest.in_turns(page, repeat(path), repeat("/form/x"), 8)
    (p50, bare50), (rate, bare_rate) = one.middle(0.5), eight.rate()
    return [
        Line("form p50, 1 client", f"{p50:.1f} ms", f"{bare50:.1f} ms", "≤ 3 × limit", p50 <= 3 * bare50),
        Line(
            "forms/s, 8 clients", f"{rate:.0f}", f"{bare_rate:.0f}", "≥ 0.4 × limit", rate >= 0.4 * bare_rate
        ),
    ]


def _journeys(contest: Contest, fresh: Iterator[str]) -> tuple[list[Load], list[Line]]:
    keys = (f"/form/{number}" for number in count())
    loads, lines = [], []
    for clients in CLIENTS:
        pair = contest.in_turns(journey, fresh, keys, clients)
        loads += pair.ours
        rate, bare = pair.rate()
        name = f"journeys/s, {clients} client{'s' if clients > 1 else ''}"
        lines.append(Line(name, f"{rate:.0f}", f"{bare:.0f}", "≥ 0.5 × limit", rate >= 0.5 * bare))
    slow, bare_slow = pair.middle(0.95)
    holds = slow <= 2 * bare_slow
    lines.append(
        Line("journey p95, 32 clients", f"{slow:.0f} ms", f"{bare_slow:.0f} ms", "≤ 2 × limit", holds)
    )
    return loads, lines


def _nothing_lost(path: Path, loads: list[Load]) -> Line:
    done = sum(len(load.seconds) for load in loads)
    failures = list(chain.from_iterable(load.failures for load in loads))
    with SqliteDatabase(path).session() as engine:
        row = engine.one(
            "SELECT (SELECT count(*) FROM checkin) AS checkins, "
            "(SELECT count(*) FROM checkin_answer) AS answers"
        )
    assert row is not None
    wrong = abs(row["checkins"] - done) + abs(row["answers"] - 4 * done) + len(failures)
    return Line("errors, lost or double answers", str(wrong), f"{done} journeys", "0", wrong == 0)


def _weight(ours: Server, path: str) -> list[Line]:
    html = _fetch(ours.url + path)
    parts = re.findall(rb'(?:href|src)="(/static/[^"]+)"', gzip.decompress(html))
    sizes = [len(html), *(len(_fetch(ours.url + part.decode().replace("&amp;", "&"))) for part in parts)]
    total = sum(sizes) / KB
    return [
        Line("form page, all of it, compressed", f"{total:.1f} KB", "–", "≤ 14 KB", total <= 14),
        Line("requests of the form page", str(len(sizes)), "–", "≤ 3", len(sizes) <= 3),
    ]


def _interactive(contest: Contest, path: str, browser: Browser) -> Line:
    """Until the page can be used on a phone: 400 ms away, 400 kbit/s, a CPU four times slower."""
    openings = range(contest.effort.openings)
    mine = median(_usable(browser, contest.ours.url + path) for _ in openings)
    bare = median(_usable(browser, contest.limit.url + "/form/x") for _ in openings)
    what = "form interactive, slow 3G and 4 × slower CPU"
    return Line(what, f"{mine:.2f} s", f"{bare:.2f} s", "≤ 1.5 s", mine <= 1.5)


def _usable(browser: Browser, url: str) -> float:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    session = context.new_cdp_session(page)
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", slow)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="load")
    seconds = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive") / 1000
    painted = page.evaluate(
        "new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime))"
        ".observe({type: 'paint', buffered: true}))"
    )
    context.close()
    return float(max(seconds, painted / 1000))


def _fetch(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as reply:
        return bytes(reply.read())


def _memory(idle: float, ours: Server) -> list[Line]:
    loaded = ours.memory()
    return [
        Line("memory of a process, idle", f"{idle:.0f} MB", "–", "≤ 90 MB", idle <= 90),
        Line("memory of a process, after the load", f"{loaded:.0f} MB", "–", "≤ 110 MB", loaded <= 110),
    ]

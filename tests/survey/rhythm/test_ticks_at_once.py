"""Several ticks of several processes at once do everything exactly once."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from survey.access.permissions import Role
from survey.cohort import actions as cohorts_of
from survey.config import Settings
from survey.database import SqliteEngine
from survey.people import actions as people

ROOT = Path(__file__).parents[3]
COHORTS, PROCESSES = 12, 3
# A process that is ready to tick and waits for a word, so that all begin at the same moment.
READY_TO_TICK = """
import app
one = app.create_app()
print("ready", flush=True)
input()
done = one.test_cli_runner().invoke(args=["tick"])
print(done.output)
raise SystemExit(done.exit_code)
"""


def test_ticks_of_several_processes_open_every_round_once(engine: SqliteEngine, settings: Settings) -> None:
    opens_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    for number in range(COHORTS):
        cohort = cohorts_of.add_cohort(
            engine, name=f"cohort {number}", profile="kansencoach", started_on=date(2025, 9, 1)
        )
        coach = people.add_person(
            engine,
            name=f"Coach {number}",
            email=f"coach{number}@example.org",
            roles=[Role.COACH],
            by=None,
            at=opens_at,
        )
        cohorts_of.join(engine, cohort_id=cohort, person_id=coach, since=date(2025, 9, 1))
        cohorts_of.add_round(
            engine,
            cohort_id=cohort,
            form="reflection-kansencoach",
            version="2.0",
            opens_at=opens_at,
            closes_at=opens_at + timedelta(days=21),
        )
    environment = {
        **os.environ,
        "DATABASE": str(settings.DATABASE),
        "SECRET_KEY": settings.SECRET_KEY,
        "BASE_URL": "http://localhost",
    }
    ticks = [
        subprocess.Popen(
            [sys.executable, "-c", READY_TO_TICK],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    assert [tick.stdout and tick.stdout.readline() for tick in ticks] == ["ready\n"] * PROCESSES
    for tick in ticks:
        assert tick.stdin
        tick.stdin.write("now\n")
        tick.stdin.flush()
    said = [tick.communicate(timeout=60) for tick in ticks]
    assert [tick.returncode for tick in ticks] == [0] * PROCESSES, said
    opened = [line for out, _ in said for line in out.splitlines() if line.startswith("opened")]
    assert len(opened) == len(set(opened)) == COHORTS
    assert engine.one("SELECT count(*) AS n FROM round WHERE opened_at IS NOT NULL") == {"n": COHORTS}
    assert engine.rows("SELECT kind, count(*) AS n FROM notice GROUP BY kind") == [
        {"kind": "round_open", "n": COHORTS}
    ]
    assert engine.one("SELECT count(*) AS n FROM setting WHERE name = 'last_tick'") == {"n": 1}

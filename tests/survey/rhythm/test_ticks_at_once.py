"""Several ticks of several processes at once do everything exactly once."""

from datetime import date, timedelta

from survey.access.permissions import Role
from survey.cohort import actions as cohorts_of
from survey.config import Settings
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.conftest import START
from tests.processes import fresh, tick

COHORTS, PROCESSES = 12, 3


def test_ticks_of_several_processes_open_every_round_once(engine: SqliteEngine, settings: Settings) -> None:
    opens_at = START - timedelta(hours=1)
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
    together, said = fresh.Barrier(PROCESSES), fresh.SimpleQueue()
    ticks = [fresh.Process(target=tick, args=(settings, START, together, said)) for _ in range(PROCESSES)]
    for one in ticks:
        one.start()
    for one in ticks:
        one.join(60)
    printed = [said.get() for _ in range(PROCESSES)]
    assert [one.exitcode for one in ticks] == [0] * PROCESSES, printed
    opened = [line for out in printed for line in out.splitlines() if line.startswith("opened")]
    assert len(opened) == len(set(opened)) == COHORTS
    assert engine.one("SELECT count(*) AS n FROM round WHERE opened_at IS NOT NULL") == {"n": COHORTS}
    assert engine.rows("SELECT kind, count(*) AS n FROM notice GROUP BY kind") == [
        {"kind": "round_open", "n": COHORTS}
    ]
    assert engine.one("SELECT count(*) AS n FROM setting WHERE name = 'last_tick'") == {"n": 1}

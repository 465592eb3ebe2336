"""How much is done to measure: all of it, or just enough to see that everything runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """How long and how often each thing is measured, and among how much of it."""

    seconds: float  # of load
    repeats: int  # of load
    links: int
    openings: int  # in a browser
    times: int  # a page or an act is measured, and a server started
    schools: int
    placements: int
    exported: int  # answers
    sizes: tuple[int, ...]  # answers in the table of the dashboards
    decade: tuple[int, int, int]  # cohorts, coaches in each, rounds of each
    in_a_hurry: bool = False  # pauses of a reader are counted instead of taken


FULL = Effort(
    seconds=3.0,
    repeats=3,
    links=40_000,
    openings=5,
    times=9,
    schools=7_000,
    placements=10_000,
    exported=100_000,
    sizes=(1_000, 10_000, 100_000, 1_000_000),
    decade=(40, 25, 30),
)
BRIEF = Effort(
    seconds=0.1,
    repeats=1,
    links=400,
    openings=1,
    times=1,
    schools=70,
    placements=100,
    exported=10_000,
    sizes=FULL.sizes[:1],
    decade=(2, 8, 3),
    in_a_hurry=True,
)

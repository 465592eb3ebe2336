"""The school years of Veenrand: a plan for each cohort, what coaches share, and what they propose."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from survey.clock import local_day, school_year, stamp
from survey.demo import names
from survey.demo.calendar import REGION, midnight
from survey.demo.people import Coach
from survey.demo.world import KANSENCOACH, World

PLANNED: Final = timedelta(weeks=3)  # ahead of the first thing in a plan
SHARES: Final = (names.COACH.name, "Noor Elzendam")
PLANS: Final = ("round", "micro_round", "event")


class Idea(Struct, frozen=True):
    """A change someone proposed to the profile, and what was said about it."""

    by: str
    code: str | None
    change: str
    days_ago: int
    state: str = "open"
    answer: str | None = None


IDEAS: Final = (
    Idea("Nura Haile", "S3", "Schrijf erbij dat een gesprek ook online kan. Veel ouders werken overdag.", 12),
    Idea("Joost Brem", "S3", "Kan hier ook iets staan over gesprekken met een tolk?", 40),
    Idea("Koen Spanjerberg", "K1", "Maak dit korter. Twee zinnen is veel om te kiezen.", 65),
    Idea(
        "Mirjam Aalderop",
        "A5",
        "Geef een voorbeeld dat niet over de koffiekamer gaat.",
        150,
        "taken",
        "Dank u. Het nieuwe voorbeeld komt in de volgende versie.",
    ),
    Idea(
        "Sipke Wolvega",
        None,
        "Vraag ook hoeveel uren iemand per week heeft.",
        170,
        "not_taken",
        "Dat staat straks bij de inzet. Zo hoeft niemand het twee keer in te vullen.",
    ),
)  # fmt: skip


def add(world: World, members: Sequence[Coach]) -> None:
    """Rows of plans, of sharing with a trainer, and of proposals."""
    for cohort in world.tables["cohort"]:
        _plan(world, str(cohort["id"]))
    _share(world, members)
    _propose(world, members)


def _plan(world: World, cohort_id: str) -> None:
    """A plan for each year in which something of the cohort lies; what lies in it belongs to it."""
    chance, lead = world.chance("plan", cohort_id), world.person(names.LEAD.name)
    events = {row["event_id"] for row in world.tables["event_cohort"] if row["cohort_id"] == cohort_id}
    own = [
        row
        for table in PLANS
        for row in world.tables[table]
        if row.get("cohort_id") == cohort_id or row["id"] in events
    ]
    begins: dict[str, date] = {}
    for row in own:
        day = local_day(row.get("opens_at") or row["starts_at"])
        year = school_year(day)
        begins[year] = min(day, begins.get(year, day))
    plans = {year: chance.key(midnight(day - PLANNED)) for year, day in sorted(begins.items())}
    for year, key in plans.items():
        made_at = min(begins[year] - PLANNED, world.calendar.yesterday)
        world.tables["year_plan"].append(
            {
                "id": key,
                "cohort_id": cohort_id,
                "school_year": year,
                "region": REGION.value,
                "made_by": lead,
                "made_at": stamp(midnight(made_at)),
            }
        )
    for row in own:
        row["plan_id"] = plans[school_year(local_day(row.get("opens_at") or row["starts_at"]))]


def _share(world: World, members: Sequence[Coach]) -> None:
    for coach in members:
        if coach.name not in SHARES or coach.left:
            continue
        chance, day = world.chance("share", coach.name), _after_two_rounds(world, coach)
        world.tables["growth_share"].append(
            {
                "id": chance.key(midnight(day)),
                "person_id": coach.id,
                "trainer_id": world.person(coach.cohort.trainer.name),
                "shared_at": stamp(midnight(day)),
            }
        )


def _after_two_rounds(world: World, coach: Coach) -> date:
    return world.calendar.openings[coach.cohort.first_round + 1] + timedelta(weeks=4)


def _propose(world: World, members: Sequence[Coach]) -> None:
    codes = {one.code: one.key for one in world.catalog.profile(KANSENCOACH).competencies}
    ids = {coach.name: coach.id for coach in members}
    for idea in IDEAS:
        day = world.calendar.day - timedelta(days=idea.days_ago)
        decided = None if idea.state == "open" else stamp(midnight(day + timedelta(days=30)))
        world.tables["proposal"].append(
            {
                "id": world.chance("idea", idea.by).key(midnight(day)),
                "person_id": ids[idea.by],
                "profile": KANSENCOACH,
                "item": codes[idea.code] if idea.code else None,
                "change": idea.change,
                "proposed_at": stamp(midnight(day)),
                "state": idea.state,
                "answer": idea.answer,
                "decided_by": world.person(names.LEAD.name) if decided else None,
                "decided_at": decided,
            }
        )

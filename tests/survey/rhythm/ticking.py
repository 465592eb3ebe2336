"""Ben's cohort as time passes: rounds and meetings stand planned, ticks go by, mails are read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from survey.database import SqliteEngine
from survey.event import actions as events
from survey.questionnaire.catalog import Catalog
from survey.rhythm import tick
from tests.conftest import START, Cohorts, Member

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ticking:
    """Time that passes; every day is counted from the start."""

    engine: SqliteEngine
    catalog: Catalog
    cohorts: Cohorts
    add_round: Callable[..., str]

    def round(self, *, began: float, of: str | None = None) -> str:
        """A round that began so many days ago, of Ben's cohort unless told otherwise."""
        return self.add_round(of or self.cohorts.bens, days=began)

    def meeting(self, days: float, *more: str) -> str:
        """A meeting of Ben's cohort, and of more if told so, in so many days."""
        starts_at = START + timedelta(days=days)
        return events.add_event(
            self.engine,
            kind="workshop",
            title="Werkplaats",
            place="De Turfschuur",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            cohort_ids=[self.cohorts.bens, *more],
            themes=[],
            by=None,
            at=START,
        )

    def submit(self, round_id: str, member: Member, at: datetime | None) -> None:
        """A reflection of someone, handed in or only begun."""
        self.engine.insert(
            "reflection",
            {
                "id": f"{round_id}-{member.name}",
                "round_id": round_id,
                "person_id": member.id,
                "revision": 1,
                "started_at": START.isoformat(),
                "saved_at": START.isoformat(),
                "submitted_at": at.isoformat() if at else None,
            },
        )

    def at(self, moment: datetime = START) -> list[str]:
        """A tick at this moment: for each thing it did, what it was and how many people are told."""
        done = tick.run(self.engine, catalog=self.catalog, at=moment)
        return [f"{step.act} {step.notice or step.kind} {len(step.people)}" for step in done]

    def told(self) -> list[str]:
        """Who is to be told what, in words."""
        return [
            f"{row['name']} {row['kind']}"
            for row in self.engine.rows(
                "SELECT person.name, notice.kind FROM notice JOIN person ON person.id = notice.person_id "
                "ORDER BY person.name, notice.kind, notice.change"
            )
        ]

    def mailed(self, at: datetime) -> None:
        """Everything that waited was mailed at this moment."""
        self.engine.run(
            "UPDATE notice SET told_at = :at WHERE told_at IS NULL AND dropped_at IS NULL",
            {"at": at.isoformat()},
        )

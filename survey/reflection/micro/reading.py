"""How things stand in the short rounds of one coach: which there are, what they ask, what is answered."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Self

from msgspec import Struct, field

from survey.access.permissions import Scope
from survey.clock import is_midnight, last_day, local_day, moment
from survey.cohort.reports import asked
from survey.database import Engine, Row
from survey.questionnaire.fields import Answer
from survey.reflection import store
from survey.reflection.micro import store as micro_store


class Short(Struct, frozen=True):
    """A short round as one coach meets it: the focus items it asks about, and what is answered of them."""

    id: str
    profile: str
    opens_at: datetime
    closes_at: datetime
    form: str = ""
    version: str = ""
    items: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Row, focus: Row | None, items: tuple[str, ...], answers: Mapping[str, Answer]) -> Self:
        """The words are those of the reflection in which the focus was chosen."""
        return cls(
            id=row["id"],
            profile=row["profile"],
            opens_at=moment(row["opens_at"]),
            closes_at=moment(row["closes_at"]),
            form=focus["form"] if focus else "",
            version=focus["version"] if focus else "",
            items=items,
            answers=answers,
        )

    @property
    def day(self) -> date:
        return local_day(self.opens_at)

    @property
    def last_day(self) -> date:
        """The last day that takes answers."""
        return last_day(self.closes_at)

    @property
    def closes_at_midnight(self) -> bool:
        """Whether people can say "up to and including" the last day."""
        return is_midnight(self.closes_at)

    @property
    def is_answered(self) -> bool:
        return all(item in self.answers for item in self.items)

    def is_open(self, at: datetime) -> bool:
        """Open from the opening moment up to, and not at, the closing moment."""
        return self.opens_at <= at < self.closes_at

    def is_due(self, at: datetime) -> bool:
        return self.is_open(at) and not self.is_answered


def focus_items(engine: Engine, profile: str, *, scope: Scope) -> tuple[str, ...]:
    """The focus chosen in the newest reflection this coach submitted on a profile; none before the first."""
    newest = store.newest_submitted(engine, f"reflection-{profile}", scope=scope)
    return _chosen(engine, newest, scope)


def shorts(engine: Engine, *, scope: Scope, at: datetime) -> list[Short]:
    """The short rounds that asked this coach and have opened, earliest first."""
    answers: dict[str, dict[str, Answer]] = defaultdict(dict)
    for row in micro_store.answers(engine, scope=scope):
        answers[row["micro_round_id"]][row["item"]] = Answer(row["value"], row["code"])
    rows = [row for row in micro_store.rounds(engine, scope=scope) if _opened(row, at)]
    focus = {row["profile"]: _focus(engine, row["profile"], scope) for row in rows}
    return [Short.of(row, *focus[row["profile"]], answers[row["id"]]) for row in rows]


def short(engine: Engine, round_id: str, *, scope: Scope, at: datetime) -> Short | None:
    """One opened short round of this coach; None for one of others, one to come, or none at all."""
    return next((one for one in shorts(engine, scope=scope, at=at) if one.id == round_id), None)


def due(engine: Engine, *, scope: Scope, at: datetime) -> list[Short]:
    """The short rounds this coach can answer now and did not answer in full, first closing first."""
    found = [one for one in shorts(engine, scope=scope, at=at) if one.is_due(at)]
    return sorted(found, key=lambda one: one.closes_at)


def _opened(row: Row, at: datetime) -> bool:
    return asked(row) and moment(row["opens_at"]) <= at


def _focus(engine: Engine, profile: str, scope: Scope) -> tuple[Row | None, tuple[str, ...]]:
    newest = store.newest_submitted(engine, f"reflection-{profile}", scope=scope)
    return newest, _chosen(engine, newest, scope)


def _chosen(engine: Engine, reflection: Row | None, scope: Scope) -> tuple[str, ...]:
    if reflection is None:
        return ()
    return tuple(sorted(row["item"] for row in store.focus(engine, reflection["id"], scope=scope)))

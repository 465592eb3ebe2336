"""Acts of sharpening: proposing, taking back, deciding, and asking a round in two wordings."""

from collections.abc import Collection, Sequence
from datetime import datetime
from random import SystemRandom

from survey.access import audit
from survey.access.permissions import Scope
from survey.clock import stamp
from survey.cohort.reports import asked
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.two_wordings import two_wordings
from survey.sharpening import store

ITEMS_MOST = 3
OLD, NEW = "old", "new"
_chance = SystemRandom()


class Decided(Exception):
    """There is no such open proposal, or no longer: somebody decided, or its author took it back."""


class NoRound(LookupError):
    """No round of this cohort opens at that moment."""


class Begun(Exception):
    """People began to answer in this round, or it is open."""


class NotInTwoWordings(ValueError):
    """Some items do not have two wordings on the same levels; names them, and those that do."""

    def __init__(self, items: Collection[str], possible: Collection[str]) -> None:
        super().__init__(items, possible)
        self.items, self.possible = tuple(items), tuple(possible)


def propose(
    engine: Engine, *, by: Scope, profile: str, item: str | None, change: str, at: datetime, key: str
) -> str:
    """Propose a change to a profile, of one item or of the whole; its id. Twice with one key is one."""
    with engine.atomic():
        store.insert_proposal(
            engine,
            {
                "id": key,
                "person_id": by.person_id,
                "profile": profile,
                "item": item,
                "change": change,
                "proposed_at": stamp(at),
            },
        )
    return key


def take_back(engine: Engine, *, by: Scope, proposal_id: str) -> None:
    """Delete an own proposal; raises Decided."""
    with engine.atomic():
        if not store.delete_proposal(engine, proposal_id, scope=by):
            raise Decided


def decide(engine: Engine, *, by: Scope, proposal_id: str, taken: bool, answer: str, at: datetime) -> None:
    """Take up a proposal or not, with an answer to whoever proposed it; raises Decided."""
    row = {
        "id": proposal_id,
        "state": "taken" if taken else "not_taken",
        "answer": answer or None,
        "decided_by": by.person_id,
        "decided_at": stamp(at),
    }
    with engine.atomic():
        if not store.decide(engine, row):
            raise Decided
        audit.note(engine, act="proposal-decided", by=by.person_id, at=at, object=proposal_id)


def ask_in_two_wordings(
    engine: Engine,
    *,
    cohort_id: str,
    opens_at: datetime,
    items: Sequence[str],
    catalog: Catalog,
    at: datetime,
) -> None:
    """Let a coming round ask these items as now to one half of the cohort, as before to the other.

    The halves are drawn here, once. Who joins later is asked in the words of now and counts in neither half.
    Raises NoRound, Begun, NotInTwoWordings, or ValueError for more than three items.
    """
    if len(set(items)) > ITEMS_MOST:
        raise ValueError(f"at most {ITEMS_MOST} items")
    with engine.atomic():
        round = store.round_opening(engine, cohort_id=cohort_id, opens_at=stamp(opens_at))
        if round is None:
            raise NoRound
        if round["begun"] or round["opens_at"] <= stamp(at):
            raise Begun
        version = catalog.get(round["form"]).version
        possible = two_wordings(catalog, round["form"], version)
        if wrong := [item for item in items if item not in possible]:
            raise NotInTwoWordings(wrong, possible)
        store.set_version(engine, round["id"], version=version)
        store.replace_transition(engine, round["id"], items=sorted(set(items)))
        if items:
            store.insert_draws(engine, _drawn(round, store.members(engine, cohort_id=cohort_id)))
        audit.note(engine, act="transition-set", by=None, at=at, object=round["id"])


def _drawn(round: Row, members: Sequence[Row]) -> list[Row]:
    """Two halves at random, as equal as the number allows."""
    people = [row["person_id"] for row in members if asked({**round, **row})]
    _chance.shuffle(people)
    first = _chance.choice((OLD, NEW))
    second = NEW if first == OLD else OLD
    return [
        {"round_id": round["id"], "person_id": person, "wording": first if place % 2 else second}
        for place, person in enumerate(people)
    ]

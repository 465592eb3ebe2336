"""How things stand in the rounds of one coach: which are due, what is answered, what is still open."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from msgspec import Struct, field

from survey.access.permissions import Scope
from survey.cohort.reports import Round, asked
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.questionnaire.two_wordings import two_wordings, with_old_words
from survey.reflection import store


class State(StrEnum):
    """What there is to do, or to see, in a round that has opened."""

    DUE = "due"
    STARTED = "started"
    CORRECTING = "correcting"
    SUBMITTED = "submitted"
    UNFINISHED = "unfinished"
    MISSED = "missed"


class Standing(Struct, frozen=True):
    """A round and the revisions this coach made in it, oldest first."""

    round: Round
    is_open: bool
    revisions: tuple[Row, ...]

    @property
    def latest(self) -> Row | None:
        return self.revisions[-1] if self.revisions else None

    @property
    def draft(self) -> Row | None:
        """The revision being written."""
        return self.latest if self.latest and self.latest["submitted_at"] is None else None

    @property
    def submitted(self) -> Row | None:
        """The revision that counts."""
        done = [revision for revision in self.revisions if revision["submitted_at"] is not None]
        return done[-1] if done else None

    @property
    def writing(self) -> int:
        """The number of the revision that a form in this round writes to."""
        return int(self.latest["revision"]) if self.latest else 1

    @property
    def state(self) -> State:
        if self.is_open and self.draft:
            return State.CORRECTING if self.submitted else State.STARTED
        if self.submitted:
            return State.SUBMITTED
        if self.is_open:
            return State.DUE
        return State.UNFINISHED if self.draft else State.MISSED

    @property
    def takes_answers(self) -> bool:
        return self.state in {State.DUE, State.STARTED, State.CORRECTING}


class Sheet(Struct, frozen=True, dict=True):
    """The questionnaire of a round as this coach is asked it, with the answers of one revision.

    `old`: the items that a transition round asks this coach in the words of before, with their version.
    """

    form: Questionnaire
    answers: Mapping[str, Answer]
    old: Mapping[str, str] = field(default_factory=dict)

    def version_of(self, item: str) -> str:
        """The version of the form whose words this item has here."""
        return self.old.get(item, self.form.version)

    def answered(self, block: str | None = None) -> int:
        return sum(item.key in self.answers for item in self.form.in_block(block))

    def open(self, block: str | None = None) -> int:
        return len(self.form.in_block(block)) - self.answered(block)

    @cached_property
    def first_open(self) -> str | None:
        """The first page with something left to answer."""
        return next((block.key for block in self.form.blocks if self.open(block.key)), None)


def standings(engine: Engine, *, scope: Scope, at: datetime) -> list[Standing]:
    """The rounds that asked this coach and have opened, latest first."""
    revisions = {
        round_id: tuple(rows)
        for round_id, rows in groupby(
            store.all_revisions(engine, scope=scope), key=lambda row: row["round_id"]
        )
    }
    opened = [Round.of(row) for row in store.rounds(engine, scope=scope) if asked(row)]
    return [
        Standing(round, round.is_open(at), revisions.get(round.id, ()))
        for round in reversed(opened)
        if round.has_opened(at)
    ]


def standing(engine: Engine, round_id: str, *, scope: Scope, at: datetime) -> Standing | None:
    """One opened round of this coach; None for a round of others, one to come, or none at all."""
    row = store.round_of(engine, round_id, scope=scope)
    if row is None or not asked(row):
        return None
    round = Round.of(row)
    if not round.has_opened(at):
        return None
    return Standing(round, round.is_open(at), tuple(store.revisions(engine, round_id, scope=scope)))


def before(engine: Engine, round: Round, *, scope: Scope, at: datetime) -> Standing | None:
    """The last round on the same profile before this one in which the coach submitted."""
    earlier = [one for one in standings(engine, scope=scope, at=at) if one.round.profile == round.profile]
    return next((one for one in earlier if one.submitted and one.round.opens_at < round.opens_at), None)


def sheet(engine: Engine, round: Round, revision: Row | None, *, catalog: Catalog, scope: Scope) -> Sheet:
    """The questionnaire of the round with the answers of this revision, or with none."""
    rows = store.answers(engine, revision["id"], scope=scope) if revision else []
    answers = {row["item"]: Answer(row["value"], row["code"]) for row in rows}
    old = old_wordings(engine, round, catalog=catalog, scope=scope)
    return Sheet(with_old_words(catalog, catalog.get(round.form, round.version), old), answers, old)


def old_wordings(engine: Engine, round: Round, *, catalog: Catalog, scope: Scope) -> dict[str, str]:
    """The items that this coach is asked in the words of before, each with the version that has them."""
    drawn = {row["item"] for row in store.old_wordings(engine, round.id, scope=scope)}
    found = two_wordings(catalog, round.form, round.version) if drawn else {}
    return {item: version for item, version in found.items() if item in drawn}

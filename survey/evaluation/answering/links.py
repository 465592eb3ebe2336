"""What a link of the evaluation opens: which form, about whom, and until when."""

from datetime import datetime

from msgspec import Struct

from survey.access.tokens import token_hash
from survey.clock import stamp
from survey.current import catalog
from survey.database import Engine, Row
from survey.evaluation import store as windows
from survey.evaluation.answering import store
from survey.evaluation.windows import State, Window
from survey.questionnaire.definition import Questionnaire


class About(Struct, frozen=True):
    """One coach somebody is asked about, or the whole programme: then without a name."""

    node_id: str
    coach: str | None
    is_answered: bool


class Link(Struct, frozen=True):
    """An invitation as it is now. `follows` is what a late answer in a later window goes on from."""

    id: str
    form: str
    version: str
    school_id: str | None
    school: str | None
    name: str | None
    way: str
    person_code: str
    has_address: bool
    window: Window
    state: State
    about: tuple[About, ...]
    follows: str | None = None

    @property
    def questionnaire(self) -> Questionnaire:
        """The form it asks."""
        return catalog().get(self.form, self.version)

    @property
    def next(self) -> About | None:
        """Whom to answer about now."""
        return next((one for one in self.about if not one.is_answered), None)

    @property
    def may_skip(self) -> bool:
        """Whether somebody may say that they do not know a coach: there are others."""
        return len(self.about) > 1

    @property
    def is_answered(self) -> bool:
        """Whether there is anything to thank for."""
        return any(one.is_answered for one in self.about)


def find(engine: Engine, token: str, *, at: datetime) -> Link | None:
    """What the link with this token opens; where its window is over, what is asked in the one open now."""
    row = store.by_token(engine, token_hash(token))
    if row is None:
        return None
    link = _link(engine, row, at)
    if link.state in {State.PLANNED, State.OPEN} or link.is_answered:
        return link
    later = store.going_on_from(engine, row["id"])
    return _link(engine, later, at) if later else _late(engine, row, link, at)


def _link(engine: Engine, row: Row, at: datetime) -> Link:
    window = _window(engine, row["window_id"])
    version = windows.versions(engine, window.id).get(row["form"]) or catalog().versions(row["form"])[-1]
    return _made(row, window, version, at, store.about(engine, row["id"]))


def _late(engine: Engine, row: Row, link: Link, at: datetime) -> Link:
    """The same person in the window that is open now, unless they were asked anew there."""
    found = store.open_window(engine, at=stamp(at))
    if found is None or store.is_asked_anew(engine, row, window_id=found["id"]):
        return link
    window = _window(engine, found["id"])
    version = windows.versions(engine, window.id).get(row["form"])
    about = store.about_late(engine, window_id=window.id, school_id=row["school_id"], **window.days)
    return _made(row, window, version, at, about, follows=row["id"]) if version and about else link


def _window(engine: Engine, window_id: str) -> Window:
    row = windows.window(engine, window_id)
    if row is None:
        raise LookupError(window_id)
    return Window.of(row)


def _made(
    row: Row, window: Window, version: str, at: datetime, about: list[Row], follows: str | None = None
) -> Link:
    return Link(
        id=row["id"],
        form=row["form"],
        version=version,
        school_id=row["school_id"],
        school=row["school"],
        name=row["name"],
        way=row["way"],
        person_code=row["person_code"],
        has_address=row["address"] is not None,
        window=window,
        state=window.state(at),
        about=tuple(
            About(one["id"], one["label"] if one["level"] == "coach" else None, bool(one["answered"]))
            for one in about
        ),
        follows=follows,
    )

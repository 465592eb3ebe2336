"""Links of check-ins: their tokens and addresses. The database keeps only the hash of a token."""

from datetime import datetime, timedelta

from msgspec import Struct

from survey.access.tokens import token_hash
from survey.checkin import store
from survey.clock import moment, stamp
from survey.current import catalog, settings
from survey.database import Engine
from survey.questionnaire.definition import Questionnaire
from survey.web.links import derived

SECOND_THOUGHTS = timedelta(minutes=15)  # how long "stop" can be undone by whoever holds the link


class Link(Struct, frozen=True):
    """What someone with a token may do: answer this form, see that it has been answered, or undo "stop".

    An answered link that has ended `is_over`: it tells nothing of its answer any more.
    """

    id: str
    informant_id: str
    form: str
    version: str
    goal: str | None
    decline_reason: str | None
    is_answered: bool
    is_over: bool
    is_stopped: bool
    may_go_on: bool


def token_of(link_id: str) -> str:
    """The token of a link: derived, so that the coach can show the QR code again and nobody else can."""
    return derived(f"checkin:{link_id}")


def address(token: str) -> str:
    """The link as people open it."""
    return f"{settings().BASE_URL}/c/{token}"


def find(engine: Engine, token: str, *, at: datetime) -> Link | None:
    """The link with this token; None for unknown, and unless answered for expired, revoked and locked too."""
    row = store.link_by_token(engine, token_hash(token), at=stamp(at))
    if row is None or not (row["is_open"] or row["is_answered"] or row["is_stopped"]):
        return None
    is_stopped = bool(row["is_stopped"]) and not row["is_answered"]
    return Link(
        id=row["id"],
        informant_id=row["informant_id"],
        form=row["form"],
        version=row["version"],
        goal=row["goal"],
        decline_reason=row["decline_reason"],
        is_answered=bool(row["is_answered"]),
        is_over=not (row["is_open"] or is_stopped),
        is_stopped=is_stopped,
        may_go_on=is_stopped and at < moment(row["stopped_at"]) + SECOND_THOUGHTS,
    )


def questionnaire_of(link: Link) -> Questionnaire:
    """What the link asks, with the ladder of the goal it was made with."""
    return questionnaire(link.form, link.version, link.goal)


def questionnaire(form: str, version: str, goal: str | None) -> Questionnaire:
    """A form as it is asked: with the ladder of a goal where there is one."""
    found = catalog().get(form, version)
    return found.with_goal(catalog().goal(goal)) if goal else found

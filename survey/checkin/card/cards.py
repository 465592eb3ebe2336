"""Cards: their tokens and addresses, who holds one, and what it opens now."""

from datetime import datetime, timedelta

from markupsafe import Markup
from msgspec import Struct

from survey.access.permissions import Scope
from survey.access.tokens import token_hash
from survey.checkin import links
from survey.checkin.card import store
from survey.checkin.dose import dose
from survey.clock import day_or_none, local_day, moment, stamp
from survey.current import settings
from survey.database import Engine, Row
from survey.questionnaire.vocabulary import Family
from survey.web.links import derived, qr

AFTER_A_TALK = timedelta(days=3)


class Card(Struct, frozen=True):
    """The card of one person, for their coach to print."""

    address: str

    @property
    def qr(self) -> Markup:
        """The QR code of the address, as inline SVG."""
        return qr(self.address)


class Holder(Struct, frozen=True):
    """Whoever holds a card in force, the check that is due for them, if one is, and the talk it is about."""

    informant_id: str
    coach_id: str
    kind: str
    goal: str | None
    due: Family | None
    talk_id: str | None


def token_of(card_id: str) -> str:
    """The token of a card: derived, so that it can be printed again."""
    return derived(f"card:{card_id}")


def shown(token: str) -> Card:
    """The card with this token."""
    return Card(f"{settings().BASE_URL}/k/{token}")


def of_informant(engine: Engine, scope: Scope, informant_id: str) -> Card | None:
    """The card in force of someone in a case of this coach; None until one is made."""
    row = store.card(engine, informant_id, scope=scope)
    if row is None or not _is_derived(row, token_of(row["id"])):
        return None
    return shown(token_of(row["id"]))


def find(engine: Engine, token: str, *, at: datetime) -> Holder | None:
    """Who holds the card with this token; None for unknown, ended and stopped alike."""
    today = local_day(at)
    row = store.card_by_token(engine, token_hash(token), today=today.isoformat())
    if row is None:
        return None
    due = _due(row, at) if row["may_be_asked"] and not _taken_back_today(row, at) else None
    talk_id = row["talk_id"] if due is Family.RELATIONSHIP else None
    return Holder(row["informant_id"], row["coach_id"], row["kind"], row["goal"], due, talk_id)


def open_link(engine: Engine, holder: Holder, *, at: datetime) -> str | None:
    """The token of the newest link that waits for this person's answer."""
    row = store.open_link_of(engine, informant_id=holder.informant_id, at=stamp(at))
    if row is None or not _is_derived(row, links.token_of(row["id"])):
        return None
    return links.token_of(row["id"])


def _due(row: Row, at: datetime) -> Family | None:
    """Relationship after a talk with this person, wellbeing now and then; each as far as the dose allows."""
    talked_on = day_or_none(row["talked_on"])
    has_talked = talked_on is not None and local_day(at) - talked_on <= AFTER_A_TALK
    incidents = [day for day in (day_or_none(row["incident_on"]),) if day]
    for family in (Family.RELATIONSHIP, Family.WELLBEING) if has_talked else (Family.WELLBEING,):
        answered = row[f"{family}_at"]
        if dose(family, [moment(answered)] if answered else [], incidents, at).free:
            return family
    return None


def _taken_back_today(row: Row, at: datetime) -> bool:
    """Whether the last link of this person was taken back today: then a card does not make it anew."""
    taken_back = row["taken_back_at"]
    return taken_back is not None and local_day(moment(taken_back)) == local_day(at)


def _is_derived(row: Row, token: str) -> bool:
    """Not so after a change of the secret: then nobody can show the address again."""
    return bool(token_hash(token) == row["token_hash"])

"""What a link to sign opens: one version of an agreement, for one function, until a day."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from survey.access.permissions import Role, Scope
from survey.access.tokens import token_hash
from survey.current import settings
from survey.database import Engine
from survey.placement import reports as placements
from survey.placement.reports import Placement
from survey.start_agreement import reports
from survey.start_agreement.agreement import Agreement, Signature
from survey.start_agreement.signing import store
from survey.web.links import derived


class Door(StrEnum):
    """How a link stands at a moment."""

    OPEN = "open"
    SIGNED = "signed"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Link(Struct, frozen=True):
    """A link with what it opens: the agreement, the place it is about, and who was asked.

    `may_read` until its last day, also for who signed: after that it only says how it stands.
    """

    agreement: Agreement
    placement: Placement
    signature: Signature
    door: Door
    may_read: bool


def find(engine: Engine, token: str, *, at: datetime) -> Link | None:
    """What the link with this token opens; None for an unknown one, and where the place has no coach."""
    row = store.by_token(engine, token_hash(token))
    if row is None or row["person_id"] is None:
        return None
    reader = Scope(row["person_id"], "", frozenset({Role.COACH}))  # the token lets in: it reads as the coach
    agreement = reports.one(engine, reader, row["agreement_id"])
    placement = placements.one(engine, reader, row["placement_id"])
    if agreement is None or placement is None:
        return None
    signature = next(one for one in agreement.signatures if one.id == row["id"])
    may_read = signature.counts and at < signature.expires_at
    return Link(agreement, placement, signature, _door(signature, at), may_read)


def token_of(signature_id: str) -> str:
    """The token of whoever is asked: derived, so that the link can be shown again and only a hash is kept."""
    return derived(f"start agreement:{signature_id}")


def address(signature_id: str) -> str:
    """The link as people open it."""
    return f"{settings().BASE_URL}/s/{token_of(signature_id)}"


def shown(engine: Engine, agreement: Agreement, *, at: datetime) -> dict[str, str]:
    """The links that can be used and shown, by signature; none whose token came from another secret."""
    kept = {row["id"]: row["token_hash"] for row in store.hashes(engine, agreement.id)}
    return {
        one.id: address(one.id)
        for one in agreement.signatures
        if one.is_open(at) and kept[one.id] == token_hash(token_of(one.id))
    }


def _door(signature: Signature, at: datetime) -> Door:
    if not signature.counts:
        return Door.REVOKED
    if signature.signed_at:
        return Door.SIGNED
    return Door.OPEN if signature.is_open(at) else Door.EXPIRED

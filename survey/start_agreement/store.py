"""SQL of start agreements. Read by who keeps the register, and by the coach of the placement."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

_COLUMNS = """
agreement.id, agreement.placement_id, agreement.version, agreement.state, agreement.profile,
agreement.profile_version, agreement.talked_on, agreement.review_on, agreement.again_on,
agreement.made_by, agreement.saved_at, agreement.signed_at, agreement.revision
"""
_JOINED = "FROM start_agreement AS agreement JOIN placement ON placement.id = agreement.placement_id"
_MAY = "(:every = 1 OR placement.person_id = :own)"


def _readable(scope: Scope) -> dict[str, Any]:
    """What a reader may read: all, those of own placements, or none."""
    own = scope.person_id if scope.can(Permission.SEE_OWN_PLACEMENTS) else ""
    return {"every": int(scope.can(Permission.KEEP_REGISTER)), "own": own}


def one(engine: Engine, agreement_id: str, scope: Scope) -> Row | None:
    """One version."""
    sql = f"SELECT {_COLUMNS} {_JOINED} WHERE agreement.id = :id AND {_MAY}"
    return engine.one(sql, {"id": agreement_id, **_readable(scope)})


def of_placement(engine: Engine, placement_id: str, scope: Scope) -> list[Row]:
    """Every version of a placement, the newest first."""
    return engine.rows(
        f"SELECT {_COLUMNS} {_JOINED} WHERE agreement.placement_id = :placement AND {_MAY} "
        "ORDER BY agreement.version DESC",
        {"placement": placement_id, **_readable(scope)},
    )


def waiting(engine: Engine, scope: Scope) -> list[Row]:
    """Versions that wait for a signature, the longest waiting first."""
    return engine.rows(
        f"SELECT {_COLUMNS} {_JOINED} WHERE agreement.state = 'asked' AND {_MAY} "
        "ORDER BY agreement.saved_at, agreement.id",
        _readable(scope),
    )


def to_look_back(engine: Engine, day: str, scope: Scope) -> list[Row]:
    """Signed versions whose day to look back has come, the longest waiting first."""
    return engine.rows(
        f"SELECT {_COLUMNS} {_JOINED} WHERE agreement.state = 'signed' AND {_MAY} "
        "AND coalesce(agreement.again_on, agreement.review_on) <= :day AND NOT EXISTS ("
        "SELECT 1 FROM intended_yield JOIN yield_review ON yield_review.yield_id = intended_yield.id "
        "WHERE intended_yield.agreement_id = agreement.id AND yield_review.moment = 'end') "
        "ORDER BY coalesce(agreement.again_on, agreement.review_on), agreement.id",
        {"day": day, **_readable(scope)},
    )


def choices(engine: Engine, agreement_id: str, scope: Scope) -> list[Row]:
    """What was chosen: kind and key."""
    sql = f"""
    SELECT chosen.kind, chosen.key {_JOINED} JOIN start_choice AS chosen ON chosen.agreement_id = agreement.id
    WHERE agreement.id = :id AND {_MAY} ORDER BY chosen.kind, chosen.key
    """
    return engine.rows(sql, {"id": agreement_id, **_readable(scope)})


def lines(engine: Engine, agreement_id: str, scope: Scope) -> list[Row]:
    """The words by prompt."""
    sql = f"""
    SELECT line.prompt, line.words {_JOINED} JOIN start_line AS line ON line.agreement_id = agreement.id
    WHERE agreement.id = :id AND {_MAY}
    """
    return engine.rows(sql, {"id": agreement_id, **_readable(scope)})


def yields(engine: Engine, agreement_id: str, scope: Scope) -> list[Row]:
    """The intended yields in their order."""
    sql = f"""
    SELECT wished.id, wished.category, wished.wanted, wished.noticed_by
    {_JOINED} JOIN intended_yield AS wished ON wished.agreement_id = agreement.id
    WHERE agreement.id = :id AND {_MAY} ORDER BY wished.position
    """
    return engine.rows(sql, {"id": agreement_id, **_readable(scope)})


def reviews(engine: Engine, agreement_id: str, scope: Scope) -> list[Row]:
    """What was said of its yields when people looked back."""
    sql = f"""
    SELECT review.yield_id, review.moment, review.word, review.note, review.reviewed_on,
      person.name AS noted_by
    {_JOINED} JOIN intended_yield AS wished ON wished.agreement_id = agreement.id
    JOIN yield_review AS review ON review.yield_id = wished.id
    LEFT JOIN person ON person.id = review.noted_by WHERE agreement.id = :id AND {_MAY}
    """
    return engine.rows(sql, {"id": agreement_id, **_readable(scope)})


def signatures(engine: Engine, agreement_id: str, scope: Scope) -> list[Row]:
    """Who was asked to sign, in the order of asking."""
    sql = f"""
    SELECT signature.id, signature.partner, signature.expires_at, signature.name, signature.signed_at,
      signature.remark, signature.remarked_at, signature.revoked_at
    {_JOINED} JOIN start_signature AS signature ON signature.agreement_id = agreement.id
    WHERE agreement.id = :id AND {_MAY} ORDER BY signature.id
    """
    return engine.rows(sql, {"id": agreement_id, **_readable(scope)})


def insert_agreement(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("start_agreement", row)

"""SQL of signing: who is asked, what they answer, and a version that takes effect."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.database import Engine, Row


def by_token(engine: Engine, token_hash: str) -> Row | None:
    """Which version this link is about, and the coach of its placement."""
    return engine.one(
        """
        SELECT signature.id, signature.agreement_id, agreement.placement_id, placement.person_id
        FROM start_signature AS signature JOIN start_agreement AS agreement
          ON agreement.id = signature.agreement_id
        JOIN placement ON placement.id = agreement.placement_id WHERE signature.token_hash = :hash
        """,
        {"hash": token_hash},
    )


def hashes(engine: Engine, agreement_id: str) -> list[Row]:
    """The hashes of the tokens of a version, to see which links this installation can still show."""
    sql = "SELECT id, token_hash FROM start_signature WHERE agreement_id = :id"
    return engine.rows(sql, {"id": agreement_id})


def insert(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    """Ask these to sign."""
    engine.insert("start_signature", rows)


def sign(engine: Engine, signature_id: str, *, name: str, at: str) -> bool:
    """Note that somebody signed; False where they had, or may not any more."""
    sql = """
    UPDATE start_signature SET name = :name, signed_at = :at
    WHERE id = :id AND signed_at IS NULL AND revoked_at IS NULL AND expires_at > :at
    """
    return engine.run(sql, {"id": signature_id, "name": name, "at": at}) == 1


def remark(engine: Engine, signature_id: str, *, words: str, at: str) -> None:
    """Keep what somebody remarked instead of signing."""
    engine.run(
        "UPDATE start_signature SET remark = :words, remarked_at = :at WHERE id = :id",
        {"id": signature_id, "words": words, "at": at},
    )


def revoke(engine: Engine, signature_ids: Sequence[str], *, at: str) -> None:
    """Take these links and signatures back."""
    engine.run(
        "UPDATE start_signature SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL",
        [{"id": one, "at": at} for one in signature_ids],
    )


def set_state(engine: Engine, agreement_id: str, state: str, *, signed_at: str | None = None) -> None:
    """Note how a version stands, and since when it is signed where it is."""
    engine.run(
        "UPDATE start_agreement SET state = :state, signed_at = coalesce(:signed_at, signed_at), "
        "revision = revision + 1 WHERE id = :id",
        {"id": agreement_id, "state": state, "signed_at": signed_at},
    )


def signed_of(engine: Engine, placement_id: str) -> str | None:
    """The id of the version of a placement that is signed."""
    sql = "SELECT id FROM start_agreement WHERE placement_id = :id AND state = 'signed'"
    row = engine.one(sql, {"id": placement_id})
    return row["id"] if row else None


def carry_reviews_over(engine: Engine, *, source: str, target: str) -> None:
    """What was said of a yield goes on with the next version where that yield stayed as it was."""
    engine.run(
        """
        INSERT INTO yield_review (yield_id, moment, word, note, reviewed_on, noted_by, noted_at)
        SELECT new.id, review.moment, review.word, review.note, review.reviewed_on, review.noted_by,
          review.noted_at
        FROM intended_yield AS new JOIN intended_yield AS old ON old.category = new.category
          AND old.wanted = new.wanted AND old.noticed_by = new.noticed_by
        JOIN yield_review AS review ON review.yield_id = old.id
        WHERE new.agreement_id = :target AND old.agreement_id = :source AND review.moment = 'halfway'
        ON CONFLICT DO NOTHING
        """,
        {"source": source, "target": target},
    )

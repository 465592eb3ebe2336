"""SQL of start agreements. Read by who keeps the register, and by the coach of the placement."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row, listed

_COLUMNS = """
agreement.id, agreement.placement_id, agreement.version, agreement.state, agreement.profile,
agreement.profile_version, agreement.talked_on, agreement.review_on, agreement.again_on,
agreement.made_by, agreement.saved_at, agreement.signed_at, agreement.revision,
placement.school_year, school.name AS school, coach.name AS coach
"""
_JOINED = """
FROM start_agreement AS agreement JOIN placement ON placement.id = agreement.placement_id
JOIN school ON school.id = placement.school_id LEFT JOIN person AS coach ON coach.id = placement.person_id
"""
_BRIEF = "agreement.id, agreement.placement_id, school.name AS school, coach.name AS coach"
# A day that has come while the place still runs, and nothing said at the end yet.
_TO_LOOK_BACK = """
agreement.state = 'signed' AND coalesce(agreement.again_on, agreement.review_on) <= :day
AND (placement.ends_on IS NULL OR placement.ends_on >= :day) AND NOT EXISTS (
  SELECT 1 FROM intended_yield JOIN yield_review ON yield_review.yield_id = intended_yield.id
  WHERE intended_yield.agreement_id = agreement.id AND yield_review.moment = 'end')
"""
# Whoever looks back: the coach of the place, and every lead.
_REMINDED = """
SELECT agreement.id, school.name AS school, coalesce(agreement.again_on, agreement.review_on) AS day,
  person.id AS person_id
FROM start_agreement AS agreement JOIN placement ON placement.id = agreement.placement_id
JOIN school ON school.id = placement.school_id
JOIN person ON person.status <> 'left' AND (person.id = placement.person_id OR person.id IN (
  SELECT role_grant.person_id FROM role_grant WHERE role_grant.role = 'lead'))
"""
_MAY = "(:every = 1 OR placement.person_id = :own)"


def _readable(scope: Scope) -> dict[str, Any]:
    """What a reader may read: all, those of own placements, or none."""
    own = scope.person_id if scope.can(Permission.SEE_OWN_PLACEMENTS) else ""
    return {"every": int(scope.can(Permission.KEEP_REGISTER)), "own": own}


def one(engine: Engine, agreement_id: str, scope: Scope) -> Row | None:
    """One version."""
    sql = f"SELECT {_COLUMNS} {_JOINED} WHERE agreement.id = :id AND {_MAY}"
    return engine.one(sql, {"id": agreement_id, **_readable(scope)})


def of_placements(engine: Engine, placement_ids: Sequence[str], scope: Scope) -> list[Row]:
    """Every version of these placements, the newest first."""
    held, params = listed(placement_ids)
    return engine.rows(
        f"SELECT {_COLUMNS} {_JOINED} WHERE agreement.placement_id IN ({held}) AND {_MAY} "
        "ORDER BY agreement.version DESC",
        {**params, **_readable(scope)},
    )


def waiting(engine: Engine, scope: Scope) -> list[Row]:
    """Versions that wait for a signature, the longest waiting first."""
    return engine.rows(
        f"SELECT {_BRIEF}, agreement.saved_at {_JOINED} WHERE agreement.state = 'asked' AND {_MAY} "
        "ORDER BY agreement.saved_at, agreement.id",
        _readable(scope),
    )


def remarked(engine: Engine, scope: Scope) -> list[Row]:
    """Versions not signed yet with a remark that nobody signed after, the longest waiting first."""
    sql = f"""
    SELECT {_BRIEF}, agreement.saved_at {_JOINED}
    WHERE agreement.state IN ('draft', 'asked') AND {_MAY} AND EXISTS (
      SELECT 1 FROM start_signature WHERE start_signature.agreement_id = agreement.id
      AND start_signature.remarked_at IS NOT NULL AND start_signature.signed_at IS NULL)
    ORDER BY agreement.saved_at, agreement.id
    """  # noqa: S608 - constants of this module
    return engine.rows(sql, _readable(scope))


def to_look_back(engine: Engine, day: str, scope: Scope) -> list[Row]:
    """Signed versions whose day to look back has come, the longest waiting first."""
    sql = f"""
    SELECT {_BRIEF}, coalesce(agreement.again_on, agreement.review_on) AS day {_JOINED}
    WHERE {_TO_LOOK_BACK} AND {_MAY} ORDER BY day, agreement.id
    """
    return engine.rows(sql, {"day": day, **_readable(scope)})


def to_remind(engine: Engine, *, since: str, day: str, kind: str) -> list[Row]:
    """Who is to be told that a day to look back has come since then, and was not told of that day before."""
    sql = f"""
    {_REMINDED} WHERE {_TO_LOOK_BACK} AND coalesce(agreement.again_on, agreement.review_on) >= :since
    AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.person_id = person.id AND notice.about = agreement.id
      AND notice.kind = :kind AND notice.change = coalesce(agreement.again_on, agreement.review_on))
    ORDER BY day, agreement.id, person.id
    """  # noqa: S608 - constants of this module
    return engine.rows(sql, {"since": since, "day": day, "kind": kind})


def reminder(engine: Engine, agreement_id: str, day: str, scope: Scope) -> Row | None:
    """The day that has come to look back on this version, if this person looks back on it."""
    sql = f"{_REMINDED} WHERE {_TO_LOOK_BACK} AND agreement.id = :id AND person.id = :reader"
    return engine.one(sql, {"day": day, "id": agreement_id, "reader": scope.person_id})


def _written(
    engine: Engine, columns: str, joins: str, agreement_ids: Sequence[str], scope: Scope, order: str
) -> list[Row]:
    """What is written in these versions, by `agreement_id`."""
    held, params = listed(agreement_ids)
    return engine.rows(
        f"SELECT agreement.id AS agreement_id, {columns} {_JOINED} {joins} "
        f"WHERE agreement.id IN ({held}) AND {_MAY} ORDER BY {order}",
        {**params, **_readable(scope)},
    )


def choices(engine: Engine, agreement_ids: Sequence[str], scope: Scope) -> list[Row]:
    """What was chosen: kind and key."""
    joins = "JOIN start_choice AS chosen ON chosen.agreement_id = agreement.id"
    columns = "chosen.kind, chosen.key"
    return _written(engine, columns, joins, agreement_ids, scope, columns)


def lines(engine: Engine, agreement_ids: Sequence[str], scope: Scope) -> list[Row]:
    """The words by prompt."""
    joins = "JOIN start_line AS line ON line.agreement_id = agreement.id"
    return _written(engine, "line.prompt, line.words", joins, agreement_ids, scope, "line.prompt")


def yields(engine: Engine, agreement_ids: Sequence[str], scope: Scope) -> list[Row]:
    """The intended yields in their order."""
    joins = "JOIN intended_yield AS wished ON wished.agreement_id = agreement.id"
    columns = "wished.id, wished.category, wished.wanted, wished.noticed_by"
    return _written(engine, columns, joins, agreement_ids, scope, "wished.position")


def reviews(engine: Engine, agreement_ids: Sequence[str], scope: Scope) -> list[Row]:
    """What was said of their yields when people looked back."""
    columns = """
    review.yield_id, review.moment, review.word, review.note, review.reviewed_on, person.name AS noted_by
    """
    joins = """
    JOIN intended_yield AS wished ON wished.agreement_id = agreement.id
    JOIN yield_review AS review ON review.yield_id = wished.id
    LEFT JOIN person ON person.id = review.noted_by
    """
    return _written(engine, columns, joins, agreement_ids, scope, "review.yield_id, review.moment")


def signatures(engine: Engine, agreement_ids: Sequence[str], scope: Scope) -> list[Row]:
    """Who was asked to sign, in the order of asking."""
    columns = """
    signature.id, signature.partner, signature.expires_at, signature.name, signature.signed_at,
    signature.remark, signature.remarked_at, signature.revoked_at
    """
    joins = "JOIN start_signature AS signature ON signature.agreement_id = agreement.id"
    return _written(engine, columns, joins, agreement_ids, scope, "signature.id")


def insert_agreement(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("start_agreement", row)


def delete_agreement(engine: Engine, agreement_id: str) -> None:
    engine.run("DELETE FROM start_agreement WHERE id = :id", {"id": agreement_id})


def set_columns(
    engine: Engine, agreement_id: str, values: Mapping[str, str | None], *, saved_at: str
) -> None:
    """Write these columns of a version, as one more revision of it."""
    written = "".join(f"{name} = :{name}, " for name in values)
    sql = f"UPDATE start_agreement SET {written}saved_at = :saved_at, revision = revision + 1 WHERE id = :id"  # noqa: S608 - names come from code
    engine.run(sql, {**values, "saved_at": saved_at, "id": agreement_id})


def replace_choices(engine: Engine, agreement_id: str, kind: str, keys: Sequence[str]) -> None:
    """Write what was chosen of this kind in the place of what stood."""
    of = {"agreement_id": agreement_id, "kind": kind}
    engine.run("DELETE FROM start_choice WHERE agreement_id = :agreement_id AND kind = :kind", of)
    engine.insert("start_choice", [{**of, "key": key} for key in keys])


def replace_lines(engine: Engine, agreement_id: str, gone: Sequence[str], words: Mapping[str, str]) -> None:
    """Write these words by prompt, in the place of those that are gone."""
    engine.run(
        "DELETE FROM start_line WHERE agreement_id = :agreement AND prompt = :prompt",
        [{"agreement": agreement_id, "prompt": prompt} for prompt in gone],
    )
    rows = [{"agreement_id": agreement_id, "prompt": prompt, "words": said} for prompt, said in words.items()]
    engine.insert("start_line", rows)


def replace_yields(engine: Engine, agreement_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write these yields in the place of those that stood; of a draft, of which nobody said anything yet."""
    engine.run("DELETE FROM intended_yield WHERE agreement_id = :id", {"id": agreement_id})
    engine.insert("intended_yield", [{**row, "agreement_id": agreement_id} for row in rows])


def replace_reviews(engine: Engine, moment: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write what was said of these yields at a moment, in the place of what stood."""
    engine.run(
        "DELETE FROM yield_review WHERE yield_id = :yield_id AND moment = :moment",
        [{"yield_id": row["yield_id"], "moment": moment} for row in rows],
    )
    engine.insert("yield_review", [{**row, "moment": moment} for row in rows])

"""SQL of advices. A lead reads every one, a coach a signed one of a school and year of own placements.

Who came after it was signed is not in it: what it tells is about the coach before. Of another coach at the
school a coach reads who worked there and when, and nothing else.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

_ADVICE = """
SELECT advice.id, advice.school_id, school.name AS school, advice.school_year, advice.made_at, advice.choice,
  advice.choice_hours, advice.choice_on, advice.choice_with, advice.find_coach, chooser.name AS chosen_by,
  advice.chosen_at, advice.reason, advice.revision, advice.signed_as, advice.signed_at
FROM advice LEFT JOIN school ON school.id = advice.school_id
LEFT JOIN person AS chooser ON chooser.id = advice.chosen_by
"""
_LINES = """
SELECT line.id, line.section, line.position, line.key, line.about, line.words, line.drafted, line.fields,
  line.n, line.period, line.source, changer.name AS changed_by, line.changed_at, line.left_out_at
FROM advice_sentence AS line JOIN advice ON advice.id = line.advice_id
LEFT JOIN person AS changer ON changer.id = line.changed_by
"""
_MAY = """
(:writes = 1 OR (advice.signed_at IS NOT NULL AND EXISTS (
  SELECT 1 FROM placement WHERE placement.school_id = advice.school_id
  AND placement.school_year = advice.school_year AND placement.person_id = :own
  AND placement.status IN ('active', 'paused', 'ended')
  AND placement.starts_on <= substr(advice.signed_at, 1, 10))))
"""
_OTHERS = """
SELECT 1 FROM placement WHERE placement.school_id = advice.school_id
AND (placement.school_year = advice.school_year
  OR (placement.school_year < advice.school_year AND placement.ends_on IS NULL))
AND placement.status IN ('active', 'paused', 'ended') AND placement.person_id <> :own
"""
_READS = f"""
(:writes = 1
  OR (line.key = 'named_forms_discussed' AND NOT EXISTS ({_OTHERS}))
  OR (coalesce(line.key, '') <> 'named_forms_discussed' AND (line.about = '' OR line.section = 'evaluation'))
  OR line.key IN ('placement_period', 'placement_running', 'placement_agreed', 'placement_paused',
    'placement_wanted', 'click_conversation_planned', 'click_conversation_to_plan', 'vacant_funded',
    'vacant_unfunded')
  OR EXISTS (SELECT 1 FROM placement WHERE placement.id = line.about
    AND coalesce(placement.person_id, :own) = :own)
  OR EXISTS (SELECT 1 FROM intended_yield AS yield
    JOIN start_agreement ON start_agreement.id = yield.agreement_id
    JOIN placement ON placement.id = start_agreement.placement_id
    WHERE yield.id = line.about AND placement.person_id = :own))
"""  # noqa: S608 - made of constants


def _reader(scope: Scope) -> dict[str, Any]:
    own = scope.person_id if scope.can(Permission.SEE_OWN_PLACEMENTS) else ""
    return {"writes": int(scope.can(Permission.WRITE_ADVICE)), "own": own}


def one(engine: Engine, advice_id: str, scope: Scope) -> Row | None:
    """One advice."""
    return engine.one(f"{_ADVICE} WHERE advice.id = :id AND {_MAY}", {"id": advice_id, **_reader(scope)})


def of(engine: Engine, school_id: str | None, school_year: str, scope: Scope) -> Row | None:
    """The advice of a school, or of the programme, of a school year."""
    return engine.one(
        f"{_ADVICE} WHERE coalesce(advice.school_id, '') = :school AND advice.school_year = :year AND {_MAY}",
        {"school": school_id or "", "year": school_year, **_reader(scope)},
    )


def of_year(engine: Engine, school_year: str, scope: Scope) -> list[Row]:
    """Every advice of a school year, by school."""
    return engine.rows(
        f"{_ADVICE} WHERE advice.school_year = :year AND {_MAY} ORDER BY school.name, advice.id",
        {"year": school_year, **_reader(scope)},
    )


def signed_by_school(engine: Engine, school_year: str, scope: Scope) -> dict[str, bool]:
    """Of every school with an advice in a school year, whether it is signed."""
    rows = engine.rows(
        "SELECT advice.school_id, advice.signed_at FROM advice "  # noqa: S608 - a constant
        f"WHERE advice.school_id IS NOT NULL AND advice.school_year = :year AND {_MAY}",
        {"year": school_year, **_reader(scope)},
    )
    return {row["school_id"]: row["signed_at"] is not None for row in rows}


def newest_signed(engine: Engine, school_id: str, scope: Scope) -> Row | None:
    """The newest signed advice of a school that this reader may read."""
    return engine.one(
        f"{_ADVICE} WHERE advice.school_id = :school AND advice.signed_at IS NOT NULL AND {_MAY} "
        "ORDER BY advice.school_year DESC",
        {"school": school_id, **_reader(scope)},
    )


def years(engine: Engine, scope: Scope) -> list[str]:
    """The school years of which there is an advice, the newest first."""
    rows = engine.rows(
        f"SELECT DISTINCT advice.school_year FROM advice WHERE {_MAY} ORDER BY school_year DESC",  # noqa: S608
        _reader(scope),
    )
    return [row["school_year"] for row in rows]


def lines(engine: Engine, advice_id: str, scope: Scope) -> list[Row]:
    """The sentences of an advice that this reader may read, in their order, also those left out."""
    sql = f"{_LINES} WHERE advice.id = :id AND {_MAY} AND {_READS} ORDER BY line.position, line.id"
    return engine.rows(sql, {"id": advice_id, **_reader(scope)})


def holds_back(engine: Engine, advice_id: str, scope: Scope) -> bool:
    """Whether a sentence stands in an advice that this reader may not read."""
    sql = f"{_LINES} WHERE advice.id = :id AND {_MAY} AND NOT {_READS} AND line.left_out_at IS NULL"
    return engine.one(sql, {"id": advice_id, **_reader(scope)}) is not None


def insert(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("advice", row)


def insert_lines(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.insert("advice_sentence", rows)


def update(engine: Engine, advice_id: str, changed: Mapping[str, Any]) -> None:
    """Write these columns of an advice that is not signed, and count the change."""
    columns = ", ".join(["revision = revision + 1", *(f"{name} = :{name}" for name in changed)])
    sql = f"UPDATE advice SET {columns} WHERE id = :id AND signed_at IS NULL"  # noqa: S608 - names come from code
    engine.run(sql, {**changed, "id": advice_id})


def update_line(engine: Engine, line_id: str, changed: Mapping[str, Any]) -> None:
    """Write these columns of a sentence."""
    columns = ", ".join(f"{name} = :{name}" for name in changed)
    sql = f"UPDATE advice_sentence SET {columns} WHERE id = :id"  # noqa: S608 - names come from code
    engine.run(sql, {**changed, "id": line_id})


def delete_line(engine: Engine, line_id: str) -> None:
    engine.run("DELETE FROM advice_sentence WHERE id = :id", {"id": line_id})

"""SQL of windows, their tree and ballots; who is asked and who speaks with a name have their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.database import Engine, Row

# A coach who worked at a school in the days the window looks back on.
WORKED = "works_at.starts_on <= :until AND (works_at.ends_on IS NULL OR works_at.ends_on >= :since)"
_WINDOW = "SELECT id, school_year, opens_at, closes_at, opened_at, counted_at, seal FROM evaluation_window"
# Rows of the first kind go in before those that point at them.
_COUNTED = ("ballot", "ballot_answer", "ballot_line")


def insert_window(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("evaluation_window", row)


def window(engine: Engine, window_id: str) -> Row | None:
    return engine.one(f"{_WINDOW} WHERE id = :id", {"id": window_id})


def windows(engine: Engine) -> list[Row]:
    """Every window, newest first."""
    return engine.rows(f"{_WINDOW} ORDER BY opens_at DESC")


def overlapping(engine: Engine, *, opens_at: str, closes_at: str, besides: str | None) -> Row | None:
    """Another window with a moment in common with these."""
    return engine.one(
        f"{_WINDOW} WHERE opens_at < :closes AND closes_at > :opens AND id <> coalesce(:besides, '') "
        "ORDER BY opens_at LIMIT 1",
        {"opens": opens_at, "closes": closes_at, "besides": besides},
    )


def change_dates(engine: Engine, *, window_id: str, opens_at: str, closes_at: str) -> None:
    engine.run(
        "UPDATE evaluation_window SET opens_at = :opens, closes_at = :closes WHERE id = :id",
        {"id": window_id, "opens": opens_at, "closes": closes_at},
    )


def delete_unopened(engine: Engine, window_id: str) -> bool:
    """Delete a window that was never opened, with who would have been asked."""
    sql = "DELETE FROM evaluation_window WHERE id = :id AND opened_at IS NULL"
    return engine.run(sql, {"id": window_id}) == 1


def mark_opened(engine: Engine, *, window_id: str, at: str, seal: str) -> bool:
    """Note that it opened; False where another act did so before."""
    sql = (
        "UPDATE evaluation_window SET opened_at = :at, laid_at = :at, seal = :seal "
        "WHERE id = :id AND opened_at IS NULL"
    )
    return engine.run(sql, {"id": window_id, "at": at, "seal": seal}) == 1


def mark_counted(engine: Engine, *, window_id: str, at: str) -> bool:
    """Note that it was counted; False where it still runs, never opened or was counted before."""
    sql = (
        "UPDATE evaluation_window SET counted_at = :at "
        "WHERE id = :id AND counted_at IS NULL AND opened_at IS NOT NULL AND closes_at <= :at"
    )
    return engine.run(sql, {"id": window_id, "at": at}) == 1


def to_open(engine: Engine, *, at: str) -> list[Row]:
    """Windows whose time has come; one that is over already asks nobody."""
    return engine.rows(
        f"{_WINDOW} WHERE opened_at IS NULL AND opens_at <= :at AND closes_at > :at ORDER BY opens_at",
        {"at": at},
    )


def to_count(engine: Engine, *, at: str) -> list[Row]:
    return engine.rows(
        f"{_WINDOW} WHERE opened_at IS NOT NULL AND counted_at IS NULL AND closes_at <= :at "
        "ORDER BY closes_at",
        {"at": at},
    )


def insert_forms(engine: Engine, rows: Sequence[Mapping[str, str]]) -> None:
    """Which version of each form a window asks."""
    engine.insert("evaluation_form", rows)


def versions(engine: Engine, window_id: str) -> dict[str, str]:
    """The version of each form a window asks; none before it opens."""
    sql = "SELECT form, version FROM evaluation_form WHERE window_id = :id"
    return {row["form"]: row["version"] for row in engine.rows(sql, {"id": window_id})}


def places(engine: Engine, *, since: str, until: str) -> list[Row]:
    """Who works where and for how many hours in these days, for laying the tree."""
    return engine.rows(
        f"""
        SELECT placement.person_id, person.name, sum(placement.hours_agreed) AS hours,
          coalesce(nullif(school.municipality, ''), school.place) AS municipality
        FROM placement JOIN person ON person.id = placement.person_id
        JOIN school ON school.id = placement.school_id
        WHERE person.status <> 'left' AND (placement.school_id, placement.person_id, placement.starts_on) IN (
          SELECT works_at.school_id, works_at.person_id, works_at.starts_on FROM works_at WHERE {WORKED})
        GROUP BY placement.person_id, person.name, coalesce(nullif(school.municipality, ''), school.place)
        """,  # noqa: S608 - a constant of this module
        {"since": since, "until": until},
    )


def nodes(engine: Engine, window_id: str) -> list[Row]:
    """The tree of a window: the programme first, then clusters and coaches by label."""
    return engine.rows(
        """
        SELECT id, parent_id, level, label, person_id FROM evaluation_node WHERE window_id = :window
        ORDER BY CASE level WHEN 'programme' THEN 0 WHEN 'cluster' THEN 1 ELSE 2 END, label, id
        """,
        {"window": window_id},
    )


def replace_nodes(engine: Engine, window_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Lay a tree down anew; parents stand before children in the rows."""
    engine.run("DELETE FROM evaluation_node WHERE window_id = :window", {"window": window_id})
    engine.insert("evaluation_node", rows)


def insert_sealed(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("sealed_ballot", row)


def sealed(engine: Engine, window_id: str) -> list[bytes]:
    """Every sealed ballot of a window."""
    rows = engine.rows("SELECT sealed FROM sealed_ballot WHERE window_id = :id", {"id": window_id})
    return [bytes(row["sealed"]) for row in rows]


def insert_counted(engine: Engine, *tables: Sequence[Mapping[str, Any]]) -> None:
    """Ballots, their answers and the lines, each in the order given."""
    for table, rows in zip(_COUNTED, tables, strict=True):
        engine.insert(table, rows)


def delete_sealed(engine: Engine, window_id: str) -> None:
    engine.run("DELETE FROM sealed_ballot WHERE window_id = :id", {"id": window_id})

"""SQL of schools, their pupils per school year and their programmes."""

# ruff: noqa: S608 - only constants of this module are put into a statement; values go beside it

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

COLUMNS = (
    "school.id, school.name, school.place, school.brin, school.branch, school.board, school.municipality, "
    "school.street, school.postcode, school.takes_part, school.closed_on"
)
# Whoever keeps the register sees every school, a coach the schools where he or she has or had a place.
SEEN = (
    "(:register = 1 OR EXISTS (SELECT 1 FROM placement "
    "WHERE placement.school_id = school.id AND placement.person_id = :reader))"
)
OPEN = "school.takes_part = 1 AND school.closed_on IS NULL"
WHICH = {
    "taking_part": OPEN,
    "others": "school.takes_part = 0 AND school.closed_on IS NULL",
    "closed": "school.closed_on IS NOT NULL",
}
FOUND_BY = (
    "lower(school.name || ' ' || school.place || ' ' || school.board || ' ' || coalesce(school.brin, ''))"
)


def one(engine: Engine, school_id: str, scope: Scope) -> Row | None:
    return engine.one(
        f"SELECT {COLUMNS} FROM school WHERE school.id = :id AND {SEEN}", {"id": school_id, **_reader(scope)}
    )


def choices(engine: Engine, scope: Scope) -> list[Row]:
    """Schools where coaches can be placed, by name."""
    return engine.rows(
        f"SELECT school.id, school.name, school.place FROM school WHERE {OPEN} AND {SEEN} "
        "ORDER BY lower(school.name), school.place, school.id",
        _reader(scope),
    )


def search(
    engine: Engine,
    scope: Scope,
    *,
    words: Sequence[str],
    municipality: str,
    which: str,
    year: str,
    limit: int,
    offset: int,
) -> list[Row]:
    """A page of the schools in which all words occur, by name, with their pupils of a school year."""
    where, params = _where(words, municipality, scope)
    return engine.rows(
        f"SELECT {COLUMNS}, school_count.pupils, school_count.weighting FROM school "
        "LEFT JOIN school_count ON school_count.school_id = school.id AND school_count.school_year = :year "
        f"WHERE {WHICH[which]} AND {where} ORDER BY lower(school.name), school.place, school.id "
        "LIMIT :limit OFFSET :offset",
        {"year": year, "limit": limit, "offset": offset, **params},
    )


def how_many(engine: Engine, scope: Scope, *, words: Sequence[str], municipality: str) -> Row:
    """How many schools there are of each kind in which all words occur."""
    where, params = _where(words, municipality, scope)
    kinds = ", ".join(
        f"count(CASE WHEN {condition} THEN 1 END) AS {kind}" for kind, condition in WHICH.items()
    )
    return engine.rows(f"SELECT {kinds} FROM school WHERE {where}", params)[0]


def municipalities(engine: Engine, scope: Scope, *, which: str) -> list[Row]:
    """The municipalities in which such schools are, by name."""
    return engine.rows(
        f"SELECT DISTINCT school.municipality AS name FROM school WHERE {WHICH[which]} AND {SEEN} "
        "AND school.municipality <> '' ORDER BY school.municipality",
        _reader(scope),
    )


def counts(engine: Engine, scope: Scope, *, school_id: str) -> list[Row]:
    """The pupils of a school per school year, the newest first."""
    return engine.rows(
        "SELECT school_count.school_year, school_count.pupils, school_count.weighting FROM school_count "
        f"JOIN school ON school.id = school_count.school_id WHERE school.id = :id AND {SEEN} "
        "ORDER BY school_count.school_year DESC",
        {"id": school_id, **_reader(scope)},
    )


def counts_of_year(engine: Engine, scope: Scope, *, school_year: str) -> list[Row]:
    """The pupils of every school in a school year."""
    return engine.rows(
        "SELECT school_id, school_year, pupils, weighting "
        "FROM school_count JOIN school ON school.id = school_count.school_id "
        f"WHERE school_count.school_year = :year AND {SEEN}",
        {"year": school_year, **_reader(scope)},
    )


def programmes(engine: Engine, scope: Scope, *, school_id: str) -> list[Row]:
    """The programmes a school works with, by name."""
    return engine.rows(
        "SELECT programme FROM school_climate JOIN school ON school.id = school_climate.school_id "
        f"WHERE school.id = :id AND {SEEN} ORDER BY school_climate.programme",
        {"id": school_id, **_reader(scope)},
    )


def running(engine: Engine, *, school_id: str, day: str) -> int:
    """How many coaches work at a school on a day."""
    sql = (
        "SELECT count(DISTINCT person_id) AS n FROM works_at WHERE school_id = :school "
        "AND starts_on <= :day AND (ends_on IS NULL OR ends_on >= :day)"
    )
    return int(engine.rows(sql, {"school": school_id, "day": day})[0]["n"])


def every_school(engine: Engine) -> list[Row]:
    """All schools, to hold a list against."""
    return engine.rows(f"SELECT {COLUMNS} FROM school")


def every_count(engine: Engine) -> list[Row]:
    return engine.rows("SELECT school_id, school_year, pupils, weighting FROM school_count")


def every_programme(engine: Engine) -> list[Row]:
    return engine.rows("SELECT school_id, programme FROM school_climate ORDER BY programme")


def holder(engine: Engine, *, brin: str | None, branch: str, name: str, place: str) -> Row | None:
    """The school that has this BRIN number and branch, or without a number this name and place."""
    if brin:
        sql = "SELECT id, name, place FROM school WHERE brin = :brin AND branch = :branch"
        return engine.one(sql, {"brin": brin, "branch": branch})
    sql = "SELECT id, name, place FROM school WHERE brin IS NULL AND name = :name AND place = :place"
    return engine.one(sql, {"name": name, "place": place})


def insert_schools(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.insert("school", rows)


def change_schools(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.run(
        "UPDATE school SET name = :name, place = :place, brin = :brin, branch = :branch, board = :board, "
        "municipality = :municipality, street = :street, postcode = :postcode WHERE id = :id",
        rows,
    )


def put_counts(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note pupils and weighting of school years; what stood there goes."""
    engine.run(
        "INSERT INTO school_count (school_id, school_year, pupils, weighting) "
        "VALUES (:school_id, :school_year, :pupils, :weighting) ON CONFLICT (school_id, school_year) "
        "DO UPDATE SET pupils = excluded.pupils, weighting = excluded.weighting",
        rows,
    )


def delete_count(engine: Engine, *, school_id: str, school_year: str) -> None:
    engine.run(
        "DELETE FROM school_count WHERE school_id = :school AND school_year = :year",
        {"school": school_id, "year": school_year},
    )


def put_programmes(engine: Engine, of: Mapping[str, Sequence[str]]) -> None:
    """Let these be the programmes of each school."""
    if not of:
        return
    engine.run("DELETE FROM school_climate WHERE school_id = :school", [{"school": key} for key in of])
    rows = [{"school_id": key, "programme": each} for key, them in of.items() for each in them]
    if rows:
        engine.insert("school_climate", rows)


def set_takes_part(engine: Engine, *, school_id: str, takes_part: bool) -> int:
    return engine.run(
        "UPDATE school SET takes_part = :on WHERE id = :id", {"on": int(takes_part), "id": school_id}
    )


def set_closed(engine: Engine, *, school_id: str, closed_on: str | None) -> int:
    return engine.run(
        "UPDATE school SET closed_on = :day WHERE id = :id", {"day": closed_on, "id": school_id}
    )


def _reader(scope: Scope) -> dict[str, Any]:
    return {"register": int(scope.can(Permission.KEEP_REGISTER)), "reader": scope.person_id}


def _where(words: Sequence[str], municipality: str, scope: Scope) -> tuple[str, dict[str, Any]]:
    conditions, params = [SEEN], _reader(scope)
    if municipality:
        conditions.append("school.municipality = :municipality")
        params["municipality"] = municipality
    for number, word in enumerate(words):
        conditions.append(f"{FOUND_BY} LIKE :word{number} ESCAPE '!'")
        params[f"word{number}"] = f"%{''.join(map(_like, word.lower()))}%"
    return " AND ".join(conditions), params


def _like(sign: str) -> str:
    """A sign as LIKE looks for it: SQLite knows no capitals with an accent, so there any sign will do."""
    return f"!{sign}" if sign in "!%_" else sign if sign.isascii() else "_"

"""Sums over placements that plain SQL works out by itself, to hold the numbers of the house against."""

from datetime import date

import pytest

from survey.access.permissions import Role, Scope
from survey.database import SqliteEngine
from survey.placement import reports
from survey.placement.hours import first_day
from survey.placement.reports import Total

LEAD = Scope("lead", "Lea", frozenset({Role.LEAD}))
RUNS = "p.starts_on <= :day AND coalesce(p.ends_on, '9999') >= :day AND p.school_year = :year"
MONDAYS = """
WITH RECURSIVE monday(day) AS (
  SELECT date(:first, 'weekday 1') UNION ALL SELECT date(day, '+7 days') FROM monday WHERE day < '2028-01-01'
), school_week(day) AS (SELECT day FROM monday WHERE strftime('%m', day) NOT IN ('07', '08'))
"""


def independent(engine: SqliteEngine, where: str, year: str, day: date, **params: str) -> dict[str, float]:
    told = {"year": year, "day": day.isoformat(), **params}
    row = engine.one(
        f"""
        SELECT count(*) AS places,
          coalesce(sum(CASE WHEN p.status IN ('agreed', 'active', 'paused')
            OR (p.status = 'ended' AND p.person_id IS NOT NULL) THEN p.hours_agreed END), 0) AS agreed,
          coalesce(sum(CASE WHEN p.status IN ('vacant_funded', 'click_conversation')
            THEN p.hours_agreed END), 0) AS free,
          coalesce(sum(p.hours_needed), 0) AS needed,
          coalesce(sum(CASE WHEN p.hours_needed IS NULL THEN 0 ELSE 1 END), 0) AS needs
        FROM placement p JOIN school s ON s.id = p.school_id WHERE {RUNS} AND {where}
        """,
        told,
    )
    rule = engine.one(
        f"""
        SELECT count(*) AS schools, coalesce(sum(c.pupils), 0) * 4 / 150.0 AS rule,
          coalesce(sum(c.pupils IS NULL), 0) AS uncounted FROM school s
        LEFT JOIN school_count c ON c.school_id = s.id AND c.school_year = :year
        WHERE EXISTS (SELECT 1 FROM placement p WHERE p.school_id = s.id AND {RUNS} AND {where})
        """,
        told,
    )
    assert row is not None
    assert rule is not None
    return {**row, **rule}


def assert_same(total: Total, expected: dict[str, float]) -> None:
    got = {name: getattr(total, name) for name in expected}
    assert got == pytest.approx(expected)


def check_totals(engine: SqliteEngine, year: str, day: date) -> None:
    """All totals of a school year on a day."""
    found = reports.totals(engine, LEAD, school_year=year, day=day)
    assert_same(found.all, independent(engine, "1 = 1", year, day))
    for total in found.municipalities:
        assert_same(total, independent(engine, "s.municipality = :name", year, day, name=total.name))
    for total in found.employers:
        assert_same(total, independent(engine, "p.employer = :name", year, day, name=total.name))
    assert sum(one.agreed for one in found.municipalities) == pytest.approx(found.all.agreed)
    assert sum(one.agreed for one in found.employers) == pytest.approx(found.all.agreed)
    assert sum(one.rule for one in found.municipalities) == pytest.approx(found.all.rule)


def check_used(engine: SqliteEngine, year: str) -> None:
    """The used hours of every placement of a school year, by weeks of school."""
    rows = engine.rows(
        f"""
        {MONDAYS}, weighed AS (
          SELECT l.placement_id, l.hours, (SELECT count(*) FROM school_week w
            WHERE strftime('%Y-%m', w.day) = l.month AND w.day >= p.starts_on
              AND w.day <= coalesce(p.ends_on, '9999')) AS weeks
          FROM hours_log l JOIN placement p ON p.id = l.placement_id WHERE p.school_year = :year
        )
        SELECT placement_id, sum(weeks) AS weeks, sum(hours * weeks) / nullif(sum(weeks), 0) AS used
        FROM weighed GROUP BY placement_id
        """,
        {"year": year, "first": first_day(year).isoformat()},
    )
    found = reports.hours_of_year(engine, LEAD, year)
    for row in rows:
        hours = found[row["placement_id"]]
        assert hours.weeks_logged == row["weeks"]
        assert hours.used == (None if row["used"] is None else pytest.approx(row["used"]))
    logged = {row["placement_id"] for row in rows}
    assert all(one.used is None and one.weeks_logged == 0 for key, one in found.items() if key not in logged)

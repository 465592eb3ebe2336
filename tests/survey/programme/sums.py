"""What the programme page tells, worked out by plain SQL, to hold the page against."""

from datetime import datetime, timedelta

import pytest

from survey.access.permissions import Role, Scope
from survey.clock import local_day, school_year, stamp
from survey.database import SqliteEngine
from survey.placement.hours import first_day
from survey.programme import reports
from survey.programme.reports import Kind
from tests.survey.placement.sums import MONDAYS, assert_same, independent

LEAD = Scope("lead", "Lea", frozenset({Role.LEAD}))
WORKS = """
p.person_id IS NOT NULL AND p.starts_on <= :day AND coalesce(p.ends_on, '9999') >= :day
AND (p.status = 'active' OR (p.status = 'ended' AND p.ends_on >= :day))
"""


def number(engine: SqliteEngine, sql: str, **params: str) -> float:
    (row,) = engine.rows(sql, params)
    (found,) = row.values()
    return float(found or 0)


def check(engine: SqliteEngine, at: datetime) -> reports.Standing:
    """Every number of the page at a moment."""
    day, year = local_day(at), school_year(local_day(at))
    told = {"day": day.isoformat(), "year": year}
    found = reports.standing(engine, LEAD, at)
    taking_part = "s.takes_part = 1 AND s.closed_on IS NULL"
    assert found.coverage.schools == number(engine, f"SELECT count(*) FROM school s WHERE {taking_part}")
    assert found.coverage.covered == number(
        engine,
        "SELECT count(DISTINCT s.id) FROM school s JOIN placement p ON p.school_id = s.id "
        f"WHERE {taking_part} AND {WORKS} AND (p.school_year = :year "
        "OR (p.school_year < :year AND p.ends_on IS NULL))",
        **told,
    )
    assert_same(found.hours, independent(engine, "1 = 1", year, day))
    free = "SELECT {} FROM placement p WHERE p.school_year = :year AND p.starts_on <= :day "
    free += "AND coalesce(p.ends_on, '9999') >= :day AND p.status IN ('vacant_funded', 'click_conversation')"
    assert len(found.vacancies) == number(engine, free.format("count(*)"), **told)
    listed = sum(one.hours_agreed or 0 for one in found.vacancies)
    assert (
        listed == found.hours.free == pytest.approx(number(engine, free.format("sum(hours_agreed)"), **told))
    )
    _check_used(engine, found, told)
    _check_rounds(engine, found, at)
    _check_advices(engine, found)
    _check_windows(engine, found, at)
    _check_matters(engine, at, told)
    return found


def _check_used(engine: SqliteEngine, found: reports.Standing, told: dict[str, str]) -> None:
    runs = """
    FROM placement p WHERE p.school_year = :year AND p.starts_on <= :day AND p.person_id IS NOT NULL
    AND coalesce(p.ends_on, '9999') >= :day AND p.status IN ('agreed', 'active', 'paused', 'ended')
    """
    (expected,) = engine.rows(
        f"""
        {MONDAYS}, used AS (
          SELECT l.placement_id AS id, sum(l.hours * w.weeks) / sum(w.weeks) AS hours FROM hours_log l
          JOIN (SELECT p.id, strftime('%Y-%m', m.day) AS month, count(*) AS weeks FROM placement p
            JOIN school_week m ON m.day >= p.starts_on AND m.day <= coalesce(p.ends_on, '9999')
            WHERE p.school_year = :year GROUP BY 1, 2) w ON w.id = l.placement_id AND w.month = l.month
          GROUP BY 1
        )
        SELECT coalesce(sum(u.hours), 0) AS hours, count(u.hours) AS places, count(*) AS "of",
          coalesce(sum(CASE WHEN u.hours IS NOT NULL THEN p.hours_agreed END), 0) AS agreed
        FROM (SELECT p.id, p.hours_agreed {runs}) p LEFT JOIN used u ON u.id = p.id
        """,
        {**told, "first": first_day(told["year"]).isoformat()},
    )
    got = {name: getattr(found.used, name) for name in expected}
    assert got == pytest.approx(expected)


def _check_rounds(engine: SqliteEngine, found: reports.Standing, at: datetime) -> None:
    rows = engine.rows(
        """
        SELECT strftime('%Y-%m', r.day) AS month, count(*) AS due, sum(r.submitted) AS submitted
        FROM (SELECT date(round.opens_at, '+2 hours') AS day, round.closes_at, m.since, m.until, p.left_at,
          EXISTS (SELECT 1 FROM reflection f WHERE f.round_id = round.id AND f.person_id = p.id
            AND f.submitted_at IS NOT NULL) AS submitted
          FROM round JOIN cohort_member m ON m.cohort_id = round.cohort_id
          JOIN person p ON p.id = m.person_id WHERE round.opens_at >= :since AND round.closes_at <= :at) r
        WHERE r.since <= r.day AND coalesce(r.until, '9999') >= r.day
          AND (r.submitted OR r.left_at IS NULL OR r.left_at >= r.closes_at)
        GROUP BY 1 HAVING count(*) >= 8 ORDER BY 1
        """,
        {"since": stamp(at - timedelta(days=365)), "at": stamp(at)},
    )
    got = [
        {"month": f"{one.month:%Y-%m}", "due": one.due, "submitted": one.submitted} for one in found.took_part
    ]
    assert got == rows


def _check_advices(engine: SqliteEngine, found: reports.Standing) -> None:
    assert len(found.advices) == 2
    for year, progress in found.advices.items():
        (expected,) = engine.rows(
            """
            SELECT coalesce(sum(signed_at IS NULL), 0) AS drafts,
              coalesce(sum(signed_at IS NOT NULL), 0) AS signed,
              (SELECT count(*) FROM school s WHERE (s.takes_part = 1 AND s.closed_on IS NULL)
                OR EXISTS (SELECT 1 FROM placement p WHERE p.school_id = s.id AND p.school_year = :year)
                OR EXISTS (SELECT 1 FROM advice a WHERE a.school_id = s.id AND a.school_year = :year)
              ) AS schools FROM advice WHERE school_year = :year AND school_id IS NOT NULL
            """,
            {"year": year},
        )
        assert {name: getattr(progress, name) for name in expected} == expected


def _check_windows(engine: SqliteEngine, found: reports.Standing, at: datetime) -> None:
    begun = engine.rows(
        "SELECT id FROM evaluation_window WHERE opened_at IS NOT NULL OR counted_at IS NOT NULL "
        "ORDER BY opens_at DESC LIMIT 3"
    )
    assert [one.window.id for one in found.windows] == [row["id"] for row in begun]
    for one in found.windows:
        rows = engine.rows(
            """
            SELECT i.form, count(*) AS asked, sum(EXISTS (SELECT 1 FROM evaluation_about a
              WHERE a.invitation_id = i.id AND a.answered = 1)) AS replied
            FROM evaluation_invitation i WHERE i.window_id = :window GROUP BY i.form
            """,
            {"window": one.window.id},
        )
        assert {form: told.asked for form, told in one.response.items()} == {
            row["form"]: row["asked"] for row in rows
        }
        for row in rows:
            step = one.response[row["form"]].replied
            assert step is not None
            assert step.low <= row["replied"] <= step.high == step.low + 4
            assert step.low % 5 == 0
        released = engine.rows(
            "SELECT form, released_at FROM evaluation_release WHERE window_id = :window",
            {"window": one.window.id},
        )
        assert one.released == {row["form"]: local_day(row["released_at"]) for row in released}


def _check_matters(engine: SqliteEngine, at: datetime, told: dict[str, str]) -> None:
    found = {one.kind: one.number for one in reports.matters(engine, LEAD, at)}
    for kind, sql in _counts().items():
        assert found.get(kind, 0) == number(engine, sql, **_asked(sql, at, told)), kind


def _asked(sql: str, at: datetime, told: dict[str, str]) -> dict[str, str]:
    day = local_day(at)
    known = {
        **told,
        "first": first_day(told["year"]).isoformat(),
        "soon": (day + timedelta(days=7)).isoformat(),
        "month": f"{day:%Y-%m}-01",
    }
    return {name: value for name, value in known.items() if f":{name}" in sql}


def _counts() -> dict[Kind, str]:
    agreement = "SELECT count(*) FROM start_agreement a JOIN placement p ON p.id = a.placement_id WHERE "
    return {
        Kind.NOT_CONTINUED: "SELECT count(*) FROM placement "
        "WHERE school_year < :year AND ends_on IS NULL AND status <> 'ended'",
        Kind.SIGNATURES: f"""{agreement} a.state = 'asked' AND NOT EXISTS (
          SELECT 1 FROM start_signature s WHERE s.agreement_id = a.id
          AND s.remarked_at IS NOT NULL AND s.signed_at IS NULL)""",
        Kind.LOOK_BACK: f"""{agreement} a.state = 'signed' AND (
          (coalesce(a.again_on, a.review_on) <= :day AND coalesce(p.ends_on, '9999') >= :day)
          OR (coalesce(a.again_on, a.review_on) <= :soon AND coalesce(p.ends_on, '9999') >= :soon))
          AND NOT EXISTS (SELECT 1 FROM intended_yield y JOIN yield_review r ON r.yield_id = y.id
            WHERE y.agreement_id = a.id AND r.moment = 'end')""",
        Kind.REMARKS: f"""{agreement} a.state IN ('draft', 'asked') AND EXISTS (
          SELECT 1 FROM start_signature s WHERE s.agreement_id = a.id
          AND s.remarked_at IS NOT NULL AND s.signed_at IS NULL)""",
        Kind.HOURS: f"""{MONDAYS} SELECT count(*) FROM (
          SELECT DISTINCT p.id, strftime('%Y-%m', w.day) AS month FROM placement p
          JOIN school_week w ON w.day >= p.starts_on AND w.day >= :first
            AND w.day <= coalesce(p.ends_on, :day) AND w.day < :month
          WHERE p.person_id IS NOT NULL AND p.status IN ('active', 'ended') AND (p.school_year = :year
            OR (p.school_year < :year AND p.ends_on IS NULL AND p.status <> 'ended'))) d
          WHERE NOT EXISTS (SELECT 1 FROM hours_log l WHERE l.placement_id = d.id AND l.month = d.month)""",
    }

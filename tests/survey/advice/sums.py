"""The numbers of an advice, worked out by plain SQL and arithmetic, to hold its sentences against."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from survey.access.permissions import Role, Scope
from survey.advice import reports
from survey.advice.drafting import Drafted
from survey.advice.sentences import book
from survey.current import catalog
from survey.database import Row, SqliteEngine
from survey.evaluation.reports import Release
from survey.placement.hours import first_day
from tests.survey.advice.told import HELD, OF_A_RELEASE, Known, check_release
from tests.survey.placement.sums import MONDAYS

LEAD = Scope("lead", "Lea", frozenset({Role.LEAD}))
OF_THE_REGISTER = {
    "pupils", "hours_rule", "hours_agreed", "hours_needed", "hours_used", "weeks_logged", "weeks_total",
    "n_tasks", "schools", "covered", "vacant", "hours_vacant", "places", "agreements", "reviewed", "chosen",
    "seen", "partly", "not_yet",
}  # fmt: skip
NO_NUMBER = {
    "coach", "school", "start", "end", "date", "from", "to", "frozen_on", "school_year", "next_school_year",
    "end_reason", "roles", "tasks", "partners", "reason", "yields", "yield", "review_word", "statement",
    "level", "group", "hours",
}  # fmt: skip
ONE_DECIMAL = {"hours_rule", "hours_used"}
ACTIVE = """
p.starts_on <= :day AND coalesce(p.ends_on, '9999') >= :day
AND (p.status = 'active' OR (p.status = 'ended' AND p.person_id IS NOT NULL))
"""
AGREED = """
WITH RECURSIVE back(id, at, person_id, follows, seen) AS (
  SELECT p.id, p.id, p.person_id, p.follows,
    EXISTS (SELECT 1 FROM start_agreement a WHERE a.placement_id = p.id) FROM placement p
  UNION ALL
  SELECT back.id, p.id, p.person_id, p.follows,
    EXISTS (SELECT 1 FROM start_agreement a WHERE a.placement_id = p.id)
  FROM back JOIN placement p ON p.id = back.follows AND p.person_id = back.person_id WHERE NOT back.seen
), signed(id, agreement_id) AS (
  SELECT back.id, (SELECT a.id FROM start_agreement a WHERE a.placement_id = back.at AND a.state = 'signed'
    ORDER BY a.version DESC LIMIT 1) FROM back WHERE back.seen
)
"""


def check(
    engine: SqliteEngine,
    school_id: str | None,
    year: str,
    today: date,
    releases: Sequence[Release] | None = None,
    known: Known | None = None,
) -> set[str]:
    """Every number in a draft of this day is that of plain SQL; the keys of the sentences that had one."""
    found = reports.drafted(
        engine, LEAD, school_id=school_id, school_year=year, today=today, releases=releases
    )
    day = (
        today if year[:4] + "-08-01" <= today.isoformat() < year[5:] + "-08-01" else date(int(year[5:]), 6, 1)
    )
    told = {"year": year, "day": day.isoformat()}
    expected = of_programme(engine, told) if school_id is None else of_school(engine, school_id, told)
    got = numbers(found, OF_THE_REGISTER)
    want = {
        about: {name: rounded(name, value) for name, value in fields.items()}
        for about, fields in expected.items()
    }
    both = {about: (got.get(about), want.get(about)) for about in {*got, *want}}
    wrong = {about: pair for about, pair in both.items() if pair[0] != pair[1]}
    assert not wrong, wrong
    for one in found:
        if one.section == "evaluation" and one.fields.keys() & OF_A_RELEASE:
            check_release(engine, one, school_id, told, {} if known is None else known)
    return {one.key for one in found if one.fields.keys() & (OF_THE_REGISTER | OF_A_RELEASE)}


def numbers(found: tuple[Drafted, ...], names: set[str]) -> dict[tuple[str, str], dict[str, float]]:
    """The numbers with these names, by sentence."""
    read = {
        (one.key, one.about): {name: number(one.fields[name]) for name in one.fields if name in names}
        for one in found
    }
    return {about: fields for about, fields in read.items() if fields}


def number(written: str) -> float:
    return float(written.replace(",", "."))


def rounded(name: str, value: float) -> Any:
    return pytest.approx(value, abs=0.0501 if name in ONE_DECIMAL else 0.0001)


def of_school(
    engine: SqliteEngine, school_id: str, told: dict[str, str]
) -> Mapping[Any, Mapping[str, float]]:
    """What the register, the hours and the agreements of a school come to."""
    asked = {**told, "school": school_id}
    found: dict[tuple[str, str], dict[str, float]] = dict(_hours(engine, asked))
    for row in _used(engine, asked):
        weeks = {"weeks_logged": row["logged"], "weeks_total": row["total"]}
        if row["logged"] >= 8 and row["logged"] >= 0.8 * row["total"]:
            found["hours_used", row["id"]] = {**weeks, "hours_used": row["used"]}
        elif row["total"]:
            found["hours_log_incomplete", row["id"]] = weeks
    return found | _tasks(engine, asked)


def _hours(engine: SqliteEngine, asked: dict[str, str]) -> list[tuple[tuple[str, str], dict[str, float]]]:
    (row,) = engine.rows(
        f"""
        WITH paid AS (SELECT * FROM ({HELD}) p WHERE p.school_id = :school AND p.starts_on <= :day
          AND p.status IN ('active', 'paused', 'ended', 'agreed', 'vacant_funded')),
        moment AS (SELECT min(:day, max(coalesce(ends_on, closes))) AS at FROM paid),
        run AS (SELECT paid.* FROM paid JOIN moment ON starts_on <= at AND at <= coalesce(ends_on, closes))
        SELECT sum(hours_agreed) AS agreed, sum(hours_needed) AS needed,
          max(agreed_because IS NOT NULL) AS why_agreed, max(needed_because IS NOT NULL) AS why_needed,
          max((SELECT pupils FROM school_count c WHERE c.school_id = run.school_id
            AND c.school_year = run.school_year)) AS pupils FROM run
        """,
        asked,
    )
    found: list[tuple[tuple[str, str], dict[str, float]]] = []
    if row["agreed"] is not None and row["pupils"] is not None:
        rule = row["pupils"] * 4 / 150
        if abs(row["agreed"] - rule) < 0.2499999:
            found.append((("hours_equal_rule", ""), {"pupils": row["pupils"], "hours_rule": rule}))
        else:
            key = "hours_differ_from_rule" if row["why_agreed"] else "hours_differ_without_reason"
            found.append(((key, ""), {"hours_rule": rule, "hours_agreed": row["agreed"]}))
    if row["needed"] is not None and row["why_needed"]:
        found.append((("hours_needed", ""), {"hours_needed": row["needed"]}))
    return found


def _used(engine: SqliteEngine, asked: dict[str, str]) -> list[Row]:
    return engine.rows(
        f"""
        {MONDAYS}, worked AS (SELECT p.*, coalesce(ends_on, max(:day, closes)) AS last FROM ({HELD}) p
          WHERE p.school_id = :school AND (p.status IN ('active', 'paused', 'ended') OR p.ends_on < :day)
            AND NOT (p.status = 'ended' AND p.person_id IS NULL AND p.ends_on >= :day)),
        weeks AS (SELECT w.id, strftime('%Y-%m', m.day) AS month, count(*) AS n FROM worked w
          JOIN school_week m ON m.day >= w.starts_on AND m.day <= w.last
            AND strftime('%Y-%m', m.day) <= substr(:day, 1, 7) GROUP BY 1, 2)
        SELECT worked.id, coalesce(sum(CASE WHEN l.hours IS NOT NULL THEN n END), 0) AS logged,
          coalesce(sum(CASE WHEN weeks.month < substr(:day, 1, 7) OR l.hours IS NOT NULL THEN n END), 0)
            AS total,
          sum(n * l.hours) / sum(CASE WHEN l.hours IS NOT NULL THEN n END) AS used
        FROM worked LEFT JOIN weeks ON weeks.id = worked.id
        LEFT JOIN hours_log l ON l.placement_id = worked.id AND l.month = weeks.month GROUP BY worked.id
        """,
        {**asked, "first": first_day("2020-2021").isoformat()},
    )


def _tasks(engine: SqliteEngine, asked: dict[str, str]) -> dict[tuple[str, str], dict[str, float]]:
    hidden = [one.key for one in catalog().profile("kansencoach").tasks if one.sensitive]
    rows = engine.rows(
        f"""
        {AGREED}
        SELECT p.id, count(c.key) AS tasks FROM ({HELD}) p JOIN signed ON signed.id = p.id
        JOIN start_choice c ON c.agreement_id = signed.agreement_id AND c.kind = 'task'
          AND c.key NOT IN (SELECT value FROM json_each(:hidden))
        WHERE p.school_id = :school AND EXISTS (SELECT 1 FROM start_choice r
          WHERE r.agreement_id = signed.agreement_id AND r.kind = 'role') GROUP BY p.id
        """,
        {**{name: asked[name] for name in ("year", "school")}, "hidden": json.dumps(hidden)},
    )
    return {("roles_and_tasks", row["id"]): {"n_tasks": row["tasks"]} for row in rows if row["tasks"] > 1}


def of_programme(engine: SqliteEngine, told: dict[str, str]) -> Mapping[Any, Mapping[str, float]]:
    """What the whole register comes to."""
    (row,) = engine.rows(
        f"""
        {AGREED}, active AS (SELECT p.*, (SELECT pupils FROM school_count c WHERE c.school_id = p.school_id
          AND c.school_year = p.school_year) AS pupils FROM ({HELD}) p WHERE {ACTIVE}),
        free AS (SELECT p.* FROM ({HELD}) p WHERE p.status = 'vacant_funded' AND p.starts_on <= :day
          AND coalesce(p.ends_on, '9999') >= :day),
        yields AS (SELECT y.id, (SELECT r.word FROM yield_review r WHERE r.yield_id = y.id
            AND r.reviewed_on >= substr(of.school_year, 1, 4) || '-08-01'
            AND r.reviewed_on <= substr(of.school_year, 6) || '-07-31'
            ORDER BY r.reviewed_on DESC, r.moment LIMIT 1) AS word
          FROM active of JOIN signed ON signed.id = of.id JOIN intended_yield y
            ON y.agreement_id = signed.agreement_id)
        SELECT (SELECT count(DISTINCT school_id) FROM ({HELD})) AS schools,
          (SELECT count(DISTINCT school_id) FROM active) AS covered, (SELECT count(*) FROM active) AS places,
          (SELECT count(agreement_id) FROM active JOIN signed ON signed.id = active.id) AS agreements,
          (SELECT count(DISTINCT school_id) FROM free) AS vacant,
          (SELECT coalesce(sum(hours_agreed), 0) FROM free) AS hours_vacant,
          (SELECT coalesce(sum(hours_agreed), 0) FROM active) AS hours_agreed,
          (SELECT coalesce(sum(most), 0) * 4 / 150.0 FROM (SELECT max(pupils) AS most FROM active
            GROUP BY school_id)) AS hours_rule,
          (SELECT count(*) FROM (SELECT max(pupils) AS most FROM active GROUP BY school_id)
            WHERE most IS NULL) AS uncounted,
          (SELECT count(*) FROM yields) AS chosen, (SELECT count(word) FROM yields) AS reviewed,
          (SELECT count(*) FROM yields WHERE word = 'seen') AS seen,
          (SELECT count(*) FROM yields WHERE word = 'partly') AS partly,
          (SELECT count(*) FROM yields WHERE word = 'not_yet') AS not_yet
        """,
        told,
    )
    hours = "programme_hours_uncounted" if row["uncounted"] else "programme_hours"
    rule = () if row["uncounted"] else ("hours_rule",)
    said = (
        ("programme_coverage", row["schools"], ("schools", "covered")),
        ("programme_vacant", row["vacant"] > 1, ("vacant", "hours_vacant")),
        ("programme_agreements", row["places"] > 1, ("places", "agreements")),
        (hours, row["covered"], ("hours_agreed", *rule)),
        ("programme_yields", row["reviewed"], ("reviewed", "chosen", "seen", "partly", "not_yet")),
    )
    return {(key, ""): {name: row[name] for name in names} for key, holds, names in said if holds}


def fields() -> set[str]:
    """Every name that a sentence of an advice is filled in with."""
    return {name for one in book().sentences for name in re.findall(r"{(\w+)}", one.text)}

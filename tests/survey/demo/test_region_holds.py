"""Nothing in Veenrand is loose or impossible: keys, days and places fit each other."""

import re
from datetime import timedelta
from itertools import pairwise

from survey.clock import local_day, stamp
from survey.database import new_key
from survey.demo import store
from tests.conftest import START
from tests.survey.demo.conftest import Rows


def test_no_row_is_an_orphan_and_every_check_holds(rows: Rows) -> None:
    assert rows("PRAGMA foreign_key_check") == []
    assert rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert rows("PRAGMA foreign_keys") == [{"foreign_keys": 1}]


def test_every_table_of_the_schema_has_its_place_in_the_order(rows: Rows) -> None:
    found = {row["name"] for row in rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found - {"migration"} == set(store.TABLES)


def test_keys_look_like_those_of_the_application(rows: Rows) -> None:
    version_and_variant = re.compile(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}")
    assert version_and_variant.fullmatch(new_key())
    for table in ("person", "round", "reflection", "case", "informant", "checkin_link", "checkin"):
        assert all(version_and_variant.fullmatch(row["id"]) for row in rows(f'SELECT id FROM "{table}"'))


def test_nothing_lies_ahead_of_the_visitor(rows: Rows) -> None:
    today = stamp(START)[:10]
    for table, column in (
        ("reflection", "saved_at"),
        ("checkin_link", "created_at"),
        ("checkin", "answered_at"),
        ("case", "closed_at"),
        ("agreement", "noted_at"),
        ("agreement", "ended_at"),
        ("talk", "noted_at"),
        ("note", "written_at"),
        ("informant", "stopped_at"),
        ("hint_talk", "talked_at"),
        ("scale_decision", "decided_at"),
        ("phase_entry", "noted_at"),
        ("factor_level", "examined_on"),
        ("handover", "handed_at"),
        ("placement_change", "at"),
        ("hours_log", "noted_at"),
        ("start_agreement", "saved_at"),
        ("start_signature", "signed_at"),
        ("yield_review", "reviewed_on"),
        ("hours_plan", "made_at"),
        ("evaluation_window", "made_at"),
        ("evaluation_release", "released_at"),
        ("named_talk", "talked_on"),
        ("said_done", "published_at"),
        ("advice", "made_at"),
        ("advice_sentence", "changed_at"),
        ("person", "left_at"),
    ):
        newest = rows(f'SELECT max("{column}") AS at FROM "{table}"')[0]["at"]
        assert newest < today, f"{table}.{column}"
    coming = rows("SELECT status FROM placement WHERE starts_on >= :today", {"today": today})
    assert coming == [{"status": "agreed"}]


def test_the_newest_round_of_every_cohort_is_open_for_three_weeks(rows: Rows) -> None:
    found = rows("SELECT max(opens_at) AS opens, max(closes_at) AS closes FROM round GROUP BY cohort_id")
    assert len(found) == 4
    for row in found:
        assert row["opens"] < stamp(START) < row["closes"]
        assert local_day(row["closes"]) - local_day(row["opens"]) == timedelta(weeks=3)


def test_rounds_of_a_cohort_never_overlap_and_lie_four_to_five_months_apart(rows: Rows) -> None:
    found = rows("SELECT DISTINCT opens_at FROM round ORDER BY opens_at")
    days = [local_day(row["opens_at"]) for row in found]
    gaps = [(after - before).days for before, after in pairwise(days)]
    assert len(days) == 6
    assert all(120 <= gap <= 150 for gap in gaps)


def test_reflections_lie_in_their_round(rows: Rows) -> None:
    assert not rows(
        "SELECT f.id FROM reflection f JOIN round r ON r.id = f.round_id "
        "WHERE f.started_at < r.opens_at OR f.saved_at >= r.closes_at OR f.saved_at < f.started_at"
    )


def test_checks_lie_in_their_case_and_in_the_life_of_their_link(rows: Rows) -> None:
    assert not rows(
        "SELECT k.id FROM checkin k JOIN checkin_link l ON l.id = k.link_id "
        'JOIN informant i ON i.id = l.informant_id JOIN "case" c ON c.id = i.case_id '
        "WHERE k.answered_at < l.created_at OR k.answered_at > l.expires_at OR l.created_at < c.opened_at "
        "OR k.answered_at > coalesce(c.closed_at, '9999')"
    )


def test_cases_are_opened_only_where_the_coach_works(rows: Rows) -> None:
    placed = rows("SELECT person_id, school_id, starts_on, ends_on FROM placement")
    for case in rows(
        'SELECT coalesce(h.from_id, c.coach_id) AS coach_id, school_id, opened_at FROM "case" c '
        "LEFT JOIN handover h ON h.case_id = c.id"
    ):
        day = local_day(case["opened_at"]).isoformat()
        assert any(
            (row["person_id"], row["school_id"]) == (case["coach_id"], case["school_id"])
            and row["starts_on"] <= day <= (row["ends_on"] or day)
            for row in placed
        )


def test_who_left_has_no_placement_and_no_place_in_a_cohort(rows: Rows) -> None:
    left = {
        row["id"]: local_day(row["left_at"]).isoformat()
        for row in rows("SELECT * FROM person WHERE status = 'left'")
    }
    assert 3 <= len(left) <= 8
    for key, day in left.items():
        assert not rows("SELECT id FROM placement WHERE person_id = :id AND ends_on IS NULL", {"id": key})
        assert rows("SELECT until FROM cohort_member WHERE person_id = :id", {"id": key}) == [{"until": day}]


def test_every_link_is_closed_to_everybody(rows: Rows) -> None:
    waiting = rows(
        "SELECT l.id FROM checkin_link l LEFT JOIN checkin k ON k.link_id = l.id "
        "WHERE k.id IS NULL AND l.expires_at > :at",
        {"at": stamp(START)},
    )
    assert waiting == []

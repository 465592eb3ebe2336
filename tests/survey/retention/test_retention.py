"""What is older than its time goes, nothing younger, and the command says how much."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from survey.access import actions as access
from survey.clock import stamp
from survey.cohort import actions as cohorts_of
from survey.database import Busy, SqliteEngine
from survey.retention import actions, store
from tests.commands import run
from tests.conftest import START, Clock, Member

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
AT = stamp(START)
TODAY = AT[:10]
YEAR = timedelta(days=365)
TABLES_OF_A_CASE = {"case", *store.RULES[0].along}


@pytest.fixture
def add_case(
    engine: SqliteEngine, ana: Member, cleo: Member, school_of: Callable[..., str]
) -> Callable[..., None]:
    """A case with a row in every table that belongs to a case."""
    school = school_of(ana)

    def add(key: str, closed_at: datetime | None) -> None:
        rows: dict[str, dict[str, object]] = {
            "case": {"code": key, "coach_id": ana.id, "school_id": school, "opened_at": AT,
                     "closed_at": stamp(closed_at) if closed_at else None},
            "agreement": {"case_id": key, "age_band": "under_12", "agreed_on": TODAY, "noted_by": ana.id,
                          "noted_at": AT},
            "talk": {"case_id": key, "kind": "phone", "state": "done", "day": TODAY, "noted_at": AT},
            "talk_with": {"talk_id": key, "who": "parent-1"},
            "talk_agreed": {"talk_id": key, "choice": "call"},
            "note": {"case_id": key, "place": "talk", "line": "een regel", "written_by": ana.id,
                     "written_at": AT},
            "informant": {"case_id": key, "kind": "parent", "number": 1},
            "card": {"informant_id": key, "token_hash": f"{key:c>64}", "created_at": AT},
            "checkin_link": {"informant_id": key, "form": "f", "version": "1", "token_hash": f"{key:l>64}",
                             "created_at": AT, "expires_at": AT, "talk_id": key},
            "talk_check": {"link_id": key, "talk_id": key},
            "checkin": {"link_id": key, "answered_at": AT},
            "checkin_answer": {"checkin_id": key, "item": "W1", "item_version": "1", "value": 3},
            "goal_answer": {"checkin_id": key, "goal": "g", "value": 5},
            "hint_talk": {"link_id": key, "rule": "W-a", "agreed": "call", "talked_by": ana.id,
                          "talked_at": AT},
            "scale_decision": {"case_id": key, "considered": "ib", "decision": "stay", "reason": "r",
                               "decided_by": ana.id, "decided_at": AT},
            "phase_entry": {"case_id": key, "phase": "1", "entered_on": TODAY, "noted_at": AT},
            "factor_level": {"case_id": key, "level": "child", "examined_on": TODAY},
            "case_closing": {"case_id": key, "outcome": "moved", "closed_by": ana.id},
            "handover": {"case_id": key, "from_id": cleo.id, "to_id": ana.id, "handed_by": cleo.id,
                         "handed_at": AT},
        }  # fmt: skip
        for table, row in rows.items():
            columns = {each["name"] for each in engine.rows(f"PRAGMA table_info('{table}')")}
            engine.insert(table, {**({"id": key} if "id" in columns else {}), **row})

    return add


def delete(engine: SqliteEngine, at: datetime, *, dry_run: bool = False) -> dict[str, int]:
    return actions.delete_old(engine, at=at, session_lasts=timedelta(hours=336), dry_run=dry_run)


def kept(engine: SqliteEngine, table: str) -> int:
    row = engine.one(f'SELECT count(*) AS n FROM "{table}"')
    assert row
    return int(row["n"])


def test_nothing_is_counted_by_two_rules() -> None:
    named = [rule.what for rule in store.RULES]
    assert sorted(set(named)) == sorted(named)


def test_every_table_that_belongs_to_a_case_is_counted(engine: SqliteEngine) -> None:
    """A table that a later schema adds under a case is found by its foreign key."""
    tables = [row["name"] for row in engine.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found, before = {"case"}, set[str]()
    while found != before:
        before = set(found)
        for table in tables:
            keys = engine.rows(f"PRAGMA foreign_key_list('{table}')")
            if any(key["table"] in before and key["on_delete"] == "CASCADE" for key in keys):
                found.add(table)
    assert found == TABLES_OF_A_CASE


def test_a_case_goes_whole_twelve_months_after_it_closed(
    engine: SqliteEngine, add_case: Callable[..., None]
) -> None:
    add_case("closed", START - YEAR - timedelta(seconds=1))
    assert delete(engine, START) == dict.fromkeys(TABLES_OF_A_CASE, 1)
    assert {table: kept(engine, table) for table in TABLES_OF_A_CASE} == dict.fromkeys(TABLES_OF_A_CASE, 0)


@pytest.mark.parametrize("closed_at", [None, START - YEAR, START])
def test_a_case_that_is_open_or_closed_less_long_ago_stays(
    engine: SqliteEngine, add_case: Callable[..., None], closed_at: datetime | None, dump: Dump
) -> None:
    add_case("kept", closed_at)
    before = dump()
    assert delete(engine, START) == {}
    assert dump() == before


def test_a_private_line_goes_after_twelve_months_also_in_an_open_case(
    engine: SqliteEngine, add_case: Callable[..., None]
) -> None:
    add_case("open", None)
    assert delete(engine, START + YEAR) == {}
    assert delete(engine, START + YEAR + timedelta(seconds=1))["note"] == 1
    assert kept(engine, "note") == 0
    assert kept(engine, "checkin_answer") == 1


def test_a_dry_run_says_the_very_same_and_deletes_nothing(
    engine: SqliteEngine, add_case: Callable[..., None], dump: Dump
) -> None:
    add_case("closed", START)
    add_case("open", None)
    later = START + 2 * YEAR
    before = dump()
    would = delete(engine, later, dry_run=True)
    assert dump() == before
    assert delete(engine, later) == would
    assert would["note"] == 2
    assert would["case"] == 1


def test_a_dry_run_waits_for_nobody_who_writes(
    app: Flask, engine: SqliteEngine, add_case: Callable[..., None]
) -> None:
    add_case("closed", START)
    with app.extensions["database"].session() as writer, writer.atomic():
        assert delete(engine, START + 2 * YEAR, dry_run=True)["case"] == 1


def test_more_than_one_batch_goes(
    engine: SqliteEngine, add_case: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BATCH", 2)
    for number in range(5):
        add_case(f"closed-{number}", START - timedelta(days=400))
    assert delete(engine, START)["case"] == 5
    assert kept(engine, "case") == 0


def test_reflections_go_twelve_months_after_their_coach_left(
    engine: SqliteEngine, ana: Member, cleo: Member, add_round: Callable[..., str]
) -> None:
    cohort = cohorts_of.add_cohort(engine, name="c", profile="kansencoach", started_on=START.date())
    round_id = add_round(cohort)
    for member in (ana, cleo):
        engine.insert("reflection", {"id": member.id, "round_id": round_id, "person_id": member.id,
                                     "revision": 1, "started_at": AT, "saved_at": AT})  # fmt: skip
        engine.insert("focus", {"reflection_id": member.id, "item": "S7", "aim": "bellen"})
        engine.insert("task_emphasis", {"reflection_id": member.id, "task": "t", "emphasis": "some"})
    engine.run("UPDATE person SET status = 'left', left_at = :at WHERE id = :id", {"at": AT, "id": ana.id})
    assert "reflection" not in delete(engine, START + YEAR)
    gone = delete(engine, START + YEAR + timedelta(days=1))
    assert (gone["reflection"], gone["focus"], gone["task_emphasis"]) == (1, 1, 1)
    assert engine.one("SELECT person_id FROM reflection") == {"person_id": cleo.id}


def test_an_assignment_is_kept_seven_years(
    engine: SqliteEngine, ana: Member, school_of: Callable[[Member], str]
) -> None:
    engine.insert("assignment", {"id": "a", "person_id": ana.id, "school_id": school_of(ana),
                                 "school_year": "2025-2026", "noted_at": AT})  # fmt: skip
    engine.insert("assignment_role", {"assignment_id": "a", "role": "connector"})
    engine.insert("assignment_task", {"assignment_id": "a", "task": "short_lines"})
    assert "assignment" not in delete(engine, START.replace(year=2033))
    gone = delete(engine, START.replace(year=2033) + timedelta(seconds=1))
    assert {name: gone[name] for name in gone if name.startswith("assignment")} == {
        "assignment": 1, "assignment_role": 1, "assignment_task": 1,
    }  # fmt: skip


def test_what_signing_in_leaves_behind_goes_within_weeks(engine: SqliteEngine, ana: Member) -> None:
    access.open_session(engine, person_id=ana.id, at=START)
    access.issue_link(engine, person_id=ana.id, at=START)
    access.ask_link(engine, email=ana.email, at=START)
    engine.insert("rate_limit", {"subject": "s", "window_start": AT, "hits": 1})
    assert delete(engine, START + timedelta(hours=24)) == {}
    later = delete(engine, START + timedelta(hours=25))
    assert later == {"signin_link": 1, "signin_request": 1, "rate_limit": 1}
    assert delete(engine, START + timedelta(days=16)) == {"session": 1}


@pytest.mark.parametrize(
    ("mail", "goes"),
    [
        ({"sent_at": AT}, True),
        ({"expires_at": AT}, True),
        ({"attempts": 10}, True),
        ({"attempts": 9}, False),
    ],
)
def test_a_mail_goes_a_month_after_it_left_or_can_leave_no_more(
    engine: SqliteEngine, mail: dict[str, object], goes: bool
) -> None:
    text = {"id": "m", "recipient": "a@example.org", "subject": "s", "body": "b", "created_at": AT}
    engine.insert("outbox", {**text, **mail})
    assert delete(engine, START + timedelta(days=30)) == {}
    assert delete(engine, START + timedelta(days=31)) == ({"outbox": 1} if goes else {})


def test_the_audit_log_is_kept_twelve_months_and_notes_that_something_went(
    engine: SqliteEngine, ana: Member
) -> None:
    delete(engine, START + YEAR + timedelta(days=1))
    assert [row["act"] for row in engine.rows("SELECT act FROM audit")] == ["old-data-deleted"]


def test_the_last_day_of_february_has_a_year_before() -> None:
    assert actions.years_before(datetime(2028, 2, 29, tzinfo=UTC), 1) == datetime(2027, 2, 28, tzinfo=UTC)


def test_the_command_says_per_table_what_it_deleted(
    app: Flask, clock: Clock, add_case: Callable[..., None], engine: SqliteEngine
) -> None:
    add_case("closed", START)
    assert run(app, "retention") == (0, "nothing is old enough to delete\n")
    clock.forward(days=366)
    would = run(app, "retention", "--dry-run")[1]
    assert "would delete 1 from checkin_answer\n" in would
    assert kept(engine, "case") == 1
    assert run(app, "retention") == (0, would.replace("would delete", "deleted"))
    assert kept(engine, "case") == 0


def test_every_night_the_file_is_compacted_and_a_dry_run_leaves_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when nothing is old enough: what people erased by day leaves the file at night."""
    compacted: list[object] = []
    monkeypatch.setattr(SqliteEngine, "compact", lambda engine: compacted.append(engine))
    assert run(app, "retention", "--dry-run") == (0, "nothing is old enough to delete\n")
    assert not compacted
    assert run(app, "retention") == (0, "nothing is old enough to delete\n")
    assert len(compacted) == 1


def test_a_night_that_could_not_compact_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_the_way(_engine: SqliteEngine) -> None:
        raise Busy("locked")

    monkeypatch.setattr(SqliteEngine, "compact", in_the_way)
    code, said = run(app, "retention")
    assert code == 1
    assert "The file was not compacted (locked): what was deleted can still be read" in said


def test_what_goes_along_is_found_by_an_index(engine: SqliteEngine) -> None:
    """Or deleting a few old cases keeps everyone else waiting for a turn to write."""
    without = {"card"}  # a handful of rows; its index holds cards in force only
    for table in TABLES_OF_A_CASE - without:
        for key in engine.rows(f"PRAGMA foreign_key_list('{table}')"):
            if key["table"] in TABLES_OF_A_CASE:
                plan = engine.rows(
                    f'EXPLAIN QUERY PLAN SELECT 1 FROM "{table}" WHERE "{key["from"]}" = :key', {"key": "x"}
                )
                assert plan[0]["detail"].startswith("SEARCH"), (table, key["from"])

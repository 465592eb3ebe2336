"""SQL of the demo region: everything in at once, everything out at once, and who the personas are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from survey.database import Engine, Row

MARK: Final = "demo"
CHUNK: Final = 2000
# Parents before children: filled in this order, emptied in the opposite one.
TABLES: Final = (
    "person", "role_grant", "address_change", "signin_request", "signin_link", "session", "rate_limit",
    "outbox", "audit",
    "cohort", "cohort_member", "cohort_trainer", "year_plan", "round", "micro_round", "micro_answer",
    "reflection", "reflection_answer", "focus", "lookback", "task_emphasis", "growth_share", "sem_version",
    "cohort_release",
    "transition", "wording_draw", "wording_release",
    "event", "event_cohort", "event_theme", "attendance", "shared_focus",
    "proposal", "notice", "mail_choice", "calendar_feed",
    "school", "school_climate", "school_count", "assignment", "assignment_role", "assignment_task",
    "placement", "placement_change", "hours_log", "start_agreement", "start_choice", "start_line",
    "intended_yield", "yield_review", "start_signature", "hours_plan", "hours_plan_line", "hours_plan_role",
    "evaluation_window", "evaluation_form", "evaluation_node", "evaluation_silence", "evaluation_invitation",
    "evaluation_about",
    "sealed_ballot", "ballot", "ballot_answer", "ballot_line", "named_answer", "named_line", "named_talk",
    "evaluation_release", "evaluation_lines", "said_done", "said_done_words", "advice", "advice_sentence",
    "case", "agreement",
    "informant",
    "talk", "talk_with", "talk_agreed", "note", "checkin_link", "checkin", "checkin_answer", "goal_answer",
    "card", "talk_check", "hint_talk", "scale_decision", "hint_threshold", "phase_entry", "factor_level",
    "case_closing", "handover", "setting",
)  # fmt: skip


def insert(
    engine: Engine, tables: Mapping[str, Sequence[Row]], progress: Callable[[int], None] = lambda _done: None
) -> None:
    """Insert rows by table, a few thousand at a time; `progress` hears how many went in."""
    if unknown := set(tables) - set(TABLES):
        raise KeyError(f"no place in the order for {', '.join(sorted(unknown))}")
    for table in TABLES:
        for rows in _chunks(tables.get(table, ())):
            engine.insert(table, rows)
            progress(len(rows))


def _chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def delete_all(engine: Engine) -> None:
    for table in reversed(TABLES):
        engine.run(f'DELETE FROM "{table}"')  # noqa: S608 - the names are constants of this module


def erase_answers(engine: Engine, window_id: str) -> None:
    """Erase who was asked in a window and what they answered; what was published of it stays."""
    for table in ("ballot", "ballot_line", "evaluation_invitation"):
        engine.run(f"DELETE FROM {table} WHERE window_id = :id", {"id": window_id})  # noqa: S608 - constants


def is_loaded(engine: Engine) -> bool:
    return engine.one("SELECT 1 AS yes FROM setting WHERE name = :name", {"name": MARK}) is not None


def has_people(engine: Engine) -> bool:
    return engine.one("SELECT 1 AS yes FROM person LIMIT 1") is not None


def counts(engine: Engine) -> Row:
    """How many people, cases, checks and reflections this database holds."""
    found = engine.one(
        """
        SELECT (SELECT count(*) FROM person) AS people, (SELECT count(*) FROM "case") AS cases,
          (SELECT count(*) FROM checkin) AS checks, (SELECT count(*) FROM reflection) AS reflections
        """
    )
    return found or {}


def parents(engine: Engine) -> list[Row]:
    """The coach and the informant of every parent who can be asked, in a fixed order."""
    return engine.rows(
        """
        SELECT c.coach_id, i.id FROM informant i JOIN "case" c ON c.id = i.case_id
        JOIN person p ON p.id = c.coach_id
        WHERE i.kind = 'parent' AND i.stopped_at IS NULL AND c.closed_at IS NULL AND p.status <> 'left'
        ORDER BY c.coach_id, c.opened_at, i.id
        """
    )

"""SQL of own data: everything the house keeps about the person who asks, and nothing about anyone else."""

from typing import Final

from survey.access.permissions import Scope
from survey.database import Engine, Row

# By name: what is read of the person who asks. Cases, talks and notes are about others and stay out.
_OWN: Final = {
    "account": """
      SELECT name, email, status, language, created_at, left_at, left_because, experience, research_since
      FROM person WHERE id = :person""",
    "roles": "SELECT role, granted_at FROM role_grant WHERE person_id = :person ORDER BY role",
    "mail": "SELECT stopped_at, snoozed_until FROM mail_choice WHERE person_id = :person",
    "calendar": "SELECT made_at FROM calendar_feed WHERE person_id = :person",
    "cohorts": """
      SELECT c.name, c.profile, m.since, m.until, 'coach' AS role
      FROM cohort_member m JOIN cohort c ON c.id = m.cohort_id WHERE m.person_id = :person
      UNION ALL
      SELECT c.name, c.profile, NULL, NULL, 'trainer'
      FROM cohort_trainer t JOIN cohort c ON c.id = t.cohort_id WHERE t.person_id = :person
      ORDER BY name""",
    "reflections": """
      SELECT f.id, f.revision, f.open_line, f.started_at, f.submitted_at, r.form, r.version, r.opens_at
      FROM reflection f JOIN round r ON r.id = f.round_id
      WHERE f.person_id = :person ORDER BY r.opens_at, f.revision""",
    "answers": """
      SELECT a.reflection_id, a.item, a.item_version, a.value, a.code, a.answered_at
      FROM reflection_answer a JOIN reflection f ON f.id = a.reflection_id
      WHERE f.person_id = :person ORDER BY a.reflection_id, a.item""",
    "focus": """
      SELECT o.reflection_id, o.item, o.aim FROM focus o JOIN reflection f ON f.id = o.reflection_id
      WHERE f.person_id = :person ORDER BY o.reflection_id, o.item""",
    "lookbacks": """
      SELECT l.reflection_id, l.item, l.value, l.answered_at, r.opens_at AS about
      FROM lookback l JOIN reflection f ON f.id = l.reflection_id JOIN round r ON r.id = l.about_round_id
      WHERE f.person_id = :person ORDER BY l.reflection_id, l.item""",
    "emphasis": """
      SELECT e.reflection_id, e.task, e.emphasis
      FROM task_emphasis e JOIN reflection f ON f.id = e.reflection_id
      WHERE f.person_id = :person ORDER BY e.reflection_id, e.task""",
    "short_answers": """
      SELECT m.opens_at, a.form, a.item, a.item_version, a.value, a.code, a.answered_at
      FROM micro_answer a JOIN micro_round m ON m.id = a.micro_round_id
      WHERE a.person_id = :person ORDER BY m.opens_at, a.item""",
    "shares": """
      SELECT p.name, g.shared_at, g.ended_at FROM growth_share g JOIN person p ON p.id = g.trainer_id
      WHERE g.person_id = :person ORDER BY g.shared_at""",
    "assignments": """
      SELECT a.school_year, s.name AS school, 'role' AS kind, r.role AS what
      FROM assignment a JOIN school s ON s.id = a.school_id
      JOIN assignment_role r ON r.assignment_id = a.id WHERE a.person_id = :person
      UNION ALL
      SELECT a.school_year, s.name, 'task', t.task
      FROM assignment a JOIN school s ON s.id = a.school_id
      JOIN assignment_task t ON t.assignment_id = a.id WHERE a.person_id = :person
      ORDER BY school_year, school, kind, what""",
    "schools": """
      SELECT s.name, s.place, p.starts_on, p.ends_on, p.status, p.employer, p.hours_agreed,
        p.wish, p.wish_note FROM placement p JOIN school s ON s.id = p.school_id
      WHERE p.person_id = :person ORDER BY p.starts_on, s.name""",
    "hours": """
      SELECT s.name, l.month, l.hours, l.noted_at FROM hours_log l
      JOIN placement p ON p.id = l.placement_id JOIN school s ON s.id = p.school_id
      WHERE p.person_id = :person ORDER BY s.name, l.month""",
    "events": """
      SELECT e.starts_at, e.kind, e.title, a.state FROM attendance a JOIN event e ON e.id = a.event_id
      WHERE a.person_id = :person ORDER BY e.starts_at""",
    "brought": """
      SELECT e.starts_at, e.title, s.item, s.shared_at FROM shared_focus s JOIN event e ON e.id = s.event_id
      WHERE s.person_id = :person ORDER BY e.starts_at, s.item""",
    "proposals": """
      SELECT proposed_at, profile, item, change, state, answer, decided_at FROM proposal
      WHERE person_id = :person ORDER BY proposed_at""",
    "notices": """
      SELECT kind, decided_at, told_at FROM notice WHERE person_id = :person ORDER BY decided_at""",
    "visits": "SELECT created_at, seen_at FROM session WHERE person_id = :person ORDER BY created_at",
    "acts": "SELECT at, act FROM audit WHERE person_id = :person ORDER BY at",
}


def own(engine: Engine, what: str, scope: Scope) -> list[Row]:
    """One kind of what the house keeps about whoever asks."""
    return engine.rows(_OWN[what], {"person": scope.person_id})

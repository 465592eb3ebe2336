"""SQL of erasing a person: what holds them, which rows go, and what is left for others to point at."""

from collections.abc import Mapping

from survey.access.accounts import ERASED
from survey.database import Engine
from survey.retention.store import LEFT, RULES, Rule

NAME = "Naam gewist"
_OF_THEM = "person_id = :person"
# What was said of them by name was for a talk with them. That a form was answered stays: it was counted.
_NAMED = """invitation_id IN (SELECT id FROM evaluation_invitation WHERE name IS NOT NULL)
  AND node_id IN (SELECT id FROM evaluation_node WHERE person_id = :person)"""
_NOT_LAID = "window_id IN (SELECT id FROM evaluation_window WHERE laid_at IS NULL)"

# What goes a year after someone left goes at once; `year` is empty, so that by age nothing goes.
RULES_OF_ONE = (
    *(rule._replace(old=rule.old.replace(LEFT, ":person")) for rule in RULES if LEFT in rule.old),
    Rule("note", "id", "written_by = :person"),
    Rule("shared_focus", "event_id, person_id, item", _OF_THEM),
    Rule("wording_release", "trainer_id, about", "trainer_id = :person"),
    Rule("named_answer", "invitation_id, node_id, item", _NAMED),
    Rule("named_line", "invitation_id, node_id", _NAMED),
    Rule("named_talk", "invitation_id, node_id", _NAMED),
    Rule("evaluation_node", "id", f"{_OF_THEM} AND {_NOT_LAID}"),
    Rule("evaluation_node", "id", f"{_OF_THEM} AND label <> '' AND NOT {_NOT_LAID}", emptied="label"),
    Rule("notice", "id", _OF_THEM),
    Rule("outbox", "id", f"{_OF_THEM} OR recipient IN (:email, :waits)"),
    Rule("calendar_feed", "person_id", _OF_THEM),
    Rule("address_change", "person_id", _OF_THEM),
    Rule("session", "token_hash", _OF_THEM),
    Rule("signin_link", "token_hash", _OF_THEM),
    Rule("signin_request", "id", "email IN (:email, :waits)"),
    Rule("role_grant", "person_id, role", _OF_THEM),
)

# Where others would miss them, by the word that `actions` explains it with.
_HOLD = {
    "case": 'FROM "case" WHERE coach_id = :person AND closed_at IS NULL',
    "placement": "FROM placement WHERE person_id = :person AND status <> 'ended' "
    "AND (ends_on IS NULL OR ends_on >= :today)",
    "cohort": "FROM cohort_trainer WHERE person_id = :person",
    "lead": "FROM person JOIN role_grant ON person_id = id WHERE role = 'lead' AND status <> 'left' "
    "HAVING min(id) = :person AND max(id) = :person",
    "evaluation": "FROM evaluation_node JOIN evaluation_window "
    "ON evaluation_window.id = evaluation_node.window_id "
    "WHERE evaluation_node.person_id = :person AND counted_at IS NULL AND closes_at > :month "
    "AND (laid_at IS NOT NULL OR evaluation_node.id IN (SELECT node_id FROM evaluation_about))",
}


def holding(engine: Engine, *, person_id: str, today: str, month: str) -> dict[str, int]:
    """How many open cases, places, cohorts as trainer and evaluations not counted yet hold a person.

    An evaluation that closed before `month` and was not counted holds nobody: its secret is lost.
    """
    params = {"person": person_id, "today": today, "month": month}
    found = {what: engine.one(f"SELECT count(*) AS n {place}", params) for what, place in _HOLD.items()}
    return {what: int(row["n"]) for what, row in found.items() if row and row["n"]}


def is_erased(engine: Engine, person_id: str) -> bool:
    """Whether this is what is left of someone who was erased."""
    params = {"id": person_id, "erased": ERASED}
    return engine.one("SELECT 1 AS yes FROM person WHERE id = :id AND left_at = :erased", params) is not None


def keys(engine: Engine, person_id: str) -> dict[str, str | int]:
    """What the rows of a person are found by: the id, the address, and one that waits."""
    row = engine.one(
        "SELECT person.email, address_change.email AS waits FROM person "
        "LEFT JOIN address_change ON address_change.person_id = person.id WHERE person.id = :id",
        {"id": person_id},
    )
    email = row["email"] if row else ""
    return {"person": person_id, "email": email, "waits": (row and row["waits"]) or email, "year": ""}


def forget(engine: Engine, keys: Mapping[str, str | int]) -> None:
    """Leave of a person what others point at: an id without a name, who left before anything began."""
    engine.run(
        "UPDATE person SET name = :name, email = id || '@gewist.invalid', status = 'left', language = 'nl', "
        "created_at = :erased, left_at = :erased, left_because = NULL, experience = NULL, "
        "research_since = NULL WHERE id = :person",
        {**keys, "name": NAME, "erased": ERASED},
    )
    engine.run(
        "UPDATE evaluation_invitation SET address = NULL WHERE address IN (:email, :waits)",
        keys,
    )

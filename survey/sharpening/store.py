"""SQL of sharpening: proposals from the field, and rounds that ask items in two wordings."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

_PROPOSALS = """
SELECT proposal.id, proposal.profile, proposal.item, proposal.change, proposal.proposed_at, proposal.state,
  proposal.answer, proposal.decided_at, person.name
FROM proposal LEFT JOIN person ON person.id = proposal.person_id
"""

_LEVELS = """
SELECT round.form, round.version, reflection.person_id AS person, reflection_answer.item,
  reflection_answer.item_version, reflection_answer.value
FROM transition
JOIN round ON round.id = transition.round_id
JOIN wording_draw ON wording_draw.round_id = round.id
JOIN reflection ON reflection.round_id = round.id AND reflection.person_id = wording_draw.person_id
JOIN reflection_answer ON reflection_answer.reflection_id = reflection.id
  AND reflection_answer.item = transition.item
WHERE round.closes_at <= :at AND reflection_answer.value IS NOT NULL
  AND reflection.revision = (
    SELECT max(newest.revision) FROM reflection AS newest
    WHERE newest.person_id = reflection.person_id AND newest.round_id = reflection.round_id
      AND newest.submitted_at IS NOT NULL)
"""
_TRAINED = "AND round.cohort_id IN (SELECT cohort_id FROM cohort_trainer WHERE person_id = :trainer)"
_EARLIEST = "ORDER BY round.opens_at, round.id"


def profiles(engine: Engine, *, scope: Scope) -> list[str]:
    """The profiles of the cohorts this person is in or trains."""
    rows = engine.rows(
        "SELECT cohort.profile FROM cohort JOIN cohort_member ON cohort_member.cohort_id = cohort.id "
        "WHERE cohort_member.person_id = :person AND cohort_member.until IS NULL "
        "UNION SELECT cohort.profile FROM cohort JOIN cohort_trainer ON cohort_trainer.cohort_id = cohort.id "
        "WHERE cohort_trainer.person_id = :person",
        {"person": scope.person_id},
    )
    return [row["profile"] for row in rows]


def own_proposals(engine: Engine, *, scope: Scope) -> list[Row]:
    """What this person proposed, latest first."""
    return engine.rows(
        f"{_PROPOSALS} WHERE proposal.person_id = :person "
        "ORDER BY proposal.proposed_at DESC, proposal.id DESC",
        {"person": scope.person_id},
    )


def every_proposal(engine: Engine) -> list[Row]:
    """What everybody proposed, oldest first."""
    return engine.rows(f"{_PROPOSALS} ORDER BY proposal.proposed_at, proposal.id")


def insert_proposal(engine: Engine, row: Mapping[str, Any]) -> None:
    """Keep a proposal, unless its id is known."""
    engine.run(
        "INSERT INTO proposal (id, person_id, profile, item, change, proposed_at, state) "
        "VALUES (:id, :person_id, :profile, :item, :change, :proposed_at, 'open') "
        "ON CONFLICT (id) DO NOTHING",
        row,
    )


def decide(engine: Engine, row: Mapping[str, Any]) -> int:
    """Write what came of an open proposal; how many that were."""
    return engine.run(
        "UPDATE proposal SET state = :state, answer = :answer, decided_by = :decided_by, "
        "decided_at = :decided_at WHERE id = :id AND state = 'open'",
        row,
    )


def delete_proposal(engine: Engine, proposal_id: str, *, scope: Scope) -> int:
    """Take back an own proposal that nobody decided on; how many that were."""
    return engine.run(
        "DELETE FROM proposal WHERE id = :id AND person_id = :person AND state = 'open'",
        {"id": proposal_id, "person": scope.person_id},
    )


def round_opening(engine: Engine, *, cohort_id: str, opens_at: str) -> Row | None:
    """The round that opens at this moment, with how many people began in it."""
    return engine.one(
        "SELECT round.id, round.form, round.version, round.opens_at, round.closes_at, cohort.started_on, "
        "count(reflection.id) AS begun FROM round JOIN cohort ON cohort.id = round.cohort_id "
        "LEFT JOIN reflection ON reflection.round_id = round.id "
        "WHERE round.cohort_id = :cohort AND round.opens_at = :opens_at "
        "GROUP BY round.id, round.form, round.version, round.opens_at, round.closes_at, cohort.started_on",
        {"cohort": cohort_id, "opens_at": opens_at},
    )


def members(engine: Engine, *, cohort_id: str) -> list[Row]:
    """Who is in a cohort, with what decides whether a round asks them."""
    return engine.rows(
        "SELECT person_id, since, until FROM cohort_member WHERE cohort_id = :cohort ORDER BY person_id",
        {"cohort": cohort_id},
    )


def set_version(engine: Engine, round_id: str, *, version: str) -> None:
    """Let a round that nobody began ask this version."""
    engine.run("UPDATE round SET version = :version WHERE id = :id", {"id": round_id, "version": version})


def replace_transition(engine: Engine, round_id: str, *, items: Sequence[str]) -> None:
    """The items that a round asks in two wordings, in the place of those of before; nobody is drawn yet."""
    engine.run("DELETE FROM transition WHERE round_id = :round", {"round": round_id})
    engine.run("DELETE FROM wording_draw WHERE round_id = :round", {"round": round_id})
    engine.insert("transition", [{"round_id": round_id, "item": item} for item in items])


def insert_draws(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.insert("wording_draw", rows)


def levels_in_two_wordings(engine: Engine, *, at: str, scope: Scope) -> list[Row]:
    """Levels on items that a closed round of this trainer's cohorts asked in two wordings, earliest first."""
    return engine.rows(
        f"{_LEVELS} {_TRAINED} {_EARLIEST}",
        {"at": at, "trainer": scope.person_id},
    )


def every_level_in_two_wordings(engine: Engine, *, at: str) -> list[Row]:
    """As levels_in_two_wordings, of all cohorts."""
    return engine.rows(f"{_LEVELS} {_EARLIEST}", {"at": at})


def shown_shift(engine: Engine, *, about: str, scope: Scope) -> Row | None:
    """What this trainer was shown last of an item in two wordings."""
    return engine.one(
        "SELECT content FROM wording_release WHERE trainer_id = :trainer AND about = :about",
        {"trainer": scope.person_id, "about": about},
    )


def keep_shift(engine: Engine, *, about: str, content: str, scope: Scope) -> None:
    """Keep what this trainer is shown from now on."""
    engine.run(
        "INSERT INTO wording_release (trainer_id, about, content) VALUES (:trainer, :about, :content) "
        "ON CONFLICT (trainer_id, about) DO UPDATE SET content = excluded.content",
        {"trainer": scope.person_id, "about": about, "content": content},
    )

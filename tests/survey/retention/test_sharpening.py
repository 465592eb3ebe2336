"""Proposals go a year after an answer or after leaving; who was asked which words, a year after leaving."""

from collections.abc import Callable
from datetime import timedelta

from survey.clock import stamp
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine, new_key
from survey.retention import actions as retention
from survey.sharpening import actions
from tests.conftest import START, Member, scope_of

YEAR = timedelta(days=365)


def delete(engine: SqliteEngine, days: int) -> dict[str, int]:
    return retention.delete_old(engine, at=START + YEAR + timedelta(days=days), session_lasts=YEAR)


def test_a_proposal_is_forgotten_a_year_after_its_answer_and_an_open_one_waits(
    engine: SqliteEngine, ana: Member, lea: Member
) -> None:
    decided, waiting = (
        actions.propose(
            engine,
            by=scope_of(ana),
            profile="kansencoach",
            item=None,
            change="Korter.",
            at=START - YEAR,
            key=new_key(),
        )
        for _ in range(2)
    )
    actions.decide(engine, by=scope_of(lea), proposal_id=decided, taken=True, answer="", at=START)
    assert "proposal" not in delete(engine, 0)
    assert delete(engine, 1)["proposal"] == 1
    assert engine.rows("SELECT id FROM proposal") == [{"id": waiting}]


def test_an_open_proposal_keeps_nobody_who_left_over_a_year_ago(
    engine: SqliteEngine, ana: Member, cleo: Member
) -> None:
    for member in (ana, cleo):
        actions.propose(
            engine,
            by=scope_of(member),
            profile="kansencoach",
            item=None,
            change="Korter.",
            at=START,
            key=new_key(),
        )
    left = {"at": stamp(START), "id": ana.id}
    engine.run("UPDATE person SET status = 'left', left_at = :at WHERE id = :id", left)
    assert "proposal" not in delete(engine, 0)
    assert delete(engine, 1)["proposal"] == 1
    assert engine.rows("SELECT person_id FROM proposal") == [{"person_id": cleo.id}]


def test_the_words_a_coach_got_are_forgotten_a_year_after_leaving(
    engine: SqliteEngine, ana: Member, cleo: Member, add_round: Callable[..., str]
) -> None:
    cohort = cohorts_of.add_cohort(engine, name="c", profile="kansencoach", started_on=START.date())
    round_id = add_round(cohort)
    for member, wording in ((ana, "old"), (cleo, "new")):
        engine.insert("wording_draw", {"round_id": round_id, "person_id": member.id, "wording": wording})
    left = {"at": stamp(START), "id": ana.id}
    engine.run("UPDATE person SET status = 'left', left_at = :at WHERE id = :id", left)
    assert "wording_draw" not in delete(engine, 0)
    assert delete(engine, 1)["wording_draw"] == 1
    assert engine.rows("SELECT person_id FROM wording_draw") == [{"person_id": cleo.id}]

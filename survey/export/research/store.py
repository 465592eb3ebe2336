"""SQL of the research export: who lets research read, and what of theirs it reads; never a word they wrote.

Every query here asks for `research_since`: who takes that back is in no export any more.
"""

from collections.abc import Sequence
from typing import Final

from survey.database import Engine, Row

BATCH: Final = 200  # reflections of a question, so that no answer lies in memory longer than needed
_MANY: Final = ", ".join(f":r{number}" for number in range(BATCH))
_READABLE: Final = "person.research_since <= :at"
# The newest revision submitted in each closed round: nothing of it changes any more.
_COUNTS: Final = """
FROM reflection
JOIN round ON round.id = reflection.round_id
WHERE reflection.person_id IN (SELECT id FROM person WHERE research_since <= :at)
AND round.closes_at <= :at AND reflection.submitted_at < round.closes_at AND NOT EXISTS (
  SELECT 1 FROM reflection AS newer
  WHERE newer.person_id = reflection.person_id AND newer.round_id = reflection.round_id
    AND newer.revision > reflection.revision AND newer.submitted_at < round.closes_at)
"""
# What was said with any revision belongs to the one that counts.
_WITH_ANY: Final = """reflection AS counts
JOIN reflection AS said ON said.person_id = counts.person_id AND said.round_id = counts.round_id"""
# By table: what hangs on a reflection. No aim, no line, no moment to the minute.
_OF_REFLECTIONS: Final = {
    "answers": "SELECT reflection_id, item, item_version, value, code FROM reflection_answer",
    "lookbacks": "SELECT counts.id AS reflection_id, item, item_version, about_round_id, value "  # noqa: S608 - a constant
    f"FROM {_WITH_ANY} JOIN lookback ON lookback.reflection_id = said.id",
    "focus": "SELECT reflection_id, item FROM focus",
    "emphasis": "SELECT counts.id AS reflection_id, task, emphasis "  # noqa: S608 - a constant
    f"FROM {_WITH_ANY} JOIN task_emphasis ON task_emphasis.reflection_id = said.id",
}


def coaches(engine: Engine, *, at: str) -> list[Row]:
    """Who lets research read, and how experienced they were before they began."""
    return engine.rows(f"SELECT person.id, person.experience FROM person WHERE {_READABLE}", {"at": at})  # noqa: S608 - a constant of this module


def rounds(engine: Engine, *, at: str) -> list[Row]:
    """The closed rounds of all cohorts, earliest first."""
    return engine.rows(
        "SELECT round.id, round.cohort_id, round.form, round.version, round.opens_at, cohort.started_on "
        "FROM round JOIN cohort ON cohort.id = round.cohort_id "
        "WHERE round.closes_at <= :at ORDER BY round.opens_at, round.id",
        {"at": at},
    )


def reflections(engine: Engine, *, at: str) -> list[Row]:
    """The reflections research may read: whose, and in which round."""
    return engine.rows(
        f"SELECT reflection.id, reflection.person_id, reflection.round_id {_COUNTS}", {"at": at}
    )


def number_of_answers(engine: Engine, *, at: str) -> list[Row]:
    """By coach, how many answers the reflections hold."""
    return engine.rows(
        "SELECT counted.person_id, count(*) AS n FROM reflection_answer "  # noqa: S608 - constants of this module
        f"JOIN (SELECT reflection.id, reflection.person_id {_COUNTS}) AS counted "
        "ON counted.id = reflection_answer.reflection_id GROUP BY counted.person_id",
        {"at": at},
    )


def short_rounds(engine: Engine, *, at: str) -> list[Row]:
    """The short rounds of all cohorts that closed."""
    return engine.rows(
        "SELECT micro_round.cohort_id, micro_round.opens_at, cohort.started_on, cohort.profile "
        "FROM micro_round JOIN cohort ON cohort.id = micro_round.cohort_id "
        "WHERE micro_round.closes_at <= :at",
        {"at": at},
    )


def short_cohorts(engine: Engine, *, at: str) -> list[Row]:
    """In short rounds of which cohorts each coach answered."""
    return engine.rows(
        "SELECT DISTINCT micro_answer.person_id, micro_round.cohort_id FROM micro_answer "  # noqa: S608 - a constant of this module
        "JOIN micro_round ON micro_round.id = micro_answer.micro_round_id "
        "JOIN person ON person.id = micro_answer.person_id "
        f"WHERE {_READABLE} AND micro_round.closes_at <= :at",
        {"at": at},
    )


def of_reflections(engine: Engine, what: str, reflection_ids: Sequence[str]) -> list[Row]:
    """What hangs on at most BATCH reflections that `reflections` named."""
    named = dict.fromkeys((f"r{number}" for number in range(BATCH)), "")
    named |= {f"r{number}": key for number, key in enumerate(reflection_ids)}
    order = {"emphasis": "task"}.get(what, "item")
    return engine.rows(
        f"SELECT * FROM ({_OF_REFLECTIONS[what]}) AS found "  # noqa: S608 - constants of this module
        f"WHERE reflection_id IN ({_MANY}) ORDER BY reflection_id, {order}",
        named,
    )


def short_answers(engine: Engine, *, at: str) -> list[Row]:
    """The answers in short rounds that closed."""
    return engine.rows(
        f"""
        SELECT micro_answer.person_id, micro_answer.form, micro_answer.item, micro_answer.item_version,
          micro_answer.value, micro_answer.code, micro_round.opens_at, cohort.started_on
        FROM micro_answer
        JOIN micro_round ON micro_round.id = micro_answer.micro_round_id
        JOIN cohort ON cohort.id = micro_round.cohort_id
        JOIN person ON person.id = micro_answer.person_id
        WHERE {_READABLE} AND micro_round.closes_at <= :at
        ORDER BY micro_round.opens_at, micro_answer.item
        """,  # noqa: S608 - constants of this module
        {"at": at},
    )

"""SQL of cohorts, members, trainers and rounds."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row


def insert_cohort(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("cohort", row)


def insert_member(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("cohort_member", row)


def end_membership(engine: Engine, *, cohort_id: str, person_id: str, until: str) -> int:
    return engine.run(
        "UPDATE cohort_member SET until = :until "
        "WHERE cohort_id = :cohort AND person_id = :person AND until IS NULL",
        {"cohort": cohort_id, "person": person_id, "until": until},
    )


def insert_trainer(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("cohort_trainer", row)


def insert_round(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("round", row)


def cohort_by_name(engine: Engine, name: str) -> Row | None:
    return engine.one("SELECT id, name, profile, started_on FROM cohort WHERE name = :name", {"name": name})

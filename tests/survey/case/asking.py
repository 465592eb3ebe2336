"""What the tests about asking share: asking, answering, and reading a section of a page."""

import re
from datetime import datetime

from survey.case import actions
from survey.case.informants import Who
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Member

SOONER = {"dose_reason": "asked_for"}
FIRST_ITEM = {"relationship": "w", "wellbeing": "u"}


def case_id(engine: SqliteEngine, code: str) -> str:
    """The id of a case by its code."""
    (row,) = engine.rows('SELECT id FROM "case" WHERE code = :code', {"code": code})
    return str(row["id"])


def ask(
    coach: HouseClient, code: str, who: str = "parent-1", family: str = "relationship", **more: str
) -> str:
    """Ask someone; the address of the check."""
    made = coach.post(f"/trajecten/{code}/check", data={"who": who, "family": family, **more})
    assert made.status_code == 303, made.get_data(as_text=True)
    return str(made.location)


def link_on(page: str) -> str:
    """The link of the respondent on the page of a check."""
    (path,) = set(re.findall(r'href="http://localhost(/c/[\w-]{22})"', page))
    return str(path)


def answer(
    coach: HouseClient,
    client: HouseClient,
    check: str,
    values: str,
    family: str = "relationship",
    **more: str,
) -> None:
    """Answer a check with one digit for each question."""
    data = {f"{FIRST_ITEM[family]}{n}": value for n, value in enumerate(values, start=1)}
    assert client.post(link_on(coach.get(check).text), data=data | more).status_code == 303


def section(page: str, name: str) -> str:
    """The words of the section with this heading."""
    return next(words(one) for one in every(parsed(page), "section") if one.get("aria-labelledby") == name)


def note_incident(engine: SqliteEngine, code: str, by: Member, at: datetime) -> None:
    """Something happened that day."""
    talks.note_incident(engine, case_id=case_id(engine, code), day=at.date(), by=by.id, at=at)


def stop(engine: SqliteEngine, code: str, who: Who, at: datetime) -> None:
    """This person wants no more questions."""
    key = actions.add_informant(engine, case_id=case_id(engine, code), who=who)
    engine.run("UPDATE informant SET stopped_at = :at WHERE id = :id", {"at": at.isoformat(), "id": key})

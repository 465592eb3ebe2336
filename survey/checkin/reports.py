"""What coaches see of check-ins: what became of a link, and answers beside earlier ones, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from markupsafe import Markup

from survey.access.permissions import Scope
from survey.access.tokens import token_hash
from survey.checkin import links, store
from survey.clock import local_day, moment, stamp
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog

NEWS = timedelta(days=14)
NEWS_LIMIT = 5


class State(StrEnum):
    """What became of a link."""

    OPEN = "open"
    DECLINED = "declined"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to one person of a case."""

    link_id: str
    code: str
    informant_id: str
    kind: str
    number: int
    form: str
    state: State
    created_at: datetime
    expires_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Check:
    """One answered check: the value of each item."""

    link_id: str
    informant_id: str
    form: str
    version: str
    answered_at: datetime
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Checks of one person side by side, newest first: the days, and per question the words chosen."""

    days: tuple[date, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def asked(engine: Engine, scope: Scope, link_id: str, *, at: datetime) -> Asked | None:
    """One link in a case of this coach."""
    row = store.asked(engine, link_id, at=stamp(at), scope=scope)
    return _asked(row) if row else None


def waiting(engine: Engine, scope: Scope, *, at: datetime) -> list[Asked]:
    """What this coach asked and still can be answered, newest first."""
    return [_asked(row) for row in store.waiting(engine, at=stamp(at), scope=scope)]


def news(engine: Engine, scope: Scope, *, at: datetime) -> list[Asked]:
    """The newest answers of the past two weeks to this coach, newest first."""
    since = stamp(at - NEWS)
    rows = store.newest(engine, since=since, limit=NEWS_LIMIT, at=stamp(at), scope=scope)
    return [_asked(row) for row in rows]


def address(link_id: str) -> str:
    """The address of a link, for its coach to hand over."""
    return links.address(links.token_of(link_id))


def qr(link_id: str) -> Markup:
    """The QR code of that address, as inline SVG."""
    return links.qr(address(link_id))


def checks(engine: Engine, scope: Scope, case_id: str) -> list[Check]:
    """Every answered check in a case of this coach, newest first."""
    rows = store.answers(engine, case_id=case_id, scope=scope)
    return [_check(list(answers)) for _, answers in groupby(rows, key=lambda row: row["link_id"])]


def compare(catalog: Catalog, checks: Sequence[Check], language: str) -> Comparison:
    """Checks of one person and one form, item by item, in the words of each check's own version."""
    questions = {
        item.key: item.text[language] for item in catalog.get(checks[0].form, checks[0].version).items
    }
    words = [_words(catalog, check, language) for check in checks]
    return Comparison(
        days=tuple(local_day(check.answered_at) for check in checks),
        rows=tuple((text, tuple(said.get(item, "–") for said in words)) for item, text in questions.items()),
    )


def _words(catalog: Catalog, check: Check, language: str) -> dict[str, str]:
    questionnaire = catalog.get(check.form, check.version)
    labels = {
        (item.key, level.value): level.label[language]
        for item in questionnaire.items
        for level in questionnaire.levels(item)
    }
    return {item: labels[item, value] for item, value in check.values.items()}


def _check(rows: list[Row]) -> Check:
    first = rows[0]
    return Check(
        link_id=first["link_id"],
        informant_id=first["informant_id"],
        form=first["form"],
        version=first["version"],
        answered_at=moment(first["answered_at"]),
        values={row["item"]: row["value"] for row in rows},
    )


def _asked(row: Mapping[str, Any]) -> Asked:
    answered = row["answered_at"]
    return Asked(
        link_id=row["id"],
        code=row["code"],
        informant_id=row["informant_id"],
        kind=row["kind"],
        number=row["number"],
        form=row["form"],
        state=_state(row),
        created_at=moment(row["created_at"]),
        expires_at=moment(row["expires_at"]),
        answered_at=moment(answered) if answered else None,
    )


def _state(row: Mapping[str, Any]) -> State:
    if row["is_answered"]:
        return State.ANSWERED
    # After a change of the secret the token of an older link can no longer be derived: ask again.
    if not row["is_open"] or token_hash(links.token_of(row["id"])) != row["token_hash"]:
        return State.CLOSED
    return State.DECLINED if row["declined_at"] else State.OPEN

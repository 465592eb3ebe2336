"""What coaches see of check-ins: what became of a link, and answers beside earlier ones, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from markupsafe import Markup

from survey.access.permissions import Scope
from survey.access.tokens import token_hash
from survey.checkin import links, store
from survey.checkin.series import Check as Check
from survey.checkin.series import Series as Series
from survey.checkin.series import checks as checks
from survey.checkin.series import series as series
from survey.checkin.series import series_by_case as series_by_case
from survey.clock import local_day, moment, stamp
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.frozen import SOURCE_LANGUAGE

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
    state: State
    created_at: datetime
    expires_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Checks of one person side by side, newest first: the days, and per question the words chosen.

    The words are None where the question read otherwise then.
    """

    days: tuple[date, ...]
    rows: tuple[tuple[str, tuple[str | None, ...]], ...]


def asked(engine: Engine, scope: Scope, link_id: str, *, at: datetime) -> Asked | None:
    """One link in a case of this coach."""
    row = store.asked(engine, link_id, at=stamp(at), scope=scope)
    return _asked(row) if row else None


def waiting(engine: Engine, scope: Scope, *, at: datetime) -> list[Asked]:
    """What this coach asked and still can be answered, newest first."""
    asked = [_asked(row) for row in store.waiting(engine, at=stamp(at), scope=scope)]
    return [one for one in asked if one.state in {State.OPEN, State.DECLINED}]


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


def compare(catalog: Catalog, checks: Sequence[Check], language: str) -> Comparison:
    """Checks of one person and one form, item by item, in the words of each check's own version."""
    sheets = [_Sheet(catalog, check, language) for check in checks]
    items = dict.fromkeys(item for sheet in sheets for item in sheet.questions)
    return Comparison(
        days=tuple(local_day(check.answered_at) for check in checks),
        rows=tuple(_row(item, sheets) for item in items),
    )


class _Sheet:
    """One check in words: its questions, since when each compares, and what was chosen."""

    def __init__(self, catalog: Catalog, check: Check, language: str) -> None:
        form = catalog.get(check.form, check.version)
        lang = language if language in form.languages else SOURCE_LANGUAGE
        self.questions = {item.key: item.text[lang] for item in form.items}
        self.anchors = {item.key: catalog.anchor(check.form, check.version, item.key) for item in form.items}
        self.chosen = {
            item.key: level.label[lang]
            for item in form.items
            for level in form.levels(item)
            if level.value == check.values.get(item.key)
        }


def _row(item: str, sheets: Sequence[_Sheet]) -> tuple[str, tuple[str | None, ...]]:
    """The newest wording of a question, and what was chosen each time it was asked in that meaning."""
    newest = next(sheet for sheet in sheets if item in sheet.questions)

    def said(sheet: _Sheet) -> str | None:
        if sheet.anchors.get(item, newest.anchors[item]) != newest.anchors[item]:
            return None
        return sheet.chosen.get(item, "–")

    return newest.questions[item], tuple(map(said, sheets))


def _asked(row: Mapping[str, Any]) -> Asked:
    answered = row["answered_at"]
    return Asked(
        link_id=row["id"],
        code=row["code"],
        informant_id=row["informant_id"],
        kind=row["kind"],
        number=row["number"],
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

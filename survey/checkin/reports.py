"""What coaches see of check-ins: what became of a link, and answers beside earlier ones, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from msgspec import Struct

from survey.access.permissions import Scope
from survey.access.tokens import token_hash
from survey.checkin import lines, links, store
from survey.checkin.card import cards
from survey.checkin.card.cards import Card as Card
from survey.checkin.dose import Because as Because
from survey.checkin.dose import Dose as Dose
from survey.checkin.dose import Doses as Doses
from survey.checkin.dose import due as due
from survey.checkin.series import Check as Check
from survey.checkin.series import Series as Series
from survey.checkin.series import checks as checks
from survey.checkin.series import series as series
from survey.clock import local_day, moment, moment_or_none, stamp
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import GOAL
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.vocabulary import Family
from survey.questionnaire.wording import Wording
from survey.web import links as addresses
from survey.web import pages

if TYPE_CHECKING:
    from analysis.case import Measure
    from analysis.charts import BuiltChart as BuiltChart
    from analysis.texts import Texts

NEWS = timedelta(days=14)
NEWS_LIMIT = 5


class State(StrEnum):
    """What became of a link; stopped: would be open had this person not asked for no more questions."""

    OPEN = "open"
    DECLINED = "declined"
    ANSWERED = "answered"
    STOPPED = "stopped"
    CLOSED = "closed"


class Asked(Struct, frozen=True):
    """One check put to one person of a case, and what became of it.

    `is_revoked`: the coach, a later link or the end of the agreement closed it before it expired.
    """

    link_id: str
    code: str
    informant_id: str
    kind: str
    number: int
    form: str
    version: str
    goal: str | None
    talk_id: str | None
    dose_reason: str | None
    state: State
    created_at: datetime
    expires_at: datetime
    answered_at: datetime | None
    declined_at: datetime | None
    decline_reason: str | None
    is_revoked: bool

    @property
    def family(self) -> Family:
        """Which of the two check-ins it is."""
        return Family.of(self.form)


class Comparison(Struct, frozen=True):
    """Checks of one person side by side, newest first: the days, and per question the words chosen.

    The words are None where the question read otherwise then.
    """

    days: tuple[date, ...]
    rows: tuple[tuple[str, tuple[str | None, ...]], ...]


def asked(engine: Engine, scope: Scope, link_id: str, *, at: datetime) -> Asked | None:
    """One link in a case of this coach."""
    row = store.asked(engine, link_id, at=stamp(at), scope=scope)
    return _asked(row) if row else None


def asked_links(engine: Engine, scope: Scope, case_id: str, *, at: datetime) -> list[Asked]:
    """Everything that was asked in a case of this coach, oldest first."""
    return [_asked(row) for row in store.asked_in(engine, case_id, at=stamp(at), scope=scope)]


def doses(engine: Engine, scope: Scope, case_id: str, *, incidents: Collection[date], at: datetime) -> Doses:
    """How soon each person in a case of this coach may be asked again."""
    rows = store.last_answers(engine, case_id, scope=scope)
    answered = {(row["informant_id"], Family.of(row["form"])): moment(row["answered_at"]) for row in rows}
    return Doses(answered, incidents, at)


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


def card_of(engine: Engine, scope: Scope, informant_id: str) -> Card | None:
    """The lasting card of someone in a case of this coach, once it was made."""
    return cards.of_informant(engine, scope, informant_id)


def card_words(catalog: Catalog, kind: str) -> list[Wording]:
    """What the card of a person of this kind opens and who reads it, once for each language it opens in."""
    form, said = catalog.get(Family.WELLBEING.form_for(kind)), catalog.page_texts("formal")
    words = {lang: f"{said['card_opens'][lang]} {said['reason_who_sees'][lang]}" for lang in form.languages}
    return [Wording(lang, form.languages[lang].dir, words[lang], None) for lang in pages.languages(form)]


def path(link_id: str) -> str:
    """The same address within this site, for a device that is handed over."""
    return f"/c/{links.token_of(link_id)}"


def languages(asked: Asked) -> dict[str, str]:
    """The languages this check can be read in, by code: Dutch first."""
    form = links.questionnaire(asked.form, asked.version, asked.goal)
    return {lang: form.languages[lang].name for lang in pages.languages(form)}


def qr(link_id: str) -> Markup:
    """The QR code of that address, as inline SVG."""
    return addresses.qr(address(link_id))


def charts(series: Series, *, catalog: Catalog, texts: Texts, measure: Measure) -> dict[str, BuiltChart]:
    """The charts of one person and family: relationship; or wellbeing, and goal where one was asked about.

    `measure`: what the answers are held against; how far chance moves a goal is not known.
    """
    from analysis.charts import build

    return {
        name: build(f"case_{name}", days, texts, **({} if name == GOAL else {"measure": measure}), **options)
        for name, (days, options) in lines.drawings(series, catalog, texts.locale).items()
    }


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
    return Asked(
        link_id=row["id"],
        code=row["code"],
        informant_id=row["informant_id"],
        kind=row["kind"],
        number=row["number"],
        form=row["form"],
        version=row["version"],
        goal=row["goal"],
        talk_id=row["talk_id"],
        dose_reason=row["dose_reason"],
        state=_state(row),
        created_at=moment(row["created_at"]),
        expires_at=moment(row["expires_at"]),
        answered_at=moment_or_none(row["answered_at"]),
        declined_at=moment_or_none(row["declined_at"]),
        decline_reason=row["decline_reason"],
        is_revoked=row["revoked_at"] is not None,
    )


def _state(row: Mapping[str, Any]) -> State:
    if row["is_answered"]:
        return State.ANSWERED
    if row["is_stopped"]:
        return State.STOPPED
    # After a change of the secret the token of an older link can no longer be derived: ask again.
    if not row["is_open"] or token_hash(links.token_of(row["id"])) != row["token_hash"]:
        return State.CLOSED
    return State.DECLINED if row["declined_at"] else State.OPEN

"""What other rooms and pages hear of the evaluation: windows, how many answered in steps, named forms."""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup
from msgspec import Struct

from survey.access.permissions import Permission, Scope
from survey.clock import day_or_none
from survey.database import Engine
from survey.evaluation import sealing, store
from survey.evaluation.groups import FORMS as FORMS
from survey.evaluation.groups import WITH_A_NAME as WITH_A_NAME
from survey.evaluation.invitation import store as invitations
from survey.evaluation.invitation import tokens
from survey.evaluation.named import reports as named
from survey.evaluation.named import store as names
from survey.evaluation.outcome.reports import Outcome as Outcome
from survey.evaluation.outcome.reports import outcomes as outcomes
from survey.evaluation.release.computing.reports import computed as computed
from survey.evaluation.release.content import Number as Number
from survey.evaluation.release.content import Share as Share
from survey.evaluation.release.content import to_json as to_json
from survey.evaluation.release.reports import Release as Release
from survey.evaluation.release.reports import Told as Told
from survey.evaluation.release.reports import release as release
from survey.evaluation.release.reports import released as released
from survey.evaluation.release.reports import unseen as unseen
from survey.evaluation.tree import laid as laid
from survey.evaluation.windows import State as State
from survey.evaluation.windows import Window as Window
from survey.questionnaire.catalog import Catalog
from survey.web import links

CARD_SCALE = 4
SMALLEST_SHOWN = 10  # a school where fewer were asked shows no count of its own


class Step(Struct, frozen=True):
    """About how many answered: a step of five, so that no single answer shows."""

    low: int
    high: int

    @classmethod
    def of(cls, replied: int, asked: int) -> "Step":
        """The step a count falls in: 0–4, 5–9, 10–14; never above how many were asked."""
        from analysis.shares import step

        told = step(replied)
        return cls(told.least, min(told.most, asked))


class Response(Struct, frozen=True):
    """Of one form, at one school or everywhere: how many were asked, and in a step how many answered."""

    form: str
    asked: int
    cards: int
    replied: Step | None


class Done(NamedTuple):
    """A named form that was filled in: by an `ib` or a `director`, and the day the coach talked about it."""

    respondent: str
    talked_on: date | None


class Node(Struct, frozen=True):
    """One place in the tree of a window."""

    id: str
    parent_id: str | None
    level: str
    label: str
    person_id: str | None


def windows(engine: Engine, scope: Scope) -> list[Window]:
    """Every window, newest first."""
    return [Window.of(row) for row in store.windows(engine)]


def window(engine: Engine, scope: Scope, window_id: str) -> Window | None:
    """One window."""
    row = store.window(engine, window_id)
    return Window.of(row) if row else None


def key_fits(window: Window) -> bool:
    """Whether the answers of a window that is not counted can still be opened."""
    return window.opened_at is None or bool(window.counted_at) or sealing.fits(window.id, window.seal)


def nodes(engine: Engine, scope: Scope, window_id: str) -> list[Node]:
    """The tree of a window: the programme, then clusters, then coaches, each by label."""
    return [Node(**row) for row in store.nodes(engine, window_id)]


def response(engine: Engine, scope: Scope, window_id: str) -> dict[str, Response]:
    """By form: how many people were asked, and in steps how many answered."""
    found: dict[str, tuple[int, int, int]] = {}
    for row in invitations.response(engine, window_id, scope=scope):
        asked, cards, replied = found.get(row["form"], (0, 0, 0))
        found[row["form"]] = (asked + row["asked"], cards + row["cards"], replied + (row["replied"] or 0))
    return {
        form: Response(form, asked, cards, Step.of(replied, asked))
        for form, (asked, cards, replied) in found.items()
    }


def response_at(engine: Engine, scope: Scope, window_id: str) -> dict[tuple[str, str], Response]:
    """By school and form the same; without a count of answers where fewer than ten were asked."""
    return {
        (row["school_id"], row["form"]): Response(
            row["form"],
            row["asked"],
            row["cards"],
            Step.of(row["replied"] or 0, row["asked"]) if row["asked"] >= SMALLEST_SHOWN else None,
        )
        for row in invitations.response(engine, window_id, scope=scope)
        if row["school_id"]
    }


def named_done(
    engine: Engine,
    scope: Scope,
    *,
    school_year: str,
    school_id: str | None = None,
    person_id: str | None = None,
) -> list[Done]:
    """The named forms that were filled in this school year at a school or about a coach.

    Who answered by function, and the day they talked about it; nothing of what was answered is in it.
    """
    rows = names.done(engine, school_year=school_year, school_id=school_id, person_id=person_id, scope=scope)
    return [Done(FORMS[row["form"]].respondent, day_or_none(row["talked_on"])) for row in rows]


class School(Struct, frozen=True):
    """A school in a window, and the coaches it is asked about."""

    id: str
    name: str
    place: str
    municipality: str
    coaches: tuple[str, ...]


class Named(Struct, frozen=True):
    """Somebody who is asked with their name; the address only until they answered."""

    id: str
    form: str
    name: str
    address: str | None
    is_answered: bool


class Card(Struct, frozen=True):
    """A card to hand out: good for one person, and nobody notes whom."""

    address: str

    @property
    def qr(self) -> Markup:
        """The QR code of the address, as inline SVG."""
        return links.qr(self.address, scale=CARD_SCALE)


def schools(engine: Engine, scope: Scope, window: Window) -> list[School]:
    """The schools where a coach in the tree of this window worked, by name."""
    rows = invitations.schools(engine, window_id=window.id, scope=scope, **window.days)
    found = [list(group) for _, group in groupby(rows, key=lambda row: str(row["id"]))]
    return [
        School(
            id=of_one[0]["id"],
            name=of_one[0]["name"],
            place=of_one[0]["place"],
            municipality=of_one[0]["municipality"],
            coaches=tuple(row["coach"] for row in of_one),
        )
        for of_one in found
    ]


def named_at(engine: Engine, scope: Scope, window_id: str, school_id: str) -> list[Named]:
    """Who is asked with a name at a school."""
    rows = invitations.named(engine, window_id, school_id=school_id, scope=scope)
    return [
        Named(row["id"], row["form"], row["name"], row["address"], bool(row["is_answered"])) for row in rows
    ]


def cards(engine: Engine, scope: Scope, window_id: str, *, school_id: str, form: str) -> list[Card]:
    """Every card of a form at a school; none where it has none."""
    rows = invitations.cards(engine, window_id, school_id=school_id, form=form, scope=scope)
    return [Card(tokens.address(row["id"])) for row in rows]


def own_named(engine: Engine, scope: Scope, *, catalog: Catalog, language: str) -> list[named.Read]:
    """The forms filled in with a name about the reader, as their page shows them, if they have one."""
    if not (scope.can(Permission.SEE_OWN_PLACEMENTS) or scope.can(Permission.RUN_EVALUATION)):
        return []
    found = (
        named.form(
            engine,
            scope,
            invitation_id=one.invitation_id,
            node_id=one.node_id,
            catalog=catalog,
            language=language,
        )
        for one in named.own(engine, scope)
    )
    return [one for one in found if one is not None]


def to_talk_about(engine: Engine, scope: Scope) -> list[named.Form]:
    """The forms somebody filled in with their name about the reader, without a talk about it yet."""
    return [one for one in named.own(engine, scope) if one.talked_on is None]

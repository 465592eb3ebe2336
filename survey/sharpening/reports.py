"""What sharpening shows: proposals by item, and the shift between two wordings of an item."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.clock import moment, stamp
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.profile import Competency, Profile
from survey.sharpening import store

if TYPE_CHECKING:
    from analysis.shift import Shift


class Proposal(Struct, frozen=True):
    """A proposed change to one competency of a profile, or to the whole of it where `item` is None."""

    id: str
    profile: str
    item: str | None
    change: str
    proposed_at: datetime
    state: str
    answer: str | None
    decided_at: datetime | None
    name: str | None

    @property
    def is_open(self) -> bool:
        return self.state == "open"


class Subject(Struct, frozen=True):
    """A competency, or a whole profile, with all that was proposed about it, oldest first."""

    profile: Profile
    competency: Competency | None
    proposals: tuple[Proposal, ...]

    @property
    def open(self) -> int:
        return sum(proposal.is_open for proposal in self.proposals)


class TwoWordings(Struct, frozen=True):
    """An item that was asked in two wordings, both by language, and what that did to the answers."""

    form: str
    item: str
    label: Mapping[str, str]
    old: Mapping[str, str]
    new: Mapping[str, str]
    versions: tuple[str, str]
    shift: Shift


def profiles(engine: Engine, scope: Scope, *, catalog: Catalog) -> tuple[Profile, ...]:
    """The profiles this person may propose about: of own cohorts, or all for whoever has none."""
    own = set(store.profiles(engine, scope=scope))
    return tuple(one for one in catalog.profiles if one.profile in own) or catalog.profiles


def own(engine: Engine, scope: Scope) -> tuple[Proposal, ...]:
    """What this person proposed, latest first."""
    return tuple(_proposal(row) for row in store.own_proposals(engine, scope=scope))


def collected(engine: Engine, *, catalog: Catalog) -> tuple[Subject, ...]:
    """Everything proposed in the order of the profiles; what is no longer asked comes with its profile."""
    found: dict[tuple[str, str | None], list[Proposal]] = {}
    subjects: dict[tuple[str, str | None], tuple[Profile, Competency | None]] = {}
    for profile in catalog.profiles:
        subjects[profile.profile, None] = profile, None
        subjects |= {(profile.profile, one.key): (profile, one) for one in profile.competencies}
    for row in store.every_proposal(engine):
        about = row["profile"], row["item"]
        found.setdefault(about if about in subjects else (row["profile"], None), []).append(_proposal(row))
    return tuple(
        Subject(*subject, tuple(found[about])) for about, subject in subjects.items() if about in found
    )


def shifts(engine: Engine, scope: Scope | None, *, at: datetime, catalog: Catalog) -> tuple[TwoWordings, ...]:
    """Items asked in two wordings in closed rounds: of this trainer's cohorts, or of all for an operator.

    Each person counts once for an item: in the first round that asked it. A trainer reads what was shown
    before until eight more answered each wording: nothing tells what one more, or one erased, answered.
    """
    halves: dict[tuple[str, str, str, str], dict[str, Row]] = {}
    until = stamp(at)
    rows = (
        store.levels_in_two_wordings(engine, at=until, scope=scope)
        if scope
        else store.every_level_in_two_wordings(engine, at=until)
    )
    for row in rows:
        form, item, version = row["form"], row["item"], row["version"]
        before = catalog.wording_before(form, version, item)
        if before:
            about = form, item, before, catalog.item_version(form, version, item)
            halves.setdefault(about, {}).setdefault(row["person"], row)
    found = [_two_wordings(*about, [*rows.values()], catalog) for about, rows in halves.items()]
    names = ["|".join(about) for about in halves]
    if scope is None:
        return tuple(found)
    return tuple(_kept(engine, scope, name, one) for name, one in zip(names, found, strict=True))


def _kept(engine: Engine, scope: Scope, about: str, found: TwoWordings) -> TwoWordings:
    from analysis.shift import Shift, grew
    from analysis.stored import read, written

    row = store.shown_shift(engine, about=about, scope=scope)
    shown = read(Shift, json.loads(row["content"])) if row else None
    if grew(found.shift, shown):
        store.keep_shift(engine, about=about, content=json.dumps(written(found.shift)), scope=scope)
        return found
    return replace(found, shift=shown) if shown else found


def _two_wordings(
    form: str, item: str, before: str, wording: str, rows: Sequence[Row], catalog: Catalog
) -> TwoWordings:
    from analysis.shift import wording_shift

    old, new = catalog.get(form, before).item(item), catalog.get(form, rows[-1]["version"]).item(item)
    given = {
        is_new: [float(row["value"]) for row in rows if (row["item_version"] == wording) == is_new]
        for is_new in (False, True)
    }
    return TwoWordings(
        form,
        item,
        new.label or new.text,
        old.text,
        new.text,
        (before, rows[-1]["version"]),
        wording_shift(given[False], given[True]),
    )


def _proposal(row: Row) -> Proposal:
    return Proposal(
        id=row["id"],
        profile=row["profile"],
        item=row["item"],
        change=row["change"],
        proposed_at=moment(row["proposed_at"]),
        state=row["state"],
        answer=row["answer"],
        decided_at=moment(row["decided_at"]) if row["decided_at"] else None,
        name=row["name"],
    )

"""Acts on start agreements: beginning one, writing its parts, a new version, and looking back.

A lead does them for every placement, a coach for own ones.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from survey.access import audit
from survey.access.permissions import NotYours as NotYours
from survey.access.permissions import Scope
from survey.clock import stamp
from survey.current import catalog
from survey.database import Engine, new_key
from survey.placement import reports as placements
from survey.start_agreement import reports, store
from survey.start_agreement.agreement import (
    CATEGORIES,
    CHECKLIST,
    HALFWAY,
    MOMENTS,
    PARTNERS,
    REVIEW,
    WORDS,
    Agreement,
    line_of,
)
from survey.start_agreement.parts import (
    LONGEST_LINE,
    LONGEST_YIELD,
    MOST_YIELDS,
    PARTS,
    Content,
    Part,
    Wanted,
)


class Changed(Exception):
    """Someone else changed this since the page was opened; nothing was stored."""


class NotNow(Exception):
    """This cannot be done with the agreement as it stands: it is signed, being signed, or there is none."""


class Misfit(ValueError):
    """Something here is no choice of its list, is missing, or is too long; nothing was stored."""


class Said(NamedTuple):
    """What is said of one yield: a word and a note."""

    word: str
    note: str = ""


class LookedBack(NamedTuple):
    """What people said when they looked back: on which day, of each yield by id, and by prompt.

    `again_on` is the day to look back again, agreed half-way.
    """

    on: date
    said: Mapping[str, Said]
    lines: Mapping[str, str]
    again_on: date | None = None


def begin(
    engine: Engine, *, placement_id: str, profile: str, by: Scope, at: datetime, after: str | None = None
) -> str:
    """Begin the agreement of a placement, with the profile to weigh; its id, also where it was begun before.

    `after` is an agreement whose words to begin with, such as that of the year before. Raises NotYours, or
    NotNow where no coach is known or something was signed before.
    """
    with engine.atomic():
        place = placements.one(engine, by, placement_id)
        if place is None:
            raise NotYours
        versions = reports.versions(engine, by, placement_id)
        if versions and versions[0].state in reports.OPEN:
            return versions[0].id
        earlier = reports.one(engine, by, after) if after else None
        if versions or place.person_id is None or (after and earlier is None):
            raise NotNow
        key = _draft(engine, placement_id, profile=profile, version=1, by=by, at=at)
        if earlier is not None:
            _copy(engine, earlier, key, _parts_of(earlier, profile), at=at)
    return key


def save(
    engine: Engine,
    *,
    agreement_id: str,
    part: Part,
    content: Content,
    by: Scope,
    at: datetime,
    shown: str | None = None,
) -> None:
    """Write one part of a draft; `shown` is the fingerprint of that part as it was seen.

    Raises NotYours, NotNow once people are asked to sign, Changed or Misfit.
    """
    with engine.atomic():
        standing = _known(engine, agreement_id, by)
        if standing.is_frozen:
            raise NotNow
        before = part.of(standing)
        if shown is not None and shown != before.fingerprint:
            raise Changed
        _refuse_misfit(standing, part, content)
        if content != before:
            _write(engine, standing.id, part, content, gone=tuple(before.lines), at=at)


def discard(engine: Engine, *, agreement_id: str, by: Scope, at: datetime) -> None:
    """Throw a draft away; the version before stays. Raises NotYours, or NotNow for what is no draft."""
    with engine.atomic():
        standing = _known(engine, agreement_id, by)
        if standing.is_frozen:
            raise NotNow
        store.delete_agreement(engine, standing.id)
        audit.note(engine, act="agreement-discarded", by=by.person_id, at=at, object=standing.placement_id)


def renew(engine: Engine, *, placement_id: str, by: Scope, at: datetime) -> str:
    """Begin a new version with the words of the signed one, which holds until the new one is signed.

    Gives its id, also where it was begun before. Raises NotYours, or NotNow where nothing is signed.
    """
    with engine.atomic():
        versions = reports.versions(engine, by, placement_id)
        if not versions and placements.one(engine, by, placement_id) is None:
            raise NotYours
        if versions and versions[0].state in reports.OPEN:
            return versions[0].id
        if not versions:
            raise NotNow
        before = versions[0]
        key = _draft(engine, placement_id, profile=before.profile, version=before.version + 1, by=by, at=at)
        _copy(engine, before, key, tuple(PARTS.values()), at=at)
        if before.again_on and before.look_back_on:
            store.set_columns(engine, key, {"review_on": before.again_on.isoformat()}, saved_at=stamp(at))
    return key


def look_back(
    engine: Engine,
    *,
    agreement_id: str,
    moment: str,
    looked: LookedBack,
    by: Scope,
    at: datetime,
    shown: int | None = None,
) -> None:
    """Note what people said half-way or at the end, in the place of what was noted for that moment.

    `shown` is the revision that was seen. Raises NotYours, NotNow for what is not signed, Changed or Misfit.
    """
    with engine.atomic():
        standing = _known(engine, agreement_id, by)
        if standing.state != "signed":
            raise NotNow
        if shown is not None and shown != standing.revision:
            raise Changed
        _refuse_unsaid(standing, moment, looked)
        common = {"reviewed_on": looked.on.isoformat(), "noted_by": by.person_id, "noted_at": stamp(at)}
        rows = [{"yield_id": key, **said._asdict(), **common} for key, said in looked.said.items()]
        store.replace_reviews(engine, moment, rows)
        gone = [prompt for prompt in standing.lines if prompt.startswith(f"{moment}.")]
        lines = {line_of(moment, prompt): words for prompt, words in looked.lines.items() if words}
        store.replace_lines(engine, standing.id, gone, lines)
        again = {"again_on": looked.again_on.isoformat()} if moment == HALFWAY and looked.again_on else {}
        store.set_columns(engine, standing.id, again, saved_at=stamp(at))


def note_export(engine: Engine, *, agreement_id: str, by: Scope, at: datetime) -> None:
    """Note that someone took an agreement along as a file."""
    with engine.atomic():
        audit.note(engine, act="agreement-exported", by=by.person_id, at=at, object=agreement_id)


def _known(engine: Engine, agreement_id: str, by: Scope) -> Agreement:
    standing = reports.one(engine, by, agreement_id)
    if standing is None:
        raise NotYours
    return standing


def _draft(engine: Engine, placement_id: str, *, profile: str, version: int, by: Scope, at: datetime) -> str:
    key = new_key()
    row = {
        "id": key,
        "placement_id": placement_id,
        "version": version,
        "state": "draft",
        "profile": profile,
        "profile_version": catalog().profile(profile).version,
        "made_by": by.person_id,
        "made_at": stamp(at),
        "saved_at": stamp(at),
    }
    store.insert_agreement(engine, row)
    audit.note(engine, act="agreement-begun", by=by.person_id, at=at, object=key)
    return key


def _parts_of(earlier: Agreement, profile: str) -> tuple[Part, ...]:
    """What goes on in another year: without the talk and the days of then, and tasks of this profile only."""
    names = ("opbrengsten", "taken") if earlier.profile == profile else ("opbrengsten",)
    return tuple(PARTS[name] for name in names)


def _copy(engine: Engine, source: Agreement, target: str, parts: tuple[Part, ...], *, at: datetime) -> None:
    profile = catalog().profile(source.profile)
    known = {one.key for one in profile.roles} | {one.key for one in profile.tasks}
    for part in parts:
        content = part.of(source)
        chosen = {
            kind: keys & known if kind in {"role", "task"} else keys for kind, keys in content.chosen.items()
        }
        _write(engine, target, part, Content(content.days, chosen, content.lines, content.yields), at=at)


def _write(
    engine: Engine,
    agreement_id: str,
    part: Part,
    content: Content,
    *,
    at: datetime,
    gone: tuple[str, ...] = (),
) -> None:
    days = {name: day.isoformat() if day else None for name, day in content.days.items()}
    store.set_columns(engine, agreement_id, days, saved_at=stamp(at))
    for kind, keys in content.chosen.items():
        store.replace_choices(engine, agreement_id, kind, sorted(keys))
    store.replace_lines(engine, agreement_id, gone, content.lines)
    if part.has_yields:
        rows = [
            {"id": new_key(), "position": position, **one._asdict()}
            for position, one in enumerate(content.yields)
        ]
        store.replace_yields(engine, agreement_id, rows)


def _refuse_misfit(standing: Agreement, part: Part, content: Content) -> None:
    profile = catalog().profile(standing.profile, standing.profile_version)
    offered = {
        "partner": {one.key for one in catalog().choices(PARTNERS)},
        "checklist": {one.key for one in catalog().choices(CHECKLIST)},
        "role": {one.key for one in profile.roles},
        "task": {one.key for one in profile.tasks},
    }
    categories = {one.key for one in catalog().choices(CATEGORIES)}
    fits = (
        set(content.days) == set(part.days)
        and set(content.chosen) == set(part.kinds)
        and all(keys <= offered[kind] for kind, keys in content.chosen.items())
        and all(part.holds(prompt) and _fits(words) for prompt, words in content.lines.items())
        and len(content.yields) <= (MOST_YIELDS if part.has_yields else 0)
        and all(_can_be(one) and one.category in categories for one in content.yields)
    )
    if not fits:
        raise Misfit(part.key)


def _refuse_unsaid(standing: Agreement, moment: str, looked: LookedBack) -> None:
    prompts = {one.key for one in catalog().choices(REVIEW)}
    fits = (
        moment in MOMENTS
        and set(looked.said) == {one.id for one in standing.yields}
        and all(one.word in WORDS and len(one.note) <= LONGEST_YIELD for one in looked.said.values())
        and all(prompt in prompts and len(words) <= LONGEST_LINE for prompt, words in looked.lines.items())
        and (moment != HALFWAY or looked.again_on is not None)
    )
    if not fits:
        raise Misfit(moment)


def _fits(words: str) -> bool:
    return 0 < len(words) <= LONGEST_LINE


def _can_be(one: Wanted) -> bool:
    return 0 < len(one.wanted) <= LONGEST_YIELD and len(one.noticed_by) <= LONGEST_YIELD

"""Acts of signing: asking people, taking links back, signing or remarking by link, and taking effect."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from survey.access import audit
from survey.access.permissions import NotYours, Scope
from survey.access.tokens import token_hash
from survey.assignment import actions as assignments
from survey.clock import stamp
from survey.current import catalog
from survey.database import Engine, new_key
from survey.mail import outbox
from survey.placement import reports as placements
from survey.placement.reports import Placement
from survey.start_agreement import reports
from survey.start_agreement.actions import Misfit, NotNow
from survey.start_agreement.agreement import PARTNERS, Agreement
from survey.start_agreement.parts import Part, missing
from survey.start_agreement.signing import letters, links, store
from survey.start_agreement.signing.links import Door, Link

LASTS = timedelta(weeks=6)
LONGEST_NAME, LONGEST_REMARK = 120, 500


class NotReady(ValueError):
    """In these parts something lacks without which nobody can sign; nothing was stored."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        super().__init__([part.key for part in parts])
        self.parts = parts


class Closed(Exception):
    """The link is unknown, taken back, too old or used; nothing was stored."""


def ask(
    engine: Engine, *, agreement_id: str, partners: Mapping[str, str | None], by: Scope, at: datetime
) -> None:
    """Ask people to sign, by their function: by mail where there is an address, else by a link to copy.

    From here on the words stand still. Who signed, or has a link that can still be shown, is not asked
    again. Raises NotYours, NotNow for what is signed, NotReady, or Misfit for an unknown function or none.
    """
    with engine.atomic():
        standing, place = _known(engine, agreement_id, by)
        if standing.state not in reports.OPEN or place.person_id is None:
            raise NotNow
        if parts := missing(standing):
            raise NotReady(parts)
        if not partners or not partners.keys() <= {one.key for one in catalog().choices(PARTNERS)}:
            raise Misfit
        shown = links.shown(engine, standing, at=at)
        asked = {one.partner for one in standing.signatures if one.has_signed or one.id in shown}
        for partner in (key for key in partners if key not in asked):
            _take_back(engine, [one.id for one in standing.signatures if one.partner == partner], at)
            _ask(engine, standing.id, place, partner, partners[partner], by=by, at=at)
        if standing.state == "draft":
            store.set_state(engine, standing.id, "asked")
        audit.note(engine, act="agreement-asked", by=by.person_id, at=at, object=standing.id)


def revoke(engine: Engine, *, signature_id: str, agreement_id: str, by: Scope, at: datetime) -> None:
    """Take one link back that nobody signed with; where everyone else signed, the agreement takes effect.

    Raises NotYours, or NotNow for a link that is used, and for the only one that is left.
    """
    with engine.atomic():
        standing, place = _known(engine, agreement_id, by)
        counting = [one for one in standing.signatures if one.counts]
        found = next((one for one in counting if one.id == signature_id), None)
        if found is None or found.signed_at or standing.state != "asked" or len(counting) == 1:
            raise NotNow
        _take_back(engine, [found.id], at)
        _settle(engine, _again(engine, standing, by), place, at)


def withdraw(engine: Engine, *, agreement_id: str, by: Scope, at: datetime) -> None:
    """Make a draft again of what people were asked to sign: links end, and who signed signs anew.

    Raises NotYours, or NotNow for what waits for no signature.
    """
    with engine.atomic():
        standing, _ = _known(engine, agreement_id, by)
        if standing.state != "asked":
            raise NotNow
        _take_back(engine, [one.id for one in standing.signatures if one.counts], at)
        store.set_state(engine, standing.id, "draft")
        audit.note(engine, act="agreement-withdrawn", by=by.person_id, at=at, object=standing.id)


def sign(engine: Engine, *, token: str, name: str, clock: Callable[[], datetime]) -> None:
    """Sign with a name; with the last signature the agreement takes effect.

    Whatever comes after it on the same link changes nothing. Raises Closed, or Misfit without a name.
    """
    with engine.atomic():
        at = clock()
        link = _open(engine, token, at)
        if not 0 < len(name) <= LONGEST_NAME:
            raise Misfit
        if not store.sign(engine, link.signature.id, name=name, at=stamp(at)):
            raise Closed
        audit.note(engine, act="agreement-signed", by=None, at=at, object=link.signature.id)
        now = links.find(engine, token, at=at)
        if now is not None:
            _settle(engine, now.agreement, now.placement, at)


def remark(engine: Engine, *, token: str, words: str, clock: Callable[[], datetime]) -> None:
    """Tell lead and coach what is not right yet; the link still works, to sign later.

    Of one link one remark is kept, so that none is lost under another. Raises Closed or Misfit.
    """
    with engine.atomic():
        at = clock()
        link = _open(engine, token, at)
        if link.signature.remark:
            raise Closed
        if not 0 < len(words) <= LONGEST_REMARK:
            raise Misfit
        store.remark(engine, link.signature.id, words=words, at=stamp(at))
        audit.note(engine, act="agreement-remarked", by=None, at=at, object=link.signature.id)


def _known(engine: Engine, agreement_id: str, by: Scope) -> tuple[Agreement, Placement]:
    standing = reports.one(engine, by, agreement_id)
    place = placements.one(engine, by, standing.placement_id) if standing else None
    if standing is None or place is None:
        raise NotYours
    return standing, place


def _again(engine: Engine, standing: Agreement, by: Scope) -> Agreement:
    return reports.one(engine, by, standing.id) or standing


def _open(engine: Engine, token: str, at: datetime) -> Link:
    link = links.find(engine, token, at=at)
    if link is None or link.door is not Door.OPEN or link.agreement.state != "asked":
        raise Closed
    return link


def _ask(
    engine: Engine,
    agreement_id: str,
    place: Placement,
    partner: str,
    recipient: str | None,
    *,
    by: Scope,
    at: datetime,
) -> None:
    key, expires_at = new_key(), at + LASTS
    row = {
        "id": key,
        "agreement_id": agreement_id,
        "partner": partner,
        "token_hash": token_hash(links.token_of(key)),
        "expires_at": stamp(expires_at),
    }
    store.insert(engine, [row])
    if recipient:
        url, coach = links.address(key), place.coach or ""
        asking = letters.asking(school=place.school, coach=coach, url=url, expires_at=expires_at, by=by.name)
        outbox.put(
            engine,
            recipient=recipient,
            letter=asking,
            at=at,
            expires_at=expires_at,
            forgets_recipient=True,
            about=key,
        )


def _take_back(engine: Engine, signature_ids: list[str], at: datetime) -> None:
    store.revoke(engine, signature_ids, at=stamp(at))
    outbox.drop(engine, about=signature_ids, at=at)


def _settle(engine: Engine, agreement: Agreement, place: Placement, at: datetime) -> None:
    """Once all have signed the version holds, the one before does not, and the coach has this assignment."""
    counting = [one for one in agreement.signatures if one.counts]
    if not counting or not all(one.has_signed for one in counting) or place.person_id is None:
        return
    before = store.signed_of(engine, place.id)
    if before:
        store.set_state(engine, before, "replaced")
        store.carry_reviews_over(engine, source=before, target=agreement.id)
    store.set_state(engine, agreement.id, "signed", signed_at=stamp(at))
    assignments.agree(
        engine,
        person_id=place.person_id,
        school_id=place.school_id,
        school_year=place.school_year,
        profile=catalog().profile(agreement.profile, agreement.profile_version),
        roles=agreement.roles,
        tasks=agreement.tasks,
        noted_by=agreement.made_by,
        at=at,
    )

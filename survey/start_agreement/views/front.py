"""The agreement of a placement: its page and Word file, beginning one, a new version, throwing one away."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import NotYours, Permission, allow
from survey.access.session import scope
from survey.assignment import reports as assignments
from survey.clock import local_day, now
from survey.current import catalog
from survey.database.request import engine
from survey.document import MIMETYPE, docx
from survey.placement import reports as placements
from survey.placement.reports import Placement
from survey.questionnaire.profile import Profile
from survey.start_agreement import actions, paper, reports, words
from survey.start_agreement.agreement import HALFWAY, MOMENTS, Agreement
from survey.start_agreement.parts import PARTS, missing
from survey.start_agreement.signing import links
from survey.web.attachment import attachment
from survey.web.language import screen_language

blueprint = Blueprint("start_agreement", __name__)
PATH = "/inzet/<placement_id>/startafspraak"


@blueprint.get(PATH)
@allow(Permission.KEEP_AGREEMENTS)
def show(placement_id: str) -> str:
    """The version at hand, or another one by number; without any, how to begin."""
    return page(known(placement_id))


@blueprint.post(PATH)
@allow(Permission.KEEP_AGREEMENTS)
def begin(placement_id: str) -> ResponseReturnValue:
    """Begin the agreement of a placement, empty or with the words of the year before."""
    place, profile = known(placement_id), request.form.get("profile", "")
    offered = [one.profile for one in profiles(place)]
    before = earlier(place)
    if profile not in offered and len(offered) > 1:
        return page(place, _("Kies het profiel.")), 422
    try:
        actions.begin(
            engine(),
            placement_id=place.id,
            profile=profile if profile in offered else offered[0],
            after=before.id if before and request.form.get("after") == before.id else None,
            by=scope(),
            at=now(),
        )
    except actions.NotNow:
        return page(place, _("Er is nog geen coach op deze plek, of er is al een afspraak.")), 409
    return to(place)


@blueprint.post(f"{PATH}/nieuw")
@allow(Permission.KEEP_AGREEMENTS)
def renew(placement_id: str) -> ResponseReturnValue:
    """Begin a new version of what was signed."""
    place = known(placement_id)
    try:
        actions.renew(engine(), placement_id=place.id, by=scope(), at=now())
    except actions.NotNow:
        return page(place, _("Er is nog geen getekende afspraak om te vernieuwen.")), 409
    return to(place)


@blueprint.post(f"{PATH}/weg")
@allow(Permission.KEEP_AGREEMENTS)
def discard(placement_id: str) -> ResponseReturnValue:
    """Throw the draft away."""
    place = known(placement_id)
    draft = reports.open_version(engine(), scope(), place.id)
    try:
        actions.discard(engine(), agreement_id=draft.id if draft else "", by=scope(), at=now())
    except (actions.NotNow, NotYours):
        return page(place, _("Er is geen concept om weg te gooien.")), 409
    return to(place)


@blueprint.get(f"{PATH}/word")
@allow(Permission.KEEP_AGREEMENTS)
def word(placement_id: str) -> Response:
    """The version at hand as a Word file, which is noted."""
    place = known(placement_id)
    one = at_hand(place) or abort(404)
    actions.note_export(engine(), agreement_id=one.id, by=scope(), at=now())
    body = docx(paper.title(place), paper.blocks(one, place), language=screen_language(), at=now())
    return attachment(body, MIMETYPE, f"startafspraak-{one.version}.docx")


def known(placement_id: str) -> Placement:
    """A placement that the reader may know; 404 for any other."""
    return placements.one(engine(), scope(), placement_id) or abort(404)


def to(place: Placement) -> ResponseReturnValue:
    """Back to the page of an agreement."""
    return redirect(url_for("start_agreement.show", placement_id=place.id), 303)


def at_hand(place: Placement) -> Agreement | None:
    """The version that the address asks for; else the one being made, and else the one that holds."""
    versions = reports.versions(engine(), scope(), place.id)
    wanted = request.args.get("versie", "")
    if wanted:
        return next((one for one in versions if str(one.version) == wanted), None) or abort(404)
    return next(iter(versions), None)


def the_open(place: Placement) -> Agreement:
    """The version that is written or signed now; 404 where there is none."""
    return reports.open_version(engine(), scope(), place.id) or abort(404)


def profiles(place: Placement) -> tuple[Profile, ...]:
    """The profiles to weigh: those of the coach, and for a coach in no cohort every one."""
    own = assignments.profiles(engine(), scope(), place.person_id, catalog()) if place.person_id else ()
    return own or catalog().profiles


def earlier(place: Placement) -> Agreement | None:
    """What was signed for the place this one goes on from."""
    before = reports.of_placement(engine(), scope(), place.follows) if place.follows else None
    return before if before and before.state == "signed" else None


def page(place: Placement, said: str = "") -> str:
    """The page of an agreement, with what went wrong."""
    me, one = scope(), at_hand(place)
    if one is None:
        return render_template(
            "start_agreement/begin.html",
            place=place,
            said=said,
            profiles=profiles(place),
            earlier=earlier(place),
            lang=screen_language(),
        )
    versions = reports.versions(engine(), me, place.id)
    return render_template(
        "start_agreement/show.html",
        place=place,
        one=one,
        said=said,
        versions=versions,
        is_newest=one.version == versions[0].version,
        blocks=paper.blocks(one, place),
        missing=missing(one),
        parts=PARTS,
        links=links.shown(engine(), one, at=now()),
        at=now(),
        due=one.look_back_on and one.look_back_on <= local_day(now()),
        moments=MOMENTS,
        next_moment=next((each for each in MOMENTS if one.reviewed_on(each) is None), HALFWAY),
        words=words,
    )

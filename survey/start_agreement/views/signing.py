"""Asking people to sign, taking a link back, and making a draft again of what they were asked to sign."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import NotYours, Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.mail.address import NoAddress, normal
from survey.placement.reports import Placement
from survey.start_agreement import words
from survey.start_agreement.actions import Misfit, NotNow
from survey.start_agreement.agreement import PARTNERS, Agreement
from survey.start_agreement.parts import missing
from survey.start_agreement.signing import actions, links
from survey.start_agreement.views.front import PATH, blueprint, known, page, the_open, to
from survey.web.language import screen_language


@blueprint.get(f"{PATH}/tekenen")
@allow(Permission.KEEP_AGREEMENTS)
def whom(placement_id: str) -> ResponseReturnValue:
    """Choose who signs, each with a mail address or a link to copy."""
    place = known(placement_id)
    one = the_open(place)
    return to(place) if missing(one) else _page(place, one)


@blueprint.post(f"{PATH}/tekenen")
@allow(Permission.KEEP_AGREEMENTS)
def ask(placement_id: str) -> ResponseReturnValue:
    """Ask them; from here on the words stand still."""
    place = known(placement_id)
    one = the_open(place)
    partners, errors = _chosen()
    if errors:
        return _page(place, one, errors), 422
    try:
        actions.ask(engine(), agreement_id=one.id, partners=partners, by=scope(), at=now())
    except actions.NotReady:
        return page(place, _("De afspraak is nog niet klaar om te tekenen.")), 409
    except Misfit:
        return _page(place, one, {"partners": _("Kies wie er tekent.")}), 422
    except NotNow:
        return page(place, _("Deze afspraak kan nu niet worden getekend.")), 409
    return to(place)


@blueprint.post(f"{PATH}/tekenen/<signature_id>/weg")
@allow(Permission.KEEP_AGREEMENTS)
def revoke(placement_id: str, signature_id: str) -> ResponseReturnValue:
    """Take one link back."""
    place = known(placement_id)
    one = the_open(place)
    try:
        actions.revoke(engine(), signature_id=signature_id, agreement_id=one.id, by=scope(), at=now())
    except (NotNow, NotYours):
        return page(place, _("Deze link kan niet weg: er is mee getekend, of het is de enige.")), 409
    return to(place)


@blueprint.post(f"{PATH}/intrekken")
@allow(Permission.KEEP_AGREEMENTS)
def withdraw(placement_id: str) -> ResponseReturnValue:
    """Make a draft of it again."""
    place = known(placement_id)
    one = the_open(place)
    try:
        actions.withdraw(engine(), agreement_id=one.id, by=scope(), at=now())
    except NotNow:
        return page(place, _("Hier wacht niemand op om te tekenen.")), 409
    return to(place)


def _chosen() -> tuple[dict[str, str | None], dict[str, str]]:
    """Who is asked with their address, if any; and what is wrong by control."""
    partners: dict[str, str | None] = {}
    errors = {}
    for key in request.form.getlist("partners"):
        typed = request.form.get(f"mail-{key}", "").strip()
        try:
            partners[key] = normal(typed) if typed else None
        except NoAddress:
            errors[f"mail-{key}"] = _("Dit is geen mailadres. Een mailadres lijkt op naam@school.nl.")
    return partners, errors


def _page(place: Placement, one: Agreement, errors: dict[str, str] | None = None) -> str:
    shown = links.shown(engine(), one, at=now())
    asked = {each.partner for each in one.signatures if each.has_signed or each.id in shown}
    left = [each for each in catalog().choices(PARTNERS) if each.key not in asked]
    chosen = set(request.form.getlist("partners")) if errors else set(one.partners) - asked
    return render_template(
        "start_agreement/ask.html",
        place=place,
        one=one,
        present=[each for each in left if each.key in one.partners],
        others=[each for each in left if each.key not in one.partners],
        chosen=chosen,
        typed=request.form,
        errors=errors or {},
        lang=screen_language(),
        words=words,
    )

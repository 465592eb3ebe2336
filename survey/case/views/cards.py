"""The lasting QR card of one person, to print: it opens whatever is due for them."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import actions, asking, informants
from survey.case.views.asking import named, refuse
from survey.case.views.front import blueprint, case_or_404, not_there
from survey.checkin import actions as checkins
from survey.checkin import reports as checks
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine


@blueprint.post("/<code>/vaste-kaart")
@allow(Permission.KEEP_CASES)
def make_card(code: str) -> ResponseReturnValue:
    """Go to the card of someone, made now if they have none; a new one ends the one before."""
    case, who = case_or_404(code), named()
    try:
        actions.make_card(
            engine(), case_id=case.id, who=who, again="again" in request.form, by=scope(), at=now()
        )
    except checkins.MayNotAsk:
        return refuse(case, who)
    return redirect(url_for(".card", code=code, who=who), 303)


@blueprint.get("/<code>/vaste-kaart/<who>")
@allow(Permission.KEEP_CASES)
def card(code: str, who: str) -> ResponseReturnValue:
    """The card, to print."""
    case, person = case_or_404(code), informants.parsed(who)
    key = person and asking.informant_id(engine(), scope(), case.id, person)
    found = checks.card_of(engine(), scope(), key) if key else None
    if person is None or found is None:
        not_there()
    words = checks.card_words(catalog(), person.kind)
    return render_template("case/card.html", case=case, who=person, card=found, words=words)

"""The page behind a card: straight on to what waits, one tap to what is due, or that nothing is asked now."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from survey.access.permissions import public
from survey.checkin import actions
from survey.checkin.card import cards
from survey.checkin.views.front import WHY, blueprint, closed, look_at, send, to
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.web import pages
from survey.web.respondent import for_respondents


@blueprint.get("/k/<card_token>")
@public(WHY)
@for_respondents
def open_card(card_token: str) -> ResponseReturnValue:
    """What the holder of this card is asked."""
    at = now()
    holder = cards.find(engine(), card_token, at=at)
    if holder is None:
        return closed("dead_card")
    waiting = cards.open_link(engine(), holder, at=at)
    if waiting is not None:
        return to("checkin.form", token=waiting)
    look = look_at(catalog().get(f"relationship-{holder.kind}"))
    return send(pages.page(f"checkin/{'card' if holder.due else 'nothing'}", look))


@blueprint.post("/k/<card_token>")
@public(WHY)
@for_respondents
def begin(card_token: str) -> ResponseReturnValue:
    """Make the link that is due, and on to its form."""
    if request.form:
        abort(400)
    try:
        link = actions.begin(engine(), token=card_token, clock=now)
    except actions.Closed:
        return closed("dead_card")
    return to("checkin.form", token=link) if link else to("checkin.open_card", card_token=card_token)

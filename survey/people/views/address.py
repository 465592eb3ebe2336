"""The page on which someone refuses another mail address, from the mail to the one of now."""

from flask import Blueprint, abort, current_app, render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from survey.access.permissions import public
from survey.clock import now
from survey.database.request import engine
from survey.mail import courier
from survey.people import new_address
from survey.web.language import speak
from survey.web.respondent import for_respondents

blueprint = Blueprint("address", __name__, url_prefix="/adres")


@blueprint.record_once
def _let_them_count(setup: BlueprintSetupState) -> None:
    courier.before_delivery(setup.app, new_address.take_effect)


@blueprint.get("/<address_token>")
@public("the token in the mail is the authority")
@for_respondents
def ask(address_token: str) -> str:
    """Show one button and change nothing: mail scanners open links too."""
    return _page(address_token)


@blueprint.post("/<address_token>")
@public("the token in the mail is the authority")
@for_respondents
def refuse(address_token: str) -> ResponseReturnValue:
    """Keep the address of now."""
    page = _page(address_token, kept=True)
    new_address.refuse(engine(), token=address_token, at=now())
    return courier.deliver_after(current_app.make_response(page))


def _page(token: str, *, kept: bool = False) -> str:
    waits = new_address.asked_with(engine(), token, now())
    if waits is None:
        abort(404)
    speak(waits["language"])
    return render_template("people/address.html", token=token, kept=kept)

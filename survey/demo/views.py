"""The page of a demo installation on which visitors choose who they are."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from survey.access import session
from survey.access.permissions import Role, public
from survey.database.request import engine
from survey.demo import names, reports

START: Final = "/"
TRY: Final[Mapping[str, LazyString]] = {
    names.COACH.key: _("Reflecteer en bekijk uw groei. In traject KV-7Q4M is iets te bespreken."),
    names.STARTER.key: _("U begint net. Zie hoe alles eruitziet als er nog niets is ingevuld."),
    names.SCHOOL_COACH.key: _("U coacht leerkrachten en teams. Volg een traject door de fasen."),
    names.TRAINER.key: _("Bekijk van twee cohorten wie er meedoet en hoe de groep groeit."),
    names.OTHER_TRAINER.key: _("U traint een kleine groep. Kijk wat u dan wel en niet ziet."),
    names.SCHOOL_TRAINER.key: _("U traint schoolcoaches. Zij hebben een eigen profiel en een eigen groei."),
    names.LEAD.key: _(
        "Zorg voor coaches op scholen, evalueer, schrijf advies. Reflecties en checks ziet u nooit."
    ),
}

blueprint = Blueprint("demo", __name__)


@blueprint.app_template_global()
def demo_is_loaded() -> bool:
    """For the sign-in page, which then points the way."""
    return reports.loaded(engine())


@blueprint.get("/demo")
@public("everybody in the demo is invented, and without demo data there is no such page")
def choose() -> ResponseReturnValue:
    """List the personas with what to try as each of them."""
    if not reports.loaded(engine()):
        abort(404)
    if session.is_locked():
        return redirect(url_for("access.unlock"))
    personas = [(persona, Role(persona.role).label, TRY[persona.key]) for persona in names.PERSONAS]
    return render_template("demo/choose.html", personas=personas)


@blueprint.post("/demo/<persona>")
@public("everybody in the demo is invented, and without demo data there is no such page")
def sign_in(persona: str) -> ResponseReturnValue:
    """Go on as this persona."""
    person_id = reports.persona_id(engine(), persona)
    if person_id is None:
        abort(404)
    if session.is_locked():  # given out of hands: only the code opens it
        return redirect(url_for("access.unlock"))
    session.start(person_id)
    return redirect(START, 303)

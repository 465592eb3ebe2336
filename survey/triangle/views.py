"""The page of a coach about one placement from three sides."""

from flask import Blueprint, abort, render_template

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.triangle import reports
from survey.web.texts import chart_texts

blueprint = Blueprint("triangle", __name__)


@blueprint.get("/mijn-inzet/<placement_id>/driehoek")
@allow(Permission.SEE_OWN_PLACEMENTS)
def show(placement_id: str) -> str:
    """Hours and role, what was released, and own growth, beside one another."""
    found = reports.sides(engine(), scope(), placement_id, now(), catalog=catalog(), texts=chart_texts())
    return render_template("triangle/show.html", found=found or abort(404))

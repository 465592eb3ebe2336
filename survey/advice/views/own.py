"""The page of a coach: the signed advice of a school of theirs, to read."""

from flask import Response, abort, render_template

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.advice import reports
from survey.advice.sentences import book
from survey.advice.views.document import made_of, word_file
from survey.advice.views.front import blueprint
from survey.database.request import engine
from survey.placement import reports as placements
from survey.placement.reports import Placement


@blueprint.get("/mijn-inzet/<placement_id>/advies")
@allow(Permission.SEE_OWN_PLACEMENTS)
def own(placement_id: str) -> str:
    """The newest signed advice of the school of an own placement, or that there is none yet."""
    place = _own(placement_id)
    signed = reports.newest_signed(engine(), scope(), place.school_id)
    return render_template(
        "advice/own.html",
        place=place,
        advice=signed,
        sheet=made_of(signed) if signed else None,
        book=book(),
    )


@blueprint.get("/mijn-inzet/<placement_id>/advies.docx")
@allow(Permission.SEE_OWN_PLACEMENTS)
def own_file(placement_id: str) -> Response:
    """The same as a Word file."""
    signed = reports.newest_signed(engine(), scope(), _own(placement_id).school_id)
    return word_file(signed) if signed else abort(404)


def _own(placement_id: str) -> Placement:
    place = placements.one(engine(), scope(), placement_id)
    if place is None or place.person_id != scope().person_id:
        abort(404)
    return place

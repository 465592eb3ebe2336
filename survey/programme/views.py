"""The page that answers how the programme stands."""

from flask import Blueprint, render_template

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.database.request import engine
from survey.evaluation import reports as evaluation
from survey.programme import reports
from survey.programme.reports import Kind
from survey.web.language import about, month

blueprint = Blueprint("programme", __name__)

MOST = 100  # things in one list


@blueprint.get("/programma")
@allow(Permission.KEEP_REGISTER)
def show() -> str:
    """Coverage, vacancies, hours, participation, evaluation, advices, and what asks for attention."""
    me, at = scope(), now()
    return render_template(
        "programme/show.html",
        standing=reports.standing(engine(), me, at),
        matters=reports.matters(engine(), me, at),
        Kind=Kind,
        most=MOST,
        State=evaluation.State,
        forms=evaluation.FORMS,
        about=about,
        month_of=lambda key: month(f"{key}-01"),
    )

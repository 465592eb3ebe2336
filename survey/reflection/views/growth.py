"""The page of own growth, and its figures."""

from flask import render_template
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.reflection import reports
from survey.reflection.views.rounds import blueprint, result_of
from survey.web.figure import send_figure
from survey.web.language import screen_language
from survey.web.texts import chart_texts


@blueprint.get("/groei")
@allow(Permission.SEE_OWN_GROWTH)
def growth() -> str:
    """Own growth on each profile: finding and numbers at once, the figure when the page is there."""
    growths = [(one, result_of(one.latest)) for one in _growths()]
    return render_template("reflection/growth.html", growths=growths, lang=screen_language())


@blueprint.get("/groei/<profile>.json")
@allow(Permission.SEE_OWN_GROWTH)
def figure(profile: str) -> ResponseReturnValue:
    """The figure of the growth on one profile."""
    chart = next((one.chart for one in _growths() if one.profile.profile == profile), None)
    return send_figure(chart.json if chart else "")


def _growths() -> list[reports.Growth]:
    return reports.growths(engine(), scope(), now(), catalog=catalog(), texts=chart_texts())

"""The page of own growth, and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.reflection import reports
from survey.reflection.lookback import reports as lookback_reports
from survey.reflection.micro import reports as focus_reports
from survey.reflection.sharing import reading as sharing
from survey.reflection.views.front import blueprint
from survey.reflection.views.result import result_of
from survey.web.figure import send_figure
from survey.web.language import screen_language
from survey.web.texts import chart_texts

if TYPE_CHECKING:
    from survey.cohort.reports import BuiltChart


@blueprint.get("/groei")
@allow(Permission.SEE_OWN_GROWTH)
def growth() -> str:
    """Own growth on each profile: finding and numbers at once, the figure when the page is there."""
    growths = [(one, result_of(one.latest)) for one in _growths()]
    charts = {one.profile.profile: _items(one.profile.profile) for one, _ in growths}
    return render_template(
        "reflection/growth.html",
        growths=growths,
        charts=charts,
        trainers=sharing.trainers(engine(), scope=scope(), at=now()),
        lang=screen_language(),
    )


@blueprint.get("/groei/<profile>.json")
@allow(Permission.SEE_OWN_GROWTH)
def figure(profile: str) -> ResponseReturnValue:
    """The figure of the growth on one profile."""
    chart = next((one.chart for one in _growths() if one.profile.profile == profile), None)
    return send_figure(chart.json if chart else "")


@blueprint.get("/groei/<profile>/focus.json")
@allow(Permission.SEE_OWN_GROWTH)
def focus_figure(profile: str) -> ResponseReturnValue:
    """The figure of the focus items on one profile."""
    chart = _items(profile).focus
    return send_figure(chart.json if chart else "")


@blueprint.get("/groei/<profile>/terugblik.json")
@allow(Permission.SEE_OWN_GROWTH)
def lookback_figure(profile: str) -> ResponseReturnValue:
    """The figure of the newest look-back on one profile."""
    chart = _items(profile).lookback
    return send_figure(chart.json if chart else "")


class Items(NamedTuple):
    """The charts of single items: each on its own line, and the newest look-back."""

    focus: BuiltChart | None
    lookback: BuiltChart | None


def _items(profile: str) -> Items:
    look: dict[str, Any] = {"scope": scope(), "catalog": catalog(), "texts": chart_texts()}
    return Items(
        focus_reports.chart(engine(), profile, **look),
        lookback_reports.chart(engine(), profile, at=now(), **look),
    )


def _growths() -> list[reports.Growth]:
    return reports.growths(engine(), scope(), now(), catalog=catalog(), texts=chart_texts())

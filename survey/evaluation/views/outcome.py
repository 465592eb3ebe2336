"""Outcomes: what was released of a form, for the lead and, as far as it is about them, for a coach."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.evaluation.groups import ANONYMOUS, FORMS
from survey.evaluation.outcome import reports
from survey.evaluation.release import reports as releases
from survey.evaluation.said_done import reports as said_done
from survey.evaluation.views.front import blueprint, here
from survey.notice import actions as notices
from survey.web.figure import send_figure
from survey.web.texts import chart_texts


@blueprint.get("/evaluatie/<window_id>/<form>")
@allow(Permission.RUN_EVALUATION)
def outcome(window_id: str, form: str) -> str:
    """What may be said of one form, or why there is nothing yet."""
    window = here(window_id)
    if form not in ANONYMOUS:
        abort(404)
    release = releases.release(engine(), scope(), window_id, form)
    return render_template(
        "evaluation/outcome.html",
        window=window,
        state=window.state(now()),
        form=FORMS[form],
        release=release,
        found=_found(release) if release else None,
        lines=releases.published_lines(engine(), scope(), window_id, form) if release else None,
        said=said_done.points(engine(), scope(), window_id, form),
        own=False,
    )


@blueprint.get("/evaluatie/<window_id>/<form>/<chart>.json")
@allow(Permission.RUN_EVALUATION)
def outcome_figure(window_id: str, form: str, chart: str) -> ResponseReturnValue:
    """A figure of the page."""
    return _figure(window_id, form, chart)


@blueprint.get("/mijn-inzet/evaluatie")
@allow(Permission.SEE_OWN_PLACEMENTS)
def own_outcomes() -> str:
    """Every release, for a coach: the programme, and what the answers about the reader are part of."""
    found = reports.by_year(releases.released(engine(), scope()))
    return render_template("evaluation/outcomes.html", years=found, forms=FORMS)


@blueprint.get("/mijn-inzet/evaluatie/<window_id>/<form>")
@allow(Permission.SEE_OWN_PLACEMENTS)
def own_outcome(window_id: str, form: str) -> str:
    """What was released of one form, as far as a coach reads it."""
    release = releases.release(engine(), scope(), window_id, form) or abort(404)
    notices.seen(engine(), about=window_id, part=form, by=scope(), at=now())
    return render_template(
        "evaluation/outcome.html",
        window=here(window_id),
        form=FORMS[form],
        release=release,
        found=_found(release),
        lines=releases.published_lines(engine(), scope(), window_id, form),
        said=said_done.published(engine(), window_id, form),
        own=True,
    )


@blueprint.get("/mijn-inzet/evaluatie/<window_id>/<form>/<chart>.json")
@allow(Permission.SEE_OWN_PLACEMENTS)
def own_outcome_figure(window_id: str, form: str, chart: str) -> ResponseReturnValue:
    """A figure of that page."""
    return _figure(window_id, form, chart)


def _found(release: reports.Release) -> reports.Outcome:
    """The release for the group in the address; not there for a group the reader does not see."""
    key = request.args.get("groep") or None
    found = reports.outcome(engine(), scope(), release, key, catalog=catalog(), texts=chart_texts())
    return found or abort(404)


def _figure(window_id: str, form: str, chart: str) -> ResponseReturnValue:
    release = releases.release(engine(), scope(), window_id, form) or abort(404)
    built = _found(release).figures.get(chart) or abort(404)
    return send_figure(built.json)

"""The pages on which a lead plans a window, looks at its tree, follows it, and has it counted."""

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now, school_year
from survey.database.request import engine
from survey.evaluation import actions, reports
from survey.evaluation.forms import ClusterForm, DaysForm, PlanForm
from survey.evaluation.groups import FORMS
from survey.evaluation.release.stands import stands
from survey.evaluation.sealing import WrongKey
from survey.evaluation.views.front import blueprint, here
from survey.evaluation.windows import State, Window
from survey.mail import courier
from survey.web.fields import errors_of

DONE = ("gepland", "gewijzigd", "verdeeld", "geteld", "verwijderd", "vrijgegeven", "te-laat")


@blueprint.get("/evaluatie")
@allow(Permission.RUN_EVALUATION)
def index() -> str:
    """Every window, the newest first."""
    windows = reports.windows(engine(), scope())
    return render_template(
        "evaluation/index.html",
        windows=windows,
        at=now(),
        State=State,
        keys_fit=all(reports.key_fits(one) for one in windows),
        done=_done(),
    )


@blueprint.get("/evaluatie/nieuw")
@allow(Permission.RUN_EVALUATION)
def new() -> str:
    """The form to plan a window."""
    return _plan_page(PlanForm(_years(), formdata=None))


@blueprint.post("/evaluatie/nieuw")
@allow(Permission.RUN_EVALUATION)
def plan() -> ResponseReturnValue:
    """Plan a window; with a mistake everything typed stays."""
    form = PlanForm(_years())
    if not form.validate():
        return _plan_page(form), 422
    opens_at, closes_at = form.moments
    try:
        key = actions.plan(
            engine(),
            school_year=form.school_year.data,
            opens_at=opens_at,
            closes_at=closes_at,
            by=scope().person_id,
            at=now(),
        )
    except actions.WrongDays as error:
        form.refuse(error)
        return _plan_page(form), 409 if error.other else 422
    return courier.deliver_after(redirect(url_for("evaluation.show", window_id=key, gepland=1), 303))


@blueprint.get("/evaluatie/<window_id>")
@allow(Permission.RUN_EVALUATION)
def show(window_id: str) -> str:
    """One window: how far it is, how many answered in steps, and the schools."""
    window = here(window_id)
    nodes = reports.nodes(engine(), scope(), window_id)
    return render_template(
        "evaluation/show.html",
        window=window,
        state=window.state(now()),
        State=State,
        key_fits=reports.key_fits(window),
        coaches=sum(node.level == "coach" for node in nodes),
        clusters=sum(node.level == "cluster" for node in nodes),
        response=reports.response(engine(), scope(), window_id),
        at_school=reports.response_at(engine(), scope(), window_id),
        schools=reports.schools(engine(), scope(), window),
        forms=FORMS,
        stands=stands(engine(), scope(), window_id) if window.counted_at else {},
        done=_done(),
    )


@blueprint.get("/evaluatie/<window_id>/dagen")
@allow(Permission.RUN_EVALUATION)
def days(window_id: str) -> str:
    """The form to change the days of a window."""
    window = here(window_id)
    data = {"opens": window.first_day, "closes": window.last_day}
    return _days_page(window, DaysForm(formdata=None, data=data))


@blueprint.post("/evaluatie/<window_id>/dagen")
@allow(Permission.RUN_EVALUATION)
def change_days(window_id: str) -> ResponseReturnValue:
    """Change the days; of a window that is open only the last one."""
    window = here(window_id)
    form = DaysForm()
    if window.opened_at:
        form.opens.data, form.opens.validators = window.first_day, ()
    seen = request.form.get("seen")
    if not form.validate():
        return _days_page(window, form, seen), 422
    opens_at, closes_at = form.moments
    try:
        actions.change_days(
            engine(),
            window_id=window.id,
            opens_at=window.opens_at if window.opened_at else opens_at,
            closes_at=closes_at,
            by=scope().person_id,
            at=now(),
            seen=seen,
        )
    except actions.Changed:
        return _days_page(here(window_id), form, meanwhile=True), 409
    except actions.WrongDays as error:
        form.refuse(error, only_last=bool(window.opened_at))
        return _days_page(window, form, seen), 409 if error.other else 422
    except actions.TooLate:
        return _back(window, "te-laat")
    return courier.deliver_after(_back(window, "gewijzigd"))


@blueprint.post("/evaluatie/<window_id>/weg")
@allow(Permission.RUN_EVALUATION)
def remove(window_id: str) -> ResponseReturnValue:
    """Delete a window that was never opened."""
    window = here(window_id)
    try:
        actions.remove(engine(), window_id=window.id, by=scope().person_id, at=now())
    except actions.TooLate:
        return _back(window, "te-laat")
    return redirect(url_for("evaluation.index", verwijderd=1), 303)


@blueprint.post("/evaluatie/<window_id>/tellen")
@allow(Permission.RUN_EVALUATION)
def count(window_id: str) -> ResponseReturnValue:
    """Count a closed window now, where the planning did not do so yet."""
    window = here(window_id)
    try:
        counted = actions.count(engine(), window_id=window.id, at=now())
    except WrongKey:
        return show(window.id), 503
    return _back(window, "geteld" if counted else "te-laat")


@blueprint.get("/evaluatie/<window_id>/indeling")
@allow(Permission.RUN_EVALUATION)
def tree(window_id: str) -> str:
    """The tree of a window: clusters with their coaches."""
    return _tree_page(here(window_id))


@blueprint.post("/evaluatie/<window_id>/indeling/<person_id>")
@allow(Permission.RUN_EVALUATION)
def move(window_id: str, person_id: str) -> ResponseReturnValue:
    """Put a coach in another cluster."""
    window, form = here(window_id), ClusterForm()
    if not form.validate():
        return _tree_page(window, person_id, form), 422
    try:
        actions.move_coach(
            engine(),
            window_id=window.id,
            person_id=person_id,
            cluster=form.cluster.data,
            by=scope().person_id,
            at=now(),
        )
    except actions.NoSuchCoach:
        return _tree_page(window), 404
    except actions.TooLate:
        return _back(window, "te-laat")
    return redirect(url_for("evaluation.tree", window_id=window.id, verdeeld=1), 303)


@blueprint.post("/evaluatie/<window_id>/indeling")
@allow(Permission.RUN_EVALUATION)
def lay(window_id: str) -> ResponseReturnValue:
    """Lay the tree down anew from the register."""
    window = here(window_id)
    try:
        actions.lay(engine(), window_id=window.id, by=scope().person_id, at=now())
    except actions.TooLate:
        return _back(window, "te-laat")
    return redirect(url_for("evaluation.tree", window_id=window.id, verdeeld=1), 303)


def _years() -> list[str]:
    """This school year first, then the one before."""
    today = local_day(now())
    return [school_year(today), school_year(today - timedelta(days=365))]


def _done() -> str | None:
    return next((word for word in DONE if word in request.args), None)


def _back(window: Window, said: str) -> Response:
    return redirect(f"{url_for('evaluation.show', window_id=window.id)}?{said}=1", 303)


def _plan_page(form: PlanForm) -> str:
    return render_template("evaluation/new.html", form=form, errors=errors_of(form), today=local_day(now()))


def _days_page(window: Window, form: DaysForm, seen: str | None = None, *, meanwhile: bool = False) -> str:
    return render_template(
        "evaluation/days.html",
        window=window,
        form=form,
        errors=errors_of(form),
        seen=seen or window.fingerprint,
        meanwhile=meanwhile,
    )


def _tree_page(window: Window, person_id: str | None = None, form: ClusterForm | None = None) -> str:
    nodes = reports.nodes(engine(), scope(), window.id)
    return render_template(
        "evaluation/tree.html",
        window=window,
        nodes=nodes,
        moved=person_id,
        form=form,
        errors=[("#cluster-" + person_id, form.cluster.errors[0])] if form and person_id else [],
        is_fixed=window.state(now()) is not State.PLANNED,
        done=_done(),
    )

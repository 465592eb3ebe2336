"""Named forms: the pages of the lead, and those of the coach they are about."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import NotYours, Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.current import catalog
from survey.database.request import engine
from survey.evaluation.forms import TalkForm
from survey.evaluation.groups import WITH_A_NAME
from survey.evaluation.named import actions, reports
from survey.evaluation.views.front import blueprint
from survey.web.fields import errors_of
from survey.web.language import screen_language


@blueprint.get("/evaluatie/op-naam")
@allow(Permission.RUN_EVALUATION)
def named_forms() -> str:
    """Every form that was filled in with a name."""
    found = reports.forms(engine(), scope())
    return render_template("evaluation/named.html", forms=found, functions=WITH_A_NAME, own=False)


@blueprint.get("/evaluatie/op-naam/<invitation_id>/<node_id>")
@allow(Permission.RUN_EVALUATION)
def named_form(invitation_id: str, node_id: str) -> str:
    """One of them, as it was filled in."""
    return _page(_read(invitation_id, node_id), own=False)


@blueprint.get("/mijn-inzet/op-naam")
@allow(Permission.SEE_OWN_PLACEMENTS)
def own_forms() -> str:
    """What was filled in with a name about the reader."""
    found = reports.own(engine(), scope())
    return render_template("evaluation/named.html", forms=found, functions=WITH_A_NAME, own=True)


@blueprint.get("/mijn-inzet/op-naam/<invitation_id>/<node_id>")
@allow(Permission.SEE_OWN_PLACEMENTS)
def own_form(invitation_id: str, node_id: str) -> str:
    """One form about the reader."""
    return _page(_own(invitation_id, node_id), own=True, form=TalkForm(formdata=None))


@blueprint.post("/mijn-inzet/op-naam/<invitation_id>/<node_id>")
@allow(Permission.SEE_OWN_PLACEMENTS)
def note_talk(invitation_id: str, node_id: str) -> ResponseReturnValue:
    """Note the day on which it was talked about."""
    read, form = _own(invitation_id, node_id), TalkForm()
    if form.validate() and form.day.data > local_day(now()):
        form.day.errors = [_("Deze dag moet nog komen. Kies vandaag of eerder.")]
    if form.errors:
        return _page(read, own=True, form=form), 422
    key = {"invitation_id": invitation_id, "node_id": node_id}
    try:
        actions.note_talk(engine(), **key, day=form.day.data, by=scope(), at=now())
    except NotYours:
        abort(404)
    back = url_for("evaluation.own_form", invitation_id=invitation_id, node_id=node_id, bewaard=1)
    return redirect(back, 303)


def _own(invitation_id: str, node_id: str) -> reports.Read:
    if not reports.is_own(engine(), scope(), invitation_id=invitation_id, node_id=node_id):
        abort(404)
    return _read(invitation_id, node_id)


def _read(invitation_id: str, node_id: str) -> reports.Read:
    """The form, if the reader may open it; the look is noted."""
    found = reports.form(
        engine(),
        scope(),
        invitation_id=invitation_id,
        node_id=node_id,
        catalog=catalog(),
        language=screen_language(),
    )
    if found is None:
        abort(404)
    actions.look(engine(), invitation_id=invitation_id, by=scope(), at=now())
    return found


def _page(read: reports.Read, *, own: bool, form: TalkForm | None = None) -> str:
    return render_template(
        "evaluation/named_form.html",
        read=read,
        functions=WITH_A_NAME,
        own=own,
        form=form,
        errors=errors_of(form) if form else [],
        today=local_day(now()),
        saved="bewaard" in request.args,
    )

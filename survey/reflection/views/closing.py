"""The closing page of a reflection: focus points, one private line, and submitting."""

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from msgspec.structs import replace

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database import Row
from survey.database.request import engine
from survey.reflection import actions, closing, screens
from survey.reflection.closing import Closing
from survey.reflection.lookback import reading as lookbacks
from survey.reflection.reading import Sheet, Standing
from survey.reflection.views.front import (
    BACK,
    LATER,
    act_in,
    blueprint,
    common,
    onward,
    page_url,
    saved_at,
    sheet_of,
    standing_of,
)
from survey.web.errors import wants_json
from survey.web.language import screen_language


@blueprint.get("/reflectie/<round_id>/afronden")
@allow(Permission.REFLECT)
def close(round_id: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    if not standing.takes_answers:
        return redirect(url_for(".result", round_id=round_id))
    return _closing_page(standing, sheet_of(standing))


@blueprint.post("/reflectie/<round_id>/afronden")
@allow(Permission.REFLECT)
def save_closing(round_id: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    sheet = sheet_of(standing)
    sent = closing.read(sheet.form, request.form, screen_language())
    if sent.errors:
        return _closing_page(standing, sheet, sent), 422
    if request.form.get("go") in {BACK, LATER}:
        actions.close(engine(), **act_in(standing), closing=sent, final=False)
        if wants_json():
            return jsonify(message=saved_at(sheet.form, now()))
        return onward(page_url(standing, sheet.form.blocks[-1].key))
    return _submit(standing, sheet, sent)


def _submit(standing: Standing, sheet: Sheet, sent: Closing) -> ResponseReturnValue:
    try:
        actions.close(engine(), **act_in(standing), closing=sent, final=True)
    except actions.NothingAnswered:
        nothing = {"": _("Beantwoord eerst minstens één zin.")}
        return _closing_page(standing, sheet, replace(sent, errors=nothing)), 422
    except actions.AlreadySubmitted:
        now_there = standing_of(standing.round.id)
        if sent != _stored_closing(now_there, now_there.submitted):
            raise
    return redirect(_after(standing_of(standing.round.id)), 303)


def _after(standing: Standing) -> str:
    """First the look-back, where there is one to answer: the result shows the answers of then."""
    look = lookbacks.ask(engine(), standing, scope=scope(), catalog=catalog(), at=now())
    waits = look is not None and not look.is_answered
    return url_for(".lookback" if waits else ".result", round_id=standing.round.id)


def _closing_page(standing: Standing, sheet: Sheet, sent: Closing | None = None) -> str:
    shown = sent or _stored_closing(standing, standing.latest)
    return render_template(
        "reflection/closing.html",
        closing=shown,
        faults=[(f"#{field or 'main'}", text) for field, text in shown.errors.items()],
        most=closing.FOCUS_MOST,
        **common(standing, sheet),
    )


def _stored_closing(standing: Standing, revision: Row | None) -> Closing:
    if revision is None:
        return Closing({}, "", standing.writing)
    aims = screens.focus(engine(), revision["id"], scope=scope())
    return Closing(aims, revision["open_line"] or "", revision["revision"])

"""The page of the look-back: where the focus items stood then, seen from now."""

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.wording import questions
from survey.reflection import posted
from survey.reflection.lookback import actions, reading
from survey.reflection.lookback.reading import Ask
from survey.reflection.posted import Answers
from survey.reflection.views.front import blueprint, saved_at, standing_of, texts_of
from survey.web.errors import wants_json
from survey.web.language import screen_language


@blueprint.get("/reflectie/<round_id>/terugblik")
@allow(Permission.REFLECT)
def lookback(round_id: str) -> ResponseReturnValue:
    """The sentences to look back on, once the round was handed in."""
    asked = _ask(round_id)
    if not asked.is_open:
        return redirect(url_for(".result", round_id=round_id))
    return _page(asked)


@blueprint.post("/reflectie/<round_id>/terugblik")
@allow(Permission.REFLECT)
def save_lookback(round_id: str) -> ResponseReturnValue:
    """One tap from the script, or the whole page from its button."""
    asked = _ask(round_id)
    sent = posted.read(asked.form, request.form, None, screen_language())
    if sent.errors and wants_json():
        return jsonify(message=next(iter(sent.errors.values()))), 422
    if sent.errors:
        return _page(asked, sent), 422
    actions.save(engine(), by=scope(), round_id=round_id, answers=sent.news, catalog=catalog(), clock=now)
    if wants_json():
        return jsonify(message=saved_at(asked.form, now()))
    if sent.cleared:
        return redirect(url_for(".lookback", round_id=round_id, _anchor=sent.cleared), 303)
    return redirect(url_for(".growth", _anchor="lookback"), 303)


def _page(asked: Ask, sent: Answers | None = None) -> str:
    stored = {item: answer.posted for item, answer in asked.answers.items()}
    chosen = {item: answer.posted for item, answer in sent.chosen.items()} if sent else {}
    errors = sent.errors if sent else {}
    return render_template(
        "reflection/lookback.html",
        asked=asked,
        round=asked.standing.round,
        questions=questions(asked.form, screen_language()),
        stored=stored,
        shown=stored | chosen,
        errors=errors,
        faults=[(f"#{item}-1" if item else "#main", text) for item, text in errors.items()],
        say=texts_of(asked.form),
    )


def ask_of(round_id: str) -> Ask | None:
    """The look-back of a round of this coach, if there is one."""
    standing = standing_of(round_id)
    return reading.ask(engine(), standing, scope=scope(), catalog=catalog(), at=now())


def _ask(round_id: str) -> Ask:
    asked = ask_of(round_id)
    if asked is None:
        abort(404)
    return asked

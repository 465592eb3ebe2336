"""The pages of a short round: its sentences, and last time's answers once all are answered."""

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.wording import questions
from survey.reflection import posted
from survey.reflection.micro import actions, pages, reading
from survey.reflection.micro.reading import Short
from survey.reflection.posted import Answers
from survey.reflection.views.front import blueprint, saved_at, texts_of
from survey.web.errors import wants_json
from survey.web.language import screen_language


@blueprint.get("/reflectie/kort")
@allow(Permission.REFLECT)
def short_round() -> ResponseReturnValue:
    """The short round that waits, or the one answered just now, or the word that there is none."""
    opened = [one for one in _shorts() if one.is_open(now()) and one.items]
    waiting = sorted(opened, key=lambda one: (one.is_answered, one.closes_at))
    if waiting:
        return redirect(url_for(".short", short_id=waiting[0].id))
    return render_template("reflection/short_none.html")


@blueprint.get("/reflectie/kort/<short_id>")
@allow(Permission.REFLECT)
def short(short_id: str) -> ResponseReturnValue:
    """The sentences while something is open; what was answered, beside last time, when nothing is."""
    found = _short(short_id)
    if not found.items:
        return render_template("reflection/short_none.html")
    again = found.is_open(now()) and "opnieuw" in request.args
    return _page(found) if found.is_due(now()) or again else _done(found)


@blueprint.post("/reflectie/kort/<short_id>")
@allow(Permission.REFLECT)
def save_short(short_id: str) -> ResponseReturnValue:
    """One tap from the script, or the whole page from its button."""
    found = _short(short_id)
    if not found.items:
        return redirect(url_for(".short_round"), 303)
    form = pages.form_of(found, catalog())
    sent = posted.read(form, request.form, None, screen_language())
    if sent.errors and wants_json():
        return jsonify(message=next(iter(sent.errors.values()))), 422
    if sent.errors:
        return _page(found, sent), 422
    try:
        actions.save(engine(), by=scope(), short_id=short_id, answers=sent.news, catalog=catalog(), clock=now)
    except actions.ShortClosed:
        return _closed(found, sent)
    if wants_json():
        return jsonify(message=saved_at(form, now()))
    if sent.cleared:
        return redirect(url_for(".short", short_id=short_id, opnieuw=1, _anchor=sent.cleared), 303)
    return redirect(url_for(".short", short_id=short_id), 303)


def _page(found: Short, sent: Answers | None = None) -> str:
    form = pages.form_of(found, catalog())
    stored = {item: answer.posted for item, answer in found.answers.items()}
    chosen = {item: answer.posted for item, answer in sent.chosen.items()} if sent else {}
    errors = sent.errors if sent else {}
    return render_template(
        "reflection/short.html",
        short=found,
        questions=questions(form, screen_language()),
        answered=sum(item in found.answers for item in found.items),
        stored=stored,
        shown=stored | chosen,
        errors=errors,
        faults=[(f"#{item}-1" if item else "#main", text) for item, text in errors.items()],
        say=texts_of(form),
    )


def _done(found: Short) -> str:
    lines = pages.lines(engine(), found, scope=scope(), catalog=catalog(), lang=screen_language())
    return render_template(
        "reflection/short_done.html",
        short=found,
        lines=lines,
        is_open=found.is_open(now()),
        say=texts_of(pages.form_of(found, catalog())),
    )


def _closed(found: Short, sent: Answers) -> ResponseReturnValue:
    """Too late: nothing was stored; what was chosen is shown, so that it is not lost from sight."""
    if wants_json():
        return jsonify(message=_("De ronde is gesloten. Uw laatste keuze is niet bewaard.")), 409
    form = pages.form_of(found, catalog())
    chosen = [
        (question.text, next(one.label for one in options if one.value == sent.chosen[question.key].posted))
        for question in questions(form, screen_language())
        if question.key in sent.chosen
        for options in [(*question.levels, *question.others)]
    ]
    html = render_template("reflection/short_closed.html", short=found, typed=chosen)
    return html, 409


def _shorts() -> list[Short]:
    return reading.shorts(engine(), scope=scope(), at=now())


def _short(short_id: str) -> Short:
    """A short round of this coach; one of others is as little there as none."""
    found = reading.short(engine(), short_id, scope=scope(), at=now())
    if found is None:
        abort(404)
    return found

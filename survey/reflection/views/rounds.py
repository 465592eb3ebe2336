"""The pages of a reflection: the overview of rounds, and three blocks of sentences."""

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.wording import questions
from survey.reflection import actions, posted, prefill, reading, reports, screens
from survey.reflection.posted import Answers
from survey.reflection.reading import Sheet, Standing, State
from survey.reflection.views.front import (
    BACK,
    act_in,
    blueprint,
    common,
    onward,
    page_url,
    saved_at,
    sheet_of,
    standing_of,
)
from survey.web.language import screen_language


@blueprint.get("/reflectie")
@allow(Permission.REFLECT)
def overview() -> str:
    rounds = reading.standings(engine(), scope=scope(), at=now())
    waiting = reports.due(engine(), scope(), now(), catalog=catalog())
    short = reports.micro_due(engine(), scope(), now())
    later = reports.joins_later(engine(), scope(), now())
    return render_template(
        "reflection/overview.html",
        due=waiting,
        short=short,
        rounds=rounds,
        profiles=reports.profiles(rounds, catalog=catalog()),
        later=later,
        State=State,
    )


@blueprint.get("/reflectie/<round_id>/<block>")
@allow(Permission.REFLECT)
def page(round_id: str, block: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    sheet = sheet_of(standing)
    _place(sheet.form, block)
    if not standing.takes_answers:
        return redirect(url_for(".result", round_id=round_id))
    return _page(standing, sheet, block)


@blueprint.post("/reflectie/<round_id>/<block>")
@allow(Permission.REFLECT)
def save_page(round_id: str, block: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    sheet = sheet_of(standing)
    place = _place(sheet.form, block)
    sent = posted.read(sheet.form, request.form, block, screen_language())
    if sent.errors:
        return _page(standing, sheet, block, sent), 422
    _save(standing, sent)
    if sent.cleared:
        return redirect(f"{page_url(standing, block)}#{sent.cleared}", 303)
    keys: list[str | None] = [*(one.key for one in sheet.form.blocks), None]
    step = -1 if request.form.get("go") == BACK and place else 1
    return onward(page_url(standing, keys[place + step]))


@blueprint.post("/reflectie/<round_id>/antwoord")
@allow(Permission.REFLECT)
def save_taps(round_id: str) -> ResponseReturnValue:
    """For a script: some answers of any page, kept at once, and a line that says so."""
    standing = standing_of(round_id)
    form = sheet_of(standing).form
    sent = posted.read(form, request.form, None, screen_language())
    if sent.errors:
        return jsonify(message=next(iter(sent.errors.values()))), 422
    _save(standing, sent)
    return jsonify(message=saved_at(form, now()))


def _save(standing: Standing, sent: Answers) -> None:
    actions.save(engine(), **act_in(standing), revision=sent.revision, answers=sent.news, catalog=catalog())


def _page(standing: Standing, sheet: Sheet, block: str, sent: Answers | None = None) -> str:
    stored = {item: answer.posted for item, answer in sheet.answers.items()}
    chosen = {item: answer.posted for item, answer in sent.chosen.items()} if sent else {}
    errors = sent.errors if sent else {}
    return render_template(
        "reflection/page.html",
        block=sheet.form.blocks[_place(sheet.form, block)],
        questions=questions(sheet.form, screen_language(), block),
        outside=prefill.outside(engine(), standing.round, catalog=catalog(), scope=scope()),
        attendance=screens.attendance(sheet.form, block, catalog()),
        stored=stored,
        shown=stored | chosen,
        errors=errors,
        faults=[(f"#{item}-1" if item else "#main", text) for item, text in errors.items()],
        **common(standing, sheet),
    )


def _place(form: Questionnaire, block: str) -> int:
    """The place of a block among the pages, from 0."""
    keys = [one.key for one in form.blocks]
    if block not in keys:
        abort(404)
    return keys.index(block)

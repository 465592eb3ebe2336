"""The pages of a reflection: overview, three blocks, the closing page, the result."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, moment, now
from survey.current import catalog
from survey.database import Row
from survey.database.request import engine
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.profile import Profile
from survey.questionnaire.wording import Wording, questions, words
from survey.reflection import actions, closing, posted, prefill, reading, reports, screens
from survey.reflection.closing import Closing
from survey.reflection.emphasis import reading as emphases
from survey.reflection.lookback import reading as lookbacks
from survey.reflection.posted import Answers
from survey.reflection.reading import Sheet, Standing, State
from survey.web.errors import wants_json
from survey.web.language import day, screen_language, time

blueprint = Blueprint("reflection", __name__)

BACK, LATER = "back", "later"


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


@blueprint.get("/reflectie/<round_id>")
@allow(Permission.REFLECT)
def result(round_id: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    if standing.is_open and not standing.submitted:
        sheet = _sheet(standing)
        return redirect(_page_url(standing, sheet.first_open))
    form = _sheet(standing).form
    return render_template(
        "reflection/result.html",
        standing=standing,
        result=result_of(standing),
        first=form.blocks[0].key,
        say=texts_of(form),
        profile=_profile(standing),
        Emphasis=emphases.Emphasis,
        emphasis=emphases.ask(engine(), standing, scope=scope(), catalog=catalog()),
        lookback=lookbacks.ask(engine(), standing, scope=scope(), catalog=catalog(), at=now()),
    )


@blueprint.post("/reflectie/<round_id>/verbeteren")
@allow(Permission.REFLECT)
def correct(round_id: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    actions.correct(engine(), by=scope(), round=standing.round, clock=now)
    return redirect(_page_url(standing, _sheet(standing).form.blocks[0].key), 303)


@blueprint.get("/reflectie/<round_id>/<block>")
@allow(Permission.REFLECT)
def page(round_id: str, block: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    sheet = _sheet(standing)
    _place(sheet.form, block)
    if not standing.takes_answers:
        return redirect(url_for(".result", round_id=round_id))
    return _page(standing, sheet, block)


@blueprint.post("/reflectie/<round_id>/<block>")
@allow(Permission.REFLECT)
def save_page(round_id: str, block: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    sheet = _sheet(standing)
    place = _place(sheet.form, block)
    sent = posted.read(sheet.form, request.form, block, screen_language())
    if sent.errors:
        return _page(standing, sheet, block, sent), 422
    _save(standing, sent)
    if sent.cleared:
        return redirect(f"{_page_url(standing, block)}#{sent.cleared}", 303)
    keys: list[str | None] = [*(one.key for one in sheet.form.blocks), None]
    step = -1 if request.form.get("go") == BACK and place else 1
    return _onward(_page_url(standing, keys[place + step]))


@blueprint.post("/reflectie/<round_id>/antwoord")
@allow(Permission.REFLECT)
def save_taps(round_id: str) -> ResponseReturnValue:
    """For a script: some answers of any page, kept at once, and a line that says so."""
    standing = standing_of(round_id)
    form = _sheet(standing).form
    sent = posted.read(form, request.form, None, screen_language())
    if sent.errors:
        return jsonify(message=next(iter(sent.errors.values()))), 422
    _save(standing, sent)
    return jsonify(message=saved_at(form, now()))


@blueprint.get("/reflectie/<round_id>/afronden")
@allow(Permission.REFLECT)
def close(round_id: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    if not standing.takes_answers:
        return redirect(url_for(".result", round_id=round_id))
    return _closing_page(standing, _sheet(standing))


@blueprint.post("/reflectie/<round_id>/afronden")
@allow(Permission.REFLECT)
def save_closing(round_id: str) -> ResponseReturnValue:
    standing = standing_of(round_id)
    sheet = _sheet(standing)
    sent = closing.read(sheet.form, request.form, screen_language())
    if sent.errors:
        return _closing_page(standing, sheet, sent), 422
    if request.form.get("go") in {BACK, LATER}:
        actions.close(engine(), **_act(standing), closing=sent, final=False)
        if wants_json():
            return jsonify(message=saved_at(sheet.form, now()))
        return _onward(_page_url(standing, sheet.form.blocks[-1].key))
    return _submit(standing, sheet, sent)


@blueprint.errorhandler(actions.RoundClosed)
@blueprint.errorhandler(actions.AlreadySubmitted)
def refused(error: Exception) -> ResponseReturnValue:
    """Nothing was stored: say why, and show what was just typed so that it is not lost from sight."""
    standing = standing_of((request.view_args or {})["round_id"])
    closed = isinstance(error, actions.RoundClosed)
    if wants_json():
        why = _("De ronde is gesloten.") if closed else _("Deze reflectie is al ingeleverd.")
        return jsonify(message=" ".join((why, _("Uw laatste keuze is niet bewaard.")))), 409
    form = _sheet(standing).form
    typed = screens.typed(form, request.form, screen_language())
    html = render_template("reflection/refused.html", standing=standing, closed=closed, typed=typed)
    return html, 409


def result_of(standing: Standing) -> screens.Result:
    """The answers of a round in words, beside those of the round before."""
    return screens.result(
        engine(), standing, catalog=catalog(), scope=scope(), lang=screen_language(), at=now()
    )


def _submit(standing: Standing, sheet: Sheet, sent: Closing) -> ResponseReturnValue:
    try:
        actions.close(engine(), **_act(standing), closing=sent, final=True)
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


def _save(standing: Standing, sent: Answers) -> None:
    actions.save(engine(), **_act(standing), revision=sent.revision, answers=sent.news, catalog=catalog())


def _act(standing: Standing) -> dict[str, Any]:
    """Who writes in which round, and the clock that says when."""
    return {"by": scope(), "round": standing.round, "clock": now}


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
        **_common(standing, sheet),
    )


def _closing_page(standing: Standing, sheet: Sheet, sent: Closing | None = None) -> str:
    shown = sent or _stored_closing(standing, standing.latest)
    return render_template(
        "reflection/closing.html",
        closing=shown,
        faults=[(f"#{field or 'main'}", text) for field, text in shown.errors.items()],
        most=closing.FOCUS_MOST,
        **_common(standing, sheet),
    )


def _common(standing: Standing, sheet: Sheet) -> dict[str, Any]:
    """What every page with a form of this round shows."""
    saved = saved_at(sheet.form, moment(standing.draft["saved_at"])) if standing.draft else ""
    lang = screen_language()
    return {
        "standing": standing,
        "sheet": sheet,
        "say": texts_of(sheet.form),
        "profile": _profile(standing),
        "lang": lang,
        "saved": saved,
    }


def _stored_closing(standing: Standing, revision: Row | None) -> Closing:
    if revision is None:
        return Closing({}, "", standing.writing)
    aims = screens.focus(engine(), revision["id"], scope=scope())
    return Closing(aims, revision["open_line"] or "", revision["revision"])


def _onward(target: str) -> ResponseReturnValue:
    later = request.form.get("go") == LATER
    return redirect(url_for("today.show") if later else target, 303)


def _page_url(standing: Standing, block: str | None) -> str:
    """The page of a block, or the closing page."""
    if block is None:
        return url_for(".close", round_id=standing.round.id)
    return url_for(".page", round_id=standing.round.id, block=block)


def _place(form: Questionnaire, block: str) -> int:
    """The place of a block among the pages, from 0."""
    keys = [one.key for one in form.blocks]
    if block not in keys:
        abort(404)
    return keys.index(block)


def standing_of(round_id: str) -> Standing:
    """A round of this coach; a round of others is as little there as none."""
    found = reading.standing(engine(), round_id, scope=scope(), at=now())
    if found is None:
        abort(404)
    return found


def _sheet(standing: Standing) -> Sheet:
    return prefill.sheet(engine(), standing, catalog=catalog(), scope=scope())


def _profile(standing: Standing) -> Profile | None:
    """The profile of a round, where this coach reflects on several."""
    rounds = reading.standings(engine(), scope=scope(), at=now())
    return reports.profiles(rounds, catalog=catalog()).get(standing.round.profile)


def texts_of(form: Questionnaire) -> Callable[..., Wording]:
    """The texts of the form in the language of the screen, for templates: say("next")."""
    return lambda text, **values: words(form, text, screen_language(), **values)


def saved_at(form: Questionnaire, at: datetime) -> str:
    saved = texts_of(form)("saved")
    if local_day(at) == local_day(now()):
        return str(_("%(saved)s om %(time)s uur", saved=saved, time=time(at)))
    return str(_("%(saved)s op %(day)s", saved=saved, day=day(at)))

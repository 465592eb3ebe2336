"""The answers to a check, to talk about together, and what was agreed then."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case.choices import AGREED, to_agree_on
from survey.case.hints import noticed
from survey.case.informants import Who
from survey.case.reports import Case
from survey.case.views import hints, lines
from survey.case.views.asking import check_name
from survey.case.views.front import blueprint, label_of, not_there, open_case_or_404
from survey.case.views.lines import Line
from survey.checkin import reports as checks
from survey.checkin.reports import Asked, Check, Comparison, State
from survey.clock import local_day, now
from survey.current import catalog
from survey.database.request import engine
from survey.talk import reports as talks
from survey.talk.reports import Talk
from survey.web.language import screen_language

SHOWN = 4  # checks side by side; older ones are one tap away


def page(
    case: Case, asked: Asked, *, agreed: Sequence[str] = (), line: Line | None = None, error: str = ""
) -> str:
    """The answers beside earlier ones of this person to the same questions, and the script of the talk."""
    until_then = _until(case, asked)
    newest = _compared(until_then[:SHOWN])
    blocks = noticed.in_case(engine(), scope(), case.id, at=now())
    noted = talks.talk_about(engine(), scope(), case.id, asked.link_id)
    return render_template(
        "case/answers.html",
        case=case,
        asked=asked,
        name=check_name(asked.family),
        who=Who(asked.kind, asked.number),
        newest=newest,
        older=_compared(until_then[SHOWN:]) if until_then[SHOWN:] else None,
        goal=_goal(until_then[0]),
        question=_question(asked, newest),
        actions=to_agree_on(),
        agreed=agreed,
        line=line,
        error=error,
        hint=next((block for block in blocks if block.link_id == asked.link_id), None),
        also_open=[block for block in blocks if block.is_open and block.also_asks(asked)],
        noted=noted,
        noted_choices=_labels(noted),
        joins=[] if noted else _labels(_joins(case, asked)),
    )


@blueprint.post("/<code>/check/<link_id>/afspraak")
@allow(Permission.KEEP_CASES)
def agree_after(code: str, link_id: str) -> ResponseReturnValue:
    """Note what coach and respondent agreed when they talked about the answers."""
    case = open_case_or_404(code)
    asked = checks.asked(engine(), scope(), link_id, at=now())
    if asked is None or asked.code != code or asked.state is not State.ANSWERED:
        not_there()
    agreed = request.form.getlist("agreed")
    line = lines.read()
    error = _missing(agreed, line)
    if error or not line.may_be_kept:
        return page(case, asked, agreed=agreed, line=line, error=error), 422
    known = talks.talk_about(engine(), scope(), case.id, link_id)
    if known is not None:
        if set(agreed) <= set(known.agreed) and line.text in {"", known.line}:
            return _onward(case, asked)
        error = _("Er staat al wat jullie afspraken. Wijzig het daar.")
        return page(case, asked, agreed=agreed, line=line, error=error), 409
    noticed.agree(engine(), case_id=case.id, asked=asked, agreed=agreed, line=line.text, by=scope(), at=now())
    return _onward(case, asked)


def _onward(case: Case, asked: Asked) -> ResponseReturnValue:
    """To the page of the case; first to the answers where more of this person waits to be talked about."""
    blocks = noticed.in_case(engine(), scope(), case.id, at=now())
    if any(block.is_open and block.also_asks(asked) for block in blocks):
        return redirect(url_for(".check", code=case.code, link_id=asked.link_id, _anchor="noted"), 303)
    return hints.talked(case.code, asked.link_id)


def _joins(case: Case, asked: Asked) -> Talk | None:
    """The talk of today in which something was noted already, and that this would be added to."""
    who, today = str(Who(asked.kind, asked.number)), local_day(now())
    return next(
        (
            talk
            for talk in talks.talks(engine(), scope(), case.id)
            if talk.agreed and talk.day == today and (who in talk.with_ or talk.id == asked.talk_id)
        ),
        None,
    )


def _labels(talk: Talk | None) -> list[str]:
    return [label_of(AGREED, choice) for choice in talk.agreed] if talk else []


def _missing(agreed: Sequence[str], line: Line) -> str:
    offered = {one.key for one in to_agree_on()}
    if not set(agreed) <= offered:
        return str(_("Kies uit wat hier staat."))
    return "" if agreed or line.text else str(_("Kies wat jullie afspraken, of schrijf één regel."))


def _until(case: Case, asked: Asked) -> Sequence[Check]:
    """This check and those before it of the same person and family, newest first."""
    found = [
        one
        for one in checks.checks(engine(), scope(), case.id)
        if one.informant_id == asked.informant_id and one.family is asked.family
    ]
    return found[[one.link_id for one in found].index(asked.link_id) :]


def _compared(found: Sequence[Check]) -> Comparison:
    return checks.compare(catalog(), found, screen_language())


def _goal(check: Check) -> Mapping[str, Any] | None:
    if check.goal is None:
        return None
    key, value = check.goal
    return {"label": catalog().goal(key).label[screen_language()], "value": value}


def _question(asked: Asked, newest: Comparison) -> Mapping[str, str | None] | None:
    """The question the coach picked to talk about, with its answer."""
    number = request.args.get("vraag", 0, type=int)
    if not 1 <= number <= len(newest.rows):
        return None
    words, answers = newest.rows[number - 1]
    return {"words": words, "answer": answers[0]}

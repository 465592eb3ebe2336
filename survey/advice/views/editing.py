"""The text of an advice, sentence by sentence: change, leave out, add, put back."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.advice import actions, reports
from survey.advice.document import Advice, Line
from survey.advice.reading import hints
from survey.advice.sentences import SECTIONS, WRITABLE, book
from survey.advice.sheet import basis
from survey.advice.views.front import blueprint, frozen, known, unsigned
from survey.advice.words import SECTIONS as HEADINGS
from survey.advice.words import hint, wrong_words
from survey.clock import local_day, now
from survey.database.request import engine
from survey.web.fields import one_line
from survey.web.once import form_id

NONE: Mapping[str, str] = MappingProxyType({})


@blueprint.get("/advies/<advice_id>/tekst")
@allow(Permission.WRITE_ADVICE)
def text(advice_id: str) -> str:
    """Every sentence with what can be done with it."""
    return _page(unsigned(advice_id))


@blueprint.post("/advies/<advice_id>/tekst")
@allow(Permission.WRITE_ADVICE)
def add(advice_id: str) -> ResponseReturnValue:
    """Add a sentence of one's own to a section."""
    advice, typed = known(advice_id), request.form.get("words", "")
    section, key = request.form.get("section", ""), form_id()
    if section not in WRITABLE:
        abort(400)
    try:
        actions.add(
            engine(),
            advice_id=advice.id,
            section=section,
            words=one_line(typed),
            by=scope(),
            at=now(),
            key=key,
        )
    except actions.Frozen:
        return frozen(known(advice_id), typed)
    except actions.WrongWords as wrong:
        said = wrong_words(wrong, actions.LONGEST)
        return _page(advice, section, said, {"words": typed}), 422
    return redirect(url_for("advice.text", advice_id=advice.id, _anchor=f"deel-{section}"), 303)


@blueprint.post("/advies/<advice_id>/tekst/<sentence_id>")
@allow(Permission.WRITE_ADVICE)
def change(advice_id: str, sentence_id: str) -> ResponseReturnValue:
    """Change a sentence, leave it out, put it back, or make it anew; what was typed stays when it cannot."""
    advice = known(advice_id)
    line = advice.line(sentence_id) or abort(404)
    act = ACTS.get(request.form.get("act", "")) or abort(400)
    told = {"advice_id": advice.id, "line_id": line.id, "by": scope(), "at": now()}
    typed = {"words": request.form.get("words", "")}
    try:
        act({**told, "shown": request.form.get("shown")})
    except actions.Frozen:
        return frozen(known(advice_id), typed["words"])
    except actions.WrongWords as wrong:
        return _page(advice, line.id, wrong_words(wrong, actions.LONGEST), typed), 422
    except actions.NoSuchLine:
        return _page(known(advice_id), line.id, _("Met deze zin kan dit niet.")), 409
    except actions.Changed:
        said = _("Iemand anders wijzigde deze zin net. Nu staat er wat hieronder staat.")
        return _page(known(advice_id), line.id, said, typed), 409
    return redirect(url_for("advice.text", advice_id=advice.id, _anchor=f"zin-{line.id}"), 303)


def _edit(told: dict[str, Any]) -> None:
    actions.edit(engine(), words=one_line(request.form.get("words", "")), **told)


ACTS: Mapping[str, Callable[[dict[str, Any]], None]] = MappingProxyType(
    {
        "save": _edit,
        "restore": lambda told: actions.restore(engine(), **told),
        "leave-out": lambda told: actions.leave_out(engine(), out=True, **told),
        "put-back": lambda told: actions.leave_out(engine(), out=False, **told),
        "keep": lambda told: actions.keep(engine(), **told),
        "renew": lambda told: actions.renew(engine(), **told),
    }
)


def _page(advice: Advice, wrong: str = "", said: str = "", typed: Mapping[str, str] = NONE) -> str:
    written = book()

    def is_fixed(line: Line) -> bool:
        return line.key is not None and written.sentence(line.key).fixed

    return render_template(
        "advice/text.html",
        advice=advice,
        standing=reports.standing(engine(), scope(), advice, local_day(now())),
        sections=SECTIONS,
        writable=WRITABLE,
        headings=HEADINGS,
        is_fixed=is_fixed,
        basis=lambda line: basis(line, written),
        hints=lambda line: [hint(one) for one in hints(line.words)] if line.changed_at else [],
        wrong=wrong,
        said=said,
        typed=typed,
        most=actions.LONGEST,
    )

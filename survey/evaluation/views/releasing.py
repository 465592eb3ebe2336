"""The pages on which a lead publishes a form: its numbers, and its lines as they are redacted."""

from collections.abc import Collection
from typing import NamedTuple

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.database.request import engine
from survey.evaluation.groups import ANONYMOUS, FORMS
from survey.evaluation.release import actions, reports
from survey.evaluation.release.actions import FEWEST_LINES
from survey.evaluation.release.stands import Line, Lines, asked, lines, stands
from survey.evaluation.views.front import blueprint, here
from survey.evaluation.windows import State, Window
from survey.questionnaire.definition import LONGEST_LINE, Questionnaire
from survey.web.fields import one_line
from survey.web.numbers import whole

ON_A_PAGE = 50
KEEP, LEAVE_OUT = "houd", "weg"
REFUSALS = (actions.NotCounted, actions.Done, actions.NoAnswers)


class Chosen(NamedTuple):
    """What was sent about one line: to keep or leave out, in which words, and what is wrong with that.

    `seen` is the mark of the line as it was shown.
    """

    choice: str
    text: str
    error: str = ""
    seen: str = ""

    @property
    def kept(self) -> str | None:
        """The words that stay, if any."""
        return self.text if self.choice == KEEP else None


@blueprint.get("/evaluatie/<window_id>/<form>/vrijgeven")
@allow(Permission.RUN_EVALUATION)
def before_release(window_id: str, form: str) -> ResponseReturnValue:
    """What will be shown to whom, before it is."""
    return _release_page(here(window_id), _form(form))


@blueprint.post("/evaluatie/<window_id>/<form>/vrijgeven")
@allow(Permission.RUN_EVALUATION)
def release(window_id: str, form: str) -> ResponseReturnValue:
    """Publish the numbers of a form, for good."""
    window, key = here(window_id), _form(form)
    try:
        actions.release(engine(), window_id=window.id, form=key, by=scope().person_id, at=now())
    except REFUSALS:
        return _release_page(window, key), 409
    return redirect(f"{url_for('evaluation.show', window_id=window.id)}?vrijgegeven=1#uitkomst", 303)


@blueprint.get("/evaluatie/<window_id>/<form>/zinnen")
@allow(Permission.RUN_EVALUATION)
def own_words(window_id: str, form: str) -> ResponseReturnValue:
    """The lines of a form, shuffled, to redact."""
    window, key = here(window_id), _form(form)
    return _lines_page(window, _asked(window, key))


@blueprint.post("/evaluatie/<window_id>/<form>/zinnen")
@allow(Permission.RUN_EVALUATION)
def redact(window_id: str, form: str) -> ResponseReturnValue:
    """Keep what was decided about lines; with a mistake everything typed stays."""
    window = here(window_id)
    questions = _asked(window, _form(form))
    found = lines(engine(), scope(), window.id, questions)
    chosen = {line.id: _read(line) for line in found.found if f"keuze-{line.id}" in request.form}
    chosen = {
        key: one for key, one in chosen.items() if one.seen != actions.mark_of(actions.decided(one.kept))
    }
    if any(one.error for one in chosen.values()):
        return _lines_page(window, questions, chosen), 422
    try:
        actions.redact(
            engine(),
            window_id=window.id,
            form=questions.form,
            kept={key: one.kept for key, one in chosen.items()},
            by=scope(),
            at=now(),
            seen={key: one.seen for key, one in chosen.items() if one.seen},
        )
    except actions.Changed as changed:
        found = lines(engine(), scope(), window.id, questions)
        return _lines_page(window, questions, _told(chosen, found, changed.lines)), 409
    except REFUSALS:
        return _lines_page(window, questions), 409
    address = url_for("evaluation.own_words", window_id=window.id, form=form, deel=_part(found), bewaard=1)
    return redirect(address, 303)


@blueprint.post("/evaluatie/<window_id>/<form>/zinnen/vrijgeven")
@allow(Permission.RUN_EVALUATION)
def publish_lines(window_id: str, form: str) -> ResponseReturnValue:
    """Publish every kept line at once, for good."""
    window, key = here(window_id), _form(form)
    seen = request.form.get("gezien")
    try:
        actions.publish_lines(engine(), window_id=window.id, form=key, by=scope(), at=now(), seen=seen)
    except actions.Changed:
        said = _("Iemand anders koos net iets bij een zin. Kijk ze na, en geef ze dan vrij.")
        return _lines_page(window, _asked(window, key), said=said), 409
    except (*REFUSALS, actions.TooFewLines):
        return _lines_page(window, _asked(window, key)), 409
    return redirect(url_for("evaluation.own_words", window_id=window.id, form=form, bewaard=1), 303)


def _form(key: str) -> str:
    return key if key in ANONYMOUS else abort(404)


def _asked(window: Window, form: str) -> Questionnaire:
    """The form as this window asked it, if it asks for a line in own words."""
    found = asked(engine(), window.id, form)
    return found if found.open_question else abort(404)


def _release_page(window: Window, form: str) -> str:
    return render_template(
        "evaluation/release.html",
        window=window,
        is_counted=window.state(now()) is State.COUNTED,
        form=FORMS[form],
        asked=asked(engine(), window.id, form),
        stand=stands(engine(), scope(), window.id).get(form),
    )


def _read(line: Line) -> Chosen:
    """What was sent about a line."""
    choice, seen = request.form[f"keuze-{line.id}"], request.form.get(f"gezien-{line.id}", "")
    text = one_line(request.form.get(f"tekst-{line.id}", ""))
    if choice not in {KEEP, LEAVE_OUT}:
        abort(400)
    if choice == KEEP and not text:
        return Chosen(choice, text, _("Hier staat niets meer. Schrijf wat blijft, of kies ‘weglaten’."), seen)
    if choice == KEEP and len(text) > LONGEST_LINE:
        return Chosen(
            choice, text, _("Dit is te lang. Schrijf hooguit %(most)d tekens.", most=LONGEST_LINE), seen
        )
    return Chosen(choice, text, seen=seen)


def _told(chosen: dict[str, Chosen], found: Lines, taken: Collection[str]) -> dict[str, Chosen]:
    """What was sent, with what another decided about some of these lines; sent again it holds."""
    stand = {line.id: line for line in found.found}
    marked = {key: one._replace(seen=stand[key].mark) for key, one in chosen.items() if key in stand}
    return {
        key: one._replace(error=_decided_meanwhile(stand[key])) if key in taken else one
        for key, one in marked.items()
    }


def _decided_meanwhile(line: Line) -> str:
    stands = line.redacted or _("weglaten")
    return str(_("Iemand anders koos hier net iets. Nu staat er: %(stands)s", stands=stands))


def _part(found: Lines) -> int:
    """Which part of the lines the address asks for, from 1; the first for anything else."""
    part = whole(request.args.get("deel", "")) or 1
    return part if part <= _parts(found) else 1


def _parts(found: Lines) -> int:
    return max(1, -(-len(found.found) // ON_A_PAGE))


def _lines_page(
    window: Window, questions: Questionnaire, chosen: dict[str, Chosen] | None = None, said: str = ""
) -> str:
    found = lines(engine(), scope(), window.id, questions)
    part = _part(found)
    shown = found.found[(part - 1) * ON_A_PAGE : part * ON_A_PAGE]
    chosen = chosen or {}
    return render_template(
        "evaluation/lines.html",
        window=window,
        is_counted=window.state(now()) is State.COUNTED,
        form=FORMS[questions.form],
        question=questions.open_question,
        found=found,
        published=reports.published_lines(engine(), scope(), window.id, questions.form),
        fewest=FEWEST_LINES,
        longest=LONGEST_LINE,
        shown=[(line, chosen.get(line.id, _as_kept(line))) for line in shown],
        errors=[(f"#tekst-{key}", one.error) for key, one in chosen.items() if one.error],
        meanwhile=said,
        part=part,
        parts=_parts(found),
        saved="bewaard" in request.args,
    )


def _as_kept(line: Line) -> Chosen:
    choice = {"kept": KEEP, "left_out": LEAVE_OUT}.get(line.state, "")
    return Chosen(choice, line.redacted or line.words, seen=line.mark)

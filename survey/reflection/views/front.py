"""What the pages of a round share: the round itself, its form in words, and where they lead."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.session import scope
from survey.clock import local_day, moment, now
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.profile import Profile
from survey.questionnaire.wording import Wording, words
from survey.reflection import actions, prefill, reading, reports, screens
from survey.reflection.reading import Sheet, Standing
from survey.web.errors import wants_json
from survey.web.language import day, screen_language, time

blueprint = Blueprint("reflection", __name__)
BACK, LATER = "back", "later"


@blueprint.errorhandler(actions.RoundClosed)
@blueprint.errorhandler(actions.AlreadySubmitted)
def refused(error: Exception) -> ResponseReturnValue:
    """Nothing was stored: say why, and show what was just typed so that it is not lost from sight."""
    standing = standing_of((request.view_args or {})["round_id"])
    closed = isinstance(error, actions.RoundClosed)
    if wants_json():
        why = _("De ronde is gesloten.") if closed else _("Deze reflectie is al ingeleverd.")
        return jsonify(message=" ".join((why, _("Uw laatste keuze is niet bewaard.")))), 409
    form = sheet_of(standing).form
    typed = screens.typed(form, request.form, screen_language())
    html = render_template("reflection/refused.html", standing=standing, closed=closed, typed=typed)
    return html, 409


def act_in(standing: Standing) -> dict[str, Any]:
    """Who writes in which round, and the clock that says when."""
    return {"by": scope(), "round": standing.round, "clock": now}


def common(standing: Standing, sheet: Sheet) -> dict[str, Any]:
    """What every page with a form of this round shows."""
    saved = saved_at(sheet.form, moment(standing.draft["saved_at"])) if standing.draft else ""
    lang = screen_language()
    return {
        "standing": standing,
        "sheet": sheet,
        "say": texts_of(sheet.form),
        "profile": profile_of(standing),
        "lang": lang,
        "saved": saved,
    }


def onward(target: str) -> ResponseReturnValue:
    """To the next page, or away for whoever goes on later."""
    later = request.form.get("go") == LATER
    return redirect(url_for("today.show") if later else target, 303)


def page_url(standing: Standing, block: str | None) -> str:
    """The page of a block, or the closing page."""
    if block is None:
        return url_for(".close", round_id=standing.round.id)
    return url_for(".page", round_id=standing.round.id, block=block)


def standing_of(round_id: str) -> Standing:
    """A round of this coach; a round of others is as little there as none."""
    found = reading.standing(engine(), round_id, scope=scope(), at=now())
    if found is None:
        abort(404)
    return found


def sheet_of(standing: Standing) -> Sheet:
    """The form of a round with the answers of this coach, and what the assignment says beforehand."""
    return prefill.sheet(engine(), standing, catalog=catalog(), scope=scope())


def profile_of(standing: Standing) -> Profile | None:
    """The profile of a round, where this coach reflects on several."""
    rounds = reading.standings(engine(), scope=scope(), at=now())
    return reports.profiles(rounds, catalog=catalog()).get(standing.round.profile)


def texts_of(form: Questionnaire) -> Callable[..., Wording]:
    """The texts of the form in the language of the screen, for templates: say("next")."""
    return lambda text, **values: words(form, text, screen_language(), **values)


def saved_at(form: Questionnaire, at: datetime) -> str:
    """The line that says when answers were kept."""
    saved = texts_of(form)("saved")
    if local_day(at) == local_day(now()):
        return str(_("%(saved)s om %(time)s uur", saved=saved, time=time(at)))
    return str(_("%(saved)s op %(day)s", saved=saved, day=day(at)))

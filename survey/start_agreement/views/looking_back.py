"""Looking back on a signed agreement, half-way and at the end: a word for each yield, never a score."""

from datetime import timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import days_of_school_year, local_day, now
from survey.current import catalog
from survey.database.request import engine
from survey.placement.reports import Placement
from survey.start_agreement import actions, forms, reports, words
from survey.start_agreement.agreement import END, HALFWAY, REVIEW, Agreement, line_of
from survey.start_agreement.views.front import PATH, blueprint, known, to
from survey.web.language import screen_language
from survey.web.numbers import shown_revision

ADDRESSES = {"halverwege": HALFWAY, "eind": END}
BEFORE_THE_END = timedelta(weeks=7)  # of a school year: while everyone is still there


@blueprint.get(f"{PATH}/terugkijken/<when>")
@allow(Permission.KEEP_AGREEMENTS)
def look_back(placement_id: str, when: str) -> str:
    """The yields with what was said of them, to fill in or correct."""
    place, moment = known(placement_id), _moment(when)
    one = _signed(place)
    return _page(place, one, moment, _standing(place, one, moment))


@blueprint.post(f"{PATH}/terugkijken/<when>")
@allow(Permission.KEEP_AGREEMENTS)
def note(placement_id: str, when: str) -> ResponseReturnValue:
    """Note what was said; with a mistake, everything typed stays."""
    place, moment = known(placement_id), _moment(when)
    one = _signed(place)
    typed = request.form.to_dict()
    looked, errors = forms.read_review(one, moment, request.form, today=local_day(now()))
    shown = request.form.get("shown", "")
    if looked is None:
        return _page(place, one, moment, typed, errors, shown=shown), 422
    try:
        actions.look_back(
            engine(),
            agreement_id=one.id,
            moment=moment,
            looked=looked,
            by=scope(),
            at=now(),
            shown=shown_revision(),
        )
    except (actions.Changed, actions.NotNow):
        return _page(place, _signed(place), moment, typed, meanwhile=True), 409
    return to(place)


def _moment(when: str) -> str:
    return ADDRESSES.get(when) or abort(404)


def _signed(place: Placement) -> Agreement:
    found = reports.of_placement(engine(), scope(), place.id)
    return found if found and found.state == "signed" else abort(404)


def _standing(place: Placement, one: Agreement, moment: str) -> dict[str, str]:
    """What was noted, as it stands in the form; a day to begin with where nothing was."""
    held = {f"word-{each.id}": each.reviews[moment].word for each in one.yields if moment in each.reviews}
    held |= {f"note-{each.id}": each.reviews[moment].note for each in one.yields if moment in each.reviews}
    for prompt in catalog().choices(REVIEW):
        held[prompt.key] = one.lines.get(line_of(moment, prompt.key), "")
    again = one.again_on or days_of_school_year(place.school_year)[1] - BEFORE_THE_END
    held["on"] = (one.reviewed_on(moment) or local_day(now())).isoformat()
    held["again_on"] = again.isoformat()
    return held


def _page(
    place: Placement,
    one: Agreement,
    moment: str,
    typed: dict[str, str],
    errors: dict[str, str] | None = None,
    *,
    shown: str | None = None,
    meanwhile: bool = False,
) -> str:
    prompts = [each for each in catalog().choices(REVIEW) if each.key != "next_review"]
    return render_template(
        "start_agreement/look_back.html",
        place=place,
        one=one,
        moment=moment,
        typed=typed,
        stands=_standing(place, one, moment),
        errors=errors or {},
        shown=one.revision if shown is None else shown,
        meanwhile=meanwhile,
        prompts=prompts,
        again=next((each for each in catalog().choices(REVIEW) if each.key == "next_review"), None),
        lang=screen_language(),
        words=words,
    )

"""Writing the parts of a draft: each part is saved by itself, and nothing typed is lost."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.assignment.reports import groups
from survey.clock import local_day, now
from survey.current import catalog
from survey.database.request import engine
from survey.placement.reports import Placement
from survey.questionnaire.profile import Profile
from survey.start_agreement import actions, forms, reports, words
from survey.start_agreement.agreement import CATEGORIES, CHECKLIST, INTRODUCTION, PARTNERS, Agreement
from survey.start_agreement.forms import Filled
from survey.start_agreement.parts import PARTS, Part
from survey.start_agreement.views.front import PATH, blueprint, known, the_open, to
from survey.web.language import screen_language


@blueprint.get(f"{PATH}/deel/<part>")
@allow(Permission.KEEP_AGREEMENTS)
def edit(placement_id: str, part: str) -> ResponseReturnValue:
    """One part as it stands; where people sign, the page that says so."""
    place, asked = known(placement_id), _part(part)
    one = the_open(place)
    return to(place) if one.is_frozen else _page(place, one, asked, forms.standing(asked, one))


@blueprint.post(f"{PATH}/deel/<part>")
@allow(Permission.KEEP_AGREEMENTS)
def save(placement_id: str, part: str) -> ResponseReturnValue:
    """Save one part and go on to the next, or stay to add more; what cannot be saved is given back."""
    place, asked = known(placement_id), _part(part)
    one = _newest(place)
    filled = forms.read(asked, request.form, today=local_day(now()))
    if filled.errors:
        return _page(place, one, asked, filled, shown=request.form.get("shown")), 422
    try:
        actions.save(
            engine(),
            agreement_id=one.id,
            part=asked,
            content=filled.content,
            by=scope(),
            at=now(),
            shown=request.form.get("shown", ""),
        )
    except actions.Misfit:
        filled.errors = {"main": _("Er stond een keuze tussen die hier niet hoort. Kies uit de lijst.")}
        return _page(place, one, asked, filled, shown=request.form.get("shown")), 422
    except actions.Changed:
        return _page(place, _newest(place), asked, filled, meanwhile="changed"), 409
    except (actions.NotNow, actions.NotYours):  # people sign it or signed it, or the draft was thrown away
        return _page(place, _newest(place), asked, filled, meanwhile="frozen"), 409
    return _onward(place, asked)


def _newest(place: Placement) -> Agreement:
    """The newest version, also where that is signed; 404 where there is none."""
    return next(iter(reports.versions(engine(), scope(), place.id)), None) or abort(404)


def _part(key: str) -> Part:
    return PARTS.get(key) or abort(404)


def _onward(place: Placement, part: Part) -> ResponseReturnValue:
    if request.form.get("then") == "more":
        return redirect(url_for(".edit", placement_id=place.id, part=part.key, _anchor="last"), 303)
    keys = list(PARTS)
    later = keys[keys.index(part.key) + 1 :]
    if request.form.get("then") == "on" and later:
        return redirect(url_for(".edit", placement_id=place.id, part=later[0]), 303)
    return to(place)


def _page(
    place: Placement,
    one: Agreement,
    part: Part,
    filled: Filled,
    *,
    shown: str | None = None,
    meanwhile: str = "",
) -> str:
    profile = words.profile_of(one)
    return render_template(
        "start_agreement/edit.html",
        place=place,
        one=one,
        part=part,
        parts=list(PARTS),
        filled=filled,
        stands=forms.standing(part, one),
        shown=part.of(one).fingerprint if shown is None else shown,
        meanwhile=meanwhile,
        named=_named(profile),
        partners=catalog().choices(PARTNERS),
        categories=catalog().choices(CATEGORIES),
        checklist=catalog().choices(CHECKLIST),
        introduction=[(f"{INTRODUCTION}.{each.key}", each) for each in catalog().choices(INTRODUCTION)],
        groups=groups(profile),
        lang=screen_language(),
        words=words,
    )


def _named(profile: Profile) -> dict[str, str]:
    """The words of everything that can be ticked, by key."""
    lang = screen_language()
    listed = (*catalog().choices(PARTNERS), *catalog().choices(CHECKLIST))
    named = {one.key: one.label[lang] for one in listed}
    named |= {one.key: one.label[lang] for one in profile.roles}
    return named | {one.key: one.label[lang] for one in profile.tasks}

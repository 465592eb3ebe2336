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
from survey.start_agreement.views.front import PATH, blueprint, known, profiles, the_open, to
from survey.web.language import screen_language


@blueprint.get(f"{PATH}/deel/<part>")
@allow(Permission.KEEP_AGREEMENTS)
def edit(placement_id: str, part: str) -> ResponseReturnValue:
    """One part as it stands; where people sign, the page that says so."""
    place, asked = known(placement_id), _part(part)
    one = the_open(place)
    return to(place) if one.is_frozen else _page(place, one, asked, forms.standing(asked.of(one)))


@blueprint.post(f"{PATH}/deel/<part>")
@allow(Permission.KEEP_AGREEMENTS)
def save(placement_id: str, part: str) -> ResponseReturnValue:
    """Save one part and go on to the next, or stay to add more; what cannot be saved is given back."""
    place, asked = known(placement_id), _part(part)
    filled = forms.read(asked, request.form, today=local_day(now()))
    if (one := _newest(place)) is None:
        return _given_back(place, asked, filled, "gone")
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
        return _given_back(place, asked, filled, "changed")
    except (actions.NotNow, actions.NotYours):  # people sign it or signed it, or the draft was thrown away
        return _given_back(place, asked, filled, "frozen")
    return _onward(place, asked)


def _newest(place: Placement) -> Agreement | None:
    """The newest version, also where that is signed; None where the first draft was thrown away."""
    return next(iter(reports.versions(engine(), scope(), place.id)), None)


def _given_back(place: Placement, part: Part, filled: Filled, meanwhile: str) -> ResponseReturnValue:
    one = _newest(place)
    return _page(place, one, part, filled, meanwhile=meanwhile if one else "gone"), 409


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
    one: Agreement | None,
    part: Part,
    filled: Filled,
    *,
    shown: str | None = None,
    meanwhile: str = "",
) -> str:
    profile = words.profile_of(one) if one else _likely(place, filled)
    content = part.of(one) if one else part.begun
    return render_template(
        "start_agreement/edit.html",
        place=place,
        is_asked=one is not None and one.state == "asked",
        part=part,
        parts=list(PARTS),
        filled=filled,
        stands=forms.standing(content),
        shown=content.fingerprint if shown is None else shown,
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


def _likely(place: Placement, filled: Filled) -> Profile:
    """The profile that was weighed in a draft that is gone: the first with all that was chosen."""
    offered = profiles(place)
    chosen = filled.chosen.get("role", frozenset()) | filled.chosen.get("task", frozenset())
    return next((one for one in offered if chosen <= _keys(one)), offered[0])


def _keys(profile: Profile) -> set[str]:
    return {one.key for one in profile.roles} | {one.key for one in profile.tasks}


def _named(profile: Profile) -> dict[str, str]:
    """The words of everything that can be ticked, by key."""
    lang = screen_language()
    listed = (*catalog().choices(PARTNERS), *catalog().choices(CHECKLIST))
    named = {one.key: one.label[lang] for one in listed}
    named |= {one.key: one.label[lang] for one in profile.roles}
    return named | {one.key: one.label[lang] for one in profile.tasks}

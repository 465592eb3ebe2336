"""Pages on which the lead writes what changes after a release, in Dutch and in languages of respondents."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from msgspec import Struct

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.evaluation.groups import FORMS
from survey.evaluation.release import reports as releases
from survey.evaluation.release.reports import Release
from survey.evaluation.said_done import actions, reports
from survey.evaluation.said_done.points import LONGEST, MOST, Words, mark_of_all
from survey.evaluation.views.front import blueprint, here
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.web import once
from survey.web.fields import one_line

DONE = ("bewaard", "gepubliceerd", "weg", "niets")


class Typed(Struct, frozen=True):
    """What was typed for a point, as typed, and what is wrong with it by the name of the field."""

    words: dict[str, Words]
    errors: dict[str, str]

    @property
    def complete(self) -> dict[str, Words]:
        """The languages in which something was typed."""
        return {lang: both for lang, both in self.words.items() if any(both)}


@blueprint.get("/evaluatie/<window_id>/<form>/gedaan")
@allow(Permission.RUN_EVALUATION)
def said_done(window_id: str, form: str) -> str:
    """Every point, and the form for a new one."""
    return _page(_released(window_id, form))


@blueprint.post("/evaluatie/<window_id>/<form>/gedaan")
@allow(Permission.RUN_EVALUATION)
def add_said_done(window_id: str, form: str) -> ResponseReturnValue:
    """Add a point; with a mistake everything typed stays."""
    release = _released(window_id, form)
    typed = _typed(_form_of(release))
    if typed.errors:
        return _page(release, typed=typed), 422
    try:
        actions.add(
            engine(),
            window_id=window_id,
            form=form,
            words=typed.complete,
            key=once.form_id(),
            by=scope(),
            at=now(),
        )
    except actions.TooMany:
        typed.errors["said-nl"] = _("Er staan al %(most)s punten. Haal er eerst een weg.", most=MOST)
        return _page(release, typed=typed), 409
    return _back(release, "bewaard")


@blueprint.get("/evaluatie/<window_id>/<form>/gedaan/<point_id>")
@allow(Permission.RUN_EVALUATION)
def edit_said_done(window_id: str, form: str, point_id: str) -> str:
    """The form to change a point."""
    release = _released(window_id, form)
    return _edit_page(release, _point(release, point_id))


@blueprint.post("/evaluatie/<window_id>/<form>/gedaan/<point_id>")
@allow(Permission.RUN_EVALUATION)
def change_said_done(window_id: str, form: str, point_id: str) -> ResponseReturnValue:
    """Change a point."""
    release = _released(window_id, form)
    point = _point(release, point_id)
    typed = _typed(_form_of(release))
    if typed.errors:
        return _edit_page(release, point, typed), 422
    seen = request.form.get("seen", "")
    place = {"window_id": window_id, "form": form, "point_id": point_id}
    try:
        actions.change(engine(), **place, seen=seen, words=typed.complete, by=scope(), at=now())
    except actions.Changed:
        return _edit_page(release, _point(release, point_id), typed, is_changed=True), 409
    return _back(release, "bewaard")


@blueprint.post("/evaluatie/<window_id>/<form>/gedaan/<point_id>/weg")
@allow(Permission.RUN_EVALUATION)
def remove_said_done(window_id: str, form: str, point_id: str) -> ResponseReturnValue:
    """Take a point out."""
    release = _released(window_id, form)
    point = _point(release, point_id)
    place = {"window_id": window_id, "form": form, "point_id": point.id}
    try:
        actions.remove(engine(), **place, seen=request.form.get("seen"), by=scope(), at=now())
    except actions.Changed:
        return _page(release, meanwhile=True), 409
    return _back(release, "weg")


@blueprint.post("/evaluatie/<window_id>/<form>/gedaan/publiceren")
@allow(Permission.RUN_EVALUATION)
def publish_said_done(window_id: str, form: str) -> ResponseReturnValue:
    """Let everybody who was asked read every point."""
    release = _released(window_id, form)
    try:
        seen = request.form.get("seen")
        actions.publish(engine(), window_id=window_id, form=form, by=scope(), at=now(), seen=seen)
    except actions.Changed:
        return _page(release, meanwhile=True), 409
    except actions.NothingToPublish:
        return _back(release, "niets")
    return _back(release, "gepubliceerd")


def _released(window_id: str, form: str) -> Release:
    return releases.release(engine(), scope(), window_id, form) or abort(404)


def _form_of(release: Release) -> Questionnaire:
    return catalog().get(release.form, release.version)


def _point(release: Release, point_id: str) -> reports.Point:
    found = reports.points(engine(), scope(), release.window_id, release.form)
    return next((one for one in found if one.id == point_id), None) or abort(404)


def _typed(form: Questionnaire) -> Typed:
    words, errors = {}, {}
    for lang in form.languages:
        parts = {part: one_line(request.form.get(f"{part}-{lang}", "")) for part in Words._fields}
        words[lang] = Words(**parts)
        for part, text in parts.items():
            if len(text) > LONGEST:
                errors[f"{part}-{lang}"] = _("Maak dit korter: hooguit %(n)s tekens.", n=LONGEST)
            elif not text and (lang == SOURCE_LANGUAGE or any(parts.values())):
                errors[f"{part}-{lang}"] = _("Vul dit ook in.")
    return Typed(words, errors)


def _page(release: Release, typed: Typed | None = None, *, meanwhile: bool = False) -> str:
    points = reports.points(engine(), scope(), release.window_id, release.form)
    return render_template(
        "evaluation/said_done.html",
        **_shown(release),
        points=points,
        seen=mark_of_all(points),
        meanwhile=meanwhile,
        waiting=sum(not point.is_published for point in points),
        may_add=len(points) < MOST,
        typed=typed,
        done=next((word for word in DONE if word in request.args), None),
    )


def _edit_page(
    release: Release, point: reports.Point, typed: Typed | None = None, *, is_changed: bool = False
) -> str:
    return render_template(
        "evaluation/said_done_point.html",
        **_shown(release),
        point=point,
        typed=typed or Typed(dict(point.words), {}),
        is_changed=is_changed,
    )


def _shown(release: Release) -> dict[str, object]:
    return {
        "release": release,
        "window": here(release.window_id),
        "form": FORMS[release.form],
        "languages": _form_of(release).languages,
        "longest": LONGEST,
    }


def _back(release: Release, said: str) -> ResponseReturnValue:
    address = url_for("evaluation.said_done", window_id=release.window_id, form=release.form)
    return redirect(f"{address}?{said}=1", 303)

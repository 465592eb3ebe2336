"""The pages of assignments: a lead keeps them for every coach, a coach sees and corrects own ones."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from msgspec import Struct

from survey.access.permissions import NotYours, Permission, allow
from survey.access.session import scope
from survey.assignment import actions, reports
from survey.assignment.content import Assignment, groups
from survey.clock import local_day, now, school_year, year_after, year_before
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.profile import Profile
from survey.web.language import screen_language

blueprint = Blueprint("assignment", __name__)


class About(Struct, frozen=True):
    """Whose assignments a page is about, and in which school year."""

    person_id: str
    name: str
    year: str

    @property
    def is_own(self) -> bool:
        return self.person_id == scope().person_id and not scope().can(Permission.MANAGE_COHORTS)

    def url(self, page: str, **more: Any) -> str:
        """A page about the same coach: of the lead, or of the coach."""
        if self.is_own:
            return url_for(f".own_{page}", **more)
        return url_for(f".{page}", person_id=self.person_id, **more)


@blueprint.get("/opdracht")
@allow(Permission.REFLECT)
def own_overview() -> ResponseReturnValue:
    """What the reader does at which school."""
    return _overview(_about(scope().person_id))


@blueprint.get("/mensen/<person_id>/opdracht")
@allow(Permission.MANAGE_COHORTS)
def overview(person_id: str) -> ResponseReturnValue:
    """What a coach does at which school."""
    return _overview(_about(person_id))


@blueprint.get("/opdracht/<year>/<school_id>")
@allow(Permission.REFLECT)
def own_edit(year: str, school_id: str) -> ResponseReturnValue:
    """Own roles and tasks at a school."""
    return _edit_page(_about(scope().person_id, year), school_id)


@blueprint.post("/opdracht/<year>/<school_id>")
@allow(Permission.REFLECT)
def own_note(year: str, school_id: str) -> ResponseReturnValue:
    """Correct own roles and tasks."""
    return _note(_about(scope().person_id, year), school_id)


@blueprint.get("/mensen/<person_id>/opdracht/<year>/<school_id>")
@allow(Permission.MANAGE_COHORTS)
def edit(person_id: str, year: str, school_id: str) -> ResponseReturnValue:
    """Roles and tasks of a coach at a school."""
    return _edit_page(_about(person_id, year), school_id)


@blueprint.post("/mensen/<person_id>/opdracht/<year>/<school_id>")
@allow(Permission.MANAGE_COHORTS)
def note(person_id: str, year: str, school_id: str) -> ResponseReturnValue:
    """Note roles and tasks of a coach."""
    return _note(_about(person_id, year), school_id)


@blueprint.post("/mensen/<person_id>/opdracht/<year>/<school_id>/weg")
@allow(Permission.MANAGE_COHORTS)
def withdraw(person_id: str, year: str, school_id: str) -> ResponseReturnValue:
    """Take an assignment away."""
    about = _about(person_id, year)
    try:
        actions.withdraw(
            engine(), person_id=person_id, school_id=school_id, school_year=year, by=scope(), at=now()
        )
    except NotYours:
        abort(404)
    return _back(about)


def _overview(about: About) -> ResponseReturnValue:
    schools = reports.schools(engine(), scope(), about.person_id, about.year)
    chosen = request.args.get("school", "")
    if chosen in schools:
        return redirect(about.url("edit", year=about.year, school_id=chosen))
    held = _held(about)
    noted = {one.school_id for one in held}
    return render_template(
        "assignment/overview.html",
        assignments=held,
        schools={key: name for key, name in schools.items() if key not in noted},
        years=_years(),
        **_common(about),
    )


def _note(about: About, school_id: str) -> ResponseReturnValue:
    roles, tasks = request.form.getlist("roles"), request.form.getlist("tasks")
    fault = _foreign(about, roles, tasks)
    if fault:
        return _edit_page(about, school_id, chosen=(roles, tasks), fault=fault), 422
    before = _standing(about, school_id)
    kept_roles, kept_tasks = _of_other_profiles(about, before)
    try:
        actions.note(
            engine(),
            person_id=about.person_id,
            school_id=school_id,
            school_year=about.year,
            roles={*roles, *kept_roles},
            tasks={*tasks, *kept_tasks},
            by=scope(),
            at=now(),
            shown=request.form.get("shown", ""),
        )
    except NotYours:
        abort(404)
    except actions.NothingChosen:
        return _edit_page(about, school_id, fault=_("Kies ten minste één rol of één taak.")), 422
    except actions.Changed:
        fault = _("Dit is intussen veranderd. Hieronder staat wat u koos. Kijk het na en bewaar opnieuw.")
        return _edit_page(about, school_id, chosen=(roles, tasks), fault=fault), 409
    return _back(about)


def _edit_page(
    about: About,
    school_id: str,
    chosen: tuple[list[str], list[str]] | None = None,
    fault: str | None = None,
) -> str:
    schools = reports.schools(engine(), scope(), about.person_id, about.year)
    standing = _standing(about, school_id)
    if school_id not in schools:
        abort(404)
    roles, tasks = chosen or ((standing.roles, standing.tasks) if standing else ((), ()))
    return render_template(
        "assignment/edit.html",
        school_id=school_id,
        school=schools[school_id],
        standing=standing,
        roles=roles,
        tasks=tasks,
        fault=fault,
        changed=fault is not None and chosen is not None and standing is not None,
        **_common(about),
    )


def _common(about: About) -> dict[str, Any]:
    profiles = _profiles(about)
    lang = screen_language()
    return {
        "about": about,
        "lang": lang,
        "profiles": [(profile, groups(profile)) for profile in profiles],
        "labels": {
            **{role.key: role.label[lang] for profile in profiles for role in profile.roles},
            **{task.key: task.label[lang] for profile in profiles for task in profile.tasks},
        },
    }


def _about(person_id: str, year: str | None = None) -> About:
    """A coach who is here, in a school year that can be chosen; 404 otherwise."""
    wanted = year or request.args.get("jaar") or school_year(local_day(now()))
    name = reports.coach_name(engine(), scope(), person_id)
    if name is None or wanted not in _years():
        abort(404)
    return About(person_id, name, wanted)


def _years() -> list[str]:
    """The school year before this one, this one, and the next."""
    this = school_year(local_day(now()))
    return [year_before(this), this, year_after(this)]


def _profiles(about: About) -> tuple[Profile, ...]:
    return reports.profiles(engine(), scope(), about.person_id, catalog())


def _foreign(about: About, roles: list[str], tasks: list[str]) -> str | None:
    """What to say when something was chosen that the page does not offer."""
    profiles = _profiles(about)
    offered_roles = {role.key for profile in profiles for role in profile.roles}
    offered_tasks = {task.key for profile in profiles for task in profile.tasks}
    if set(roles) <= offered_roles and set(tasks) <= offered_tasks:
        return None
    return str(_("Er stond een keuze tussen die hier niet hoort. Kies uit de lijst."))


def _of_other_profiles(about: About, before: Assignment | None) -> tuple[set[str], set[str]]:
    """What stands in an assignment and belongs to no profile on the page: it stays."""
    if before is None:
        return set(), set()
    profiles = _profiles(about)
    roles = {role.key for profile in profiles for role in profile.roles}
    tasks = {task.key for profile in profiles for task in profile.tasks}
    return set(before.roles - roles), set(before.tasks - tasks)


def _held(about: About) -> tuple[Assignment, ...]:
    return reports.of_coach(engine(), scope(), about.person_id, about.year)


def _standing(about: About, school_id: str) -> Assignment | None:
    return next((one for one in _held(about) if one.school_id == school_id), None)


def _back(about: About) -> ResponseReturnValue:
    return redirect(about.url("overview", jaar=about.year), 303)

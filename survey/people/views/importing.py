"""The pages that add many people at once: a file or pasted lines, a look at each, then all or nobody."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.access.permissions import Permission, Role, allow
from survey.access.session import scope
from survey.clock import local_day, now
from survey.database.request import engine
from survey.fingerprint import fingerprint
from survey.mail import courier
from survey.people import actions, importing, reports
from survey.people.cells import Around, Holder, Start
from survey.people.importing import COLUMNS, Preview
from survey.people.views.everyone import blueprint
from survey.people.words import EXPERIENCE, STATUS
from survey.sheets.reading import SMALL, Unreadable, as_text, from_text
from survey.web.language import screen_language
from survey.web.tables import lines_sent, to_fill_in
from survey.web.trust import takes_files


@blueprint.get("/importeren")
@allow(Permission.MANAGE_PEOPLE)
def start_import() -> str:
    """Choose a file, or paste lines."""
    return _start_page()


@blueprint.get("/importeren/voorbeeld.csv")
@allow(Permission.MANAGE_PEOPLE)
def sample() -> Response:
    """A file to fill in, which a spreadsheet opens as it is."""
    someone = {
        "name": "Sanne de Wit",
        "email": "sanne@school.example",
        "roles": Role.COACH.label,
        "status": STATUS["active"],
        "language": screen_language(),
        "experience": EXPERIENCE["1_to_3"],
    }
    return to_fill_in("mensen", COLUMNS, someone)


@blueprint.post("/importeren")
@allow(Permission.MANAGE_PEOPLE)
@takes_files
def check_import() -> ResponseReturnValue:
    """Show what each line says and what is wrong; what was looked at and is fine is added when asked."""
    typed = request.form.get("regels", "")
    try:
        lines = lines_sent()
        typed = text = as_text(lines)
        preview = importing.check(lines, _around())
    except Unreadable as error:
        return _start_page(typed, str(error)), 422
    if request.form.get("gezien") != fingerprint(text):  # other lines than these are looked at first
        return _preview_page(preview, text), 200 if preview.is_fine else 422
    if importing.is_done(preview):
        return redirect(url_for("people.index", erbij=len(preview.lines)), 303)
    return _add(preview, text)


def _add(preview: Preview, text: str) -> ResponseReturnValue:
    if preview.is_fine:
        try:
            people = [line.after for line in preview.lines if line.after]
            actions.invite_all(engine(), people=people, by=scope(), at=now())
        except actions.EmailTaken:  # someone else added one of them a moment ago
            preview = importing.check(from_text(text), _around())
        else:
            done = redirect(url_for("people.index", erbij=len(preview.lines)), 303)
            return courier.deliver_after(done)
    return _preview_page(preview, text), 409


def _around() -> Around:
    holders = {one.email: Holder(one.name, one.status != "left") for one in reports.people(engine(), scope())}
    groups = reports.groups(engine(), scope())
    cohorts = {one.name.lower(): Start(one.id, one.name, one.started_on) for one in groups}
    return Around(holders, cohorts, local_day(now()))


def _start_page(typed: str = "", fault: str | None = None) -> str:
    return render_template("people/import.html", typed=typed, fault=fault, most=SMALL.lines)


def _preview_page(preview: Preview, text: str) -> str:
    return render_template(
        "people/preview.html",
        preview=preview,
        text=text,
        seen=fingerprint(text),
        status=STATUS,
        experience=EXPERIENCE,
        cohorts=reports.cohort_choices(engine()),
        today=local_day(now()),
    )

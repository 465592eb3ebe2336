"""One advice as a document: on the screen, on paper, as a Word file; and signing it."""

import re
from contextlib import suppress

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.advice import actions, reports
from survey.advice.document import Advice
from survey.advice.sentences import book
from survey.advice.sheet import Sheet, blocks, sheet
from survey.advice.views.front import blueprint, known, unsigned
from survey.clock import local_day, now
from survey.current import settings
from survey.database.request import engine
from survey.document import MIMETYPE, docx
from survey.web.attachment import attachment
from survey.web.numbers import shown_revision

NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@blueprint.get("/advies/<advice_id>")
@allow(Permission.WRITE_ADVICE)
def show(advice_id: str) -> str:
    """The document, and while it is a draft what no longer says what is known."""
    return _page(known(advice_id))


@blueprint.get("/advies/<advice_id>/advies.docx")
@allow(Permission.WRITE_ADVICE)
def download(advice_id: str) -> Response:
    """The document as a Word file."""
    return word_file(known(advice_id))


@blueprint.get("/advies/<advice_id>/ondertekenen")
@allow(Permission.WRITE_ADVICE)
def confirm(advice_id: str) -> str:
    """Ask once, and say what signing means and what stands in its way."""
    return _confirm_page(unsigned(advice_id))


@blueprint.post("/advies/<advice_id>/ondertekenen")
@allow(Permission.WRITE_ADVICE)
def sign(advice_id: str) -> ResponseReturnValue:
    """Sign it, which freezes it."""
    advice = known(advice_id)
    shown = shown_revision()
    try:
        actions.sign(
            engine(), advice_id=advice.id, shown=-1 if shown is None else shown, by=scope(), at=now()
        )
    except actions.Frozen:
        return redirect(url_for("advice.show", advice_id=advice.id), 303)
    except actions.Changed:
        said = _("Iemand veranderde dit advies net. Lees het nog een keer en onderteken dan.")
        return _confirm_page(unsigned(advice_id), said), 409
    except actions.Unfinished:
        return _confirm_page(advice, _("Dit advies kan nog niet ondertekend worden.")), 409
    return redirect(url_for("advice.show", advice_id=advice.id), 303)


@blueprint.post("/advies/<advice_id>/bijwerken")
@allow(Permission.WRITE_ADVICE)
def renew(advice_id: str) -> ResponseReturnValue:
    """Make every sentence that no person changed anew of what is known now."""
    advice = unsigned(advice_id)
    with suppress(actions.Frozen):  # signed a moment ago: that is what the page shows
        actions.renew(engine(), advice_id=advice.id, by=scope(), at=now())
    return redirect(url_for("advice.show", advice_id=advice.id), 303)


def word_file(advice: Advice) -> Response:
    """The document as this reader takes it along, which is noted."""
    made = made_of(advice)
    actions.note_export(engine(), advice_id=advice.id, by=scope(), at=now())
    title = f"{made.name} {advice.school or ''}".strip()
    name = NOT_IN_A_NAME.sub("-", f"{title} {advice.school_year}".lower()).strip("-")
    body = docx(title, blocks(made), language=book().language, at=now())
    return attachment(body, MIMETYPE, f"{name}.docx")


def made_of(advice: Advice) -> Sheet:
    """The document of an advice in this programme."""
    return sheet(advice, book(), settings().PROGRAMME)


def _page(advice: Advice) -> str:
    standing = reports.standing(engine(), scope(), advice, local_day(now()))
    return render_template(
        "advice/show.html", advice=advice, sheet=made_of(advice), standing=standing, book=book()
    )


def _confirm_page(advice: Advice, said: str = "") -> str:
    standing = reports.standing(engine(), scope(), advice, local_day(now()))
    return render_template("advice/sign.html", advice=advice, standing=standing, said=said)

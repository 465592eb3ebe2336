"""What the pages of the evaluation share: the window of an address, and what is wrong in a form."""

from flask import Blueprint, abort
from flask_wtf import FlaskForm

from survey.access.session import scope
from survey.database.request import engine
from survey.evaluation import reports
from survey.evaluation.windows import Window

blueprint = Blueprint("evaluation", __name__)


def here(window_id: str) -> Window:
    """The window an address names; a page that is not there for any other."""
    return reports.window(engine(), scope(), window_id) or abort(404)


def errors_of(form: FlaskForm) -> list[tuple[str, str]]:
    """What is wrong in a form, field by field, for the summary on top of the page."""
    return [(f"#{field.id}", field.errors[0]) for field in form if field.errors]

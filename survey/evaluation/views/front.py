"""What the pages of the evaluation share: the window of an address."""

from flask import Blueprint, abort

from survey.access.session import scope
from survey.database.request import engine
from survey.evaluation import reports
from survey.evaluation.windows import Window

blueprint = Blueprint("evaluation", __name__)


def here(window_id: str) -> Window:
    """The window an address names; a page that is not there for any other."""
    return reports.window(engine(), scope(), window_id) or abort(404)

"""The application at a moment that a file tells, with questionnaires of a folder: for a test of a year."""

import os
from pathlib import Path

from flask import Flask

from app import create_app as ours
from survey.clock import moment
from survey.questionnaire import catalog


def create_app() -> Flask:
    """Like the real one; MOMENT names the file with the time, FORMS the folder."""
    told = Path(os.environ["MOMENT"])
    app = ours({"CLOCK": lambda: moment(told.read_text(encoding="utf-8"))})
    app.extensions["catalog"] = catalog.load(Path(os.environ["FORMS"]))
    return app

"""The application at a moment that a file tells, with questionnaires of a folder: for a test of a year."""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from app import create_app as ours
from survey.clock import moment
from survey.config import Settings
from survey.questionnaire import catalog


def create_app(environment: Mapping[str, str] = os.environ) -> Flask:
    """Like the real one; MOMENT names the file with the time, FORMS the folder."""
    told = Path(environment["MOMENT"])
    settings = Settings.from_environment(environment)
    app = ours({"SETTINGS": settings, "CLOCK": lambda: moment(told.read_text(encoding="utf-8"))})
    app.extensions["catalog"] = catalog.load(Path(environment["FORMS"]))
    return app

"""The application: create_app wires the rooms together and does nothing else."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask

from survey import access, cli, web
from survey.clock import system_clock
from survey.config import Settings
from survey.database import SqliteDatabase
from survey.database import request as database_per_request
from survey.questionnaire import catalog

VIEWS = (
    "health.views",
    "access.views",
    "today.views",
    "people.views",
    "people.views.account",
    "people.views.address",
    "assignment.views",
    "programme.views",
    "placement.views",
    "hours_plan.views",
    "start_agreement.views",
    "school.views",
    "reflection.views",
    "triangle.views",
    "case.views",
    "case.views.passing_on",
    "checkin.views",
    "cohort.views",
    "rhythm.views",
    "event.views",
    "evaluation.views",
    "notice.views",
    "sharpening.views",
    "advice.views",
    "export.views",
    "demo.views",
)
HERE = Path(__file__).parent


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Build the application from the environment; `overrides` replace configuration values in tests."""
    options = dict(overrides or {})
    settings = options.pop("SETTINGS", None) or Settings.from_environment()
    questionnaires = options.pop("CATALOG", None) or catalog.load(HERE / "questionnaires")
    app = Flask(__name__, template_folder=HERE / "templates", static_folder=None)
    app.config.from_mapping(SETTINGS=settings, SECRET_KEY=settings.secret(), CLOCK=system_clock)
    app.config.from_mapping(options)
    durable = app.config.get("DURABLE", True)
    database_per_request.init_app(app, SqliteDatabase(settings.DATABASE, durable=durable))
    app.extensions["catalog"] = questionnaires
    web.init_app(app)
    access.init_app(app)
    for views in VIEWS:
        app.register_blueprint(import_module(f"survey.{views}").blueprint)
    cli.init_app(app)
    return app

"""What the running application holds: its settings and its questionnaires."""

from typing import cast

from flask import current_app

from survey.config import Settings
from survey.questionnaire.catalog import Catalog


def settings() -> Settings:
    """The settings of this installation."""
    return cast("Settings", current_app.config["SETTINGS"])


def catalog() -> Catalog:
    """The profiles and questionnaires this installation serves."""
    return cast("Catalog", current_app.extensions["catalog"])

"""The floor under every page: headers, errors, forms that come from us, language, menu, assets."""

from flask import Flask

from survey.config import Settings
from survey.web import (
    addresses,
    assets,
    compression,
    csrf,
    errors,
    headers,
    language,
    navigation,
    once,
    plotlyjs,
    trust,
)


def init_app(app: Flask) -> None:
    """Lay the floor; the rooms stand on it."""
    settings: Settings = app.config["SETTINGS"]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    addresses.init_app(app)
    trust.init_app(app, settings)
    assets.init_app(app)
    plotlyjs.init_app(app)
    language.init_app(app)
    navigation.init_app(app)
    csrf.init_app(app)
    once.init_app(app)
    errors.init_app(app)
    compression.init_app(app)
    headers.init_app(app, settings)

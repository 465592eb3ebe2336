"""One connection for each request: borrowed at the first question, given back at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, current_app, g

from survey.database.engine import Engine
from survey.database.reading import Reading
from survey.database.sqlite import SqliteDatabase


def init_app(app: Flask, where: SqliteDatabase) -> None:
    """Attach the database to the application."""
    app.extensions["database"] = where

    @app.teardown_appcontext
    def give_back(_error: BaseException | None) -> None:
        engine = g.pop("engine", None)
        if engine is not None:
            database().give_back(engine)


def database() -> SqliteDatabase:
    """The database of the current application."""
    return cast("SqliteDatabase", current_app.extensions["database"])


def engine() -> Engine:
    """The engine of the current request or command."""
    if "engine" not in g:
        g.engine = database().borrow()
    return cast("Engine", g.engine)


@contextmanager
def reading() -> Iterator[None]:
    """Inside, what was asked once is not asked again: for a page that is put together from parts."""
    borrowed = engine()
    g.engine = Reading(borrowed)
    try:
        yield
    finally:
        g.engine = borrowed

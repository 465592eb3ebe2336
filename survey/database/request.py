"""One connection for each request: borrowed at the first question, given back at the end."""

from typing import cast

from flask import Flask, current_app, g

from survey.database.sqlite import SqliteDatabase, SqliteEngine


def init_app(app: Flask, database: SqliteDatabase) -> None:
    """Attach the database to the application."""
    app.extensions["database"] = database

    @app.teardown_appcontext
    def give_back(_error: BaseException | None) -> None:
        engine = g.pop("engine", None)
        if engine is not None:
            database.give_back(engine)


def database() -> SqliteDatabase:
    """The database of the current application."""
    return cast("SqliteDatabase", current_app.extensions["database"])


def engine() -> SqliteEngine:
    """The engine of the current request or command."""
    if "engine" not in g:
        g.engine = database().borrow()
    return cast("SqliteEngine", g.engine)

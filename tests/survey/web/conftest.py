"""A small application on the web floor: a few pages, no rooms."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, jsonify, render_template, request
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

from survey import access, web
from survey.access import session
from survey.access.permissions import Permission, Role, allow, public
from survey.config import Settings
from survey.database import Busy, Full, SqliteDatabase
from survey.database import request as database_per_request
from survey.people import actions as people
from survey.web.language import speak
from survey.web.respondent import for_respondents
from tests.compiled import Compiled
from tests.conftest import START

ROOT = Path(__file__).parents[3]
PAGES = {
    "page.html": """{% extends "_app.html" %}
        {% block small %}{{ at|day }}{% endblock %}
        {% block heading %}Goedemorgen{% endblock %}
        {% block content %}<p>{{ "woord " * 200 }}</p>{% endblock %}""",
    "form.html": """{% extends "_app.html" %}{% from "_form.html" import csrf %}
        {% block heading %}Formulier{% endblock %}
        {% block content %}<form method="post">{{ csrf() }}</form>{% endblock %}""",
    "chart.html": """{% extends "_app.html" %}{% from "_chart.html" import chart, scripts %}
        {% block scripts %}{{ scripts() }}{% endblock %}
        {% block heading %}Groei{% endblock %}
        {% block content %}{{ chart(built, figure) }}{% endblock %}""",
    "check.html": """{% extends "_one.html" %}
        {% block title %}Vier vragen{% endblock %}
        {% block content %}<h1>Vier vragen</h1><p>{{ "vraag " * 200 }}</p>{% endblock %}""",
}
SignIn = Callable[..., None]
COMPILED = Compiled()


def build(settings: Settings) -> Flask:
    """The application with the floor, the guard and a few pages."""
    app = Flask("pages", static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret(),
        CLOCK=lambda: START,
        PROPAGATE_EXCEPTIONS=False,
    )
    database_per_request.init_app(app, SqliteDatabase(settings.DATABASE, durable=False))
    web.init_app(app)
    access.init_app(app)
    app.jinja_env.bytecode_cache = COMPILED
    app.jinja_loader = ChoiceLoader([DictLoader(PAGES), FileSystemLoader(ROOT / "templates")])
    _add_pages(app)
    return app


def _add_pages(app: Flask) -> None:
    @app.get("/vandaag")
    @app.get("/groei/marit")
    @app.get("/advies")
    @allow(Permission.SEE_TODAY)
    def today() -> str:
        return render_template("page.html", at=START)

    @app.route("/antwoord", methods=["GET", "POST"])
    @allow(Permission.REFLECT)
    def answer() -> str:
        return request.form.get("note", "") if request.method == "POST" else render_template("form.html")

    @app.route("/open", methods=["GET", "POST"])
    @public("a page for anyone")
    def open_page() -> str:
        return request.form.get("note", "") if request.method == "POST" else render_template("form.html")

    @app.route("/c/<token>", methods=["GET", "POST"])
    @public("the link is the authority")
    @for_respondents
    def check(token: str) -> str:
        speak(request.args.get("taal", "nl"))
        return (
            f"{token} {request.form.getlist('W1')}"
            if request.method == "POST"
            else render_template("check.html")
        )

    @app.route("/stuk/<what>", methods=["GET", "POST"])
    @public("breaks")
    @for_respondents
    def broken(what: str) -> str:
        raise {"busy": Busy("too long"), "full": Full("no space"), "bug": ZeroDivisionError("secret")}[what]

    @app.get("/binnen/<person_id>")
    @public("tests come in here")
    def come_in(person_id: str) -> str:
        session.start(person_id)
        return ""

    @app.get("/cijfers.json")
    @public("numbers")
    def numbers() -> ResponseReturnValue:
        return jsonify(list(range(400)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment(
        {"DATABASE": str(tmp_path / "test.db"), "SECRET_KEY": "s" * 40, "BASE_URL": "http://localhost"}
    )


@pytest.fixture
def abroad(settings: Settings) -> Settings:
    """Settings of an installation that others use over HTTPS."""
    return replace(settings, BASE_URL="https://groei.example.org", SMTP_HOST="mail.example.org")


@pytest.fixture
def app(settings: Settings) -> Flask:
    return build(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, client: FlaskClient, template_database: Path) -> Iterator[SignIn]:
    """Signs Marit in on the device of the test, in the roles and language asked for."""
    shutil.copyfile(template_database, app.config["SETTINGS"].DATABASE)
    database: SqliteDatabase = app.extensions["database"]

    def enter(*roles: Role, language: str = "nl") -> None:
        with database.session() as engine:
            key = people.add_person(
                engine,
                name="Marit Voss",
                email="marit@example.org",
                roles=roles,
                by=None,
                at=START,
                language=language,
            )
        client.get(f"/binnen/{key}")

    yield enter
    database.close()


@pytest.fixture
def marit(sign_in: SignIn) -> None:
    """Marit, a coach, is signed in."""
    sign_in(Role.COACH)

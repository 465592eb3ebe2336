"""The limit: a Flask view with the same four questions that inserts one durable row. Nothing else."""

import os
import threading
from pathlib import Path

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField
from wtforms.validators import InputRequired

from survey.database import SqliteDatabase

WORDS = {"0": "nee", "1": "een beetje", "2": "best wel", "3": "ja", "4": "ja, helemaal"}


class FourQuestions(Form):  # type: ignore[misc]  # WTForms ships no types
    w1 = RadioField("Kon u vandaag zeggen wat u wilde zeggen?", [InputRequired()], choices=WORDS)
    w2 = RadioField("Hebben we samen gekozen wat we nu gaan doen?", [InputRequired()], choices=WORDS)
    w3 = RadioField("Helpt dit gesprek u?", [InputRequired()], choices=WORDS)
    w4 = RadioField("Durft u het te zeggen als iets niet goed gaat?", [InputRequired()], choices=WORDS)


def create_app() -> Flask:
    """The bare application on the database named by BARE_DATABASE."""
    app = Flask(__name__, template_folder=str(Path(__file__).parent))
    database = SqliteDatabase(Path(os.environ["BARE_DATABASE"]))
    kept = threading.local()

    @app.get("/form/<key>")
    def show(key: str) -> ResponseReturnValue:
        return render_template("bare.html", form=FourQuestions(), key=key)

    @app.post("/form/<key>")
    def save(key: str) -> ResponseReturnValue:
        form = FourQuestions(request.form)
        if not form.validate():
            return render_template("bare.html", form=form, key=key), 422
        if not hasattr(kept, "engine"):
            kept.engine = database.borrow()
        with kept.engine.atomic():
            kept.engine.insert("answer", {"key": key, **form.data})
        return redirect("/thanks", 303)

    @app.get("/thanks")
    def thanks() -> str:
        return "<!doctype html><title>Bedankt</title><h1>Dank u wel</h1>"

    return app

"""The application with all that its figures need loaded before its processes part: they load it once."""

import os
from importlib import import_module
from pathlib import Path

from flask import Flask

from app import create_app as ours
from tests.compiled import Compiled

COMPUTING = ("pandas", "scipy.optimize", "scipy.special", "analysis.charts", "analysis.growth")

for name in COMPUTING:
    import_module(name)


def create_app() -> Flask:
    """The real one; COMPILED names the folder with templates that were compiled before."""
    app = ours()
    app.jinja_env.bytecode_cache = Compiled(Path(os.environ["COMPILED"]))
    return app

"""The application with all that its figures need loaded before its processes part: they load it once."""

from importlib import import_module

from app import create_app

COMPUTING = ("pandas", "scipy.optimize", "scipy.special", "analysis.charts", "analysis.growth")

for name in COMPUTING:
    import_module(name)

__all__ = ["create_app"]

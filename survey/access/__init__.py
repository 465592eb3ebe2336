"""Who may do what: sign-in by mail link, sessions, permissions, and the one guard before every view."""

from survey.access.guard import init_app

__all__ = ["init_app"]

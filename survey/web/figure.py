"""The answer to a page that fetches its figure. Touches only the response."""

from flask import Response, abort, current_app


def send_figure(json: str) -> Response:
    """The figure as JSON, or 404 where there is nothing to draw."""
    if not json:
        abort(404)
    return current_app.response_class(json, mimetype="application/json")

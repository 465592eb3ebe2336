"""The application as it answers over slow 3G: every answer comes later, the large ones later still."""

import time
from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING

from flask import Flask

from app import create_app as ours

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LATENCY, BYTES_A_SECOND = 0.4, 50_000


def create_app() -> Flask:
    """Our application, far away; so that a worker in the browser waits too, whom no emulation reaches."""
    app = ours()
    near = app.wsgi_app

    def far(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with closing(near(environ, start_response)) as answer:  # type: ignore[type-var]
            body = b"".join(answer)
        time.sleep(LATENCY + len(body) / BYTES_A_SECOND)
        return [body]

    app.wsgi_app = far  # type: ignore[method-assign]
    return app

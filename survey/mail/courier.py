"""Delivers the outbox of an application: at once for a command, in the background after a request."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Flask, current_app
from flask.sansio.app import App
from werkzeug.wrappers import Response

from survey.config import Settings
from survey.database import Engine
from survey.mail.sender import Delivery, Progress, Rehearsal, Sender
from survey.mail.transport import transport_for
from survey.mail.writing import NO_OTHERS, Writer

_log = logging.getLogger(__name__)


def before_delivery(app: App, write: Callable[[Engine, datetime], None]) -> None:
    """Let a room write what waits to be written before each round of sending."""
    app.extensions.setdefault("letters", []).append(write)


def written_by(app: App, name: str, writer: Writer) -> None:
    """Let a room write the mails that name this writer, at the moment they leave."""
    app.extensions.setdefault("writers", {})[name] = writer


def deliver_now(app: Flask, progress: Progress | None = None) -> Delivery:
    """Send everything that is due; `progress` hears of each mail."""
    settings: Settings = app.config["SETTINGS"]
    with _sender(app) as sender:
        _write(app, sender)
        return sender.deliver(transport_for(settings), settings.MAIL_FROM, progress)


def rehearse(app: Flask) -> Rehearsal:
    """What sending now would do; nothing leaves and nothing is written."""
    with _sender(app) as sender:
        return sender.rehearse(before=lambda: _write(app, sender))


@contextmanager
def _sender(app: Flask) -> Iterator[Sender]:
    writers = {**NO_OTHERS, **app.extensions.get("writers", {})}
    with app.app_context(), app.extensions["database"].session() as engine:
        yield Sender(engine, app.config["CLOCK"], writers)


def _write(app: Flask, sender: Sender) -> None:
    for write in app.extensions.get("letters", ()):
        write(sender.engine, sender.clock())


def deliver_after(response: Response) -> Response:
    """Send what is due once this answer has left, so that sending never makes it slower."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    response.call_on_close(lambda: deliver_soon(app))
    return response


def deliver_soon(app: Flask) -> None:
    """Send what is due in the background; `flask send-mail` sends what this misses."""
    _courier(app).wake()


class Courier:
    """One background thread per process at most; woken while it works, it goes round once more."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._wanted = False
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Start a round of sending, or ask the one under way for another."""
        with self._lock:
            self._wanted = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="mail", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until the present rounds are over."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while self._goes_on():
            try:
                deliver_now(self._app)
            except Exception:
                _log.exception("mail could not be delivered")

    def _goes_on(self) -> bool:
        with self._lock:
            wanted, self._wanted = self._wanted, False
            if not wanted:
                self._thread = None
            return wanted


def _courier(app: Flask) -> Courier:
    courier: Courier = app.extensions.setdefault("courier", Courier(app))
    return courier

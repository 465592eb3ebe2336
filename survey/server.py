"""How gunicorn starts and stops: what was built stays, and no journal of the database is left behind."""

import gc
from typing import Any

gc.disable()


def when_ready(_server: object) -> None:
    """Set aside what was built: workers share it, and look for garbage among what comes after."""
    gc.freeze()
    gc.enable()


def worker_exit(_server: object, worker: Any) -> None:
    """Close what the worker held open: the last of them to go empties the journal into the database."""
    worker.app.wsgi().extensions["database"].close()

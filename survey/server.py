"""How gunicorn starts: while the application is built nobody looks for garbage, as all of it stays."""

import gc

gc.disable()


def when_ready(_server: object) -> None:
    """Set aside what was built: workers share it, and look for garbage among what comes after."""
    gc.freeze()
    gc.enable()

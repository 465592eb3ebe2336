"""The audit log: who did what to what, and when; never any content. Writes the table `audit`."""

from datetime import datetime

from survey.clock import stamp
from survey.database import Engine, new_key


def note(engine: Engine, *, act: str, by: str | None, at: datetime, object: str | None = None) -> None:
    """Add a line inside the caller's act; `by` is None when an operator did it on the command line."""
    engine.insert("audit", {"id": new_key(), "at": stamp(at), "person_id": by, "act": act, "object": object})

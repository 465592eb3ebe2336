"""GET /healthz for monitors: 200 when the database can be written, 503 when not."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from survey import VERSION, database
from survey.access.permissions import public
from survey.clock import now, stamp
from survey.database import Busy, DatabaseError, Full
from survey.database.migrate import schema_version
from survey.database.request import engine
from survey.health import store
from survey.rhythm import reports as rhythm

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public("monitors have no session; the answer names no person")
def healthz() -> ResponseReturnValue:
    """Status, version, schema, SQLite's version and when the planning ran last, as JSON."""
    facts = {"version": VERSION, "sqlite": database.VERSION}
    try:
        with engine().atomic():
            store.beat(engine(), at=stamp(now()))
        tick = rhythm.tick(engine(), now())
        ran = {"last_tick": stamp(tick.last) if tick.last else None, "tick_is_late": tick.late}
        return {"status": "ok", "schema": schema_version(engine()), **ran, **facts}
    except (Busy, Full, DatabaseError):
        return {"status": "database cannot be written", **facts}, 503

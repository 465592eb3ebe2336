"""Limits counted in the database, so that they hold over all processes: how often in how long."""

import hashlib
import hmac
import ipaddress
from datetime import UTC, datetime, timedelta

from flask import current_app, request

from survey.clock import now, stamp
from survey.database import Engine
from survey.web import store

KEPT = timedelta(days=1)
NETWORK = 64  # one household or school holds a whole /64 of IPv6 addresses


def hit(engine: Engine, subject: str, *, limit: int, per: timedelta) -> bool:
    """Count one for the subject in the present window; True when this one is over the limit.

    Windows last at most a day, after which counts are forgotten.
    """
    if per > KEPT:
        raise ValueError(f"a window lasts at most {KEPT}")
    at = now()
    with engine.atomic():
        hits = store.count_hit(engine, subject=subject, window_start=stamp(_window(at, per)))
        if hits == 1:
            store.forget_hits(engine, before=stamp(at - KEPT))
    return hits > limit


def address() -> str:
    """Where the request comes from, hashed so that the table holds no addresses."""
    return hashed(_network(request.remote_addr or ""))


def hashed(text: str) -> str:
    """A stand-in for something that may not be stored, such as a mail address: keyed with the secret."""
    return hmac.new(str(current_app.secret_key).encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def _window(at: datetime, per: timedelta) -> datetime:
    seconds = int(per.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)


def _network(text: str) -> str:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return text
    if found.version == 4:
        return text
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, NETWORK), strict=False))

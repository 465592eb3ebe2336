"""The lock of a device in someone else's hands: a code of four digits, kept as a hash, and few guesses."""

import hashlib
import hmac
import re
from datetime import datetime

from flask import current_app
from msgspec import Struct

from survey.access import audit, store
from survey.access.tokens import token_hash
from survey.clock import stamp
from survey.database import Engine

MISSES = 5  # of ten thousand codes; then the session ends
_CODE = re.compile("[0-9]{4}")


class NoCode(ValueError):
    """This is no code of four digits."""


class Tried(Struct, frozen=True):
    """What a guess led to: the way back when it was right, else how many guesses are left."""

    back: str | None
    left: int = 0


def lock_session(engine: Engine, *, token: str, code: str, back: str, by: str, at: datetime) -> None:
    """Lock a session until the code is given; raises NoCode. One that is locked keeps its first code."""
    if not _CODE.fullmatch(code):
        raise NoCode
    with engine.atomic():
        hashed = token_hash(token)
        if store.lock_session(engine, token_hash=hashed, lock_hash=_hash(hashed, code), back=back):
            audit.note(engine, act="device-handed-over", by=by, at=at)


def try_code(engine: Engine, *, token: str, code: str, at: datetime) -> Tried:
    """Try a code on a locked session: the right one unlocks it, the fifth wrong one ends it."""
    hashed = token_hash(token)
    with engine.atomic():
        lock = store.lock(engine, token_hash=hashed)
        if lock is None:
            return Tried(None)
        if hmac.compare_digest(_hash(hashed, code), lock["lock_hash"]):
            store.unlock_session(engine, token_hash=hashed, at=stamp(at))
            return Tried(lock["lock_back"])
        store.miss_lock(engine, token_hash=hashed)
        left = MISSES - 1 - int(lock["lock_misses"])
        if left <= 0:
            store.revoke_session(engine, token_hash=hashed, at=stamp(at))
    return Tried(None, max(left, 0))


def _hash(session: str, code: str) -> str:
    """Keyed with the secret: of four digits a plain hash would tell the code to whoever reads the table."""
    secret = str(current_app.secret_key).encode()
    return hmac.new(
        secret, f"lock:{session}:{code}".encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()

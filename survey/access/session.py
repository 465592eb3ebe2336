"""Who is signed in: a random token in the signed cookie, everything else on the server."""

import contextlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import cast

from flask import Flask, g
from flask import session as cookie

from survey.access import actions, lock, store
from survey.access.permissions import Role, Scope
from survey.access.tokens import token_hash
from survey.clock import moment, now, stamp
from survey.config import Settings
from survey.current import settings
from survey.database import Busy, Engine, Full
from survey.database.request import engine as current_engine

SEEN_EVERY = timedelta(minutes=1)
_TOKEN = "token"  # noqa: S105 - the name of a key
_CSRF_TOKEN, _LANGUAGE = "csrf_token", "language"


def init_app(app: Flask) -> None:
    """Set up the cookie that carries the token."""
    settings: Settings = app.config["SETTINGS"]
    app.config.update(
        SESSION_COOKIE_NAME="__Host-groeispiegel" if settings.https else "groeispiegel",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.SESSION_HOURS),
    )


def current() -> Scope | None:
    """Who is signed in on this device, looked up once a request; nobody while others hold the device."""
    if "scope" not in g:
        g.scope = _look_up()
    return cast("Scope | None", g.scope)


def scope() -> Scope:
    """Who is signed in, for views that `allow` guards."""
    found = current()
    if found is None:
        raise LookupError("nobody is signed in: this view needs @allow")
    return found


def is_locked() -> bool:
    """Whether someone is signed in on this device who gave it out of hands."""
    current()
    return bool(g.get("locked"))


def lock_until(code: str, *, back: str) -> None:
    """Hand this device over until the code is given, then go on at `back`; raises lock.NoCode."""
    token, by = cookie[_TOKEN], scope().person_id
    lock.lock_session(current_engine(), token=token, code=code, back=back, by=by, at=now())
    forget()


def unlock(code: str) -> lock.Tried:
    """Try a code; after the last wrong one nobody is signed in on this device any more."""
    tried = lock.try_code(current_engine(), token=cookie[_TOKEN], code=code, at=now())
    if tried.back is None and tried.left == 0:
        _empty_cookie()
    forget()
    return tried


def start(person_id: str) -> None:
    """Sign someone in on this device; who was signed in here before is signed out."""
    hold(actions.open_session(current_engine(), person_id=person_id, at=now()))


def hold(token: str) -> None:
    """Keep the token of an open session on this device; who was signed in here before is signed out."""
    before = cookie.get(_TOKEN)
    # The same person again: a form that waits in another tab can still be sent. Someone else: it cannot.
    kept = (_LANGUAGE, _CSRF_TOKEN) if _person_of(before) == _person_of(token) else (_LANGUAGE,)
    _close(before)
    _empty_cookie(but=kept)
    cookie[_TOKEN] = token
    cookie.permanent = True


def end() -> bool:
    """Sign out on this device; False when the server could not end the session too."""
    ended = _close(cookie.get(_TOKEN))
    _empty_cookie()
    return ended


def end_all(person_id: str) -> bool:
    """Sign someone out everywhere, open sign-in links too; False when only this device is signed out."""
    ended = False
    with contextlib.suppress(Busy, Full):
        actions.sign_out_everywhere(current_engine(), person_id=person_id, by=person_id, at=now())
        ended = True
    _empty_cookie()
    return ended


def forget() -> None:
    """Look up again at the next question: a new request, or someone else signed in."""
    g.pop("scope", None)
    g.pop("locked", None)


def _close(token: object) -> bool:
    if isinstance(token, str):
        try:
            actions.close_session(current_engine(), token=token, at=now())
        except (Busy, Full):
            return False
    return True


def _person_of(token: object) -> str | None:
    """Whose session this is or was."""
    return store.session_person(current_engine(), token_hash(token)) if isinstance(token, str) else None


def _empty_cookie(but: Collection[str] = (_LANGUAGE,)) -> None:
    kept = {name: cookie[name] for name in but if name in cookie}
    cookie.clear()
    cookie.update(kept)
    forget()


def _look_up() -> Scope | None:
    token = cookie.get(_TOKEN)
    if not isinstance(token, str):
        return None
    engine, at = current_engine(), now()
    row = store.session(
        engine,
        token_hash=token_hash(token),
        seen_after=stamp(at - timedelta(minutes=settings().SESSION_IDLE_MINUTES)),
        created_after=stamp(at - timedelta(hours=settings().SESSION_HOURS)),
    )
    if row is None:
        return None
    if row["lock_hash"] is not None:
        g.locked = True
        return None
    _note_seen(engine, token, seen_at=moment(row["seen_at"]), at=at)
    return _scope(engine, row["person_id"], row["name"], row["language"])


def _note_seen(engine: Engine, token: str, *, seen_at: datetime, at: datetime) -> None:
    if at - seen_at < SEEN_EVERY:
        return
    with contextlib.suppress(Busy, Full):  # someone who only reads should not feel a full disk
        actions.see_session(engine, token=token, at=at)


def _scope(engine: Engine, person_id: str, name: str, language: str) -> Scope:
    roles = frozenset(Role(role) for role in store.roles(engine, person_id))
    return Scope(person_id, name, roles, language)

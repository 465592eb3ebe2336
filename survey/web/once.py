"""A form that is sent twice is stored once: two quick taps, a page sent again."""

import hashlib
import re

from flask import Flask, request

from survey.database import new_key

FIELD = "once"
_KEY = re.compile("[0-9a-f]{32}")
_OF_TIME = 12  # the first digits of a key, by which keys ascend


def init_app(app: Flask) -> None:
    """Give templates the key of a form, for `once` in _form.html."""
    app.jinja_env.globals["once_key"] = _key


def form_id() -> str:
    """The id for what the form at hand stores: the same when it is sent again as it was, else another.

    So going back and changing something stores that too. A form without a key is new each time.
    """
    key, digest = _key(), hashlib.sha256()
    for name, value in request.form.items(multi=True):
        if name != "csrf_token":
            digest.update(f"{len(name)} {name} {len(value)} {value} ".encode())
    return key[:_OF_TIME] + hashlib.sha256(key.encode() + digest.digest()).hexdigest()[: 32 - _OF_TIME]


def _key() -> str:
    """As it was sent, for a form that comes back to be put right; else a new one."""
    sent = request.form.get(FIELD, "")
    return sent if _KEY.fullmatch(sent) else new_key()

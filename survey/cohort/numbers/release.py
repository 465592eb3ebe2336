"""What was shown of closed rounds stays: computed once per state of closings, kept, and read from then on.

The one home of that rule. Erasing, moving a first day, correcting experience or leaving changes no number
that was shown. What is kept holds numbers of groups and no person.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from survey.access.permissions import Scope
from survey.clock import stamp
from survey.cohort.numbers import store
from survey.cohort.numbers.kept import Kept
from survey.database import Engine

_MOST = 64
_made: Kept[str] = Kept(_MOST)


def forget_fits() -> None:
    """Fit again at the next question what is not kept: for measurements and tests."""
    _made.forget()


def released(
    engine: Engine,
    scope: Scope,
    *,
    about: str,
    state: str,
    at: datetime,
    make: Callable[[Any], Any],
    still: Callable[[], bool],
) -> Any:
    """What is kept about these closings; else what `make` makes of what was kept about those before.

    Of several that ask at once all get what the first kept. Without any closing nothing is
    kept, nor when it is not `still` so what was read before: someone erased, or dismissed the reader.
    """
    asked = {"about": about, "state": state}
    if found := store.release(engine, scope, **asked):
        return json.loads(found["content"])
    before = store.newest_release(engine, scope, about=about)
    content = _made.of((about, state), lambda: json.dumps(make(before and json.loads(before["content"]))))
    if not state or not still():
        _made.forget()
        return json.loads(content)
    store.insert_release(engine, {**asked, "made_at": stamp(at), "content": content})
    kept = store.release(engine, scope, **asked)
    return json.loads(kept["content"] if kept else content)

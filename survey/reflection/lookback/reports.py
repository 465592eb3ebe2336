"""The chart of the newest look-back of a coach: the bridge from store to analysis."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from survey.access.permissions import Scope
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.reflection import reading, screens
from survey.reflection.lookback import store

if TYPE_CHECKING:
    from analysis.charts import BuiltChart
    from analysis.texts import Texts


def chart(
    engine: Engine, profile: str, *, scope: Scope, at: datetime, catalog: Catalog, texts: Texts
) -> BuiltChart | None:
    """Then, then seen from now, and now, of the newest round with a look-back; None where there is none."""
    held = {one.round.id: one for one in reading.standings(engine, scope=scope, at=at)}
    given = [
        row
        for row in store.given(engine, scope=scope)
        if {row["round_id"], row["about_round_id"]} <= held.keys()
        and held[row["round_id"]].round.profile == profile
    ]
    if not given:
        return None
    now, about = held[given[0]["round_id"]], held[given[0]["about_round_id"]]
    here, then = (
        reading.sheet(engine, one.round, one.submitted, catalog=catalog, scope=scope) for one in (now, about)
    )
    from analysis.charts import build
    from analysis.lookback import Lookback

    seen = {row["item"]: row["value"] for row in given if row["round_id"] == now.round.id}
    items = [
        Lookback(screens.label_of(item, texts.locale), was.value, seen[item.key], _level(here, item.key))
        for item in here.form.items
        if item.key in seen and (was := then.answers.get(item.key)) and was.value is not None
    ]
    return build("lookback", items, texts, then=about.round.day, now=now.round.day)


def _level(sheet: reading.Sheet, item: str) -> int | None:
    answer = sheet.answers.get(item)
    return answer.value if answer else None

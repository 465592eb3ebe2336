"""The chart of the focus items of a coach: the bridge from store to analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.access.permissions import Scope
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.reflection import screens, store
from survey.reflection.micro import pages, reading

if TYPE_CHECKING:
    from analysis.charts import BuiltChart
    from analysis.texts import Texts


def chart(engine: Engine, profile: str, *, scope: Scope, catalog: Catalog, texts: Texts) -> BuiltChart | None:
    """The answers to the focus items this coach has now; None without any."""
    form = f"reflection-{profile}"
    newest = store.newest_submitted(engine, form, scope=scope)
    chosen = reading.focus_items(engine, profile, scope=scope)
    if newest is None or not chosen:
        return None
    items = pages.only(catalog.get(form, newest["version"]), chosen).items
    answers = [
        {
            "item": one.item,
            "day": one.day,
            "value": one.answer.value,
            "code": one.answer.code,
            "short": one.is_short,
            "anchor": one.anchor,
        }
        for one in pages.past(engine, form, scope=scope, catalog=catalog)
    ]
    from analysis.charts import build

    return build(
        "focus", answers, texts, names={item.key: screens.label_of(item, texts.locale) for item in items}
    )

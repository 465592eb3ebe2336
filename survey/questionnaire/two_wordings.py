"""Items that can be asked in the words of now and in those of before their last change, side by side."""

from __future__ import annotations

from collections.abc import Mapping

from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire


def two_wordings(catalog: Catalog, form: str, version: str) -> dict[str, str]:
    """By item: the version with its words of before, where these were answered on the same levels."""
    now, found = catalog.get(form, version), {}
    for item in now.items:
        before = catalog.wording_before(form, version, item.key)
        if before is None:
            continue
        then = catalog.get(form, before)
        if then.levels(then.item(item.key)) == now.levels(item):
            found[item.key] = before
    return found


def with_old_words(catalog: Catalog, form: Questionnaire, old: Mapping[str, str]) -> Questionnaire:
    """The same form, with these items in the words of the version beside them."""
    items = tuple(
        catalog.get(form.form, old[item.key])
        .item(item.key)
        .model_copy(update={"block": item.block, "code": item.code, "scale": item.scale})
        if item.key in old
        else item
        for item in form.items
    )
    return form.model_copy(update={"items": items}) if old else form

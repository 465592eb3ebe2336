"""What the charts of a series are made of: days, lines by name, and the words of the answers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _

from survey.checkin.series import Check, Series
from survey.clock import local_day
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Item, Questionnaire
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.vocabulary import Family

Drawing = tuple[Sequence[date], Mapping[str, Any]]

# Two words at most: they stand above a figure as wide as half a phone.
_FACETS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "child_at_school": lambda: _("school"),
        "child_at_home": lambda: _("thuis"),
        "with_school": lambda: _("samenwerken"),
        "coping": lambda: _("ermee omgaan"),
        "feels_at_school": lambda: _("school"),
        "with_children": lambda: _("andere kinderen"),
        "work_in_class": lambda: _("werken in de klas"),
        "pupil_in_class": lambda: _("in de klas"),
        "pupil_learning": lambda: _("leren"),
        "with_parents": lambda: _("samenwerken"),
    }
)


def drawings(series: Series, catalog: Catalog, language: str) -> dict[str, Drawing]:
    """By name of the chart: the days of its checks, oldest first, and the options it is computed with."""
    if series.family is Family.RELATIONSHIP:
        return {"relationship": _relationship(series)}
    found = {"wellbeing": _wellbeing(series, catalog, language)}
    goal = _goal(series, catalog, language)
    return found | ({"goal": goal} if goal else {})


def facet(item: Item, language: str) -> str:
    """A wellbeing question in a word or two; the whole question where it has none yet."""
    short = _FACETS.get(item.concept)
    return str(short()) if short else item.text[language]


def _relationship(series: Series) -> Drawing:
    sums = tuple(check.total for check in series.checks)
    return _days(series.checks), _common(series) | {"lines": {_("som"): sums}}


def _wellbeing(series: Series, catalog: Catalog, language: str) -> Drawing:
    form = _newest_form(series, catalog)
    words = _spoken(form, language)
    lines = {
        facet(form.item(item), words): tuple(check.values.get(item) for check in series.checks)
        for item in series.items
    }
    scale = form.levels(form.item(series.items[0]))
    levels = [level.label[words] for level in scale]
    return _days(series.checks), _common(series) | {"lines": lines, "levels": levels}


def _goal(series: Series, catalog: Catalog, language: str) -> Drawing | None:
    """The goal asked about last, from the first check that asked for it on; other goals are left out."""
    asked = [check for check in series.checks if check.goal]
    if not asked or asked[-1].goal is None:
        return None
    goal = asked[-1].goal[0]
    same = [check for check in asked if check.goal and check.goal[0] == goal]
    since = [check for check in series.checks if check.answered_at >= same[0].answered_at]
    values = tuple(check.goal[1] if check.goal and check.goal[0] == goal else None for check in since)
    label = catalog.goal(goal).label[language]
    options = {"lines": {label: values}, "is_goal": True, "before_break": len(asked) - len(same)}
    return _days(since), _common(series) | options


def _common(series: Series) -> dict[str, Any]:
    return {
        "respondent": series.kind,
        "versions": [check.version for check in series.checks],
        "before_break": series.before_break,
    }


def _days(checks: Sequence[Check]) -> list[date]:
    return [local_day(check.answered_at) for check in checks]


def _newest_form(series: Series, catalog: Catalog) -> Questionnaire:
    newest = series.checks[-1]
    return catalog.get(newest.form, newest.version)


def _spoken(form: Questionnaire, language: str) -> str:
    return language if language in form.languages else SOURCE_LANGUAGE

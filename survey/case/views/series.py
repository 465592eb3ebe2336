"""The answers in a case, person by person: a line from two checks on, and every answer in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from msgspec import Struct

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.case import reports
from survey.case.informants import Who
from survey.case.reports import Case, Informant
from survey.case.views.asking import check_name
from survey.case.views.front import blueprint, case_or_404, not_there, part
from survey.checkin import reports as checks
from survey.checkin.reports import Check, Comparison, Series
from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.hint import reports as hints
from survey.hint.reports import Hint
from survey.questionnaire.definition import GOAL
from survey.questionnaire.vocabulary import Family
from survey.web.figure import send_figure
from survey.web.language import screen_language
from survey.web.texts import chart_texts

SHOWN = 4  # checks side by side; older ones are one tap away


class Told(Struct, frozen=True):
    """What one person answered in one family of checks: the charts with their addresses, and the words.

    `goal`: the own goal and its number as answered last, where no chart shows it.
    """

    name: str
    charts: Sequence[tuple[checks.BuiltChart, str]]
    newest: Comparison
    older: Comparison | None
    goal: tuple[str, int] | None


class Voice(Struct, frozen=True):
    """One person and what they told. Nobody's answers are averaged with another's."""

    who: Who
    told: Sequence[Told]

    @property
    def newest(self) -> date:
        """The day of the last answer."""
        return max(told.newest.days[0] for told in self.told)


@part
def on_page(case: Case) -> Mapping[str, Any]:
    """Everyone who answered: parents, pupil, teachers."""
    people = [one for one in reports.people(engine(), scope(), case.id) if one.checks]
    lines = {(one.informant_id, one.family): one for one in _series(people)}
    noticed = _noticed(case) if people else []
    voices = [Voice(one.who, [*_told(case, one, lines, noticed)]) for one in people]
    return {"voices": voices, "has_charts": any(told.charts for voice in voices for told in voice.told)}


@blueprint.get("/<code>/reeks/<informant_id>/<name>.json")
@allow(Permission.KEEP_CASES)
def figure(code: str, informant_id: str, name: str) -> ResponseReturnValue:
    """The figure of one line, drawn after its sentence and numbers are on the screen."""
    case = case_or_404(code)
    people = [one for one in reports.people(engine(), scope(), case.id) if one.id == informant_id]
    noticed = _noticed(case) if people else []
    charts = (_charts(one, noticed) for one in _series(people))
    found = next((each[name] for each in charts if name in each), None)
    return send_figure(found.json) if found else not_there()


def _noticed(case: Case) -> list[Hint]:
    return hints.hints(engine(), scope(), case.id, catalog=catalog(), at=now())


def _told(
    case: Case, person: Informant, lines: Mapping[tuple[str, Family], Series], noticed: Sequence[Hint]
) -> Iterator[Told]:
    for family in Family:
        found = [one for one in person.checks if one.family is family]
        if found:
            drawn = dict(_drawn(case, lines[person.id, family], noticed))
            yield Told(
                check_name(family),
                list(drawn.values()),
                _compared(found[:SHOWN]),
                _compared(found[SHOWN:]) if found[SHOWN:] else None,
                _goal(found[0]) if GOAL not in drawn else None,
            )


def _drawn(
    case: Case, series: Series, noticed: Sequence[Hint]
) -> Iterator[tuple[str, tuple[checks.BuiltChart, str]]]:
    """The charts there is something to say about: a line, or why an earlier one stopped."""
    for name, chart in _charts(series, noticed).items():
        if chart.drawn or chart.source_line:
            address = url_for(".figure", code=case.code, informant_id=series.informant_id, name=name)
            yield name, (chart, address)


def _charts(series: Series, noticed: Sequence[Hint]) -> dict[str, checks.BuiltChart]:
    """By name; what is usual is what counted as such when the newest answer came."""
    measure = hints.measure(
        engine(),
        catalog=catalog(),
        respondent=series.kind,
        family=series.family,
        at=series.checks[-1].answered_at,
        usual=hints.usual_checks(noticed, [check.link_id for check in series.checks]),
    )
    return checks.charts(series, catalog=catalog(), texts=chart_texts(), measure=measure)


def _goal(check: Check) -> tuple[str, int] | None:
    if check.goal is None:
        return None
    key, number = check.goal
    return catalog().goal(key).label[screen_language()], number


def _series(people: Sequence[Informant]) -> list[Series]:
    return checks.series([check for one in people for check in one.checks], catalog())


def _compared(found: Sequence[Check]) -> Comparison:
    return checks.compare(catalog(), found, screen_language())

"""A release put into charts and words for who may read it. The bridge from what was released to analysis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from survey.access.permissions import Scope
from survey.database import Engine
from survey.evaluation import store as windows
from survey.evaluation.groups import FORMS
from survey.evaluation.outcome.groups import Choice as Choice
from survey.evaluation.outcome.groups import choices, coach, name
from survey.evaluation.release import reports as releases
from survey.evaluation.release.reports import Release as Release
from survey.evaluation.release.reports import Told
from survey.evaluation.windows import Window
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.frozen import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from analysis.charts import BuiltChart
    from analysis.outcome import Group
    from analysis.texts import Texts

CHART, TREND = "uitkomst", "jaren"


class Outcome(Struct, frozen=True):
    """A release as one reader sees it: the groups to choose from, the one that is shown, and its charts.

    `shown` is None where nothing can be said. `within` names the coaches whose answers are told in the shown
    group and not by themselves.
    """

    release: Release
    choices: tuple[Choice, ...]
    shown: Choice | None
    chart: BuiltChart
    trend: BuiltChart | None
    within: tuple[str, ...]

    @property
    def people(self) -> str:
        """Who was asked."""
        return str(FORMS[self.release.form].people)

    @property
    def figures(self) -> Mapping[str, BuiltChart]:
        """The charts by the name in the address of their figure."""
        return {CHART: self.chart} | ({TREND: self.trend} if self.trend else {})


def outcome(
    engine: Engine, scope: Scope, release: Release, key: str | None, *, catalog: Catalog, texts: Texts
) -> Outcome | None:
    """What was released, for one group: the one asked for, or the smallest with answers about the reader.

    None for a group that is not there for this reader. Beside a smaller group stands the whole programme.
    """
    from analysis.charts import build

    found = choices(release, scope.person_id)
    home = release.homes.get(scope.person_id)
    shown = next((one for one in found if one.key == (key or home)), None)
    if key and shown is None:
        return None
    shown = shown or (found[0] if found else None)
    form = catalog.get(release.form, release.version)
    beside = dict.fromkeys((shown, found[0])) if shown else {}
    chart = build(
        "evaluation",
        [_group(release, one.group, one.name, form, texts) for one in beside],
        texts,
        people=str(FORMS[release.form].people),
        answers=[level.label[_lang(form, texts)] for level in form.levels(form.items[0])],
        agree=min(form.top_two),
        version=form.version,
    )
    trend = _trend(engine, scope, release, shown.group, catalog, texts) if shown else None
    within = _within(engine, release, shown.group) if shown else ()
    return Outcome(release, found, shown, chart, trend, within)


def outcomes(
    engine: Engine, scope: Scope, school_year: str, *, catalog: Catalog, texts: Texts
) -> tuple[Outcome, ...]:
    """What was released about a school year, each for the smallest group with answers about the reader."""
    of_year = by_year(releases.released(engine, scope)).get(school_year, ())
    found = (outcome(engine, scope, one, None, catalog=catalog, texts=texts) for one in of_year)
    return tuple(one for one in found if one)


def _trend(
    engine: Engine, scope: Scope, release: Release, group: Told, catalog: Catalog, texts: Texts
) -> BuiltChart | None:
    """The programme over the years, or the reader's own; any other group is made of others each year."""
    from analysis.charts import build
    from analysis.outcome_trend import Year

    if group.level != "programme" and group.person_id != scope.person_id:
        return None
    moments = {row["id"]: Window.of(row).last_day for row in windows.windows(engine)}
    earlier = (
        one
        for one in releases.released(engine, scope, release.form)
        if moments[one.window_id] <= moments[release.window_id]
    )
    years = []
    for one in sorted(earlier, key=lambda one: moments[one.window_id]):
        same = one.programme if group.level == "programme" else one.group_of(scope.person_id)
        if same and same.person_id == group.person_id:
            form = catalog.get(one.form, one.version)
            told = _group(one, same, name(one, same, scope.person_id), form, texts)
            years.append(Year(moments[one.window_id], one.version, told, _anchors(form, catalog)))
    if len(years) < 2:
        return None
    return build("evaluation_trend", years, texts, people=str(FORMS[release.form].people))


def _within(engine: Engine, release: Release, group: Told) -> tuple[str, ...]:
    """The coaches whose answers are told in a group that is not theirs alone; of a coach only own."""
    if FORMS[release.form].is_about_programme or (group.level == "coach" and not group.is_rest):
        return ()
    nodes = windows.nodes(engine, release.window_id)
    labels = [node["label"] for node in nodes if release.homes.get(node["person_id"]) == group.key]
    return tuple(coach(label) for label in sorted(labels, key=lambda label: not label))


def _group(release: Release, group: Told, name: str, form: Questionnaire, texts: Texts) -> Group:
    from analysis.outcome import Band, Group, Statement
    from analysis.shares import Count
    from analysis.shares import Told as Share

    statements = []
    for key in release.items:
        cell, words = release.cell(group.key, key), form.item(key).text[_lang(form, texts)]
        if cell.share is None:
            statements.append(Statement(key, words))
            continue
        share, by = cell.share, cell.share.replied
        told = Share(share.percent, share.chance, share.non_response)
        bands = tuple(Band(band.first, band.last, band.percent) for band in cell.bands)
        statements.append(Statement(key, words, told, Count(by.least, by.most), bands))
    replied, invited = (Count(one.least, one.most) for one in (group.replied, group.invited))
    return Group(name, replied, invited, tuple(statements))


def _anchors(form: Questionnaire, catalog: Catalog) -> dict[str, str]:
    return {item.key: catalog.anchor(form.form, form.version, item.key) for item in form.items}


def _lang(form: Questionnaire, texts: Texts) -> str:
    return texts.locale if texts.locale in form.languages else SOURCE_LANGUAGE


def by_year(released: Iterable[Release]) -> dict[str, tuple[Release, ...]]:
    """Releases by school year, the newest first; of a year in the order of the forms."""
    found: dict[str, tuple[Release, ...]] = {}
    order = list(FORMS)
    for one in sorted(released, key=lambda one: order.index(one.form)):
        found[one.school_year] = (*found.get(one.school_year, ()), one)
    return dict(sorted(found.items(), reverse=True))

"""What frozen releases of the evaluation say of a school or the programme, as facts of an advice.

No result exists per school: of a school with one coach it is what is told about that coach, else of the
smallest group that holds all its coaches, up to the programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.advice.facts import Facts, Frozen, Previous, Share, Withheld
from survey.advice.rules.found import spell
from survey.advice.sentences import Book
from survey.clock import local_day, year_before
from survey.current import catalog
from survey.database import Engine
from survey.evaluation import reports as evaluation
from survey.evaluation.reports import Number, Release, Told, Window
from survey.evaluation.reports import Share as Published
from survey.questionnaire.definition import Item
from survey.questionnaire.frozen import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from analysis.outcome import Group

GROUPS: Final[Mapping[str, str]] = {
    "evaluation-teacher": "teachers",
    "evaluation-parent": "parents",
    "evaluation-ib-programme": "ib",
    "evaluation-director-programme": "directors",
}


class Before(NamedTuple):
    """The release of the year before, and the last days of its window and of this one."""

    release: Release
    last: date
    now: date


def with_release(
    engine: Engine, scope: Scope, told: Facts, book: Book, every: Sequence[Release], *, coaches: Sequence[str]
) -> Facts:
    """The facts with what the releases of this school year show about these coaches, or about everybody."""
    shares, withheld, frozen = list[Share](), list[Withheld](), None
    newest = {one.form: one for one in reversed(every) if one.school_year == told.school_year}
    for form, group in GROUPS.items():
        release = newest.get(form)
        window = evaluation.window(engine, scope, release.window_id) if release else None
        if release is None or window is None:
            continue
        period = _period(book, window)
        found = list(_shares(release, _home(release, coaches), told, book, group, period))
        before = _before(engine, scope, release, window, every)
        if before:
            found = [replace(one, previous=_previous(one, release, before)) for one in found]
        shares += found
        frozen = _together(frozen, release, window)
        if not found:
            withheld.append(Withheld(release.form, group, period, _page(release)))
    return replace(told, shares=tuple(shares), withheld=tuple(withheld), frozen=frozen)


def _together(known: Frozen | None, release: Release, window: Window) -> Frozen:
    """The days of all windows that are told of, and when the last of them was frozen."""
    days = window.first_day, window.last_day, local_day(release.released_at)
    if known is None:
        return Frozen(*days, _page(release))
    first, last, frozen_on = (
        min(known.first, days[0]),
        max(known.last, days[1]),
        max(known.frozen_on, days[2]),
    )
    return Frozen(first, last, frozen_on, known.source)


def _shares(
    release: Release, home: Told | None, told: Facts, book: Book, group: str, period: str
) -> Iterable[Share]:
    if told.school is not None and group in {"ib", "directors"}:
        return
    form = catalog().get(release.form, release.version)
    for item in (one for concept in book.rules.statements for one in form.items if one.concept == concept):
        found = _told(release, home, item.key)
        if found is not None:
            yield _share(release, *found, item, book, group, period)


def _told(release: Release, home: Told | None, item: str) -> tuple[Told, Published] | None:
    """The smallest group from here up of which something may be told about this item."""
    groups = {one.key: one for one in release.groups}
    at = home
    while at is not None:
        share = release.cell(at.key, item).share
        if share is not None:
            return at, share
        at = groups.get(at.parent) if at.parent else None
    return None


def _share(
    release: Release, at: Told, share: Published, item: Item, book: Book, group: str, period: str
) -> Share:
    replied = _of_these(share.replied, at)
    return Share(
        about=f"{release.form}/{item.key}",
        group_key=at.key,
        group=group,
        statement=item.text[SOURCE_LANGUAGE].rstrip("."),
        share=_percent(share.percent),
        level=_level(at, book),
        n=_number(replied),
        low=f"{share.chance[0]} procent",
        high=f"{share.chance[1]} procent",
        period=period,
        source=_view(release, at),
        invited=_number(at.invited if at.replied.exact else _step(at.invited)),
        replied=_number(replied),
        reach_low=f"{share.non_response[0]} procent",
        reach_high=f"{share.non_response[1]} procent",
    )


def _home(release: Release, coaches: Sequence[str]) -> Told | None:
    """The smallest group that holds the answers about all of these coaches; the programme for none."""
    chains = [_chain(release, home) for person in coaches if (home := release.group_of(person)) is not None]
    if not chains or len(chains) < len(coaches):
        return release.programme
    shared = set.intersection(*({one.key for one in chain} for chain in chains))
    return next((one for one in chains[0] if one.key in shared), None)


def _chain(release: Release, home: Told) -> list[Told]:
    """A group and those it lies in, the smallest first."""
    groups = {one.key: one for one in release.groups}
    chain = [home]
    while (parent := chain[-1].parent) is not None:
        chain.append(groups[parent])
    return chain


def _level(at: Told, book: Book) -> str:
    if at.is_rest:
        return book.say(f"rest_{at.level}", n=at.together)
    return book.say(f"level_{at.level}", name=at.label) if at.parent else book.words["level_programme"]


def _percent(percent: int) -> str:
    from analysis.shares import HIGHEST, LOWEST

    if percent >= HIGHEST:
        return f"{HIGHEST} procent of meer"
    return f"{LOWEST} procent of minder" if percent <= LOWEST else f"{percent} procent"


def _of_these(replied: Number, at: Told) -> Number:
    """How many answered, never more than were asked where that is told."""
    if not at.replied.exact:
        return replied
    return Number(replied.least, min(replied.most, at.invited.most))


def _step(number: Number) -> Number:
    """The step of five that a number lies in: of few answers nobody can tell who else was asked."""
    from analysis.shares import step

    if not number.exact:
        return number
    told = step(number.least)
    return Number(told.least, told.most)


def _number(number: Number) -> str:
    return str(number.least) if number.exact else f"{number.least} tot {number.most}"


def _period(book: Book, window: Window) -> str:
    return spell(book, window.first_day, window.last_day)


def _page(release: Release) -> str:
    return f"/evaluatie/{release.window_id}/{release.form}"


def _view(release: Release, at: Told) -> str:
    """Where the numbers of a group stand."""
    return f"{_page(release)}{f'?groep={at.key}' if at.parent else ''}#group"


def _before(
    engine: Engine, scope: Scope, release: Release, window: Window, every: Sequence[Release]
) -> Before | None:
    """The release of the same form a school year earlier, of a window that shares no day with this one."""
    earlier_year = year_before(release.school_year)
    for one in every:
        if one.form != release.form or one.school_year != earlier_year:
            continue
        earlier = evaluation.window(engine, scope, one.window_id)
        if earlier and earlier.last_day < window.first_day:
            return Before(one, earlier.last_day, window.last_day)
    return None


def _previous(share: Share, release: Release, before: Before) -> Previous | None:
    """What the year before told of the same statement about the same group, and whether they differ.

    Of the programme, and of a coach with a number of their own; any other group is made of others each year.
    The family of differences (Holm) is every statement of the form, as on the page of the evaluation.
    """
    from analysis.outcome_trend import Year, trend

    item = share.about.rpartition("/")[2]
    at = next((one for one in release.groups if one.key == share.group_key), None)
    same = _same(before.release, at) if at else None
    if at is None or same is None:
        return None
    years = [
        Year(day, one.version, _group(one, group), _anchors(one))
        for one, group, day in ((before.release, same, before.last), (release, at, before.now))
    ]
    line = next(one for one in trend(years, people="").lines if one.key == item)
    if line.difference is None or line.points[0] is None or line.points[0].told is None:
        return None
    return Previous(_percent(line.points[0].told.percent), not line.difference.is_more_than_chance)


def _same(earlier: Release, at: Told) -> Told | None:
    if at.parent is None:
        return earlier.programme
    if at.is_rest or at.person_id is None:
        return None
    return next((one for one in earlier.groups if one.person_id == at.person_id), None)


def _group(release: Release, at: Told) -> Group:
    """A group as the analysis of trends takes it."""
    from analysis.outcome import Group, Statement
    from analysis.shares import Count
    from analysis.shares import Told as Share

    def statement(key: str) -> Statement:
        share = release.cell(at.key, key).share
        if share is None:
            return Statement(key, "")
        told = Share(share.percent, share.chance, share.non_response)
        return Statement(key, "", told, Count(share.replied.least, share.replied.most))

    replied, invited = (Count(one.least, one.most) for one in (at.replied, at.invited))
    return Group(at.label, replied, invited, tuple(map(statement, release.items)))


def _anchors(release: Release) -> dict[str, str]:
    return {item: catalog().anchor(release.form, release.version, item) for item in release.items}

"""What frozen releases of the evaluation say of a school or the programme, as facts of an advice.

No result exists per school: of a school with one coach it is what is told about that coach, else of the
smallest group that holds all its coaches, up to the programme.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from survey.access.permissions import Scope
from survey.advice.facts import Facts, Frozen, Share, Withheld
from survey.advice.rules.found import spell
from survey.advice.sentences import Book
from survey.clock import local_day
from survey.current import catalog
from survey.database import Engine
from survey.evaluation import reports as evaluation
from survey.evaluation.reports import Number, Release, Told, Window
from survey.evaluation.reports import Share as Published
from survey.questionnaire.definition import Item
from survey.questionnaire.frozen import SOURCE_LANGUAGE

GROUPS: Final[Mapping[str, str]] = {
    "evaluation-teacher": "teachers",
    "evaluation-parent": "parents",
    "evaluation-ib-programme": "ib",
    "evaluation-director-programme": "directors",
}
HIGHEST, LOWEST = 90, 10  # percent: a share that is told so stands for what is beyond it too


def with_release(engine: Engine, scope: Scope, told: Facts, book: Book, *, coaches: Sequence[str]) -> Facts:
    """The facts with what the releases of this school year show about these coaches, or about everybody."""
    shares, withheld, frozen = list[Share](), list[Withheld](), None
    for release in reversed(evaluation.released(engine, scope)):
        group = GROUPS.get(release.form)
        window = evaluation.window(engine, scope, release.window_id)
        if release.school_year != told.school_year or group is None or window is None:
            continue
        period = _period(book, window)
        found = list(_shares(release, _home(release, coaches), told, book, group, period))
        shares += found
        frozen = Frozen(window.first_day, window.last_day, local_day(release.released_at), _page(release))
        if not found:
            withheld.append(Withheld(release.form, group, period, _page(release)))
    return replace(told, shares=tuple(shares), withheld=tuple(withheld), frozen=frozen)


def _shares(
    release: Release, home: Told | None, told: Facts, book: Book, group: str, period: str
) -> Iterable[Share]:
    rules = book.rules
    concepts = rules.statements_of_programme if told.school is None else rules.statements_of_school
    if told.school is not None and group in {"ib", "directors"}:
        return
    form = catalog().get(release.form, release.version)
    for item in (one for concept in concepts for one in form.items if one.concept == concept):
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
    return Share(
        about=f"{release.form}/{item.key}",
        group=group,
        statement=item.text[SOURCE_LANGUAGE].rstrip("."),
        share=_percent(share.percent),
        level=_level(at, book),
        n=_number(share.replied),
        low=f"{share.chance[0]} procent",
        high=f"{share.chance[1]} procent",
        period=period,
        source=f"{_page(release)}#{item.key}",
        invited=_number(at.invited),
        replied=_number(share.replied),
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
    if percent >= HIGHEST:
        return f"{HIGHEST} procent of meer"
    return f"{LOWEST} procent of minder" if percent <= LOWEST else f"{percent} procent"


def _number(number: Number) -> str:
    return str(number.least) if number.exact else f"{number.least} tot {number.most}"


def _period(book: Book, window: Window) -> str:
    return spell(book, window.first_day, window.last_day)


def _page(release: Release) -> str:
    return f"/evaluatie/{release.window_id}/{release.form}"

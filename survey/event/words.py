"""What events and competencies are called on the screen."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flask_babel import gettext as _

from survey.current import catalog
from survey.event.reports import Cohort, Event
from survey.questionnaire.definition import Item
from survey.web.language import day, screen_language, time

KINDS = "event_kind"


class Theme(NamedTuple):
    """A competency an event can be about, under the name of its block."""

    key: str
    label: str
    block: str


def kind(event: Event) -> str:
    """Workshop, intervision, training day."""
    return catalog().choice(KINDS, event.kind).label[screen_language()]


def hours(event: Event) -> str:
    """13.00 tot 16.00 uur"""
    return str(_("%(start)s tot %(end)s uur", start=time(event.starts_at), end=time(event.ends_at)))


def when(event: Event) -> str:
    """dinsdag 3 februari, 13.00 tot 16.00 uur"""
    return f"{day(event.starts_at)}, {hours(event)}"


def themes_of(event: Event) -> list[str]:
    """What an event is about, in the order of the profiles."""
    return [one.label for one in offered(event.cohorts) if one.key in event.themes]


def offered(cohorts: Iterable[Cohort]) -> list[Theme]:
    """Every competency that is rated on a profile of these cohorts, block by block."""
    lang = screen_language()
    profiles = [catalog().profile(key) for key in dict.fromkeys(one.profile for one in cohorts)]
    return [
        Theme(
            one.key,
            one.label[lang],
            block.label[lang] if len(profiles) == 1 else f"{profile.title[lang]}: {block.label[lang]}",
        )
        for profile in profiles
        for block in profile.blocks
        for one in profile.rated
        if one.block == block.key
    ]


def item(event: Event, key: str) -> str:
    """What a focus item is called, also one that only an older version of a profile has."""
    found = next((one for one in _asked(event.cohorts) if one.key == key), None)
    return found.label[screen_language()] if found and found.label else key


def _asked(cohorts: Iterable[Cohort]) -> Iterator[Item]:
    """The items of every version, the newest first."""
    for profile in dict.fromkeys(one.profile for one in cohorts):
        form = f"reflection-{profile}"
        for version in reversed(catalog().versions(form)):
            yield from catalog().get(form, version).items

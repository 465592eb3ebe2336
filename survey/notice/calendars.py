"""Calendar files (RFC 5545): meetings at their time, and the last day of a round. Loads icalendar on need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import icalendar

MIMETYPE = "text/calendar"
REFRESH = timedelta(hours=6)


class Entry(Struct, frozen=True):
    """One line of a calendar: a moment, or a whole day where it begins on a date.

    A calendar that holds an older one with the same id takes what changed since.
    """

    id: str
    title: str
    starts: datetime | date
    ends: datetime | date
    url: str
    place: str = ""
    changed_at: datetime | None = None
    called_off: bool = False

    @property
    def takes_time(self) -> bool:
        """Whether someone is busy then."""
        return isinstance(self.starts, datetime) and not self.called_off


def file(name: str, entries: Iterable[Entry], *, host: str, at: datetime) -> bytes:
    """A calendar file of this name; `host` makes the ids of its entries unique in the world."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Groeispiegel//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, host, at))
    text: bytes = calendar.to_ical()
    return text


def _event(entry: Entry, host: str, at: datetime) -> icalendar.Event:
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{entry.id}@{host}")
    event.add("dtstamp", entry.changed_at or at)
    event.add("sequence", int(entry.changed_at.timestamp()) // 60 if entry.changed_at else 0)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", entry.title)
    event.add("url", entry.url)
    if entry.place:
        event.add("location", entry.place)
    event.add("status", "CANCELLED" if entry.called_off else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.takes_time else "TRANSPARENT")
    return event

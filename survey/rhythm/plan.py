"""When what a template wants can be: moved out of the holidays, never two rounds at once. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from functools import partial
from itertools import combinations
from typing import NamedTuple

from flask_babel import lazy_gettext as _
from msgspec import Struct
from msgspec.structs import replace

from survey.clock import HOME, stamp
from survey.labelled import Labelled
from survey.rhythm.spans import DAY, Span, days_of, meets_any
from survey.rhythm.template import WEEK, FullRound, Meeting, ShortRound, Template, of_month

FURTHEST = 8 * WEEK  # what would move further than this is no longer what was wanted
SATURDAY = 5


class Kind(Labelled):
    """What stands in a plan."""

    ROUND = "round", _("Meetronde")
    SHORT = "short", _("Korte ronde")
    EVENT = "event", _("Bijeenkomst")


class Why(StrEnum):
    """Why something wanted is not proposed."""

    PAST = "past"
    THERE = "there"
    NO_ROOM = "no_room"


class Fault(StrEnum):
    """What is wrong with something planned by hand."""

    BACKWARDS = "backwards"
    PAST = "past"
    OTHER_YEAR = "other_year"
    OVERLAP = "overlap"


class Slot(Struct, frozen=True):
    """Something planned: a round, a short round, or a meeting with its hours."""

    kind: Kind
    span: Span
    lookback: bool = False
    event_kind: str = ""
    title: str = ""
    starts: time = time()
    ends: time = time()

    @property
    def hours(self) -> tuple[datetime, datetime]:
        """When a meeting begins and ends, in the Netherlands."""
        day = self.span.first
        return datetime.combine(day, self.starts, HOME), datetime.combine(day, self.ends, HOME)

    @property
    def takes_time(self) -> bool:
        """Whether a meeting ends after it begins, also where the clock goes forward in between."""
        begins, ends = map(stamp, self.hours)
        return begins < ends


class Proposed(Struct, frozen=True):
    """What a template wants on a day, where it is put, and why it is left out if it is."""

    slot: Slot
    wanted: date
    left_out: Why | None = None

    @property
    def moved(self) -> bool:
        """Whether it could not be on the day that was wanted."""
        return self.left_out is None and self.slot.span.first != self.wanted


class Ground(NamedTuple):
    """What a plan is made on: a school year, its holidays and loose free days, and what stands already.

    `rounds` are the days of rounds, `meetings` those of meetings; nothing is put before `earliest`.
    """

    year: str
    closed: Sequence[Span]
    free: frozenset[date]
    rounds: Sequence[Span]
    meetings: Sequence[Span]
    earliest: date


def propose(template: Template, ground: Ground) -> tuple[Proposed, ...]:
    """Everything the template wants, in the order of the days; full rounds choose before short ones."""
    put: list[Proposed] = []
    for rounds in (template.rounds, template.short_rounds):
        for each in rounds:
            around = (*ground.rounds, *_spans(put))
            put.append(_round(each, ground, taken=[span.widened(template.gap_days) for span in around]))
    meetings: list[Proposed] = []
    for meeting in template.events:
        meetings.append(_meeting(meeting, ground, taken=(*ground.meetings, *_spans(meetings))))
    return tuple(sorted((*put, *meetings), key=lambda one: (one.slot.span, one.slot.kind)))


def _spans(put: Sequence[Proposed]) -> Iterator[Span]:
    return (one.slot.span for one in put if one.left_out is None)


def _round(wish: FullRound | ShortRound, ground: Ground, taken: Sequence[Span]) -> Proposed:
    """The earliest day at or after the wanted one on which it lies whole outside holidays."""
    wanted = wish.wanted(ground.year)
    full = isinstance(wish, FullRound)
    slot = Slot(
        Kind.ROUND if full else Kind.SHORT,
        Span.of(wanted, wish.days),
        isinstance(wish, FullRound) and wish.lookback,
    )
    last = wanted + FURTHEST * DAY if full else of_month(wanted).last
    return _put(slot, ground, there=ground.rounds, taken=taken, step=1, last=last)


def _meeting(wish: Meeting, ground: Ground, taken: Sequence[Span]) -> Proposed:
    """The wanted day, or that weekday in the first week in which it can be."""
    wanted = wish.wanted(ground.year)
    slot = Slot(Kind.EVENT, Span(wanted, wanted), False, wish.kind, wish.title, wish.starts, wish.ends)
    return _put(slot, ground, there=(), taken=taken, step=WEEK, last=wanted + FURTHEST * DAY)


def _put(
    slot: Slot, ground: Ground, *, there: Sequence[Span], taken: Sequence[Span], step: int, last: date
) -> Proposed:
    wanted = slot.span.first
    if meets_any(slot.span, there):
        return Proposed(slot, wanted, Why.THERE)
    if wanted < ground.earliest:
        return Proposed(slot, wanted, Why.PAST)
    fits = partial(_fits, ground=ground, taken=taken)
    found = next(filter(fits, _onwards(slot.span, step, last)), None)
    return Proposed(replace(slot, span=found), wanted) if found else Proposed(slot, wanted, Why.NO_ROOM)


def _onwards(span: Span, step: int, last: date) -> Iterator[Span]:
    first = span.first
    while first <= last:
        yield Span.of(first, span.days)
        first += step * DAY


def _fits(span: Span, *, ground: Ground, taken: Sequence[Span]) -> bool:
    starts_at_school = span.first.weekday() < SATURDAY and span.first not in ground.free
    inside = span.last <= days_of(ground.year).last
    return starts_at_school and inside and not meets_any(span, (*ground.closed, *taken))


def faults(slots: Sequence[Slot], *, year: str, rounds: Sequence[Span], earliest: date) -> dict[int, Fault]:
    """By place: what is wrong with slots that were put by hand, beside rounds that stand already."""
    found = {place: fault for place, slot in enumerate(slots) if (fault := _fault(slot, year, earliest))}
    sound = [place for place, slot in enumerate(slots) if place not in found and slot.kind is not Kind.EVENT]
    for place in sound:
        if meets_any(slots[place].span, rounds):
            found[place] = Fault.OVERLAP
    for one, other in combinations(sound, 2):
        if slots[one].span.meets(slots[other].span):
            found.setdefault(max(one, other, key=lambda place: slots[place].span), Fault.OVERLAP)
    return found


def _fault(slot: Slot, year: str, earliest: date) -> Fault | None:
    span, whole = slot.span, days_of(year)
    if span.last < span.first:
        return Fault.BACKWARDS
    if not whole.first <= span.first <= span.last <= whole.last:
        return Fault.OTHER_YEAR
    if slot.kind is Kind.EVENT and not slot.takes_time:
        return Fault.BACKWARDS
    return Fault.PAST if span.first < earliest else None

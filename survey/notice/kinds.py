"""What people are told about, and what of it may not wait."""

from enum import StrEnum


class Kind(StrEnum):
    """Why someone is told something; of one event or round everyone is told each kind once."""

    ROUND_OPEN = "round_open"
    ROUND_REMINDER = "round_reminder"
    MICRO_OPEN = "micro_open"
    EVENT_INVITE = "event_invite"
    EVENT_SOON = "event_soon"
    EVENT_CHANGED = "event_changed"


OF_EVENTS = frozenset({Kind.EVENT_INVITE, Kind.EVENT_SOON, Kind.EVENT_CHANGED})

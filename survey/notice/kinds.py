"""What people are told, and what they can choose about being mailed."""

from enum import StrEnum


class Kind(StrEnum):
    """Why someone is told something; of one event or round everyone is told each kind once.

    Of a start agreement everyone is told once for each day to look back. What was released is told on a
    screen and in no mail.
    """

    ROUND_OPEN = "round_open"
    ROUND_REMINDER = "round_reminder"
    MICRO_OPEN = "micro_open"
    EVENT_INVITE = "event_invite"
    EVENT_SOON = "event_soon"
    EVENT_CHANGED = "event_changed"
    REVIEW_DUE = "review_due"
    RELEASED = "released"


OF_EVENTS = frozenset({Kind.EVENT_INVITE, Kind.EVENT_SOON, Kind.EVENT_CHANGED})


class Choice(StrEnum):
    """Whether mails come: none for four weeks, none any more, or mails again; as it stands in an address."""

    REST = "stil"
    STOP = "stop"
    GO_ON = "aan"


IN_A_MAIL = frozenset({Choice.REST, Choice.STOP})  # mails again is chosen by who signs in

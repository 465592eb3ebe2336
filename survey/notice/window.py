"""When mail may leave: by day in the Netherlands. Pure rules, no database, no request."""

from datetime import datetime, time, timedelta

from survey.clock import HOME

FIRST, LAST = time(8), time(20)  # from, and up to but not at
BETWEEN_MAILS = timedelta(days=7)
CANNOT_WAIT = timedelta(days=3)  # before an event, in which a change of it is told at once
BETWEEN_CHANGES = timedelta(hours=2)  # so that who corrects a meeting bit by bit sends few mails
REST = timedelta(weeks=4)


def opens(at: datetime) -> datetime:
    """The first moment from here on at which mail may leave: now, or at the next opening."""
    here = at.astimezone(HOME)
    if FIRST <= here.time() < LAST:
        return at
    day = here.date() + timedelta(days=1) if here.time() >= LAST else here.date()
    return datetime.combine(day, FIRST, HOME).astimezone(at.tzinfo)


def is_open(at: datetime) -> bool:
    """Whether mail may leave now."""
    return opens(at) == at

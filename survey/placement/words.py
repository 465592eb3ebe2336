"""How placements read on a screen: states, hours, reasons, months, what was changed and what refused."""

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from survey.clock import days_of_month
from survey.current import catalog
from survey.placement.checks import OfAnother, Overlaps, SecondPlace, TooManyHours
from survey.placement.places import END_REASONS, HOURS_REASONS, WISH, WISHES, Placement
from survey.questionnaire.catalog import UnknownChoice
from survey.web.language import about as about
from survey.web.language import full_date, month, screen_language
from survey.web.language import hours as hours

STATES: Mapping[str, LazyString] = {
    "active": _("loopt"),
    "agreed": _("afgesproken"),
    "click_conversation": _("klikgesprek"),
    "wanted": _("gezocht"),
    "vacant_funded": _("vacant, gefinancierd"),
    "paused": _("tijdelijk gestopt"),
    "vacant_unfunded": _("vacant, geen geld"),
    "ended": _("gestopt"),
}
FIELDS: Mapping[str, LazyString] = {
    "school_id": _("school"),
    "school_year": _("schooljaar"),
    "person_id": _("coach"),
    "status": _("stand"),
    "starts_on": _("eerste dag"),
    "ends_on": _("laatste dag"),
    "employer": _("werkgever"),
    "click_on": _("klikgesprek"),
    "hours_agreed": _("afgesproken uren"),
    "agreed_because": _("reden bij afgesproken"),
    "agreed_note": _("uitleg bij afgesproken"),
    "hours_needed": _("nodige uren"),
    "needed_because": _("reden bij nodig"),
    "needed_note": _("uitleg bij nodig"),
    "wish": _("wens"),
    "wish_note": _("uitleg bij de wens"),
    "end_reason": _("reden van stoppen"),
}
DAYS = frozenset({"starts_on", "ends_on", "click_on"})


def state(one: Placement, day: date) -> str:
    """How it stands with a place on a day; one that is to begin or to end says when."""
    now = one.state(day)
    if now == "active" and one.starts_on > day:
        return str(gettext("loopt vanaf %(day)s", day=full_date(one.starts_on)))
    if now == "active" and one.ends_on is not None and one.ends_on > day:
        return str(gettext("loopt tot en met %(day)s", day=full_date(one.ends_on)))
    return str(STATES[now])


def reason(key: str | None, note: str = "", listed: str = HOURS_REASONS) -> str:
    """A reason in words, with what was written beside it."""
    if not key:
        return note
    try:
        label = catalog().choice(listed, key).label[screen_language()]
    except UnknownChoice:
        label = key
    return f"{label}: {note}" if note else label


def end_reason(key: str | None) -> str:
    """Why a placement ended, in words."""
    return reason(key, listed=END_REASONS)


def wishes() -> Mapping[str, str]:
    """The wishes for the next school year, in words by key."""
    return {key: wish(key) for key in WISHES}


def wish(key: str | None) -> str:
    """A wish for the next school year, in words."""
    return reason(key, listed=WISH)


def month_name(key: str) -> str:
    """A stored month, as oktober 2025."""
    return month(days_of_month(key)[0])


def told(field: str, value: str | None, names: Mapping[str, str]) -> str:
    """A value of the history as people read it; `names` are those of persons and schools by id."""
    if not value:
        return "–"
    if field in DAYS:
        return full_date(value)
    if field in {"hours_agreed", "hours_needed"}:
        return hours(float(value))
    if field == "status":
        return str(STATES[value])
    if field == "wish":
        return wish(value)
    if field in {"agreed_because", "needed_because"}:
        return reason(value)
    return end_reason(value) if field == "end_reason" else names.get(value, value)


def refused(refusal: Exception) -> str:
    """Why an act on a placement was refused, in words."""
    if isinstance(refusal, TooManyHours):
        total, day = hours(refusal.total), full_date(refusal.day)
        return str(
            gettext(
                "Samen wordt dit %(total)s uur per week, vanaf %(day)s. Meer dan 40 uur kan niet.",
                total=total,
                day=day,
            )
        )
    if isinstance(refusal, Overlaps):
        other = refusal.other
        first = full_date(other.starts_on)
        return str(
            gettext(
                "%(coach)s heeft al een plek op %(school)s, vanaf %(day)s (schooljaar %(year)s). "
                "Wijzig of verleng die plek.",
                coach=other.coach,
                school=other.school,
                day=first,
                year=other.school_year,
            )
        )
    if isinstance(refusal, SecondPlace):
        others = ", ".join(f"{one.coach or STATES[one.status]}" for one in refusal.others)
        return str(gettext("Deze school heeft in die tijd al een plek: %(others)s.", others=others))
    if isinstance(refusal, OfAnother):
        return str(
            gettext("Bij deze plek horen al uren of een afspraak van een coach. Laat de plek stoppen.")
        )
    return str(gettext("Deze persoon coacht niet, of is vertrokken. Kies iemand anders."))

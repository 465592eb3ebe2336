"""The form of an event: what it is, when and where, for which cohorts and about what."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, Form, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from survey.clock import HOME, local_day, now, stamp
from survey.current import catalog
from survey.event.reports import Cohort, Event
from survey.event.words import KINDS, Theme
from survey.web.fields import ClockField, WrittenDayField, boxes, errors_of, one_line
from survey.web.language import screen_language

LONGEST = 120  # characters of a title and of a place, as the schema has it
BACK, AHEAD = timedelta(days=366), timedelta(days=731)


def _readable(_form: Form, field: Field) -> None:
    """One line that can be stored and read."""
    field.data = one_line(field.data or "")
    if len(field.data) > LONGEST:
        raise StopValidation(_("Maak dit korter: hooguit %(n)s tekens.", n=LONGEST))


def _said(_form: Form, field: Field) -> None:
    if not field.data:
        raise StopValidation(_("Schrijf in een paar woorden waar het over gaat."))


def _near(_form: Form, field: Field) -> None:
    today = local_day(now())
    if field.data and not today - BACK <= field.data <= today + AHEAD:
        raise StopValidation(_("Deze dag is ver weg. Kijk het jaartal na."))


def _after_the_start(form: Any, field: Field) -> None:
    if not (field.data and form.starts_at.data):
        return
    day = local_day(now()) if form.day.errors else form.day.data
    starts_at, ends_at = (
        stamp(datetime.combine(day, one, HOME)) for one in (form.starts_at.data, field.data)
    )
    if ends_at <= starts_at:  # also where the clock goes forward in between
        raise StopValidation(_("Het eind is later dan het begin."))


def _some(_form: Form, field: Field) -> None:
    if not field.data:
        raise StopValidation(_("Kies ten minste één cohort."))


class EventForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """A new event, or one that changes."""

    title = StringField(_("Waar gaat het over?"), validators=[_readable, _said])
    kind = SelectField(_("Wat is het?"), invalid_choice_message=_("Kies een van de antwoorden."))
    day = WrittenDayField(_("Op welke dag?"), validators=[InputRequired(_("Kies een dag.")), _near])
    starts_at = ClockField(_("Van"), validators=[InputRequired(_("Vul in hoe laat het begint."))])
    ends_at = ClockField(
        _("Tot"), validators=[InputRequired(_("Vul in hoe laat het eindigt.")), _after_the_start]
    )
    place = StringField(_("Waar?"), validators=[_readable])
    cohorts = boxes(_("Voor welke cohorten?"), validators=[_some])
    themes = boxes(_("Bij welke competenties hoort het?"))

    def __init__(self, trained: Sequence[Cohort], offered: Sequence[Theme], **filled: Any) -> None:
        super().__init__(**filled)
        kinds = catalog().choices(KINDS)
        self.kind.choices = [SelectChoice(one.key, one.label[screen_language()]) for one in kinds]
        self.cohorts.choices = [SelectChoice(one.id, one.name) for one in trained]
        self.themes.choices = [SelectChoice(one.key, one.label) for one in offered]

    @property
    def told(self) -> dict[str, Any]:
        """What was filled in, as the acts on events take it."""
        return {
            "kind": self.kind.data,
            "title": self.title.data,
            "place": self.place.data,
            "starts_at": datetime.combine(self.day.data, self.starts_at.data, HOME),
            "ends_at": datetime.combine(self.day.data, self.ends_at.data, HOME),
            "cohort_ids": self.cohorts.data,
            "themes": self.themes.data,
        }

    wrong = property(errors_of)


def as_filled(event: Event) -> dict[str, Any]:
    """An event as its form shows it."""
    return {
        "title": event.title,
        "kind": event.kind,
        "day": event.day,
        "starts_at": event.starts_at.astimezone(HOME).time(),
        "ends_at": event.ends_at.astimezone(HOME).time(),
        "place": event.place,
        "cohorts": [one.id for one in event.cohorts],
        "themes": sorted(event.themes),
    }


def known(asked: Collection[str], offered: Collection[str]) -> list[str]:
    """Of what an address asks for, what can be chosen."""
    return [one for one in offered if one in asked]

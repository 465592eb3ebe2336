"""The forms of the register: a placement, ending one, filling one; and hours as people write them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, Form, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from survey.clock import local_day, now
from survey.current import catalog
from survey.placement import hours as rules
from survey.placement.actions import LONGEST_NOTE, Details
from survey.placement.places import (
    END_REASONS,
    HOURS_REASONS,
    STATUSES,
    WITH_A_CANDIDATE,
    WITH_A_COACH,
    WITHOUT_A_COACH,
)
from survey.web.fields import HoursField, WrittenDayField, errors_of, one_line
from survey.web.language import screen_language

LONGEST_EMPLOYER = 120
FAR_FROM_RULE = 0.5  # hours a week; from here on a reason is asked
EARLIEST_YEAR, YEARS_AHEAD = 2015, 2
CHOOSE_ONE = _("Kies een van de antwoorden.")
REASON_FIRST = _("Kies ook een reden: dit is een half uur of meer naast de regel.")


def _short(longest: int) -> Any:
    def check(_form: Form, field: Field) -> None:
        field.data = one_line(field.data or "")
        if len(field.data) > longest:
            raise StopValidation(_("Maak dit korter: hooguit %(n)s tekens.", n=longest))

    return check


def _near(_form: Form, field: Field) -> None:
    if field.data and not EARLIEST_YEAR <= field.data.year <= local_day(now()).year + YEARS_AHEAD:
        raise StopValidation(_("Deze dag is ver weg. Kijk het jaartal na."))


def _reasons(label: Any) -> SelectField:
    return SelectField(label, default="", invalid_choice_message=CHOOSE_ONE)


def offered(name: str, nothing: Any = None) -> list[SelectChoice]:
    """The choices of a list of the catalogue, after one for nothing where that has words."""
    found = [SelectChoice(one.key, one.label[screen_language()]) for one in catalog().choices(name)]
    return [SelectChoice("", nothing), *found] if nothing else found


class PlacementForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """A new placement, or one that changes."""

    school = SelectField(
        _("School"),
        validators=[InputRequired(_("Kies een school."))],
        invalid_choice_message=_("Kies een school."),
    )
    status = SelectField(_("Hoe staat het ervoor?"), invalid_choice_message=CHOOSE_ONE)
    coach = SelectField(_("Coach of kandidaat"), default="", invalid_choice_message=CHOOSE_ONE)
    starts_on = WrittenDayField(_("Eerste dag"), validators=[InputRequired(_("Kies de eerste dag.")), _near])
    ends_on = WrittenDayField(_("Laatste dag, mag leeg"), validators=[_near])
    employer = StringField(_("Werkgever"), validators=[_short(LONGEST_EMPLOYER)])
    click_on = WrittenDayField(_("Dag van het klikgesprek, mag leeg"), validators=[_near])
    hours_agreed = HoursField(_("Afgesproken uren per week"))
    agreed_because = _reasons(_("Waarom anders dan de regel?"))
    agreed_note = StringField(_("Uitleg"), validators=[_short(LONGEST_NOTE)])
    hours_needed = HoursField(_("Nodige uren per week"))
    needed_because = _reasons(_("Waarom is dit nodig?"))
    needed_note = StringField(_("Uitleg"), validators=[_short(LONGEST_NOTE)])
    second = BooleanField(_("Dit is een tweede plek, naast de plek die er al is."))

    def __init__(self, schools: Mapping[str, str], coaches: Mapping[str, str], **filled: Any) -> None:
        super().__init__(**filled)
        self.school.choices = [
            SelectChoice("", _("kies een school")),
            *(SelectChoice(*one) for one in schools.items()),
        ]
        self.coach.choices = [
            SelectChoice("", _("nog niemand")),
            *(SelectChoice(*one) for one in coaches.items()),
        ]
        self.status.choices = offered(STATUSES)
        for field in (self.agreed_because, self.needed_because):
            field.choices = offered(HOURS_REASONS, _("geen reden"))

    def fits(self, pupils: int | None) -> bool:
        """Whether what is filled in goes together; says at the field what does not."""
        fine = self.validate()
        for check in (self._someone, self._days):
            fine = check() and fine
        for hours, because, note in (
            (self.hours_agreed, self.agreed_because, self.agreed_note),
            (self.hours_needed, self.needed_because, self.needed_note),
        ):
            fine = _reasoned(hours, because, note, pupils) and fine
        return bool(fine)

    def _someone(self) -> bool:
        status, has_someone = self.status.data, bool(self.coach.data)
        if status in {*WITH_A_COACH, *WITH_A_CANDIDATE} - {"ended"} and not has_someone:
            return _wrong(self.coach, _("Kies wie het is. Is er nog niemand? Kies dan een andere stand."))
        if status in WITHOUT_A_COACH and has_someone:
            return _wrong(
                self.coach, _("Bij deze stand is er nog niemand. Kies “nog niemand”, of een andere stand.")
            )
        return True

    def _days(self) -> bool:
        first, last = self.starts_on.data, self.ends_on.data
        if self.status.data == "ended" and not last and not self.ends_on.errors:
            return _wrong(self.ends_on, _("Vul de laatste dag in."))
        if not first or not last or self.starts_on.errors:
            return True
        if last < first:
            return _wrong(self.ends_on, _("De laatste dag ligt voor de eerste."))
        until = rules.last_day(self.details.school_year)
        if last > until:
            said = _("Een plek loopt hooguit tot 31 juli van het schooljaar. Verleng de plek daarna.")
            return _wrong(self.ends_on, said)
        return True

    @property
    def details(self) -> Details:
        """What was filled in, as the acts on placements take it."""
        same = ("status", "starts_on", "ends_on", "employer", "click_on", "hours_agreed", "hours_needed")
        told = {name: self[name].data for name in (*same, "agreed_note", "needed_note")}
        return Details(
            school_id=self.school.data,
            person_id=self.coach.data or None,
            agreed_because=self.agreed_because.data or None,
            needed_because=self.needed_because.data or None,
            **told,
        )

    wrong = property(errors_of)


class EndForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """When and why a placement ends, and whether the place stays."""

    ends_on = WrittenDayField(_("Laatste dag"), validators=[InputRequired(_("Kies de laatste dag.")), _near])
    reason = SelectField(
        _("Waarom?"), validators=[InputRequired(CHOOSE_ONE)], invalid_choice_message=CHOOSE_ONE
    )
    vacancy = BooleanField(_("De plek blijft, met geld. We zoeken een andere coach."))

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        self.reason.choices = offered(END_REASONS, _("kies een reden"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be noted; a place whose funds or school stop leaves no vacancy with funds."""
        if not super().validate(extra_validators):
            return False
        if not self.vacancy.data or catalog().choice(END_REASONS, self.reason.data).leaves_vacancy:
            return True
        return _wrong(
            self.reason,
            _("Om deze reden blijft de plek niet met geld. Haal het vinkje weg, of kies een andere reden."),
        )

    wrong = property(errors_of)


class FillForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Who comes in an open place, from when, and how far it is."""

    coach = SelectField(
        _("Wie?"), validators=[InputRequired(_("Kies wie het is."))], invalid_choice_message=CHOOSE_ONE
    )
    status = SelectField(_("Hoe staat het ervoor?"), invalid_choice_message=CHOOSE_ONE)
    starts_on = WrittenDayField(_("Eerste dag"), validators=[InputRequired(_("Kies de eerste dag.")), _near])
    click_on = WrittenDayField(_("Dag van het klikgesprek, mag leeg"), validators=[_near])

    def __init__(self, coaches: Mapping[str, str], **filled: Any) -> None:
        super().__init__(**filled)
        self.coach.choices = [
            SelectChoice("", _("kies een coach")),
            *(SelectChoice(*one) for one in coaches.items()),
        ]
        held = {"click_conversation", "agreed", "active"}
        self.status.choices = [one for one in offered(STATUSES) if one.value in held]

    wrong = property(errors_of)


def _reasoned(hours: Field, because: Field, note: Field, pupils: int | None) -> bool:
    listed = {one.key: one for one in catalog().choices(HOURS_REASONS)}
    chosen = listed.get(because.data or "")
    if chosen is not None and chosen.needs_text and not note.data:
        return _wrong(note, _("Schrijf in een paar woorden welke reden het is."))
    if hours.data is None or pupils is None or chosen is not None:
        return True
    if abs(hours.data - rules.rule(pupils)) < FAR_FROM_RULE:
        return True
    return _wrong(because, REASON_FIRST)


def _wrong(field: Field, said: Any) -> bool:
    field.errors = [*field.errors, said]
    return False

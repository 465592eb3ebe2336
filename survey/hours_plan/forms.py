"""The forms of a plan: its name and budget, a place in it, and hours that move."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, Form, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from survey.clock import years
from survey.hours_plan.actions import LARGEST, LONGEST_NAME
from survey.hours_plan.dividing import QUARTERS, Place
from survey.hours_plan.plans import Line, Plan
from survey.hours_plan.reports import EMPTY, FROM_PLACEMENTS, Summary
from survey.hours_plan.words import hours, roles
from survey.web.fields import HoursField, boxes, errors_of, one_line

CHOOSE_ONE = _("Kies een van de antwoorden.")
HOW_MANY = _("Vul in hoeveel uur per week.")


def _name(_form: Form, field: Field) -> None:
    field.data = one_line(field.data or "")
    if not field.data:
        raise StopValidation(_("Geef het plan een naam."))
    if len(field.data) > LONGEST_NAME:
        raise StopValidation(_("Maak dit korter: hooguit %(n)s tekens.", n=LONGEST_NAME))


def _known(_form: Form, field: Field) -> None:
    if field.data is None and not field.errors:
        raise StopValidation(HOW_MANY)


def _told(line: Line) -> str:
    who = line.coach or _("nog niemand")
    return f"{line.school}: {who} ({hours(line.quarters)})"


def quarters_of(field: HoursField) -> int:
    """What a valid field of hours says, in quarters."""
    return round((field.data or 0) * QUARTERS)


class PlanForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """The name and the budget of a plan."""

    name = StringField(_("Naam van het plan"), validators=[_name])
    budget = HoursField(_("Budget, in uren per week"), most=LARGEST // QUARTERS, validators=[_known])

    wrong = property(errors_of)


class NewPlanForm(PlanForm):
    """A new plan: for which school year, and what it starts from."""

    name = StringField(_("Naam van het plan"), validators=[_name])
    school_year = RadioField(
        _("Schooljaar"), validators=[InputRequired(CHOOSE_ONE)], invalid_choice_message=CHOOSE_ONE
    )
    start = SelectField(_("Begin met"), invalid_choice_message=CHOOSE_ONE)
    budget = HoursField(_("Budget, in uren per week"), most=LARGEST // QUARTERS)

    def __init__(self, offered: Iterable[str], plans: Iterable[Summary], **options: Any) -> None:
        super().__init__(**options)
        self.school_year.choices = [(year, years(year)) for year in offered]
        self.start.choices = [
            SelectChoice(FROM_PLACEMENTS, _("de inzet van het jaar ervoor")),
            SelectChoice(EMPTY, _("een leeg plan")),
            *(
                SelectChoice(
                    one.id,
                    _("een kopie van “%(name)s” (%(year)s)", name=one.name, year=years(one.school_year)),
                )
                for one in plans
            ),
        ]


class LineForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Who is at a school, for how many hours and in which roles."""

    coach = SelectField(_("Coach"), default="", invalid_choice_message=CHOOSE_ONE)
    hours = HoursField(_("Uren per week"), validators=[_known])
    roles = boxes(_("Rollen"))

    def __init__(self, coaches: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.coach.choices = [
            SelectChoice("", _("nog niemand")),
            *(SelectChoice(*one) for one in coaches.items()),
        ]
        self.roles.choices = list(roles().items())

    @property
    def person_id(self) -> str | None:
        """Who was chosen; None for nobody yet."""
        return self.coach.data or None

    wrong = property(errors_of)


class NewLineForm(LineForm):
    """A place that comes in a plan."""

    school = SelectField(
        _("School"),
        validators=[InputRequired(_("Kies een school."))],
        invalid_choice_message=_("Kies een school."),
    )

    def __init__(self, at: Mapping[str, str], coaches: Mapping[str, str], **options: Any) -> None:
        super().__init__(coaches, **options)
        self.school.choices = [
            SelectChoice("", _("kies een school")),
            *(SelectChoice(*one) for one in at.items()),
        ]


class MoveForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Where hours of a place go."""

    moved = HoursField(_("Hoeveel uur per week"), validators=[_known])
    target = SelectField(
        _("Waarheen"), validators=[InputRequired(CHOOSE_ONE)], invalid_choice_message=CHOOSE_ONE
    )

    def __init__(self, plan: Plan, line: Line, at: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        here = {key: name for key, name in at.items() if (key, line.person_id) not in plan.held}
        lines, schools = (
            str(_("Naar een regel van dit plan")),
            str(_("Naar een andere school, met deze coach")),
        )
        self.target.choices = [
            SelectChoice("", _("kies een plek")),
            *(
                SelectChoice(f"line:{one.id}", _told(one), optgroup=lines)
                for one in plan.lines
                if one.id != line.id
            ),
            *(SelectChoice(f"school:{key}", name, optgroup=schools) for key, name in here.items()),
        ]
        self.plan, self.line = plan, line

    @property
    def place(self) -> Place:
        """The place that was chosen."""
        kind, _colon, key = self.target.data.partition(":")
        return self.plan.by_id[key].where if kind == "line" else Place(key, self.line.person_id)

    wrong = property(errors_of)

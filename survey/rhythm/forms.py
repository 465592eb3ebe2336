"""The forms of a plan: a proposal that can be corrected line by line, and one round by itself."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, Form, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from survey.clock import HOME
from survey.rhythm.plan import Fault, Kind, Proposed, Slot
from survey.rhythm.reports import Item
from survey.rhythm.spans import Span
from survey.web.fields import ClockField, WrittenDayField, errors_of, one_line
from survey.web.language import month

LONGEST_TITLE = 120  # as the schema has it
IN_WORDS: dict[Fault, LazyString] = {
    Fault.BACKWARDS: _("Het eind komt voor het begin. Kijk de dagen en de tijden na."),
    Fault.PAST: _("Deze dag is te vroeg. Kies een dag na vandaag en na de start van het cohort."),
    Fault.OTHER_YEAR: _("Deze dag valt niet in dit schooljaar. Kijk het jaartal na."),
    Fault.OVERLAP: _("Er is dan al een andere ronde open. Kies andere dagen."),
}


def _needed(missing: LazyString) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        if field.data is None:
            raise StopValidation(missing)

    return check


BEGINS, ENDS = _needed(_("Vul in hoe laat het begint.")), _needed(_("Vul in hoe laat het eindigt."))


def _titled(_form: Form, field: Field) -> None:
    field.data = one_line(field.data or "")
    if not 0 < len(field.data) <= LONGEST_TITLE:
        raise StopValidation(_("Vul een naam in van ten hoogste %(most)s tekens.", most=LONGEST_TITLE))


class _Line(Form):  # type: ignore[misc]  # WTForms ships no types
    """One line of a proposal: whether it is taken, and when it is."""

    take = BooleanField()
    first = WrittenDayField(_("Eerste dag"), validators=[_needed(_("Kies de eerste dag."))])


class RoundLine(_Line):
    """A round or short round: from a day up to and including another."""

    last = WrittenDayField(_("Laatste dag"), validators=[_needed(_("Kies de laatste dag."))])


class MeetingLine(_Line):
    """A meeting: its name, its day and its hours."""

    title = StringField(_("Naam"), validators=[_titled], render_kw={"maxlength": LONGEST_TITLE})
    first = WrittenDayField(_("Dag"), validators=[_needed(_("Kies een dag."))])
    starts = ClockField(_("Van"), validators=[BEGINS])
    ends = ClockField(_("Tot"), validators=[ENDS])


class Line:
    """A proposed slot with its form."""

    def __init__(self, proposed: Proposed, formdata: Any) -> None:
        self.proposed = proposed
        slot, self.key = proposed.slot, f"{proposed.slot.kind}-{proposed.wanted}"
        days = {"take": proposed.left_out is None, "first": slot.span.first, "last": slot.span.last}
        hours = {"title": slot.title, "starts": slot.starts, "ends": slot.ends}
        kind = MeetingLine if slot.kind is Kind.EVENT else RoundLine
        self.form = kind(formdata, prefix=self.key, data=days | hours)

    @property
    def name(self) -> str:
        """What it is, in words: which kind, in which month."""
        return f"{self.proposed.slot.kind.label} {month(self.proposed.wanted)}"

    @property
    def title(self) -> str:
        """What it is called: a meeting by its name."""
        typed = self.form.title.data if isinstance(self.form, MeetingLine) else ""
        return typed or str(self.proposed.slot.kind.label)

    @property
    def span(self) -> Span:
        """The days as they were put, or as they were proposed where no days were put."""
        first = self.form.first.data
        last = self.form.last.data if isinstance(self.form, RoundLine) else first
        return Span(first, last) if first and last and first <= last else self.proposed.slot.span

    @property
    def taken(self) -> bool:
        """Whether it is to stand in the plan."""
        return bool(self.form.take.data)

    @property
    def slot(self) -> Slot:
        """The slot as it was put; only of a line without errors."""
        made, of = self.proposed.slot, self.form
        if made.kind is Kind.EVENT:
            span = Span(of.first.data, of.first.data)
            return Slot(made.kind, span, False, made.event_kind, of.title.data, of.starts.data, of.ends.data)
        return Slot(made.kind, Span(of.first.data, of.last.data), made.lookback)

    def say(self, fault: Fault) -> None:
        """Put a fault that only the whole plan shows beside the first day."""
        self.form.first.errors = [*self.form.first.errors, IN_WORDS[fault]]


class _SlotForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """What the forms for one slot share."""

    first: WrittenDayField

    @property
    def slot(self) -> Slot:
        """What was put; only of a form without errors."""
        raise NotImplementedError

    def heeds(self, faults: Callable[..., dict[int, Fault]], but: str = "") -> bool:
        """Whether the slot fits what stands; a fault is said beside the first day."""
        found = faults([self.slot], but=but)
        for fault in found.values():
            self.say(fault)
        return not found

    def say(self, fault: Fault) -> None:
        """Say a fault beside the first day."""
        self.first.errors = [*self.first.errors, IN_WORDS[fault]]

    wrong = property(errors_of)


class RoundForm(_SlotForm):
    """One round by itself: its days, and what it is while it is new."""

    kind = RadioField(
        _("Wat voor ronde?"),
        choices=[
            SelectChoice(Kind.ROUND.value, _("meetronde over het hele profiel")),
            SelectChoice(Kind.SHORT.value, _("korte ronde over de focuspunten")),
        ],
        default=Kind.ROUND.value,
        invalid_choice_message=_("Kies een van de antwoorden."),
    )
    lookback = BooleanField(_("Meetronde met terugblik op het begin van het jaar"))
    first = WrittenDayField(_("Eerste dag"), validators=[_needed(_("Kies de eerste dag."))])
    last = WrittenDayField(_("Laatste dag"), validators=[_needed(_("Kies de laatste dag."))])

    def __init__(self, item: Item | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._item = item
        if item:
            del self.kind, self.lookback

    @property
    def slot(self) -> Slot:
        """The round as it was put."""
        span = Span(self.first.data, self.last.data)
        if self._item:
            return Slot(self._item.kind, span, self._item.lookback)
        kind = Kind(self.kind.data)
        return Slot(kind, span, kind is Kind.ROUND and bool(self.lookback.data))


class MeetingForm(_SlotForm):
    """One meeting by itself: its name, its day and its hours."""

    title = StringField(_("Naam"), validators=[_titled], render_kw={"maxlength": LONGEST_TITLE})
    first = WrittenDayField(_("Dag"), validators=[_needed(_("Kies een dag."))])
    starts = ClockField(_("Van"), validators=[BEGINS])
    ends = ClockField(_("Tot"), validators=[ENDS])

    @property
    def slot(self) -> Slot:
        """The meeting as it was put."""
        day = self.first.data
        hours = {"starts": self.starts.data, "ends": self.ends.data}
        return Slot(Kind.EVENT, Span(day, day), title=self.title.data, **hours)


def form_of(item: Item, sent: Any = None) -> RoundForm | MeetingForm:
    """The form for other days of something: as it was sent, or as it stands."""
    if item.kind is not Kind.EVENT:
        return RoundForm(item, formdata=sent, data={"first": item.span.first, "last": item.span.last})
    starts, ends = (moment.astimezone(HOME).time() for moment in (item.opens_at, item.closes_at))
    stands = {"title": item.title, "first": item.span.first, "starts": starts, "ends": ends}
    return MeetingForm(formdata=sent, data=stands)


class ProposalForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """A whole proposal; lines that are not taken may hold anything."""

    def __init__(self, proposal: Sequence[Proposed], sent: Any = None) -> None:
        super().__init__(formdata=sent)
        self.lines = [Line(one, sent) for one in proposal]

    @property
    def taken(self) -> list[Line]:
        """The lines that are to stand in the plan."""
        return [line for line in self.lines if line.taken]

    @property
    def slots(self) -> list[Slot]:
        """What is to stand in the plan; only of a form without errors."""
        return [line.slot for line in self.taken]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the form and every line that is taken hold what they should."""
        sound = all([super().validate(extra_validators), *(line.form.validate() for line in self.taken)])
        if not self.taken:
            self.form_errors.append(_("Zet een vinkje bij wat er doorgaat."))
        return sound and bool(self.taken)

    def heeds(self, faults: Callable[..., dict[int, Fault]]) -> bool:
        """Whether the slots fit each other and what stands; a fault is said beside its first day.

        Lines with an error of their own are left out of it.
        """
        lines = [line for line in self.taken if not line.form.errors]
        found = faults([line.slot for line in lines])
        for place, fault in found.items():
            lines[place].say(fault)
        return not found

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """What is still wrong: where it is, and what it is."""
        if self.form_errors:
            return [("#lines", error) for error in self.form_errors]
        return [
            (f"#{field.id}", f"{line.name}: {field.errors[0]}")
            for line in self.taken
            for field in line.form
            if field.errors
        ]


def bounds(first: date, last: date) -> dict[str, str]:
    """For a date control: the days that can be chosen."""
    return {"min": first.isoformat(), "max": last.isoformat()}

"""What the pages of a plan share: which cohort and school year it is, and what stands there."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.definition import Questionnaire
from survey.rhythm import plan, reports
from survey.rhythm.current import school_holidays
from survey.rhythm.files import BrokenCalendar
from survey.rhythm.holidays import Holiday, Holidays, Region
from survey.rhythm.plan import Fault, Kind, Slot
from survey.rhythm.spans import days_of

blueprint = Blueprint("rhythm", __name__, url_prefix="/jaarplan")
ROUNDS = (Kind.ROUND, Kind.SHORT)


class Place(NamedTuple):
    """The cohort and the school year of a page, and what stands in it."""

    cohort: reports.Cohort
    year: str
    plan: reports.Plan

    @property
    def form(self) -> Questionnaire:
        """What its full rounds ask."""
        return catalog().reflection(self.cohort.profile)

    def faults(self, slots: Sequence[Slot], but: str = "") -> dict[int, Fault]:
        """What is wrong with slots put by hand; `but` is the round they replace."""
        return plan.faults(
            slots,
            year=self.year,
            rounds=reports.spans(self.plan.items, ROUNDS, but=but),
            earliest=reports.earliest(self.cohort, now()),
        )

    def holidays(self, region: Region) -> tuple[Holiday, ...]:
        """The school holidays, as far as they are known."""
        calendar = known()
        return calendar.around(self.year, region) if calendar else ()

    def back(self, said: str) -> ResponseReturnValue:
        """To the plan, with a word about what was done."""
        page = url_for("rhythm.show", cohort_id=self.cohort.id, year=self.year)
        return redirect(f"{page}?{said}=1", 303)


def place(cohort_id: str, year: str) -> Place:
    """The place an address names; a page that is not there for any other."""
    cohort = reports.cohort(engine(), cohort_id)
    try:
        days_of(year)
    except ValueError:
        abort(404)
    if cohort is None:
        abort(404)
    return Place(cohort, year, reports.standing(engine(), cohort_id, year, now()))


def known() -> Holidays | None:
    """The school holidays, or None where their file is broken."""
    try:
        return school_holidays()
    except BrokenCalendar:
        return None

"""What all pages of a case share: the way in for its coach only, and the page put together from its parts."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple, NoReturn

from flask import Blueprint, abort, make_response, render_template, request

from survey.access.session import scope
from survey.case import reports
from survey.case.reports import Case
from survey.clock import HOME, local_day
from survey.current import catalog
from survey.database import Busy, Full
from survey.database.request import engine, reading
from survey.web import limits
from survey.web.language import screen_language

FAILURES, WINDOW = 30, timedelta(minutes=15)

blueprint = Blueprint("case", __name__, url_prefix="/trajecten")


class Step(NamedTuple):
    """One line of the path of a case: when, what, a detail, and where it leads.

    What has the same day is in order of `moment`; what only has its day came first. The start of a case
    is below the rest of its day and its end above: their `part_of_day`.
    """

    day: date
    what: str
    detail: str = ""
    href: str | None = None
    is_planned: bool = False
    part_of_day: int = 0
    moment: datetime | None = None

    @classmethod
    def at(cls, moment: datetime, what: str, detail: str = "", href: str | None = None) -> "Step":
        """A step whose moment is known."""
        return cls(local_day(moment), what, detail, href, moment=moment)

    @property
    def place(self) -> tuple[bool, date, int, datetime]:
        """Where it stands: the higher the later."""
        morning = datetime.combine(self.day, time(), HOME)
        return self.is_planned, self.day, self.part_of_day, self.moment or morning


Part = Callable[[Case], Mapping[str, Any]]
_parts: list[Part] = []


def part(build: Part) -> Part:
    """A part of the page of a case: what its template needs, and under "steps" its lines of the path."""
    _parts.append(build)
    return build


def page_of(case: Case, **more: Any) -> str:
    """The page of a case; `more` stands above what the parts say, such as errors and what was filled in."""
    context: dict[str, Any] = {}
    steps: list[Step] = []
    with reading():
        for build in _parts:
            found = dict(build(case))
            steps += found.pop("steps", [])
            context |= found
    return render_template("case/case.html", case=case, path=_by_day(steps), **(context | more))


def _by_day(steps: Iterable[Step]) -> list[list[Step]]:
    """The path: what is planned first, then the newest day, and of a day the latest first."""
    latest_first = sorted(steps, key=lambda step: step.place, reverse=True)
    days = groupby(latest_first, key=lambda step: (step.is_planned, step.day))
    return [list(steps_of_day) for _day, steps_of_day in days]


def case_or_404(code: str) -> Case:
    """The case with this code if it is this coach's."""
    found = reports.case(engine(), scope(), code)
    return found if found is not None else not_there()


def open_case_or_404(code: str) -> Case:
    """As `case_or_404`; once the case is closed a page that says so and shows the line that was typed."""
    found = case_or_404(code)
    if found.closed_at is not None:
        page = render_template("case/closed.html", case=found, line=request.form.get("line", ""))
        abort(make_response(page, 409))
    return found


def label_of(choices: str, key: str | None) -> str:
    """The words of a stored choice, in the language of the screen; none for what was not chosen."""
    return catalog().choice(choices, key).label[screen_language()] if key else ""


def not_there() -> NoReturn:
    """Another's case and no case are the same. Counts failures, so that codes cannot be guessed."""
    with suppress(Busy, Full):  # who cannot be counted is told the same
        if limits.hit(engine(), f"case:{scope().person_id}", limit=FAILURES, per=WINDOW):
            abort(429)
    abort(404)

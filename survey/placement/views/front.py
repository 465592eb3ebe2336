"""The register of a school year: what is asked of it, its totals and its timeline."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec import Struct
from msgspec.structs import replace

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import local_day, now, year_after
from survey.clock import school_year as year_of
from survey.database.request import engine
from survey.placement import reports, words
from survey.placement.register.asked import SORTS, Filters, as_address, day_of
from survey.placement.register.reports import Register
from survey.web.figure import send_figure
from survey.web.numbers import taken_over, whole
from survey.web.texts import chart_texts

YEAR = re.compile(r"(20\d\d)-(20\d\d)")
LONGEST_SEARCH = 80

blueprint = Blueprint("placement", __name__)


class Asked(Struct, frozen=True):
    """What an address asks of the register."""

    school_year: str
    day: date
    filters: Filters
    sort: str = SORTS[0]
    page: int = 1

    def url(self, endpoint: str = "placement.index", **other: Any) -> str:
        """An address that asks the same, but for what is told: status, sort or page."""
        filters = replace(self.filters, status=other.get("status", self.filters.status))
        sort, page = other.get("sort", self.sort), other.get("page", 1)
        address: dict[str, Any] = {**as_address(self.school_year, filters, sort, page)}
        return url_for(endpoint, **address)


@blueprint.get("/inzet")
@allow(Permission.KEEP_REGISTER)
def index() -> str:
    """The placements of a school year, filtered and in pages; where somebody is missing, first."""
    me, ask = scope(), asked()
    told: dict[str, Any] = {"school_year": ask.school_year, "day": ask.day}
    found = _register(ask)
    return render_template(
        "placement/index.html",
        ask=ask,
        found=found,
        timeline=_timeline(ask, found),
        total=reports.total(engine(), me, filters=ask.filters, **told),
        gaps=reports.gaps(engine(), me, filters=ask.filters, **told),
        choices=reports.choices(engine(), me, ask.school_year),
        years=years(ask.school_year),
        old=reports.not_continued(engine(), me, local_day(now())),
        sorts=SORTS,
        taken=taken_over(),
        words=words,
    )


@blueprint.get("/inzet/tijdlijn.json")
@allow(Permission.KEEP_REGISTER)
def figure() -> ResponseReturnValue:
    """The figure of the timeline of one page of the register."""
    ask = asked()
    return send_figure(_timeline(ask, _register(ask)).json)


@blueprint.get("/inzet/totalen")
@allow(Permission.KEEP_REGISTER)
def totals() -> str:
    """Hours by municipality, by employer and by school year."""
    me, ask = scope(), asked()
    today = local_day(now())
    by_year = [
        (year, day, reports.total(engine(), me, school_year=year, day=day, filters=ask.filters))
        for year in reports.years(engine(), me)
        for day in [day_of(year, today)]
    ]
    found = reports.totals(engine(), me, school_year=ask.school_year, day=ask.day, filters=ask.filters)
    return render_template(
        "placement/totals.html",
        ask=ask,
        found=found,
        by_year=by_year,
        years=years(ask.school_year),
        words=words,
    )


def asked() -> Asked:
    """What the address at hand asks; what makes no sense asks nothing."""
    today, told = local_day(now()), request.args
    year = told.get("jaar", "")
    found = YEAR.fullmatch(year)
    if found is None or int(found[2]) != int(found[1]) + 1:
        year = year_of(today)
    status = told.get("status", "")
    return Asked(
        year,
        day_of(year, today),
        Filters(
            status=status if status in words.STATES else "",
            municipality=told.get("gemeente", "")[:LONGEST_SEARCH],
            employer=told.get("werkgever", "")[: 2 * LONGEST_SEARCH],
            coach=told.get("coach", "")[:LONGEST_SEARCH],
            text=told.get("zoek", "").strip()[:LONGEST_SEARCH],
        ),
        told.get("volgorde", SORTS[0]) if told.get("volgorde") in SORTS else SORTS[0],
        whole(told.get("blad", "")) or 1,
    )


def years(shown: str) -> tuple[str, ...]:
    """The school years to choose from, the newest first: also the next one."""
    this = year_of(local_day(now()))
    held = {*reports.years(engine(), scope()), this, year_after(this), shown}
    return tuple(sorted(held, reverse=True))


def _register(ask: Asked) -> Register:
    return reports.register(
        engine(),
        scope(),
        school_year=ask.school_year,
        day=ask.day,
        filters=ask.filters,
        sort=ask.sort,
        page=ask.page,
    )


def _timeline(ask: Asked, found: Register) -> Any:
    states = {key: str(word) for key, word in words.STATES.items()}
    return reports.timeline(
        found.lines, school_year=ask.school_year, day=ask.day, words=states, texts=chart_texts()
    )

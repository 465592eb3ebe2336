"""A private line as it was typed: kept only when it fits, and tells nobody's name or number by accident."""

import re
from collections.abc import Iterable, Mapping
from unicodedata import category

from flask import request
from flask_babel import gettext as _
from msgspec import Struct

from survey.case.views.front import blueprint
from survey.clock import local_day, now
from survey.fingerprint import fingerprint
from survey.talk.reports import LONGEST, Kind, Warning, warnings

LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
JOINERS = "\n\u200c\u200d"  # ends a line; the others hold together signs of scripts and emoji

blueprint.add_app_template_filter(fingerprint)


class Line(Struct, frozen=True):
    """What was typed. `problem` says why it cannot be kept at all; `found` what it may give away.

    What was found stands there until someone decides to keep the line anyway, with all of it named.
    """

    text: str = ""
    problem: str = ""
    found: tuple[Warning, ...] = ()

    @property
    def may_be_kept(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.problem and not self.found

    def wrong(self, field: str) -> list[tuple[str, str]]:
        """For the summary above a form: where the line stands, and what to do about it."""
        said = self.problem or (_("Kijk uw eigen regel na.") if self.found else "")
        return [(f"#{field}", said)] if said else []

    @property
    def asks(self) -> list[str]:
        """What was found, as questions: a warning is no proof."""
        words = {
            Kind.MAIL: _("Staat hier een mailadres?"),
            Kind.PHONE: _("Staat hier een telefoonnummer?"),
            Kind.BSN: _("Staat hier een burgerservicenummer?"),
            Kind.BIRTH_DATE: _("Staat hier een geboortedatum?"),
            Kind.NAME: _("Staat hier een naam?"),
        }
        return [f"{words[one.kind]} ‘{one.quote}’" for one in self.found]

    @property
    def decision(self) -> str:
        """What "Toch bewaren" sends along: all that was found, a line each."""
        return "\n".join(one.quote for one in self.found)


def together(typed: Iterable[Line]) -> Line:
    """What was found in all lines of one form, for its one second decision."""
    return Line(found=tuple(one for line in typed for one in line.found))


def read(name: str = "line", *, kept: str | None = None) -> Line:
    """The line of this name in what was posted; for a form that misses it an empty one.

    About the words that were `kept` already nothing is asked again.
    """
    text = _plain(" ".join(request.form.getlist(name)))
    if len(text) > LONGEST:
        over = len(text) - LONGEST
        return Line(text, _("Dit is te lang. Haal ten minste %(n)s tekens weg.", n=over))
    if text == kept:
        return Line(text)
    decided = {quote for value in request.form.getlist("anyway") for quote in value.splitlines()}
    found = warnings(text, today=local_day(now()))
    return Line(text, found=() if decided.issuperset(one.quote for one in found) else found)


def shown(name: str = "line") -> str | None:
    """The fingerprint of the line of this name that stood on the page of the form; None where it has none."""
    return request.form.get(f"{name}-shown")


def changed(typed: Line, stands: str) -> Line:
    """What was typed over another line than the one that stands there now: both are to be seen."""
    said = _("Deze regel is intussen veranderd, misschien in een ander tabblad.")
    if stands:
        said += " " + _("Daar staat nu: ‘%(line)s’.", line=stands)
    else:
        said += " " + _("Daar staat nu niets.")
    return Line(typed.text, said + " " + _("Hieronder staat wat u typte. Kies wat blijft en bewaar opnieuw."))


def changed_among(typed: Mapping[str, Line], stand: Mapping[str, str]) -> dict[str, Line]:
    """The lines of one form, where those at some places are changed."""
    return {place: changed(line, stand[place]) if place in stand else line for place, line in typed.items()}


def _plain(text: str) -> str:
    """What was typed with one kind of line end, and without signs that cannot be seen."""
    lines = LINE_ENDS.sub("\n", text).replace("\t", " ")
    return "".join(sign for sign in lines if sign in JOINERS or category(sign) not in {"Cc", "Cf"}).strip()

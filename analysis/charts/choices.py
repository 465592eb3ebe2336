"""Chart for a trainer: how many coaches chose what, such as their focus; never who, and never one or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from analysis.charts.chart import Chart, Story, Table
from analysis.charts.words import joined
from analysis.tally import Tally
from analysis.texts import Texts

if TYPE_CHECKING:
    from analysis.figures import Figure


class Choices(Struct, frozen=True):
    """A tally with the name of each key in the language of the screen."""

    tally: Tally
    names: Mapping[str, str]


def compute(tally: Tally, names: Mapping[str, str]) -> Choices:
    return Choices(tally, names)


def draw(choices: Choices, texts: Texts) -> Figure:
    from analysis.figures import choice_bars

    return choice_bars(choices, texts)


def describe(choices: Choices, texts: Texts) -> Story:
    """Names what most chose, all of them when several tie."""
    _ = texts.gettext
    found = choices.tally
    if found.withheld:
        return Story(_withheld(found, texts), drawn=False)
    if not found.counts:
        return Story(_nothing(found, texts), drawn=False)
    most = found.counts[0][1]
    names = [f"‘{choices.names[key]}’" for key, n in found.counts if n == most]
    values = {"names": joined(names, texts), "n": most, "all": found.persons}
    finding = (
        _("Het vaakst gekozen: %(names)s, door minstens %(n)s van de %(all)s coaches.", **values)
        if most == found.most
        else _("Het vaakst gekozen: %(names)s, door %(n)s van de %(all)s coaches.", **values)
    )
    return Story(finding, source_line=_source(found, texts))


def _withheld(found: Tally, texts: Texts) -> str:
    if not found.seen:
        return texts.gettext(
            "Vanaf acht coaches die dit invulden tonen we de keuzes. Zo blijft niemand herkenbaar."
        )
    return texts.gettext(
        "Van %(seen)s van hen ziet of zag u de groei. De anderen zijn met te weinig om keuzes te tonen.",
        seen=found.seen,
    )


def _nothing(found: Tally, texts: Texts) -> str:
    if not found.seen:
        return texts.gettext("Geen punt is door drie of meer coaches gekozen.")
    return texts.gettext("Geen punt is door %(n)s of meer coaches gekozen.", n=found.least)


def _source(found: Tally, texts: Texts) -> str:
    """What is not in the chart, and why: more is hidden where the reader sees the growth of some."""
    _ = texts.gettext
    if not found.seen:
        return _(
            "Wat minder dan drie coaches kozen, staat onder ‘iets anders’. Wie wat koos, staat hier niet."
        )
    return _(
        "Wat minder dan %(n)s coaches kozen, staat hier niet, want van %(seen)s ziet of zag u de groei.",
        n=found.least,
        seen=found.seen,
    )


def tabulate(choices: Choices, texts: Texts) -> Table:
    _ = texts.gettext
    rows = tuple((name, number_word(choices, n, texts)) for name, n in named(choices, texts))
    return Table(_("Aantal coaches per keuze"), (_("keuze"), _("coaches")), rows)


def number_word(choices: Choices, n: int, texts: Texts) -> str:
    """A number of coaches; what nearly all chose is told as a bound."""
    return texts.gettext("minstens %(n)s", n=n) if n == choices.tally.most else str(n)


def named(choices: Choices, texts: Texts) -> list[tuple[str, int]]:
    """What was chosen with its number, and the rest as something else."""
    rows = [(choices.names[key], n) for key, n in choices.tally.counts]
    if choices.tally.other:
        rows.append((texts.gettext("iets anders"), choices.tally.other))
    return rows


CHART: Final = Chart("choices", compute, draw, describe, tabulate)

"""Chart for a trainer: the model curve of a cohort with its interval, never a line of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from analysis.charts.chart import Chart, LegendEntry, Story, Table
from analysis.charts.words import footer, joined, measure_name
from analysis.results import Estimate, Reason
from analysis.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.figures import Figure
    from analysis.growth import CohortGrowth, Event, PeriodPoint

MOST_EVENTS: Final = 3


def compute(scores: pd.DataFrame, **options: Any) -> CohortGrowth:
    from analysis.growth import cohort_growth

    return cohort_growth(scores, **options)


def draw(cohort: CohortGrowth, texts: Texts, raw: bool = False) -> Figure:
    from analysis.figures import cohort_growth

    return cohort_growth(cohort, texts, raw)


def describe(cohort: CohortGrowth, texts: Texts) -> Story:
    """Growth is claimed when its 95 % interval leaves out zero, with how often chance alone does that.

    A line says if drop-out undoes it; without a claim a line says from where on growth would be seen.
    """
    _ = texts.gettext
    if cohort.reason or cohort.growth is None:
        return _without_finding(cohort, texts)
    sentence = f"{_about(cohort, texts)}{finding(cohort.growth, cohort.months, texts)}"
    details = _details(cohort, cohort.growth, texts)
    return Story(sentence, details, _source(cohort, texts), _legend(cohort, texts))


def _without_finding(cohort: CohortGrowth, texts: Texts) -> Story:
    """Why there is no finding; after new wording the lines from before it stay in sight."""
    _ = texts.gettext
    why = _why_not(cohort.reason, texts)
    if not cohort.earlier:
        return Story(why, drawn=False)
    sentence = _("De vragen veranderden, dus er begint een nieuwe lijn. %(why)s", why=why)
    return Story(sentence, (), _source(cohort, texts), _legend(cohort, texts))


def _legend(cohort: CohortGrowth, texts: Texts) -> tuple[LegendEntry, ...]:
    _ = texts.gettext
    legend = [
        LegendEntry("s1", "circle", _("geschatte lijn, met band (95%)")),
        LegendEntry("s4", "triangle", _("gewoon gemiddelde van wie antwoordde"), optional=True),
    ]
    if cohort.events:
        legend.append(LegendEntry("soft", "flag", _("bijeenkomst van het cohort")))
    return tuple(legend)


def _details(cohort: CohortGrowth, growth: Estimate, texts: Texts) -> tuple[str, ...]:
    _ = texts.gettext
    lines = [
        _("%(persons)s coaches, %(rounds)s ingevulde rondes.", persons=cohort.persons, rounds=cohort.answers),
        _by_chance(cohort, growth, texts),
    ]
    if cohort.sensitivity[-1].growth != growth:
        lines.append(_if_lower(cohort, texts))
    if cohort.withheld:
        lines.append(_("Rondes met minder dan vijf coaches staan er niet bij. Zo blijft niemand herkenbaar."))
    if cohort.events:
        lines.append(_held(cohort.events, texts))
    return tuple(line for line in lines if line)


def _held(events: Sequence[Event], texts: Texts) -> str:
    """The meetings by name and day; of many the last ones."""
    _ = texts.gettext
    named = [f"{event.name} ({texts.day(event.day)})" for event in events[-MOST_EVENTS:]]
    if len(events) <= MOST_EVENTS:
        return _("Bijeenkomsten: %(events)s.", events=joined(named, texts))
    return _(
        "%(n)s bijeenkomsten, de laatste: %(events)s. Alle staan in de agenda.",
        n=len(events),
        events=joined(named, texts),
    )


def _by_chance(cohort: CohortGrowth, growth: Estimate, texts: Texts) -> str:
    """How often chance alone makes the claim; without a claim, what growth would be seen 8 times in 10."""
    _ = texts.gettext
    if growth.low > 0:
        return _("Ook als niemand groeit, staat dit er door toeval bij ongeveer 1 op de 40 cohorten.")
    if growth.high < 0 or cohort.smallest is None:
        return ""
    return _(
        "Met deze %(persons)s coaches zien we groei pas vanaf ongeveer %(least)s niveau.",
        persons=cohort.persons,
        least=texts.number(cohort.smallest, 1),
    )


def tabulate(cohort: CohortGrowth, texts: Texts) -> Table:
    _ = texts.gettext
    header = (
        _("maanden"),
        _("personen"),
        _("geschatte lijn"),
        _("95% tussen"),
        _("als wie stopte een half niveau lager zat"),
        _("gewoon gemiddelde"),
    )
    rows = tuple(
        (
            texts.number(point.months, 0),
            str(point.persons),
            texts.number(point.estimate, 1),
            between(point, texts),
            texts.number(shifted, 1),
            texts.number(point.raw, 1),
        )
        for line in (*cohort.earlier, cohort)
        if line.points
        for point, shifted in zip(line.points, line.sensitivity[-1].estimates, strict=True)
    )
    return Table(_("Gemiddelde van het cohort op de schaal van 1 (verken) tot 5 (geef door)"), header, rows)


def between(estimate: Estimate | PeriodPoint, texts: Texts) -> str:
    """The bounds of an interval in a cell."""
    low, high = texts.number(estimate.low, 1), texts.number(estimate.high, 1)
    return texts.gettext("%(low)s en %(high)s", low=low, high=high)


def _why_not(reason: Reason | None, texts: Texts) -> str:
    _ = texts.gettext
    if reason is Reason.FEW_COACHES:
        return _("Vanaf acht coaches met antwoorden tekenen we een lijn. Zo blijft niemand herkenbaar.")
    if reason is Reason.FEW_OTHERS:
        return _(
            "We tekenen een lijn als acht coaches antwoorden die hun groei niet met u delen. "
            "In elke ronde zijn dat er ten minste vijf. Zo blijft niemand herkenbaar."
        )
    if reason is Reason.FEW_ROUNDS:
        return _("Vanaf twee meetrondes met genoeg antwoorden tekenen we een lijn.")
    return _("Nog te weinig coaches vulden twee rondes in om iets over groei te zeggen.")


def _about(cohort: CohortGrowth, texts: Texts) -> str:
    return "" if cohort.measure == "total" else f"{measure_name(cohort.measure, texts)}. "


def finding(growth: Estimate, months: float, texts: Texts) -> str:
    """What the interval of growth allows to say."""
    _ = texts.gettext
    values = _values(growth, texts) | {"months": texts.number(months, 0)}
    if growth.low > 0:
        return _(
            "Het cohort groeide ongeveer %(growth)s niveau in %(months)s maanden; "
            "het werkelijke getal ligt waarschijnlijk tussen %(low)s en %(high)s.",
            **values,
        )
    if growth.high < 0:
        return _(
            "Het cohort schat zichzelf ongeveer %(growth)s niveau lager in dan %(months)s maanden eerder; "
            "het werkelijke getal ligt waarschijnlijk tussen %(low)s en %(high)s.",
            **values,
        )
    return _(
        "In %(months)s maanden is geen groei aangetoond; "
        "de verandering ligt waarschijnlijk tussen %(low)s en %(high)s niveau.",
        **values,
    )


def _values(growth: Estimate, texts: Texts) -> dict[str, str]:
    """Growth and bounds as text: no sign where a direction is claimed, finer where a bound rounds to zero."""
    digits = 1 if min(abs(growth.low), abs(growth.high)) >= 0.05 else 2
    bounds = (growth.low, growth.high) if growth.high >= 0 else (-growth.high, -growth.low)
    value = abs(growth.value) if growth.excludes_zero else growth.value
    low, high = (texts.number(bound, digits) for bound in bounds)
    return {"growth": texts.number(value, digits), "low": low, "high": high}


def _if_lower(cohort: CohortGrowth, texts: Texts) -> str:
    _ = texts.gettext
    worst = cohort.sensitivity[-1]
    line = _(
        "Stel: wie stopte, scoorde een half niveau lager dan verwacht. "
        "Dan ligt de verandering waarschijnlijk tussen %(low)s en %(high)s.",
        low=texts.number(worst.growth.low, 1),
        high=texts.number(worst.growth.high, 1),
    )
    lost = cohort.growth is not None and cohort.growth.low > 0 >= worst.growth.low
    return " ".join((line, _("Groei is dan niet meer aangetoond."))) if lost else line


def _source(cohort: CohortGrowth, texts: Texts) -> str:
    _ = texts.gettext
    parts = [
        _("De lijn is hoe coaches zichzelf inschatten."),
        _("Onder elk punt staat het aantal personen. De lijn telt ook mee wie eerder stopte."),
        _("De band: hier ligt het echte gemiddelde waarschijnlijk (95%)."),
        _("Stippellijn: zo laag kan het zijn als wie stopte een half niveau lager zat."),
    ]
    if cohort.earlier:
        parts.append(_("Waar de vragen veranderden, begint een nieuwe lijn. De zin gaat over de nieuwste."))
    if cohort.asked:
        parts.append(footer(cohort.asked, texts))
    return " ".join(parts)


CHART: Final = Chart("cohort_growth", compute, draw, describe, tabulate)

"""Chart for a trainer: how many coaches stand where on each block in one round, merged where few do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from analysis.charts.chart import Chart, Story, Table
from analysis.charts.words import joined, level_words, measure_name, measure_word
from analysis.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

    from analysis.distribution import Band, Distribution
    from analysis.figures import Figure


def compute(scores: pd.DataFrame, **options: Any) -> Distribution:
    from analysis.distribution import distribution

    return distribution(scores, **options)


def draw(found: Distribution, texts: Texts) -> Figure:
    from analysis.figures import distribution_bars

    return distribution_bars(found, texts)


def describe(found: Distribution, texts: Texts) -> Story:
    """Names the largest band of each block; or why nothing is shown."""
    _ = texts.gettext
    if not any(found.bands.values()):
        return Story(_why_not(found, texts), drawn=False)
    most = [_largest(block, bands, texts) for block, bands in found.bands.items() if bands]
    hidden = [measure_word(block, texts) for block, bands in found.bands.items() if not bands]
    details = []
    if hidden:
        details.append(
            _(
                "Bij %(blocks)s tonen we niets: daar zou een groep kleiner dan vijf zijn.",
                blocks=joined(hidden, texts),
            )
        )
    return Story(
        _("De grootste groep: %(groups)s.", groups=joined(most, texts)),
        tuple(details),
        _(
            "Aantal coaches per niveau, naar hun gemiddelde op elk blok. Elke groep telt minstens vijf "
            "coaches; kleinere voegen we samen. Zo blijft niemand herkenbaar."
        ),
    )


def tabulate(found: Distribution, texts: Texts) -> Table:
    _ = texts.gettext
    rows = tuple(
        (measure_name(block, texts), band_word(band, texts), str(band.persons), str(found.persons[block]))
        for block, bands in found.bands.items()
        for band in bands
    )
    header = (_("blok"), _("niveau"), _("coaches"), _("van de"))
    return Table(_("Aantal coaches per niveau en blok"), header, rows)


def band_word(band: Band, texts: Texts) -> str:
    """The levels of a band: one, two, or from the first to the last."""
    _ = texts.gettext
    words = level_words(texts)
    first, last = words[band.first - 1], words[band.last - 1]
    if band.first == band.last:
        return first
    if band.last - band.first == 1:
        return _("%(first)s of %(last)s", first=first, last=last)
    return _("%(first)s tot en met %(last)s", first=first, last=last)


def _largest(block: str, bands: tuple[Band, ...], texts: Texts) -> str:
    largest = max(bands, key=lambda band: band.persons)
    return texts.gettext(
        "bij %(block)s ‘%(level)s’ (%(n)s van de %(all)s)",
        block=measure_word(block, texts),
        level=band_word(largest, texts),
        n=largest.persons,
        all=sum(band.persons for band in bands),
    )


def _why_not(found: Distribution, texts: Texts) -> str:
    from analysis.distribution import PERSONS_FOR_A_DISTRIBUTION

    _ = texts.gettext
    if max(found.persons.values()) < PERSONS_FOR_A_DISTRIBUTION:
        return _("Vanaf tien coaches die dit invulden tonen we een verdeling. Zo blijft niemand herkenbaar.")
    return _("In elke verdeling bleef een groep kleiner dan vijf. Zo blijft niemand herkenbaar.")


CHART: Final = Chart("distribution", compute, draw, describe, tabulate)

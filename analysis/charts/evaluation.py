"""Chart of a release: how many of each group agree with each statement, with what is uncertain about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from analysis.charts.chart import Chart, LegendEntry, Story, Table
from analysis.charts.words import joined
from analysis.shares import HIGHEST, LOWEST
from analysis.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.figures import Figure
    from analysis.outcome import Group, Outcome, Statement
    from analysis.shares import Count

TOGETHER: Final = {False: "line", True: "s4"}
"""The colours of who does not and who does agree where their answers are not told apart."""


def compute(groups: Sequence[Group], **options: Any) -> Outcome:
    from analysis.outcome import outcome

    return outcome(groups, **options)


def draw(found: Outcome, texts: Texts) -> Figure:
    from analysis.figures import evaluation_bars

    return evaluation_bars(found, texts)


def describe(found: Outcome, texts: Texts) -> Story:
    """With how many statements more than half agrees; what cannot be told is said, and why."""
    _ = texts.gettext
    if not found.told:
        return Story(_why_not(found, texts), drawn=False)
    first = found.groups[0]
    details = [
        _(
            "%(replied)s van de %(invited)s uitgenodigde %(people)s antwoordden.",
            replied=persons(first.replied, texts),
            invited=persons(first.invited, texts),
            people=found.people,
        )
    ]
    if found.rarely_agreed:
        details.append(
            _(
                "Waarschijnlijk zegt minder dan de helft dat bij %(statements)s.",
                statements=joined([quoted(one.words, texts) for one in found.rarely_agreed], texts),
            )
        )
    if found.withheld:
        details.append(
            _(
                "Over %(statements)s kunnen we niets zeggen: te weinig mensen gaven daar een oordeel.",
                statements=joined([quoted(one.words, texts) for one in found.withheld], texts),
            )
        )
    return Story(_finding(found, texts), tuple(details), _source(found, texts), _legend(found, texts))


def tabulate(found: Outcome, texts: Texts) -> Table:
    _ = texts.gettext
    several = len(found.groups) > 1
    spread = any(one.bands for one in _every(found))
    header = (
        _("zin"),
        *((_("groep"),) if several else ()),
        _("zegt %(words)s", words=agreeing(found, texts)),
        _("waarschijnlijk tussen"),
        _("met wie niet antwoordde tussen"),
        _("mensen met een oordeel"),
        *((_("alle antwoorden"),) if spread else ()),
    )
    rows = tuple(
        (
            one.words,
            *((group.name,) if several else ()),
            *_cells(one, texts),
            *((_spread(found, one, texts),) if spread else ()),
        )
        for number in range(len(found.told) + len(found.withheld))
        for group in found.groups
        for one in (group.statements[number],)
    )
    return Table(
        _("Aandeel per zin en groep, in stappen van vijf procent"), header, rows if found.told else ()
    )


def persons(count: Count, texts: Texts) -> str:
    """A number of persons as it is told."""
    if count.exact:
        return str(count.least)
    return texts.gettext("%(least)s tot %(most)s", least=count.least, most=count.most)


def percent(share: int, texts: Texts) -> str:
    """A share as it is told: never all, never none."""
    _ = texts.gettext
    if share >= HIGHEST:
        return _("%(share)s of meer", share=f"{HIGHEST}%")
    if share <= LOWEST:
        return _("%(share)s of minder", share=f"{LOWEST}%")
    return f"{share}%"


def between(bounds: tuple[int, int], texts: Texts) -> str:
    """Two bounds in percent."""
    return texts.gettext("%(low)s tot %(high)s", low=bounds[0], high=f"{bounds[1]}%")


def agreeing(found: Outcome, texts: Texts) -> str:
    """The answers that count as agreeing, as one says them."""
    words = [quoted(word, texts) for word in found.answers[found.agree :]]
    return texts.gettext("%(first)s of %(last)s", first=", ".join(words[:-1]), last=words[-1])


def quoted(words: str, texts: Texts) -> str:
    """Words of a form inside a sentence."""
    return texts.gettext("‘%(words)s’", words=words.rstrip("."))


def _cells(one: Statement, texts: Texts) -> tuple[str, str, str, str]:
    if one.told is None or one.persons is None:
        return (texts.gettext("te weinig mensen"), "–", "–", "–")
    return (
        percent(one.told.percent, texts),
        between(one.told.chance, texts),
        between(one.told.non_response, texts),
        persons(one.persons, texts),
    )


def _spread(found: Outcome, one: Statement, texts: Texts) -> str:
    parts = []
    for band in one.bands:
        words = found.answers[band.first]
        if band.first < band.last:
            words = texts.gettext("%(first)s tot en met %(last)s", first=words, last=found.answers[band.last])
        parts.append(f"{words} {texts.number(band.percent, 0)}%")
    return "; ".join(parts) or "–"


def _finding(found: Outcome, texts: Texts) -> str:
    _ = texts.gettext
    replied = found.groups[0].replied
    if not (found.mostly_agreed or found.rarely_agreed or replied.exact):
        return _(
            "Er antwoordden %(n)s mensen: te weinig om van een zin zeker te zijn.", n=persons(replied, texts)
        )
    values = {"n": found.mostly_agreed, "all": len(found.told), "words": agreeing(found, texts)}
    if not found.mostly_agreed:
        return _("Bij geen enkele zin is zeker dat meer dan de helft %(words)s zegt.", **values)
    if found.mostly_agreed == len(found.told):
        return _("Bij alle %(all)s zinnen zegt waarschijnlijk meer dan de helft %(words)s.", **values)
    return _("Bij %(n)s van de %(all)s zinnen zegt waarschijnlijk meer dan de helft %(words)s.", **values)


def _why_not(found: Outcome, texts: Texts) -> str:
    _ = texts.gettext
    if not found.groups:
        return _("Te weinig mensen antwoordden. Daarom kunnen we niets zeggen. Zo blijft niemand herkenbaar.")
    return _("Bij elke zin gaven te weinig mensen een oordeel. Daarom kunnen we niets zeggen.")


def _every(found: Outcome) -> list[Statement]:
    return [one for group in found.groups for one in group.statements]


def _source(found: Outcome, texts: Texts) -> str:
    _ = texts.gettext
    merged: tuple[str, ...] = ()
    if any(band.first < band.last for one in _every(found) for band in one.bands):
        merged = (_("Antwoorden die weinig mensen gaven, staan samen met het antwoord ernaast."),)
    return " ".join(
        (
            _("De balk is wie antwoordde. Aandelen staan in stappen van vijf procent."),
            *merged,
            _("De dikke streep: hier ligt het echte aandeel waarschijnlijk (95%)."),
            _("De dunne streep: wat het kan zijn als ook wie niet antwoordde iets had gezegd."),
            _("Mensen op één school denken vaak hetzelfde: dan is het nog minder zeker."),
            _("Versie %(version)s.", version=found.version),
        )
    )


def _legend(found: Outcome, texts: Texts) -> tuple[LegendEntry, ...]:
    _ = texts.gettext
    drawn = [(one, part) for one in _every(found) for part in found.parts(one)]
    entries = []
    if any(part in one.bands for one, part in drawn):
        entries = [LegendEntry(f"l{at}", "bar", word) for at, word in enumerate(found.answers, start=1)]
    if any(part not in one.bands for one, part in drawn):
        entries += [
            LegendEntry(TOGETHER[False], "bar", _("een ander antwoord")),
            LegendEntry(TOGETHER[True], "bar", agreeing(found, texts)),
        ]
    return (
        *entries,
        LegendEntry("s1", "circle", _("waarschijnlijk tussen")),
        LegendEntry("s3", "diamond", _("met wie niet antwoordde tussen")),
    )


CHART: Final = Chart("evaluation", compute, draw, describe, tabulate)

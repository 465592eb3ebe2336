"""Words that a figure shares with its legend and table: measures, levels and states of participation."""

from collections.abc import Sequence

from analysis.results import Asked
from analysis.texts import Texts


def measure_word(measure: str, texts: Texts) -> str:
    """A measure inside a sentence."""
    _ = texts.gettext
    return {
        "attitude": _("houding"),
        "skills": _("vaardigheden"),
        "knowledge": _("kennis"),
        "total": _("alles samen"),
    }[measure]


def measure_name(measure: str, texts: Texts) -> str:
    """A measure at the start of a line."""
    _ = texts.gettext
    return {
        "attitude": _("Houding"),
        "skills": _("Vaardigheden"),
        "knowledge": _("Kennis"),
        "total": _("Alles samen"),
    }[measure]


def level_words(texts: Texts) -> tuple[str, ...]:
    """The five levels, short, as they stand on the axis."""
    _ = texts.gettext
    return _("verken"), _("oefen"), _("doe zelf"), _("ook lastig"), _("geef door")


def code_word(code: str, texts: Texts) -> str:
    """An answer that is no level, short."""
    _ = texts.gettext
    return {"NOT_IN_ASSIGNMENT": _("niet in opdracht"), "NOT_MET_YET": _("nog niet meegemaakt")}[code]


def participation_words(texts: Texts) -> tuple[str, str, str]:
    """The three states of a coach in a round; each coach due is in one of them."""
    _ = texts.gettext
    return _("ingeleverd"), _("begonnen, nog niet ingeleverd"), _("nog niet begonnen")


def joined(words: Sequence[str], texts: Texts) -> str:
    """Words as a list in a sentence: a, b en c."""
    _ = texts.gettext
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s en %(last)s", first=", ".join(words[:-1]), last=words[-1])


def footer(asked: Asked, texts: Texts) -> str:
    """Which versions were asked, and how many of the questions kept their wording."""
    _ = texts.gettext
    versions = joined(asked.versions, texts)
    if asked.same == asked.number:
        return _(
            "Versie %(versions)s: de tekst van alle %(number)s vragen bleef gelijk.",
            versions=versions,
            number=asked.number,
        )
    return _(
        "Versie %(versions)s: bij %(same)s van de %(number)s vragen bleef de tekst gelijk.",
        versions=versions,
        same=asked.same,
        number=asked.number,
    )

"""How an advice reads on a screen: choices, sections, flags and what is wrong with words."""

from collections.abc import Mapping

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from survey.advice.actions import WrongWords
from survey.advice.reading import Hint

CHOICES: Mapping[str, LazyString] = {
    "continue": _("Zo doorgaan"),
    "more_hours": _("Meer uren"),
    "fewer_hours": _("Minder uren"),
    "other_role": _("Een andere rol: opnieuw bespreken wat de coach doet"),
    "analysis": _("Eerst met partners naar de vragen kijken"),
}
SECTIONS: Mapping[str, LazyString] = {
    "placement": _("De inzet"),
    "hours": _("De uren"),
    "yields": _("Wat school en partners wilden zien"),
    "evaluation": _("Wat mensen zeggen"),
    "limits": _("Wat we niet weten"),
    "proposal": _("Het voorstel"),
}
STATES: Mapping[str, LazyString] = {
    "none": _("nog geen advies"),
    "draft": _("concept"),
    "signed": _("ondertekend"),
}


def wrong_words(wrong: WrongWords, longest: int) -> str:
    """What is wrong with words that cannot stand in an advice, and what to do."""
    if wrong.reason == "empty":
        return str(gettext("Dit is nog leeg. Schrijf een of twee zinnen."))
    if wrong.reason == "long":
        return str(gettext("Maak dit korter: hooguit %(n)s tekens.", n=longest))
    found = ", ".join(f"‘{one}’" for one in wrong.found)
    return str(
        gettext(
            "Haal dit eruit: %(words)s. Een advies zegt niet waardoor iets kwam en vergelijkt geen mensen.",
            words=found,
        )
    )


def hint(one: Hint) -> str:
    """How a sentence can be plainer."""
    if one.kind == "long":
        return str(
            gettext("Lange zin: %(n)s woorden. Probeer %(most)s of minder.", n=one.found, most=one.instead)
        )
    if one.kind == "word":
        return str(gettext("In plaats van ‘%(word)s’: %(instead)s.", word=one.found, instead=one.instead))
    return str(gettext("Dit leest lastig. Kies kortere woorden of zinnen."))

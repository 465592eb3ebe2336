"""How start agreements read on a screen and on paper: states, functions, parts and words of looking back."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from survey.current import catalog
from survey.questionnaire.catalog import UnknownChoice
from survey.questionnaire.profile import Profile
from survey.start_agreement.agreement import CATEGORIES, PARTNERS, Agreement
from survey.web.language import screen_language

STATES: Mapping[str, LazyString] = {
    "draft": _("concept"),
    "asked": _("wacht op handtekeningen"),
    "signed": _("getekend"),
    "replaced": _("vervangen"),
}
PARTS: Mapping[str, LazyString] = {
    "gesprek": _("Het gesprek"),
    "opbrengsten": _("Wat het moet opleveren"),
    "taken": _("Wat de coach doet"),
    "afspraken": _("Kennismaken en afspraken"),
}
LACKS: Mapping[str, LazyString] = {
    "gesprek": _("Vul in wie erbij waren en op welke dag."),
    "opbrengsten": _("Kies ten minste één opbrengst."),
    "taken": _("Kies ten minste één rol of taak."),
    "afspraken": _("Kies een dag om terug te kijken."),
}
ASKS: Mapping[str, LazyString] = {
    "school_asks": _("Wat vraagt de school?"),
    "parents_ask": _("Wat vragen ouders?"),
}
REVIEWS: Mapping[str, LazyString] = {
    "seen": _("al te zien"),
    "partly": _("deels te zien"),
    "not_yet": _("nog niet te zien"),
}
MOMENTS: Mapping[str, LazyString] = {"halfway": _("Halverwege"), "end": _("Aan het eind")}


def partner(key: str) -> str:
    """A function in words, such as intern begeleider."""
    return label(PARTNERS, key)


def category(key: str) -> str:
    """What kind of yield it is, in words."""
    return label(CATEGORIES, key)


def label(listed: str, key: str) -> str:
    """The words of an entry of a list; the key of one that the list does not know any more."""
    try:
        return catalog().choice(listed, key).label[screen_language()]
    except UnknownChoice:
        return key


def profile_of(agreement: Agreement) -> Profile:
    """The profile whose roles and tasks were weighed, as it was then."""
    return catalog().profile(agreement.profile, agreement.profile_version)

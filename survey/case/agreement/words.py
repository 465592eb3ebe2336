"""The agreement in words: who agreed, what each said, and exactly why a pupil cannot be asked yet."""

from collections.abc import Sequence

from flask_babel import gettext as _

from survey.case.agreement.rules import FROM_12, NO, NOT_APPLICABLE, YES, Given
from survey.case.reports import Agreement
from survey.web.language import full_date

FIRST, SECOND, PUPIL, BOTH = "first_parent", "second_parent", "pupil", "both"


def agreed_by(given: Given) -> str:
    """Who agreed, of answers that allow asking the pupil."""
    if given.age_band == FROM_12:
        words = (
            _("De ouder met gezag en de leerling zijn akkoord."),
            _("De ouders en de leerling zijn akkoord."),
        )
    else:
        words = _("De ouder met gezag is akkoord."), _("Beide ouders zijn akkoord.")
    return str(words[given.second_parent != NOT_APPLICABLE])


def why_locked(noted: Agreement | None) -> str:
    """What is missing, or who said no; empty when the pupil may be asked."""
    if noted is None:
        return str(_("De ouders zijn nog niet gevraagd."))
    if noted.ended_at is not None:
        return how_ended(noted)
    return " ".join(_who_refused(noted.given) or _who_is_missing(noted.given))


def how_ended(noted: Agreement) -> str:
    """Why what was noted no longer counts; empty while it does."""
    if noted.ended_at is None:
        return ""
    words = {
        "withdrawn": _("Het akkoord is ingetrokken op %(day)s.", day=full_date(noted.ended_at)),
        "noted_again": _("Daarna opnieuw genoteerd."),
        "handed_over": _("Vraag de ouders opnieuw: er is een nieuwe coach."),
        "to_confirm": _("Dit akkoord is van eerder. Vraag na wie akkoord gaf en noteer het opnieuw."),
    }
    return str(words[noted.ended_because or "noted_again"])


def answers(given: Given) -> str:
    """What each of them said, on one line."""
    said = {
        YES: _("akkoord"),
        NO: _("niet akkoord"),
        NOT_APPLICABLE: _("niet van toepassing"),
        None: _("nog niet gevraagd"),
    }
    parts = [(_("ouder"), given.first_parent), (_("andere ouder"), given.second_parent)]
    parts += [(_("leerling"), given.pupil)] if given.age_band == FROM_12 else []
    return " · ".join(f"{who}: {said[answer]}" for who, answer in parts)


def _who_refused(given: Given) -> list[str]:
    alone = given.second_parent == NOT_APPLICABLE
    words = {
        BOTH: _("De ouders vinden het niet goed."),
        FIRST: _("De ouder vindt het niet goed.") if alone else _("Een ouder vindt het niet goed."),
        SECOND: _("De andere ouder vindt het niet goed."),
        PUPIL: _("De leerling wil het zelf niet."),
    }
    return [str(words[who]) for who in _together(given.refused)]


def _who_is_missing(given: Given) -> list[str]:
    alone = given.second_parent == NOT_APPLICABLE
    words = {
        BOTH: _("De ouders zijn nog niet gevraagd."),
        FIRST: _("De ouder is nog niet gevraagd.") if alone else _("De ene ouder is nog niet gevraagd."),
        SECOND: _("De andere ouder is nog niet gevraagd."),
        PUPIL: _("De leerling zelf is nog niet gevraagd."),
    }
    return [str(words[who]) for who in _together(given.missing)]


def _together(who: Sequence[str]) -> list[str]:
    """Both parents as one, where both are named."""
    if {FIRST, SECOND} <= set(who):
        return [BOTH, *(one for one in who if one == PUPIL)]
    return list(who)

"""The agreement in words: who agreed, what each said, and exactly why a pupil cannot be asked yet."""

from collections.abc import Sequence

from flask_babel import gettext as _

from survey.case.agreement import FROM_12, NO, NOT_APPLICABLE, YES, Given
from survey.case.reports import Agreement
from survey.web.language import full_date

FIRST, SECOND, PUPIL = "first_parent", "second_parent", "pupil"


def agreed_by(given: Given) -> str:
    """Who agreed, of answers that allow asking the pupil."""
    if given.age_band == FROM_12:
        words = _("De ouder en de leerling zijn akkoord."), _("De ouders en de leerling zijn akkoord.")
    else:
        words = _("De ouder met gezag is akkoord."), _("Beide ouders zijn akkoord.")
    return str(words[given.second_parent != NOT_APPLICABLE])


def why_locked(noted: Agreement | None) -> str:
    """What is missing, or who said no; empty when the pupil may be asked."""
    if noted is None:
        return str(_("De ouders zijn nog niet gevraagd."))
    if noted.ended_at is not None:
        return how_ended(noted)
    if noted.given.refused:
        return _who_refused(noted.given.refused)
    return " ".join(_who_is_missing(noted.given.missing))


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


def _who_refused(who: Sequence[str]) -> str:
    words = {
        FIRST: _("Een ouder vindt het niet goed."),
        SECOND: _("De andere ouder vindt het niet goed."),
        PUPIL: _("De leerling wil het zelf niet."),
    }
    both = {FIRST, SECOND} <= set(who)
    return str(_("De ouders vinden het niet goed.") if both else words[who[0]])


def _who_is_missing(who: Sequence[str]) -> list[str]:
    words = {
        FIRST: _("De ene ouder is nog niet gevraagd."),
        SECOND: _("De andere ouder is nog niet gevraagd."),
        PUPIL: _("De leerling zelf is nog niet gevraagd."),
    }
    if {FIRST, SECOND} <= set(who):
        return [_("De ouders zijn nog niet gevraagd."), *(words[one] for one in who if one == PUPIL)]
    return [words[one] for one in who]

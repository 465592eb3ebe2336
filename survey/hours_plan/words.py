"""How plans read on a screen: hours, roles, and why something was refused."""

from collections.abc import Mapping

from flask_babel import gettext as _

from survey.current import catalog
from survey.hours_plan.actions import Short, Taken, TooFew, TooMuch
from survey.hours_plan.dividing import QUARTERS
from survey.hours_plan.reports import Plan
from survey.placement import actions
from survey.placement import reports as placements
from survey.placement.reports import wish as wish
from survey.web import language
from survey.web.language import about as about
from survey.web.language import screen_language


def hours(quarters: int) -> str:
    """Quarters of an hour as hours: 3,0 or 3,25."""
    return language.hours(quarters / QUARTERS)


def difference(quarters: int) -> str:
    """A difference as hours with its sign: +0,5, −1,0 or 0."""
    if not quarters:
        return "0"
    return ("+" if quarters > 0 else "−") + hours(abs(quarters))


def roles() -> Mapping[str, str]:
    """The roles of every profile by key, in the order of the profiles."""
    lang = screen_language()
    return {role.key: role.label[lang] for profile in catalog().profiles for role in profile.roles}


def refused(refusal: Exception, plan: Plan | None = None) -> str:
    """Why a change of a plan was refused, with the numbers."""
    if isinstance(refusal, Short):
        over, budget = hours(refusal.over), hours(plan.budget) if plan else ""
        if plan and refusal.free:
            return str(
                _(
                    "Dit past niet: er is nog %(free)s uur te verdelen van de %(budget)s. "
                    "Dit is %(over)s uur te veel.",
                    free=hours(refusal.free),
                    budget=budget,
                    over=over,
                )
            )
        return str(_("Dit past niet in het budget: het is %(over)s uur te veel.", over=over))
    if isinstance(refusal, TooMuch):
        return str(
            _(
                "Samen wordt dit %(total)s uur per week voor één coach. Meer dan 40 uur kan niet.",
                total=hours(refusal.total),
            )
        )
    if isinstance(refusal, TooFew):
        return str(_("Er kan tussen 0,25 en %(held)s uur weg.", held=hours(refusal.held)))
    if isinstance(refusal, Taken):
        return str(_("Deze coach staat hier al in het plan. Kies een andere plek, of wijzig die regel."))
    raise refusal


def clash(refusal: Exception) -> str:
    """Why a step of adopting a plan cannot be done."""
    if isinstance(refusal, (actions.TooManyHours, actions.Overlaps)):
        return placements.refused(refusal)
    if isinstance(refusal, actions.NoCoach):
        return str(_("Deze persoon coacht niet, of is vertrokken. Kies in het plan iemand anders."))
    return str(_("Deze plek kan zo niet doorgaan. Kijk bij Inzet wat er staat."))

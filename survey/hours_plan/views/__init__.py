"""The pages of plans; each module adds its own to the one blueprint."""

from survey.hours_plan.views import adopting, lines, plans
from survey.hours_plan.views.front import blueprint as blueprint

__all__ = ["adopting", "blueprint", "lines", "plans"]

"""The coach's pages of cases, one module per thing a coach does; together they are one blueprint."""

from survey.case.views import agreement, cases, checks
from survey.case.views.front import blueprint

__all__ = ["agreement", "blueprint", "cases", "checks"]

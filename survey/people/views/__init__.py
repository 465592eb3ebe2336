"""The pages about people, one module per subject; together they are one blueprint."""

from survey.people.views import cohorts, importing, one, places
from survey.people.views.everyone import blueprint

__all__ = ["blueprint", "cohorts", "importing", "one", "places"]

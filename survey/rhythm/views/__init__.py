"""The pages where the lead plans a school year of a cohort, and changes what did not open yet."""

from survey.rhythm.views import changes, plans
from survey.rhythm.views.front import blueprint

__all__ = ["blueprint", "changes", "plans"]

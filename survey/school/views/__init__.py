"""Schools: the list, one school, and a whole list at once."""

from survey.school.views import editing, importing
from survey.school.views.front import blueprint

__all__ = ["blueprint", "editing", "importing"]

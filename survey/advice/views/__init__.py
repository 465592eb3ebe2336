"""The pages of advices: the list, one document, its text and choice, and the page of a coach."""

from survey.advice.views import choosing, document, editing, own
from survey.advice.views.front import blueprint

__all__ = ["blueprint", "choosing", "document", "editing", "own"]

"""The pages of the evaluation: those of the lead, of coaches, and of whoever holds a link."""

from survey.evaluation.views import answering, inviting, named, outcome, releasing, said_done, windows
from survey.evaluation.views.front import blueprint

__all__ = ["answering", "blueprint", "inviting", "named", "outcome", "releasing", "said_done", "windows"]

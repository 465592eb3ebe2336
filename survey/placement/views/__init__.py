"""The pages of placements: the register, one placement, files in and out, and those of a coach."""

from survey.placement.views import editing, files, one, own
from survey.placement.views.front import blueprint

__all__ = ["blueprint", "editing", "files", "one", "own"]

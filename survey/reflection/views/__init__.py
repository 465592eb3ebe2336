"""The pages of a coach about own reflections, one module per subject; together they are one blueprint."""

from survey.reflection.views import closing, emphasis, growth, lookback, micro, result, rounds, sharing
from survey.reflection.views.front import blueprint

__all__ = ["blueprint", "closing", "emphasis", "growth", "lookback", "micro", "result", "rounds", "sharing"]

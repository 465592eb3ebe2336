"""The pages of a coach about own reflections, one module per subject; together they are one blueprint."""

from survey.reflection.views import emphasis, growth, lookback, micro, sharing
from survey.reflection.views.rounds import blueprint

__all__ = ["blueprint", "emphasis", "growth", "lookback", "micro", "sharing"]

"""The coach's pages of cases, one module per thing a coach does; together they are one blueprint."""

from survey.case.views import (
    agreement,
    answers,
    asking,
    cards,
    cases,
    checks,
    closing,
    coaching,
    handover,
    hints,
    series,
    talks,
)
from survey.case.views.front import blueprint

__all__ = [
    "agreement",
    "answers",
    "asking",
    "blueprint",
    "cards",
    "cases",
    "checks",
    "closing",
    "coaching",
    "handover",
    "hints",
    "series",
    "talks",
]

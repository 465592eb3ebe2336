"""Days, hours and lists as the document writes them: in Dutch, whatever the language of the screen. Pure."""

from collections.abc import Sequence
from datetime import date

from survey.clock import years as years

MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
)


def day(value: date) -> str:
    """1 oktober 2025"""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def hours(value: float) -> str:
    """Agreed hours: 3,0 or 3,25"""
    return f"{value:.2f}".removesuffix("0").replace(".", ",")


def about(value: float) -> str:
    """Hours that come out of a sum, to one decimal: 3,2"""
    return f"{value:.1f}".replace(".", ",")


def listed(words: Sequence[str]) -> str:
    """contact met ouders, eerder hulp en sfeer in de groep"""
    lowered = [one[:1].lower() + one[1:] for one in words]
    return " en ".join([", ".join(lowered[:-1]), lowered[-1]] if len(lowered) > 1 else lowered)

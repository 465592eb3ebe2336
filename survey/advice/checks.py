"""What an advice refuses: words that cannot stand in it, a choice that misses something, and why."""

from datetime import date

from msgspec import Struct

from survey.advice.reading import refused_in
from survey.advice.sentences import CHOICES

LONGEST, LONGEST_REASON = 600, 500
WITH_HOURS = frozenset({"continue", "more_hours", "fewer_hours"})


class Frozen(Exception):
    """The advice is signed: nothing of it changes any more."""


class Changed(Exception):
    """Somebody changed this meanwhile; nothing was stored."""


class NoSuchLine(LookupError):
    """The advice has no such sentence, or it cannot be changed in that way."""


class WrongWords(ValueError):
    """These words cannot stand in an advice: none, too many, or with words for cause or rank (`found`)."""

    def __init__(self, reason: str, found: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason, self.found = reason, found


class Unfinished(Exception):
    """It cannot be signed yet: no choice, or sentences that do not say what is known now."""


class Chosen(Struct, frozen=True):
    """A choice as a person makes it, with what belongs to it."""

    choice: str
    reason: str
    hours: float | None = None
    before: date | None = None
    partners: tuple[str, ...] = ()
    find_coach: bool = False


def refuse_words(words: str, longest: int = LONGEST) -> None:
    """Raises WrongWords where these cannot stand in an advice."""
    if not words.strip():
        raise WrongWords("empty")
    if len(words) > longest:
        raise WrongWords("long")
    if found := refused_in(words):
        raise WrongWords("cause", found)


def refuse_choice(chosen: Chosen) -> None:
    """Raises ValueError, with the field, where something of a choice is missing."""
    if chosen.choice not in CHOICES:
        raise ValueError("choice")
    if chosen.choice in WITH_HOURS and chosen.hours is None:
        raise ValueError("hours")
    if chosen.choice == "other_role" and chosen.before is None:
        raise ValueError("before")
    if chosen.choice == "analysis" and not chosen.partners:
        raise ValueError("partners")

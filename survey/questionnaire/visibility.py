"""Who may read one answer of a form, and the words by which the form says so: one rule for both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from survey.questionnaire.vocabulary import Visibility


class Reader(StrEnum):
    """Somebody who could read an answer; the coach is the one of the case, or of the form."""

    SELF = "self"
    COACH = "coach"
    TRAINER = "trainer"
    LEAD = "lead"
    SCHOOL = "school"
    PARENTS = "parents"


READERS: Mapping[Visibility, frozenset[Reader]] = MappingProxyType(
    {
        Visibility.OWN: frozenset({Reader.SELF}),
        Visibility.TOGETHER: frozenset({Reader.COACH}),
        Visibility.NAMED: frozenset({Reader.COACH, Reader.LEAD}),
        Visibility.ANONYMOUS: frozenset(),
    }
)
CLAUSES: Mapping[Visibility, str] = MappingProxyType(
    {
        Visibility.OWN: "Alleen u ziet",
        Visibility.TOGETHER: "Alleen de coach ziet",
        Visibility.NAMED: "Alleen uw coach en de leider van het programma lezen",
        Visibility.ANONYMOUS: "Niemand ziet",
    }
)
NAMES = {
    Reader.COACH: r"coach",
    Reader.TRAINER: r"trainers?",
    Reader.LEAD: r"(programma)?leiders?",
    Reader.SCHOOL: r"school|team|directeur|begeleider|leerkracht(en)?|juf|meester|collega(’s|'s)?",
    Reader.PARENTS: r"ouders?|vader|moeder|thuis",
}


def named_in(sentence: str) -> frozenset[Reader]:
    """The readers whom a Dutch sentence names, apart from the one it speaks to."""
    found = {who for who, name in NAMES.items() if re.search(rf"\b({name})\b", sentence, re.IGNORECASE)}
    return frozenset(found)


def broken_promise(visibility: Visibility, sentence: str) -> str | None:
    """What is wrong with the sentence that says who sees an answer, or None.

    Of anonymous answers the sentence also says how many people make a group, so there it may name them.
    """
    if CLAUSES[visibility] not in sentence:
        return f"it does not say “{CLAUSES[visibility]}”"
    others = named_in(sentence) - READERS[visibility]
    if others and visibility is not Visibility.ANONYMOUS:
        return f"it names readers who see nothing: {', '.join(sorted(others))}"
    return None

"""How plain the words of an advice are: what may not stand in it, and hints to make it easier to read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from survey.questionnaire import readability
from survey.questionnaire.plain_words import PlainWords, forbidden_names_in, load_plain_words


class Hint(NamedTuple):
    """What could be plainer: a long sentence, a hard text or a word with a plainer one."""

    kind: str
    found: str
    instead: str = ""


@lru_cache(maxsize=1)
def _plain() -> PlainWords:
    return load_plain_words()


def refused_in(words: str) -> tuple[str, ...]:
    """What may stand in no advice: words for cause or rank, and names of protected instruments."""
    told = " ".join(words.split())
    causal = [
        one.word
        for one in _plain().banned_in_advice
        if re.search(rf"(?<!\w){re.escape(one.word)}", told, re.IGNORECASE)
    ]
    return (*causal, *forbidden_names_in(told))


def hints(words: str) -> tuple[Hint, ...]:
    """What could be plainer in a text for staff; nothing for one that is plain enough."""
    limits, found = _plain().limits, list[Hint]()
    longest = readability.longest_sentence(words)
    if longest > limits.staff_sentence_words_max:
        found.append(Hint("long", str(longest), str(limits.staff_sentence_words_max)))
    for one in _plain().banned_for("staff"):
        if one.pattern.search(words):
            found.append(Hint("word", one.word, one.instead))
    if len(readability.words(words)) >= readability.SHORTEST_TEXT and _is_hard(words):
        found.append(Hint("hard", ""))
    return tuple(found)


def _is_hard(words: str) -> bool:
    """Both formulas say so: of a few words, with a name of a school in them, either alone means little."""
    limits = _plain().limits
    return (
        readability.flesch_douma(words) < limits.flesch_douma_min and readability.lix(words) > limits.lix_max
    )

"""How hard a Dutch text is to read: Flesch–Douma, LIX and sentence length; pure functions of the text."""

from __future__ import annotations

import re

from survey.questionnaire.frozen import PLACEHOLDER

# The formulas are made for running text: in a label of two words one long word adds 50 to its LIX.
SHORTEST_TEXT = 5

SENTENCE_END = re.compile(r"(?<=[.!?…])[’”\"')]*\s+")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
VOWEL_SOUND = re.compile(
    r"[ëïöüáéíóúàèêâî]"  # a mark starts a new syllable: ide-eën, ge-ïnteresseerd
    r"|aai|ooi|oei|eeu|ieu|aa|ee|ie|oe|oo|uu|ui|ij|ei|eu|au|ou|[aeiouy]"
)
SPOKEN_AS = {"coach": "kootsj", "team": "tiem"}
LONG_WORD = 7


def words(text: str) -> list[str]:
    """The words of a text; a number is a word, and so is a {name} that a page fills in."""
    return WORD.findall(PLACEHOLDER.sub("tien", text))


def sentences(text: str) -> list[str]:
    """The sentences of a text; one without an end mark, as in a label, counts as one."""
    return [sentence for sentence in SENTENCE_END.split(text.strip()) if words(sentence)]


def syllables(word: str) -> int:
    """Counts vowel sounds by spelling: oe, ij and eeuw are one, the vowels of re-actie and be-antwoord two.

    Of English words it knows the two we use often. In a few words, as in mu-se-um, it counts one too few.
    """
    spoken = word.lower()
    for written, heard in SPOKEN_AS.items():
        spoken = spoken.replace(written, heard)
    return max(1, len(VOWEL_SOUND.findall(spoken)))


def flesch_douma(text: str) -> float:
    """Reading ease of a Dutch text: 206.84 - 0.77 · syllables per 100 words - 0.93 · words per sentence.

    Source: W. H. Douma (1960), De leesbaarheid van landbouwbladen, Flesch (1948) fitted to Dutch.
    From about 0 (very hard) to above 100 (very easy); 70 to 80 is fairly easy.
    Raises ValueError for a text without words.
    """
    found = words(text)
    if not found:
        raise ValueError("A text without words has no reading ease.")
    per_hundred = 100 * sum(syllables(word) for word in found) / len(found)
    return 206.84 - 0.77 * per_hundred - 0.93 * len(found) / len(sentences(text))


def lix(text: str) -> float:
    """Läsbarhetsindex: words per sentence + words of more than six letters per 100 words.

    Source: C.-H. Björnsson (1968), Läsbarhet. Below 30 is very easy, as in books for children.
    Raises ValueError for a text without words.
    """
    found = words(text)
    if not found:
        raise ValueError("A text without words has no LIX.")
    long = sum(len(word) >= LONG_WORD for word in found)
    return len(found) / len(sentences(text)) + 100 * long / len(found)


def longest_sentence(text: str) -> int:
    """The number of words in the longest sentence; 0 for a text without words."""
    return max((len(words(sentence)) for sentence in sentences(text)), default=0)

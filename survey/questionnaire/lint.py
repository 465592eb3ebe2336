"""Plain language rules for the texts in the files; style only, so a file that breaks one still loads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from survey.questionnaire import readability
from survey.questionnaire.files import Files, path_of
from survey.questionnaire.finding import Finding
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.plain_words import Audience, PlainWords, forbidden_names_in
from survey.questionnaire.rules import Raw
from survey.questionnaire.vocabulary import Respondent

Loc = tuple[int | str, ...]


def lint(files: Files, plain: PlainWords) -> Iterator[Finding]:
    """Every text that is not plain enough, by file and place."""
    for name, data in (*files.definitions.items(), *files.companions.items()):
        file, audience = f"{name}.toml", audience_of(data)
        as_a_whole = audience == "staff" or "goals" in data  # a goal is half a sentence
        yield from _names(file, data, plain)
        for loc, text in dutch_texts(data):
            path = path_of(data, loc)
            yield from _banned(file, path, text, audience, plain)
            yield from _long(file, path, text, audience, plain)
            if not as_a_whole and len(readability.words(text)) >= readability.SHORTEST_TEXT:
                yield from _hard(file, path, text, plain)
        if as_a_whole:
            yield from _hard(file, "", running_text(data), plain)


def audience_of(data: Raw) -> Audience:
    """Staff read the profile, the lists and the reflection; whoever else answers is a respondent."""
    if "audience" in data:
        return "respondent" if data["audience"] == "respondent" else "staff"
    return "staff" if data.get("respondent", Respondent.COACH) == Respondent.COACH else "respondent"


def dutch_texts(data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every Dutch text with its place, wherever a table has words under `nl`."""
    if isinstance(data, dict):
        if isinstance(data.get(SOURCE_LANGUAGE), str):
            yield loc, data[SOURCE_LANGUAGE]
        else:
            yield from chain.from_iterable(dutch_texts(entry, (*loc, key)) for key, entry in data.items())
    elif isinstance(data, list):
        yield from chain.from_iterable(dutch_texts(entry, (*loc, n)) for n, entry in enumerate(data))


def running_text(data: Raw) -> str:
    """All Dutch texts of a file as one text, each label a sentence; staff read a page as a whole."""
    return " ".join(f"{text.rstrip('.')}." for _, text in dutch_texts(data))


def _strings(data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict | list):
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        yield from chain.from_iterable(_strings(entry, (*loc, key)) for key, entry in pairs)


def _names(file: str, data: Raw, plain: PlainWords) -> Iterator[Finding]:
    for loc, text in _strings(data):
        for name in forbidden_names_in(text, plain.forbidden_names):
            todo = f"Take “{name}” out: it is a protected instrument."
            yield Finding(file, path_of(data, loc), "forbidden-name", text, todo)


def _banned(file: str, path: str, text: str, audience: Audience, plain: PlainWords) -> Iterator[Finding]:
    for word in plain.banned_for(audience):
        if word.pattern.search(text):
            todo = f"Instead of “{word.word}”: {word.instead}."
            yield Finding(file, path, "banned-word", text, todo)


def _long(file: str, path: str, text: str, audience: Audience, plain: PlainWords) -> Iterator[Finding]:
    limits = plain.limits
    most = (
        limits.respondent_sentence_words_max if audience == "respondent" else limits.staff_sentence_words_max
    )
    longest = readability.longest_sentence(text)
    if longest > most:
        todo = f"Split the sentence of {longest} words; {most} is the most."
        yield Finding(file, path, "long-sentence", text, todo)


def _hard(file: str, path: str, text: str, plain: PlainWords) -> Iterator[Finding]:
    if not readability.words(text):
        return
    shown = text if path else "the whole file"
    ease, lix = readability.flesch_douma(text), readability.lix(text)
    if ease < plain.limits.flesch_douma_min:
        todo = f"Flesch–Douma {ease:.0f}, at least {plain.limits.flesch_douma_min:.0f}: use shorter words."
        yield Finding(file, path, "reading-ease", shown, todo)
    if lix > plain.limits.lix_max:
        todo = f"LIX {lix:.0f}, at most {plain.limits.lix_max:.0f}: use shorter words and sentences."
        yield Finding(file, path, "lix", shown, todo)

"""One point of "you said, we did": words per language. Pure."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from survey.database import Row
from survey.fingerprint import fingerprint
from survey.questionnaire.frozen import SOURCE_LANGUAGE

LONGEST, MOST = 200, 8  # characters of a line; points of a form


class Words(NamedTuple):
    """What was said and what is done about it, in one language."""

    said: str
    done: str


class Point(Struct, frozen=True):
    """What was said and what is done, by language; Dutch is always there."""

    id: str
    is_published: bool
    words: Mapping[str, Words]

    @property
    def dutch(self) -> Words:
        return self.words[SOURCE_LANGUAGE]

    @property
    def fingerprint(self) -> str:
        """The mark of what a form showed."""
        return fingerprint(sorted((lang, *words) for lang, words in self.words.items()))


def mark_of_all(points: Iterable[Point]) -> str:
    """The mark of all points of a form as they were shown."""
    return fingerprint([(one.id, one.fingerprint) for one in points])


def made(rows: Iterable[Row]) -> tuple[Point, ...]:
    """Points of rows that stand together by id."""
    return tuple(
        Point(
            str(key),
            all(row["published_at"] for row in of_one),
            {row["language"]: Words(row["said"], row["done"]) for row in of_one},
        )
        for key, found in groupby(rows, key=lambda row: row["id"])
        for of_one in (list(found),)
    )

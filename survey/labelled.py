"""Choices that bring the words for a screen along."""

from enum import StrEnum
from typing import Self

from flask_babel import LazyString


class Labelled(StrEnum):
    """A choice with its value, and the words people read."""

    label: LazyString

    def __new__(cls, value: str, *words: LazyString) -> Self:
        choice = str.__new__(cls, value)
        choice._value_ = value
        (choice.label,) = words
        return choice

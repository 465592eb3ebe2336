"""Letters: plain text templates in templates/mail, the first line is the subject."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import render_template


class Letter(NamedTuple):
    """What a mail says, and what else its head holds."""

    subject: str
    body: str
    headers: Mapping[str, str] = MappingProxyType({})


def write(name: str, language: str | None, /, **values: Any) -> Letter:
    """The letter of this name in this language, filled in; None where the words come with the values."""
    text = render_template(f"mail/{name}.{language}.txt" if language else f"mail/{name}.txt", **values)
    subject, _, body = text.partition("\n")
    return Letter(" ".join(subject.split()), body.strip() + "\n")

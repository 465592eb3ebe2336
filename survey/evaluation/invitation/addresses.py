"""Mail addresses as people paste them: one a line, from a spreadsheet or from another mail."""

import re
from dataclasses import dataclass

from survey.mail.address import NoAddress, normal

MOST = 300
_BETWEEN = re.compile(r"[\n\r;,\t]+")


@dataclass(frozen=True, slots=True)
class Pasted:
    """The addresses found, each once, and the pieces that are none."""

    addresses: tuple[str, ...]
    wrong: tuple[str, ...]


def read(text: str) -> Pasted:
    """Finds every address: bare, after a name, or between < and >."""
    found: dict[str, None] = {}
    wrong: list[str] = []
    for piece in _BETWEEN.split(text):
        words = [word.strip("<>\"'()") for word in piece.split() if "@" in word]
        if piece.strip() and not words:
            wrong.append(piece.strip())
        for word in words:
            try:
                found[normal(word)] = None
            except NoAddress:
                wrong.append(word)
    return Pasted(tuple(found), tuple(wrong))

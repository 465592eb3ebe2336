"""Mail addresses as people paste them: one a line, from a spreadsheet or from another mail."""

import re

from msgspec import Struct

from survey.mail.address import NoAddress, normal
from survey.sheets.reading import from_bytes

MOST = 300
_BETWEEN = re.compile(r"[\n\r;,\t]+")


class Pasted(Struct, frozen=True):
    """The addresses found, each once, and the pieces that are none."""

    addresses: tuple[str, ...]
    wrong: tuple[str, ...]


def in_file(data: bytes) -> str:
    """The addresses in a spreadsheet or text file, one a line: every cell with an @; raises Unreadable."""
    return "\n".join(cell for line in from_bytes(data) for cell in line.cells if "@" in cell)


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

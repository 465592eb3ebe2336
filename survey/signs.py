"""Text as pages, tables and documents can hold it."""

import re

_PLANES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_LINE_ENDS = re.compile("[\x0b\x0c\x85]")  # as word processors put them
_UNFIT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")


def fit(text: str) -> str:
    """The text with a space for each sign that HTML and XML have no place for, and one kind of line end."""
    return _UNFIT.sub(" ", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The text as it can be stored and read: what is no sign, or stood between words, becomes one space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

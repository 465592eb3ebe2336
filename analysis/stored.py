"""Numbers written down as JSON and read back as they were. Touches no numbers."""

from typing import Any, TypeVar

import numpy as np
from msgspec import convert, to_builtins

T = TypeVar("T")


def written(value: Any) -> Any:
    """A record of numbers, names, days and further such records, as JSON can hold it."""
    return to_builtins(value, enc_hook=np.generic.item)


def read(kind: type[T], raw: Any) -> T:
    """What `written` made of a record of this kind, as it was.

    Raises ValueError where a field is missing or of another kind.
    """
    return convert(raw, kind)

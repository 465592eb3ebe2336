"""Numbers written down as JSON and read back as they were. Touches no numbers."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def written(value: Any) -> Any:
    """A frozen dataclass of numbers, names, days and further such dataclasses, as JSON can hold it."""
    return json.loads(json.dumps(asdict(value), default=date.isoformat))


def read(kind: type[T], raw: Any) -> T:
    """What `written` made of a dataclass of this kind, as it was. Raises KeyError for a missing field."""
    found: T = _read(kind, raw)
    return found


def _read(kind: Any, raw: Any) -> Any:
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if raw is None else _read(next(one for one in parts if one is not NoneType), raw)
    if origin is tuple:
        kinds = parts[:1] * len(raw) if parts[-1] is Ellipsis else parts
        return tuple(_read(one, each) for one, each in zip(kinds, raw, strict=True))
    if origin is Mapping:
        return {key: _read(parts[1], each) for key, each in raw.items()}
    return raw if origin is Literal else _read_plain(kind, raw)


def _read_plain(kind: type[Any], raw: Any) -> Any:
    if is_dataclass(kind):
        return kind(**{name: _read(hint, raw[name]) for name, hint in get_type_hints(kind).items()})
    if issubclass(kind, tuple):
        return kind(
            *(_read(hint, each) for hint, each in zip(get_type_hints(kind).values(), raw, strict=True))
        )
    if issubclass(kind, date):
        return kind.fromisoformat(raw)
    return kind(raw) if issubclass(kind, Enum) else raw

"""Records: frozen dataclasses with slots whose methods cost little to make, as a start makes hundreds."""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, Never, TypeVar, dataclass_transform

T = TypeVar("T")

_ABSENT = object()
_WRITTEN = """
def __init__(self, {parameters}):
    {settings}
def values(self):
    return ({values},)
"""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """As `dataclass(frozen=True, slots=True)`, which compiles six methods for a class; this compiles once."""
    made = dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    for name, method in _methods(made).items():
        if name not in vars(made):
            setattr(made, name, method)
    return made


def _methods(kind: type[Any]) -> dict[str, Callable[..., Any]]:
    """Creating is written out, as it happens most; the others are the same for every record."""
    names: dict[str, Any] = {"_absent": _ABSENT}
    for each in fields(kind):
        names[f"_set_{each.name}"] = getattr(kind, each.name).__set__
        names[f"_default_{each.name}"] = each.default
        names[f"_new_{each.name}"] = each.default_factory
    text = _WRITTEN.format(
        parameters=", ".join(_parameters(kind)),
        settings="; ".join(f"_set_{each.name}(self, {_value(each)})" for each in fields(kind)),
        values=", ".join(f"self.{each.name}" for each in fields(kind) if each.compare),
    )
    exec(text, names)  # noqa: S102 - as dataclasses does: the names come from code
    values: Callable[[Any], tuple[object, ...]] = names["values"]

    def equal(self: Any, other: Any) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(values(self))

    refused = {"__setattr__": _refuse, "__delattr__": _refuse}
    return {"__init__": names["__init__"], "__eq__": equal, "__hash__": hashed, "__repr__": _shown, **refused}


def _parameters(kind: type[Any]) -> Iterator[str]:
    for each in fields(kind):
        if each.default is not MISSING:
            yield f"{each.name}=_default_{each.name}"
        else:
            yield each.name if each.default_factory is MISSING else f"{each.name}=_absent"


def _value(each: Field[Any]) -> str:
    if each.default_factory is MISSING:
        return each.name
    return f"_new_{each.name}() if {each.name} is _absent else {each.name}"


def _refuse(_self: object, name: str, *_value: object) -> Never:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _shown(self: Any) -> str:
    told = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))
    return f"{type(self).__qualname__}({told})"

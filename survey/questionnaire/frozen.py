"""What frozen definitions are made of: texts in several languages, keys, tuples and read-only maps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Strict,
    StringConstraints,
    ValidationInfo,
    WrapSerializer,
)
from pydantic_core import PydanticCustomError

SOURCE_LANGUAGE = "nl"

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def _plain(value: Mapping[str, Any], serialize: Callable[[dict[str, Any]], Any]) -> Any:
    return serialize(dict(value))


# TOML knows lists and strings only; from here on all is a tuple, an enum member or a read-only mapping.
Many = Annotated[tuple[T, ...], Strict(False)]
OneOf = Annotated[E, Strict(False)]
FrozenMap = Annotated[Mapping[K, V], AfterValidator(MappingProxyType), WrapSerializer(_plain)]

Lang = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
FORM_KEY = re.compile(r"^[a-z]+(-[a-z]+)*$")
FormKey = Annotated[str, StringConstraints(pattern=FORM_KEY.pattern)]
Version = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$")]
Words = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]


PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def placeholders(words: str) -> frozenset[str]:
    """The names between braces that a page fills in, as in "Vraag {n} van {total}"."""
    return frozenset(PLACEHOLDER.findall(words))


def _loose_brace(words: str) -> bool:
    rest = PLACEHOLDER.sub("", words)
    return "{" in rest or "}" in rest


def _complete(text: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
    if stray := [lang for lang, words in text.items() if _loose_brace(words)]:
        raise PydanticCustomError("stray-brace", "a loose brace in {langs}", {"langs": ", ".join(stray)})
    languages = (info.context or {}).get("languages")
    if languages is None:
        return text
    if missing := [lang for lang in languages if lang not in text]:
        raise PydanticCustomError("missing-language", "no text in {langs}", {"langs": ", ".join(missing)})
    if unknown := [lang for lang in text if lang not in languages]:
        raise PydanticCustomError("unknown-language", "text in {langs}", {"langs": ", ".join(unknown)})
    wanted = placeholders(text[SOURCE_LANGUAGE]) if SOURCE_LANGUAGE in text else frozenset()
    if other := [lang for lang, words in text.items() if placeholders(words) != wanted]:
        raise PydanticCustomError(
            "placeholders", "other placeholders than the Dutch text in {langs}", {"langs": ", ".join(other)}
        )
    return text


Text = Annotated[
    Mapping[Lang, Words],
    AfterValidator(_complete),
    AfterValidator(MappingProxyType),
    WrapSerializer(_plain),
]


class Frozen(BaseModel):
    """A definition: strict about types and fields, never changed after reading."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

"""The translations of the screens: gathered from the sources, merged, compiled, and checked."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from msgspec import Struct

from survey.web.language import HOUSE_LANGUAGE, LANGUAGES, TRANSLATIONS

ROOT = Path(__file__).parents[2]
PYTHON = ("**.py", f"{__name__}:extracted")
METHODS = {
    "survey": [PYTHON],
    "analysis": [PYTHON],
    "templates": [("**.html", "jinja2"), ("**.txt", "jinja2")],
}
SAYS_SOMETHING = re.compile(rb"\b_\(|gettext\(")
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
HEADER = """\
# Texts of the screens. The msgids are the Dutch texts; `flask translate` keeps this file up to date.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals={plurals}; plural={rule};\\n"

"""
DATE = datetime(2026, 1, 1, tzinfo=UTC)  # one for all files, so that the same texts make the same bytes


class Translation(Struct, frozen=True):
    """The files of one language."""

    language: str

    @property
    def source(self) -> Path:
        """The file a translator edits."""
        return TRANSLATIONS / self.language / "LC_MESSAGES" / "messages.po"

    @property
    def compiled(self) -> Path:
        """The file the application reads."""
        return self.source.with_suffix(".mo")

    def stored(self) -> Catalog:
        """The translation as it lies there, or an empty one."""
        if not self.source.exists():
            return Catalog(locale=self.language, fuzzy=False)
        return read_po(BytesIO(self.source.read_bytes()), locale=self.language)

    def merged(self) -> Catalog:
        """The stored translation brought up to date with the sources; nothing is guessed."""
        catalog = self.stored()
        catalog.update(_gathered(), no_fuzzy_matching=True, update_creation_date=False)
        catalog.creation_date = catalog.revision_date = DATE
        return catalog

    def write(self) -> None:
        """Write both files; texts that are no longer used go."""
        catalog = self.merged()
        self.source.parent.mkdir(parents=True, exist_ok=True)
        self.source.write_bytes(_as_po(catalog))
        self.compiled.write_bytes(_as_mo(catalog))

    def faults(self) -> Iterator[str]:
        """Everything that keeps this translation from being fresh and complete, one sentence each."""
        catalog = self.merged()
        for message in _texts(catalog):
            if not _is_translated(message):
                yield f"{self.language}: no translation of {message.id!r}"
            elif message.fuzzy:
                yield f"{self.language}: the translation of {message.id!r} is marked as a guess"
            else:
                yield from (f"{self.language}: {message.id!r}: {error}" for error in message.check(catalog))
        if not self.source.exists() or self.source.read_bytes() != _as_po(catalog):
            yield f"{self.language}: {self.source.name} differs from the sources: run `flask translate`"
        if not self.compiled.exists() or self.compiled.read_bytes() != _as_mo(catalog):
            yield f"{self.language}: {self.compiled.name} is not compiled from it: run `flask translate`"


def translations() -> list[Translation]:
    """One for each language of the screens but Dutch, which needs none."""
    return [Translation(language) for language in LANGUAGES if language != HOUSE_LANGUAGE]


def extracted(
    file: IO[bytes], keywords: Mapping[str, Any], comments: Collection[str], options: Any
) -> Iterator[tuple[Any, ...]]:
    """The texts of a Python file, for babel; most files have none and need no reading word by word."""
    if SAYS_SOMETHING.search(file.read()):
        file.seek(0)
        yield from extract_python(file, keywords, comments, options)


def _gathered() -> Catalog:
    catalog = Catalog(fuzzy=False)
    for folder, methods in METHODS.items():
        found = extract_from_dir(
            ROOT / folder,
            method_map=methods,
            options_map={pattern: {"silent": "false"} for pattern, _ in methods},
            keywords=KEYWORDS,
        )
        for name, line, text, comments, context in found:
            catalog.add(text, None, [(f"{folder}/{name}", line)], auto_comments=comments, context=context)
    return catalog


def _texts(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(strings) and bool(strings)


def _as_po(catalog: Catalog) -> bytes:
    file = BytesIO()
    header = HEADER.format(language=catalog.locale, plurals=catalog.num_plurals, rule=catalog.plural_expr)
    file.write(header.encode())
    write_po(
        file,
        catalog,
        width=110,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return file.getvalue()


def _as_mo(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()

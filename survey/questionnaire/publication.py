"""The freeze of published files: fingerprints of what was asked, and the keys of lists that are stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from survey.questionnaire.finding import Finding
from survey.questionnaire.rules import Raw, entries, strings

PUBLISHED = "published.toml"
SIGNATURE = {"status", "reviewer", "reviewed_on"}
HEADER = """\
# The fingerprint of every published file; `flask check-questionnaires --publish` adds new ones.
# A published file never changes: stored answers refer to it. A change is a new file with a new version.
# Notes, comments and the sign-off of a language do not count. Of a list the keys stay, for they are stored.

"""


def fingerprint(data: Raw) -> str:
    """SHA-256 of the parsed content as canonical JSON, without notes and the sign-off of languages."""
    text = json.dumps(_lasting(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _lasting(data: Raw) -> dict[str, Any]:
    languages = data.get("languages")
    kept = {key: _without_notes(value) for key, value in data.items() if key != "languages"}
    if isinstance(languages, Mapping):
        kept["languages"] = {lang: _without_signature(entry) for lang, entry in languages.items()}
    return kept


def _without_notes(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _without_notes(entry)
            for key, entry in value.items()
            if not (key == "note" and isinstance(entry, str))
        }
    return [_without_notes(entry) for entry in value] if isinstance(value, list) else value


def _without_signature(entry: Any) -> Any:
    if not isinstance(entry, Mapping):
        return entry
    return {key: value for key, value in entry.items() if key not in SIGNATURE}


def check(
    files: Mapping[str, Raw],
    companions: Mapping[str, Raw],
    published: Raw,
) -> Iterator[Finding]:
    """Published files that changed or are gone; both hold the parsed content by name without suffix."""
    for name, known in published.items():
        found = companions if isinstance(known, list) else files
        if name not in found:
            text = "this published file is gone or cannot be read"
            yield Finding(f"{name}.toml", "", "published-gone", text, "Put it back: answers refer to it.")
        elif isinstance(known, list):
            yield from _missing(name, set(known) - set(keys(found[name])))
        elif fingerprint(found[name]) != known:
            text = "this published file has changed"
            todo = "Undo the change and make a new version in a new file."
            yield Finding(f"{name}.toml", "", "published-changed", text, todo)


def _missing(name: str, gone: set[str]) -> Iterator[Finding]:
    for key in sorted(gone):
        text, todo = "this published choice is gone", "Put it back: it is stored with what people chose."
        yield Finding(f"{name}.toml", key, "published-gone", text, todo)


def keys(companion: Raw) -> list[str]:
    """Every choice of a list that can be stored, with its place: `choices.case_kind.pupil`."""
    listed = ((place, row) for place, listed in entries(companion) for row in listed)
    return [f"{place}.{key}" for place, row in listed for key in strings(row, "key")]


def unpublished(
    definitions: Mapping[str, Raw], companions: Mapping[str, Raw], published: Raw
) -> Iterator[Finding]:
    """Files and choices that nobody froze yet: anyone could still change them under the answers."""
    todo = "Run flask check-questionnaires --publish."
    for name in definitions:
        if name not in published:
            yield Finding(f"{name}.toml", "", "unpublished", "this file is not published", todo)
    for name, data in companions.items():
        if new := sorted(set(keys(data)) - set(published.get(name, ()))):
            text = f"not published: {', '.join(new)}"
            yield Finding(f"{name}.toml", "", "unpublished", text, todo)


def publish(folder: Path, definitions: Mapping[str, Raw], companions: Mapping[str, Raw]) -> None:
    """Freezes checked files; replaces the list in one step, so it is never half written."""
    lines = [f'{json.dumps(name)} = "{fingerprint(data)}"\n' for name, data in sorted(definitions.items())]
    for name, data in sorted(companions.items()):
        if stored := keys(data):
            lines.append(f"{json.dumps(name)} = {json.dumps(stored, indent=2)}\n")
    draft = folder / f"{PUBLISHED}.new"
    draft.write_text(HEADER + "".join(lines), encoding="utf-8")
    draft.replace(folder / PUBLISHED)

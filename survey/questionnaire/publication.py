"""The freeze of published files: a fingerprint of all that a respondent or an analysis depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from survey.questionnaire.finding import Finding

PUBLISHED = "published.toml"
SIGNATURE = {"status", "reviewer", "reviewed_on"}
HEADER = """\
# The fingerprint of every published file; `flask check-questionnaires --publish` adds new ones.
# A published file never changes: stored answers refer to it. A change is a new file with a new version.
# Notes, comments and the sign-off of a language do not count.

"""


def fingerprint(data: Mapping[str, Any]) -> str:
    """SHA-256 of the parsed content as canonical JSON, without notes and the sign-off of languages."""
    text = json.dumps(_lasting(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _lasting(data: Mapping[str, Any]) -> dict[str, Any]:
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


def check(files: Mapping[str, Mapping[str, Any]], published: Mapping[str, Any]) -> Iterator[Finding]:
    """Published files that changed or are gone; `files` holds the parsed content by name without suffix."""
    for name, known in published.items():
        if name not in files:
            text = "this published file is gone or cannot be read"
            yield Finding(f"{name}.toml", "", "published-gone", text, "Put it back: answers refer to it.")
        elif fingerprint(files[name]) != known:
            text = "this published file has changed"
            todo = "Undo the change and make a new version in a new file."
            yield Finding(f"{name}.toml", "", "published-changed", text, todo)


def unpublished(definitions: Mapping[str, Any], published: Mapping[str, Any]) -> Iterator[Finding]:
    """Files that nobody froze yet: anyone could still change them under the answers."""
    for name in definitions:
        if name not in published:
            text, todo = "this file is not published", "Run flask check-questionnaires --publish."
            yield Finding(f"{name}.toml", "", "unpublished", text, todo)


def publish(folder: Path, definitions: Mapping[str, Mapping[str, Any]]) -> None:
    """Freezes checked definitions; replaces the list in one step, so it is never half written."""
    lines = [f'{json.dumps(name)} = "{fingerprint(data)}"\n' for name, data in sorted(definitions.items())]
    draft = folder / f"{PUBLISHED}.new"
    draft.write_text(HEADER + "".join(lines), encoding="utf-8")
    draft.replace(folder / PUBLISHED)

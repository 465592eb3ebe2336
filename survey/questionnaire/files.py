"""Reads the TOML files of a folder and holds them against the models; every error becomes a finding."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from pydantic import ValidationError

from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.finding import Finding
from survey.questionnaire.frozen import Frozen
from survey.questionnaire.profile import Profile
from survey.questionnaire.publication import PUBLISHED
from survey.questionnaire.rules import Raw

FOLDER = Path(__file__).parents[2] / "questionnaires"
PLAIN_WORDS = "plain-words.toml"
ADVICE_SENTENCES = "advice-sentences.toml"
READ_APART = frozenset({PLAIN_WORDS, ADVICE_SENTENCES})
# The files without versions that stand beside profile and forms.
COMPANIONS = frozenset({"lists", "goals", "respondent-pages", "hints"})
WORDLESS = frozenset({"hints"})  # numbers only: nothing in them has a language

A = TypeVar("A", bound=Frozen)
M = TypeVar("M", Profile, Questionnaire)

IN_WORDS = {
    "missing": ("this field is missing", "Add it."),
    "extra_forbidden": ("nobody reads this field", "Take it out, or correct its name."),
}
TODO = {
    "missing-language": "Write the text in every language of the file.",
    "unknown-language": "Take it out, or add the language to the languages of the file.",
    "stray-brace": "Write braces only around a name, as in {total}.",
    "placeholders": "Use the same names between braces in every language.",
    "reviewed-without-reviewer": "Fill in status, reviewer and reviewed_on together.",
    "scale-and-measurement": "Correct the measurement or the scale.",
    "ladder-without-goal": "Write {goal} where the goal is filled in.",
    "label-with-placeholder": "Write the label in full, without braces.",
    "phase-order": "Number the phases 1, 2, 3 in the order of the file.",
    "notice-needed": "Add a notice, or make every phase official.",
    "one-register": "Write them under formal and under informal.",
    "two-registers": "Write them under both, or under formal and informal.",
    "dropped-item": "Take the item out and list its key under dropped.",
}


class Files(Struct, frozen=True):
    """What a folder holds: parsed definitions, their companions, fingerprints, and what could not be read."""

    definitions: Mapping[str, Raw]
    companions: Mapping[str, Raw]
    published: Raw
    unreadable: tuple[Finding, ...]


def read(folder: Path = FOLDER) -> Files:
    """Parses every definition of the folder. Raises FileNotFoundError when there is no such folder."""
    if not folder.is_dir():
        raise FileNotFoundError(f"There is no folder {folder}.")
    definitions: dict[str, Raw] = {}
    unreadable: list[Finding] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name in READ_APART:
            continue
        parsed = parse(path)
        if isinstance(parsed, Finding):
            unreadable.append(parsed)
        else:
            definitions[path.stem] = parsed
    published = definitions.pop(Path(PUBLISHED).stem, {})
    companions = {name: definitions.pop(name) for name in sorted(COMPANIONS & definitions.keys())}
    return Files(definitions, companions, published, tuple(unreadable))


def parse(path: Path) -> dict[str, Any] | Finding:
    """The content of one file, or why it cannot be read."""
    try:
        return tomllib.loads(path.read_bytes().decode())
    except FileNotFoundError:
        return Finding(path.name, "", "file-missing", "there is no such file", "Put it back.")
    except UnicodeDecodeError as error:
        return Finding(path.name, f"byte {error.start}", "encoding", "this is not UTF-8", "Save it as UTF-8.")
    except OSError as error:
        return Finding(path.name, "", "unreadable", f"not readable: {error.strerror}", "Put a file there.")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Finding(path.name, "", "syntax", str(error), "Correct the TOML.")


def is_profile(name: str) -> bool:
    return name.startswith("profile-")


def order(name: str) -> tuple[int, ...]:
    """Names and versions sort by the numbers in them: 1.9 comes before 1.10."""
    return tuple(int(number) for number in re.findall(r"\d+", name))


def models(model: type[M], files: Files) -> tuple[list[M], list[Finding]]:
    """All profiles or all questionnaires of a folder from old to new, and why the others are missing."""
    made: list[M] = []
    findings: list[Finding] = []
    for name in sorted(files.definitions, key=order):
        if is_profile(name) == (model is Profile):
            one, errors = validated(model, f"{name}.toml", files.definitions[name])
            made += [one] if one else []
            findings += errors
    return made, findings


def validated(model: type[A], file: str, data: Raw) -> tuple[A | None, list[Finding]]:
    """The frozen model of a file, or every reason why there is none."""
    languages = data.get("languages")
    context = {"languages": tuple(languages)} if isinstance(languages, dict) else {}
    try:
        return model.model_validate(data, context=context), []
    except ValidationError as errors:
        found = errors.errors(include_url=False, include_context=False)
        return None, [_in_words(file, data, error["loc"], error["type"], error["msg"]) for error in found]


def _in_words(file: str, data: Raw, loc: tuple[int | str, ...], rule: str, message: str) -> Finding:
    text, todo = IN_WORDS.get(rule, (message, TODO.get(rule, "Correct the value.")))
    return Finding(file, path_of(data, loc), rule.replace("_", "-"), text, todo)


def path_of(data: Any, loc: tuple[int | str, ...]) -> str:
    """A readable place: items.w3.text instead of items.2.text."""
    return ".".join(_steps(data, loc))


def _steps(data: Any, loc: tuple[int | str, ...]) -> Iterator[str]:
    for step in loc:
        try:
            data = data[step]
        except (LookupError, TypeError):
            data = None
        yield str(step) if isinstance(step, str) else _name(data, step)


def _name(entry: Any, position: int) -> str:
    named = entry if isinstance(entry, Mapping) else {}
    return str(named.get("key", named.get("value", f"#{position + 1}")))

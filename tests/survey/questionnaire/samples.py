"""Small valid definitions as plain data, and what is needed to write them as files."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.files import FOLDER
from survey.questionnaire.rules import ALWAYS_NEEDED, NEEDED_ON_A_LINK

Data = dict[str, Any]


def said(dutch: str) -> dict[str, str]:
    return {"nl": dutch, "en": f"{dutch} (en)"}


def languages() -> Data:
    return {
        "nl": {"name": "Nederlands", "dir": "ltr", "status": "source"},
        "en": {"name": "English", "dir": "ltr", "status": "source"},
    }


def texts(keys: Iterable[str], who_sees: str) -> Data:
    """Each text says its own name, except that the promise is one that holds."""
    return {key: said(key.replace("_", " ")) for key in keys} | {"who_sees": said(who_sees)}


def item(key: str, **changes: Any) -> Data:
    asked = {"key": key, "concept": key, "kind": "scale5", "scale": "extent", "change": "new"}
    return {**asked, "text": said(f"Is {key} goed?"), **changes}


def levels(first: int = 0) -> list[Data]:
    return [{"value": first + n, "label": said(f"trap {n}")} for n in range(5)]


def check_in(**changes: Any) -> Data:
    """A relationship check of two questions."""
    return {
        "form": "talk-parent",
        "version": "1.0",
        "respondent": "parent",
        "visibility": "together",
        "moment": "end_of_talk",
        "reading_level": "A2",
        "languages": languages(),
        "texts": texts(ALWAYS_NEEDED + NEEDED_ON_A_LINK, "Alleen de coach ziet dit."),
        "items": [item("w1"), item("w2")],
        "scales": {"extent": levels()},
        **changes,
    }


def reflection(**changes: Any) -> Data:
    """A reflection form with one scale and one answer that is no level."""
    other = {"key": "later", "code": "NOT_MET_YET", "effect": "no level", "label": said("nog niet")}
    return {
        "form": "reflection",
        "version": "1.0",
        "respondent": "coach",
        "visibility": "own",
        "moment": "round",
        "reading_level": "B1",
        "items_from": "profile",
        "languages": languages(),
        "texts": texts(ALWAYS_NEEDED, "Alleen u ziet dit."),
        "scales": {"skill": levels(first=1)},
        "non_scores": [other],
        **changes,
    }


def competency(key: str, code: str, **changes: Any) -> Data:
    rated = {"key": key, "code": code, "block": "skills", "measurement": "level", "scale": "skill"}
    words = {"label": said(key), "text": said(f"Ik kan {key}."), "example": said("Ik deed het.")}
    return {**rated, "source": "kader/1", "change": "new", **words, **changes}


def profile(**changes: Any) -> Data:
    """A profile with two rated competencies, a role and a task."""
    task = {"key": "helps", "roles": ["helper"], "source": ["kader/2"], "related": ["S1"], "sensitive": False}
    return {
        "profile": "coach",
        "version": "1.0",
        "wording": "1.0",
        "date": date(2026, 9, 1),
        "title": said("Profiel"),
        "languages": languages(),
        "blocks": [{"key": "skills", "code": "S", "label": said("Kunnen"), "intro": said("Wat u doet.")}],
        "competencies": [competency("listen", "S1"), competency("ask", "S2")],
        "roles": [
            {"key": "helper", "source": "kader/3", "label": said("Helper"), "description": said("Helpt.")}
        ],
        "tasks": [{**task, "label": said("Helpen")}],
        **changes,
    }


def toml(data: Mapping[str, Any]) -> str:
    """Plain data as TOML; JSON strings and numbers are TOML too."""
    return "".join(f"{json.dumps(key)} = {_value(value)}\n" for key, value in data.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(entry) for entry in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def name_of(data: Mapping[str, Any]) -> str:
    family = data["form"] if "form" in data else f"profile-{data['profile']}"
    return f"{family}-{data['version']}"


def write(folder: Path, *definitions: Mapping[str, Any]) -> Path:
    """Writes each definition under its own name; returns the folder."""
    for data in definitions:
        (folder / f"{name_of(data)}.toml").write_text(toml(data), encoding="utf-8")
    return folder


def with_next(folder: Path, name: str, entries: str, change: Callable[[Data], None]) -> Catalog:
    """The shipped files and the next version of one: all its entries the same but for this change."""
    copied = shutil.copytree(FOLDER, folder / "questionnaires")
    data = tomllib.loads((copied / f"{name}.toml").read_text(encoding="utf-8"))
    major, minor = data["version"].split(".")
    data["version"] = f"{major}.{int(minor) + 1}"
    for entry in data[entries]:
        entry["change"] = "same"
    change(data)
    return load(write(copied, data))

"""What must hold between a version and the one before it; works on raw data of broken files too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from survey.questionnaire.finding import Finding
from survey.questionnaire.rules import Raw, rows, strings, table
from survey.questionnaire.vocabulary import Change

Entries = Mapping[str, Raw]
Broken = tuple[str, str, str]

GOES_ON = {Change.SAME, Change.EDITORIAL, Change.CHANGED}
COMES_FROM_OTHERS = {Change.SPLIT, Change.MERGED}


def check(file: str, older: Raw, newer: Raw) -> Iterator[Finding]:
    """Every rule between a version and the one before it; `older` is empty for the first version."""
    name = "competencies" if "profile" in newer else "items"
    before, now = _by_key(older, name), _by_key(newer, name)
    dropped = strings(newer, "dropped")
    halves = Counter(_one_origin(row) for row in now.values() if row.get("change") == Change.SPLIT)
    for key, row in now.items():
        if broken := _false_change(row, before.get(key), older, newer):
            yield Finding(file, f"{name}.{key}.change", *broken)
        elif broken := _false_origin(row, before, dropped, halves):
            yield Finding(file, f"{name}.{key}.origin", *broken)
    for key in before.keys() - now.keys() - set(dropped):
        text = "the version before has it, this one does not"
        yield Finding(file, f"{name}.{key}", "silently-dropped", text, "List the key under dropped.")
    for key in dropped:
        if key in now or key not in before:
            text = "dropped, but still asked or never asked before"
            yield Finding(file, f"dropped.{key}", "false-drop", text, "Take it out of dropped.")
    yield from _false_scales(file, older, newer)
    if older and older.get("visibility") != newer.get("visibility"):
        text = f"was {older.get('visibility')}, is {newer.get('visibility')}"
        yield Finding(file, "visibility", "visibility-converted", text, "Make a new form under its own name.")


def _by_key(data: Raw, name: str) -> dict[str, Raw]:
    return {key: row for row in rows(data, name) for key in strings(row, "key")}


def _one_origin(row: Raw) -> str:
    return "".join(strings(row, "origin")[:1])


def _false_change(row: Raw, before: Raw | None, older: Raw, newer: Raw) -> Broken | None:
    change = str(row.get("change"))
    if before is None:
        text = f"{change}, but the version before has no such item"
        return ("change-without-origin", text, "Call it new.") if change in GOES_ON else None
    if change in COMES_FROM_OTHERS or change == Change.NEW:
        text = f"{change}, but the version before has it too"
        return "new-but-known", text, "Say what changed, or use a new key."
    if change == Change.SAME and _read(older, before) != _read(newer, row):
        return "same-but-different", "same, but it reads otherwise", "Call it editorial or changed."
    if change == Change.EDITORIAL and _answered(older, before) != _answered(newer, row):
        return "editorial-but-other-scale", "editorial, but other answers can be given", "Call it changed."
    return None


def _false_origin(row: Raw, before: Entries, dropped: list[str], halves: Mapping[str, int]) -> Broken | None:
    """What is wrong with the items that this one says it was split off from, or merged out of."""
    change, origin = str(row.get("change")), strings(row, "origin")
    if change not in COMES_FROM_OTHERS:
        text = f"{change}, and it names an origin"
        return ("origin-without-split", text, "Take it out, or call it split or merged.") if origin else None
    if gone := [key for key in origin if key not in before or key not in dropped]:
        text = f"not asked before, or still asked: {', '.join(gone)}"
        return "false-origin", text, "Name items of the version before, and list them under dropped."
    if change == Change.MERGED and len(set(origin)) < 2:
        return "merged-from-one", "merged, but not out of two items or more", "Name each item under origin."
    if change == Change.SPLIT and (len(origin) != 1 or halves[origin[0]] < 2):
        text = "split, but not off one item that leaves another part"
        return "split-from-none", text, "Name one origin, and give it to every part."
    return None


def _read(data: Raw, row: Raw) -> tuple[Any, ...]:
    """All that a respondent meets of an item: its words, how it is answered and the words of its scale."""
    levels = rows(table(data, "scales"), str(row.get("scale")))
    words = [(level.get("value"), level.get("label"), level.get("anchor")) for level in levels]
    return row.get("text"), row.get("example"), _answered(data, row), words


def _answered(data: Raw, row: Raw) -> tuple[Any, ...]:
    """How an item is answered, whatever the words."""
    scale = str(row.get("scale"))
    return row.get("kind"), row.get("measurement"), scale, _values(data, scale)


def _values(data: Raw, scale: str) -> list[Any]:
    return [level.get("value") for level in rows(table(data, "scales"), scale)]


def _false_scales(file: str, older: Raw, newer: Raw) -> Iterator[Finding]:
    before, now = table(older, "scales"), table(newer, "scales")
    for scale in strings(newer, "editorial_scales"):
        path, same = f"editorial_scales.{scale}", before.get(scale) == now.get(scale)
        if same or scale not in before or scale not in now:
            text = "the version before has it word for word, or not at all"
            yield Finding(file, path, "false-editorial-scale", text, "Take it out of editorial_scales.")
        elif _values(older, scale) != _values(newer, scale):
            text = "its levels are not those of the version before"
            yield Finding(file, path, "scale-without-mapping", text, "Take it out: nothing is rescored.")

"""What changed between two versions of a form or of a profile, item by item and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct

from survey.questionnaire.catalog import SAME_MEANING, SAME_WORDS, Catalog, UnknownQuestionnaire
from survey.questionnaire.definition import Item, Level, Questionnaire
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.profile import Competency
from survey.questionnaire.vocabulary import Change

Asked = Sequence[Item | Competency]

IN_WORDS: Mapping[Change, str] = {
    Change.SAME: "same: the line goes on",
    Change.EDITORIAL: "editorial: other words, the line goes on",
    Change.CHANGED: "changed: its line breaks",
    Change.SPLIT: "split: new lines",
    Change.MERGED: "merged: a new line",
    Change.NEW: "new",
    Change.DROPPED: "dropped",
}


class Step(Struct, frozen=True):
    """What happened to one item: the words of then and now, and the items it was made out of."""

    change: Change
    key: str
    then: str | None
    now: str | None
    origin: tuple[str, ...] = ()


class Difference(Struct, frozen=True):
    """Items in the order of the newer version, those that are gone last; then scales and other texts."""

    steps: tuple[Step, ...]
    scales: tuple[Step, ...] = ()
    texts: tuple[Step, ...] = ()

    def lines(self) -> Iterator[str]:
        """The difference to read: how many of each kind, then every item that is not the same."""
        for change, words in IN_WORDS.items():
            found = [step for step in self.steps if step.change is change]
            if found:
                yield f"{len(found)} {words}"
            yield from (line for step in found if change is not Change.SAME for line in _item_lines(step))
        for title, others in (("scale", self.scales), ("text", self.texts)):
            for step in others:
                yield f"{title} {step.key}: {step.change}"
                yield from _words(step)


def difference(catalog: Catalog, name: str, old: str, new: str) -> Difference:
    """What changed from one version of a form (`relationship-parent`) or profile (`kansencoach`) to another.

    Raises UnknownQuestionnaire for a name or version nobody published, ValueError when `new` is not newer.
    """
    is_form = bool(catalog.versions(name))
    generations = _generations(catalog, name, old, new)
    before, after = generations[0], generations[-1]
    steps = [_step(catalog, name, (old, new), item, generations, is_form) for item in after]
    used = {key for item in after for key in _roots(item.key, generations)}
    gone = [Step(Change.DROPPED, one.key, _dutch(one), None) for one in before if one.key not in used]
    if not is_form:
        return Difference((*steps, *gone))
    then, now = catalog.get(name, old), catalog.get(name, new)
    return Difference((*steps, *gone), tuple(_scales(then, now)), tuple(_texts(then, now)))


def _generations(catalog: Catalog, name: str, old: str, new: str) -> list[Asked]:
    """The items of every version from the old one up to the new one; of a joined form, of its profile."""
    profile = name.removeprefix("reflection-")
    if catalog.profile_versions(profile):
        if profile != name:
            catalog.get(name, old), catalog.get(name, new)
            old, new = old.partition("-")[0], new.partition("-")[0]
        versions = _between(catalog.profile_versions(profile), profile, old, new, equal=profile != name)
        kept = [catalog.profile(profile, version).competencies for version in versions]
        return [[one for one in items if one.is_rated or profile == name] for items in kept]
    versions = _between(catalog.versions(name), name, old, new)
    return [catalog.get(name, version).items for version in versions]


def _between(known: Sequence[str], name: str, old: str, new: str, *, equal: bool = False) -> Sequence[str]:
    for version in (old, new):
        if version not in known:
            raise UnknownQuestionnaire(f"There is no {name} {version}.")
    start, end = known.index(old), known.index(new)
    if start > end or (start == end and not equal):
        raise ValueError(f"{new} is not newer than {old}")
    return known[start : end + 1]


def _roots(key: str, generations: Sequence[Asked]) -> tuple[str, ...]:
    """The items of the oldest generation that this item of the newest came from."""
    keys = {key: None}
    for items in reversed(generations[1:]):
        by_key = {item.key: item for item in items}
        keys = dict.fromkeys(
            earlier
            for one in keys
            if by_key[one].change is not Change.NEW
            for earlier in (by_key[one].origin or (one,))
        )
    return tuple(keys)


def _step(
    catalog: Catalog,
    name: str,
    versions: tuple[str, str],
    item: Item | Competency,
    generations: Sequence[Asked],
    is_form: bool,
) -> Step:
    roots = _roots(item.key, generations)
    words = {one.key: _dutch(one) for one in generations[0]}
    then = " | ".join(words[key] for key in roots) or None
    if roots == (item.key,):
        walked = {one.change for items in generations[1:] for one in items if one.key == item.key}
        change = _form_change(catalog, name, versions, item.key) if is_form else _worst(walked)
        return Step(change, item.key, then, _dutch(item))
    change = Change.MERGED if len(roots) > 1 else Change.SPLIT if roots else Change.NEW
    return Step(change, item.key, then, _dutch(item), roots)


def _form_change(catalog: Catalog, name: str, versions: tuple[str, str], key: str) -> Change:
    for since, change in ((catalog.item_version, Change.SAME), (catalog.anchor, Change.EDITORIAL)):
        if since(name, versions[0], key) == since(name, versions[1], key):
            return change
    return Change.CHANGED


def _worst(walked: set[Change]) -> Change:
    if walked <= SAME_WORDS:
        return Change.SAME
    return Change.EDITORIAL if walked <= SAME_MEANING else Change.CHANGED


def _scales(then: Questionnaire, now: Questionnaire) -> Iterator[Step]:
    for key in {**then.scales, **now.scales}:
        older, newer = _levels(then.scales.get(key, ())), _levels(now.scales.get(key, ()))
        if older != newer:
            change = Change.EDITORIAL if key in now.editorial_scales else Change.CHANGED
            kind = change if older and newer else Change.NEW if newer else Change.DROPPED
            yield Step(kind, key, older or None, newer or None)


def _levels(levels: Sequence[Level]) -> str:
    said = [(level.value, level.label, level.anchor) for level in levels]
    return " · ".join(
        f"{value} {label[SOURCE_LANGUAGE]}" + (f" ({anchor[SOURCE_LANGUAGE]})" if anchor else "")
        for value, label, anchor in said
    )


def _texts(then: Questionnaire, now: Questionnaire) -> Iterator[Step]:
    for key in {**then.texts, **now.texts}:
        older, newer = (form.texts.get(key, {}).get(SOURCE_LANGUAGE) for form in (then, now))
        if older != newer:
            kind = Change.CHANGED if older and newer else Change.NEW if newer else Change.DROPPED
            yield Step(kind, key, older, newer)


def _dutch(item: Item | Competency) -> str:
    return item.text[SOURCE_LANGUAGE]


def _item_lines(step: Step) -> Iterator[str]:
    yield f"  {step.key}" + (f" (out of {', '.join(step.origin)})" if step.origin else "")
    yield from _words(step)


def _words(step: Step) -> Iterator[str]:
    for sign, words in zip_longest("-+", (step.then, step.now)):
        if words and step.then != step.now:
            yield f"    {sign} {words}"

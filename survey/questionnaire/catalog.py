"""All profiles and questionnaires of one folder, checked as a whole and immutable; reads files only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from survey.questionnaire import publication, reflection, rules
from survey.questionnaire.definition import Change, Competency, Item, Profile, Questionnaire
from survey.questionnaire.files import FOLDER, Files, is_profile, models, order, read
from survey.questionnaire.finding import BrokenQuestionnaires, Finding
from survey.questionnaire.rules import Raw

T = TypeVar("T")
Shelf = Mapping[str, Mapping[str, T]]


class UnknownQuestionnaire(LookupError):
    """No file has this name or version."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Questionnaires and profiles by name and version, oldest first, and the wording each item carries."""

    _forms: Shelf[Questionnaire]
    _profiles: Shelf[Profile]
    _wordings: Mapping[tuple[str, str], Mapping[str, str]]

    def versions(self, form: str) -> tuple[str, ...]:
        """Oldest first; none for an unknown form."""
        return tuple(self._forms.get(form, ()))

    def get(self, form: str, version: str | None = None) -> Questionnaire:
        """One version, or the newest; raises UnknownQuestionnaire."""
        return _pick(self._forms, form, version)

    def profile(self, key: str, version: str | None = None) -> Profile:
        """One version, or the newest; raises UnknownQuestionnaire."""
        return _pick(self._profiles, key, version)

    def reflection(self, profile: str, version: str | None = None) -> Questionnaire:
        """The self-reflection on the rated competencies of a profile: the form `reflection-<profile>`."""
        return self.get(f"reflection-{profile}", version)

    def item_version(self, form: str, version: str, item: str) -> str:
        """The version that brought in the words of this item: equal item versions, equal words."""
        try:
            return self._wordings[form, version][item]
        except KeyError:
            raise UnknownQuestionnaire(f"{form} {version} has no item {item}.") from None


def _pick(shelf: Shelf[T], key: str, version: str | None) -> T:
    versions = shelf.get(key, {})
    wanted = version or next(reversed(tuple(versions)), "")
    if wanted not in versions:
        raise UnknownQuestionnaire(f"There is no {key} {version or 'in any version'}.")
    return versions[wanted]


def load(folder: Path = FOLDER) -> Catalog:
    """Reads and checks a whole folder. Raises BrokenQuestionnaires with every error of every file at once."""
    files = read(folder)
    findings = [
        *files.unreadable,
        *publication.check(files.definitions, files.published),
        *_over_versions(files),
    ]
    for name, data in files.definitions.items():
        findings += [*_misnamed(name, data), *rules.check(f"{name}.toml", data)]
    profiles, broken_profiles = models(Profile, files)
    forms, broken_forms = models(Questionnaire, files)
    templates = [form for form in forms if form.items_from]
    findings += [*broken_profiles, *broken_forms, *reflection.misfits(templates, profiles)]
    if findings:
        raise BrokenQuestionnaires(tuple(sorted(findings)))
    return _assembled(profiles, [form for form in forms if not form.items_from], templates)


def _over_versions(files: Files) -> Iterator[Finding]:
    before: dict[str, Raw] = {}
    for name in sorted(files.definitions, key=order):
        family = name.rpartition("-")[0]
        yield from rules.history(f"{name}.toml", before.get(family, {}), files.definitions[name])
        before[family] = files.definitions[name]


def _misnamed(name: str, data: Raw) -> Iterator[Finding]:
    family = f"profile-{data.get('profile')}" if is_profile(name) else data.get("form")
    if name != f"{family}-{data.get('version')}":
        text = f"the file holds {family} {data.get('version')}"
        yield Finding(f"{name}.toml", "", "file-name", text, "Name the file after what it holds.")


def _assembled(
    profiles: list[Profile], forms: list[Questionnaire], templates: list[Questionnaire]
) -> Catalog:
    """The catalog of checked models, each list from old to new."""
    wordings = _wordings((form.form, form.version, form.items) for form in forms)
    competencies = _wordings((one.profile, one.version, one.competencies) for one in profiles)
    levels = reflection.level_wordings(templates)
    joined = []
    for profile, template in product(profiles, templates):
        if reflection.fits(template, profile):
            form = reflection.joined(template, profile)
            said = competencies[profile.profile, profile.version]
            rated = levels[template.form, template.version]
            wordings[form.form, form.version] = {
                item.key: f"{said[item.key]}-{rated[item.scale]}" for item in form.items
            }
            joined.append(form)
    return Catalog(
        _shelf((form.form, form.version, form) for form in (*forms, *joined)),
        _shelf((profile.profile, profile.version, profile) for profile in profiles),
        MappingProxyType({name: MappingProxyType(words) for name, words in wordings.items()}),
    )


def _wordings(
    versions: Iterable[tuple[str, str, Iterable[Item | Competency]]],
) -> dict[tuple[str, str], dict[str, str]]:
    """Per form and version, and per item: the version of its words, walking on over `same`. Oldest first."""
    newest: dict[str, dict[str, str]] = {}
    wordings = {}
    for form, version, items in versions:
        before = newest.get(form, {})
        newest[form] = wordings[form, version] = {
            item.key: before[item.key] if item.change is Change.SAME else version for item in items
        }
    return wordings


def _shelf(entries: Iterable[tuple[str, str, T]]) -> Shelf[T]:
    shelf: dict[str, dict[str, T]] = {}
    for key, version, entry in entries:
        shelf.setdefault(key, {})[version] = entry
    return MappingProxyType({key: MappingProxyType(versions) for key, versions in shelf.items()})

"""All profiles and questionnaires of one folder, checked as a whole and immutable; reads files only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from survey.questionnaire import companions, history, publication, reflection, released, rules
from survey.questionnaire.companions import GOALS, Beside
from survey.questionnaire.definition import Choice, Item, Questionnaire
from survey.questionnaire.files import FOLDER, WORDLESS, Files, is_profile, models, order, read
from survey.questionnaire.finding import BrokenQuestionnaires, Finding
from survey.questionnaire.frozen import Text
from survey.questionnaire.hints import HintRules
from survey.questionnaire.profile import Competency, Profile
from survey.questionnaire.rules import Raw
from survey.questionnaire.vocabulary import Change

T = TypeVar("T")
Shelf = Mapping[str, Mapping[str, T]]
Since = Mapping[tuple[str, str], Mapping[str, str]]
Joined = tuple[Profile, Questionnaire, Questionnaire]

SAME_WORDS = frozenset({Change.SAME})
SAME_MEANING = frozenset({Change.SAME, Change.EDITORIAL})


class UnknownQuestionnaire(LookupError):
    """No file has this name or version."""


class UnknownChoice(LookupError):
    """No list has this name, or none of its entries this key."""


class Catalog(Struct, frozen=True):
    """Questionnaires and profiles by name and version, oldest first, since when items stand, and lists."""

    _forms: Shelf[Questionnaire]
    _profiles: Shelf[Profile]
    _wordings: Since
    _anchors: Since
    _choices: Mapping[str, tuple[Choice, ...]]
    _page_texts: Mapping[str, Mapping[str, Text]]
    _hint_rules: HintRules | None

    def versions(self, form: str) -> tuple[str, ...]:
        """Oldest first; none for an unknown form."""
        return tuple(self._forms.get(form, ()))

    def get(self, form: str, version: str | None = None) -> Questionnaire:
        """One version, or the newest; raises UnknownQuestionnaire."""
        return _pick(self._forms, form, version)

    def profile(self, key: str, version: str | None = None) -> Profile:
        """One version, or the newest; raises UnknownQuestionnaire."""
        return _pick(self._profiles, key, version)

    def profile_versions(self, key: str) -> tuple[str, ...]:
        """Oldest first; none for an unknown profile."""
        return tuple(self._profiles.get(key, ()))

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The newest version of every profile."""
        return tuple(_pick(self._profiles, key, None) for key in self._profiles)

    def reflection(self, profile: str, version: str | None = None) -> Questionnaire:
        """The self-reflection on the rated competencies of a profile: the form `reflection-<profile>`."""
        return self.get(f"reflection-{profile}", version)

    def item_version(self, form: str, version: str, item: str) -> str:
        """The version that brought in the words of this item: equal item versions, equal words."""
        return _pick_item(self._wordings, form, version, item)

    def anchor(self, form: str, version: str, item: str) -> str:
        """The version since which answers to this item compare; an editorial change keeps it."""
        return _pick_item(self._anchors, form, version, item)

    def questions(self, form: str, version: str) -> frozenset[tuple[str, str]]:
        """Each item of a version with its anchor: sums compare only where all of these are equal."""
        items = self.get(form, version).items
        return frozenset((item.key, self.anchor(form, version, item.key)) for item in items)

    def common_items(self, asked: Iterable[tuple[str, str]]) -> frozenset[str]:
        """The items that all of these (form, version) ask so that answers compare: the anchor set."""
        anchors = [
            {(form, item, anchor) for item, anchor in self.questions(form, version)}
            for form, version in set(asked)
        ]
        return frozenset(item for _, item, _ in set.intersection(*anchors)) if anchors else frozenset()

    def wording_before(self, form: str, version: str, item: str) -> str | None:
        """The newest version of the form in which this item was asked as before its last change, if any."""
        anchor = self.anchor(form, version, item)
        earlier = self.versions(form)[: self.versions(form).index(version)]
        asked = (one for one in reversed(earlier) if item in self._anchors[form, one])
        return next((one for one in asked if self.anchor(form, one, item) != anchor), None)

    def choices(self, name: str) -> tuple[Choice, ...]:
        """A list to choose from, in the order to show it; raises UnknownChoice."""
        if name not in self._choices:
            raise UnknownChoice(f"There is no list {name}.")
        return self._choices[name]

    def choice(self, name: str, key: str) -> Choice:
        """One entry of a list, such as a stored one; raises UnknownChoice."""
        for choice in self.choices(name):
            if choice.key == key:
                return choice
        raise UnknownChoice(f"The list {name} has no {key}.")

    def goals(self, respondent: str) -> tuple[Choice, ...]:
        """The goals to offer to a parent or a pupil; none for whoever has no ladder."""
        return tuple(goal for goal in self.choices(GOALS) if respondent in goal.respondents)

    def goal(self, key: str) -> Choice:
        """One goal, such as a stored one; raises UnknownChoice."""
        return self.choice(GOALS, key)

    def page_texts(self, register: str) -> Mapping[str, Text]:
        """The texts of respondents' pages without a form, for `formal` (grown-ups) or `informal` (pupils).

        Each text has every language of the file; where a form has one more, Dutch stands in.
        """
        return self._page_texts[register]

    @property
    def hint_rules(self) -> HintRules:
        """Thresholds and rates of the rules behind hints; raises UnknownQuestionnaire without their file."""
        if self._hint_rules is None:
            raise UnknownQuestionnaire("There is no hints.toml.")
        return self._hint_rules


def _pick(shelf: Shelf[T], key: str, version: str | None) -> T:
    versions = shelf.get(key, {})
    wanted = version or next(reversed(tuple(versions)), "")
    if wanted not in versions:
        raise UnknownQuestionnaire(f"There is no {key} {version or 'in any version'}.")
    return versions[wanted]


def _pick_item(since: Since, form: str, version: str, item: str) -> str:
    try:
        return since[form, version][item]
    except KeyError:
        raise UnknownQuestionnaire(f"{form} {version} has no item {item}.") from None


def load(folder: Path = FOLDER) -> Catalog:
    """Reads and checks a whole folder. Raises BrokenQuestionnaires with every error of every file at once."""
    files = read(folder)
    findings = [
        *files.unreadable,
        *publication.check(files.definitions, files.companions, files.published),
        *_over_versions(files),
    ]
    for name, data in files.definitions.items():
        findings += [*_misnamed(name, data), *rules.check(f"{name}.toml", data)]
        findings += released.check(f"{name}.toml", data)
    for name in files.companions.keys() - WORDLESS:
        findings += rules.check_companion(f"{name}.toml", files.companions[name])
    beside = companions.read(files)
    profiles, broken_profiles = models(Profile, files)
    forms, broken_forms = models(Questionnaire, files)
    templates = [form for form in forms if form.items_from]
    findings += [*broken_profiles, *broken_forms, *beside.findings]
    findings += [*reflection.misfits(templates, profiles), *companions.unsaid(beside.goal_languages, forms)]
    if findings:
        raise BrokenQuestionnaires(tuple(sorted(findings)))
    return _assembled(profiles, [form for form in forms if not form.items_from], templates, beside)


def _over_versions(files: Files) -> Iterator[Finding]:
    before: dict[str, Raw] = {}
    for name in sorted(files.definitions, key=order):
        family = name.rpartition("-")[0]
        yield from history.check(f"{name}.toml", before.get(family, {}), files.definitions[name])
        before[family] = files.definitions[name]


def _misnamed(name: str, data: Raw) -> Iterator[Finding]:
    family = f"profile-{data.get('profile')}" if is_profile(name) else data.get("form")
    if name != f"{family}-{data.get('version')}":
        text = f"the file holds {family} {data.get('version')}"
        yield Finding(f"{name}.toml", "", "file-name", text, "Name the file after what it holds.")


def _assembled(
    profiles: list[Profile], forms: list[Questionnaire], templates: list[Questionnaire], beside: Beside
) -> Catalog:
    """The catalog of checked models, each list from old to new."""
    joined = [
        (profile, template, reflection.joined(template, profile))
        for profile, template in product(profiles, templates)
        if reflection.fits(template, profile)
    ]

    def since(kept: frozenset[Change]) -> Since:
        levels = reflection.levels_since(templates, reworded=kept == SAME_WORDS)
        asked = _walked(((form.form, form.version, form.items) for form in forms), kept)
        rated = _walked(((one.profile, one.version, one.competencies) for one in profiles), kept)
        return _frozen(asked | _since_joined(joined, rated, levels))

    return Catalog(
        _shelf((form.form, form.version, form) for form in (*forms, *(form for *_, form in joined))),
        _shelf((profile.profile, profile.version, profile) for profile in profiles),
        since(SAME_WORDS),
        since(SAME_MEANING),
        beside.choices,
        beside.page_texts,
        beside.hint_rules,
    )


def _walked(
    versions: Iterable[tuple[str, str, Iterable[Item | Competency]]], kept: frozenset[Change]
) -> dict[tuple[str, str], Mapping[str, str]]:
    """Per form and version, and per item: since which version, walking on over `kept`. Oldest first."""
    newest: dict[str, dict[str, str]] = {}
    since: dict[tuple[str, str], Mapping[str, str]] = {}
    for form, version, items in versions:
        before = newest.get(form, {})
        newest[form] = since[form, version] = {
            item.key: before[item.key] if item.change in kept else version for item in items
        }
    return since


def _since_joined(
    joined: Iterable[Joined], rated: Since, levels: Since
) -> dict[tuple[str, str], Mapping[str, str]]:
    """As `_walked` for the joined forms: an item is a competency and the levels of its scale."""
    return {
        (form.form, form.version): {
            item.key: f"{rated[profile.profile, profile.version][item.key]}"
            f"-{levels[template.form, template.version][item.scale]}"
            for item in form.items
        }
        for profile, template, form in joined
    }


def _frozen(since: Since) -> Since:
    return MappingProxyType({name: MappingProxyType(items) for name, items in since.items()})


def _shelf(entries: Iterable[tuple[str, str, T]]) -> Shelf[T]:
    shelf: dict[str, dict[str, T]] = {}
    for key, version, entry in entries:
        shelf.setdefault(key, {})[version] = entry
    return MappingProxyType({key: MappingProxyType(versions) for key, versions in shelf.items()})

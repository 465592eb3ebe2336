"""Keys of questionnaires in the words someone read; a key that no file holds any more stands for itself."""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from survey.clock import HOME, local_day, moment
from survey.questionnaire.catalog import Catalog, UnknownChoice, UnknownQuestionnaire
from survey.questionnaire.definition import Item, Questionnaire
from survey.questionnaire.profile import Profile


class Words(Struct, frozen=True):
    """What keys stand for, in one language."""

    catalog: Catalog
    lang: str

    def form(self, form: str, version: str | None = None) -> Questionnaire | None:
        """One version of a form, or the newest."""
        try:
            return self.catalog.get(form, version)
        except UnknownQuestionnaire:
            return None

    def profile(self, key: str) -> str:
        """The title of a profile."""
        found = self._profile(key)
        return found.title[self.lang] if found else key

    def item(self, form: str, version: str | None, key: str) -> tuple[str, str]:
        """The short name of an item and its words."""
        item = _item(self.form(form, version), key)
        if item is None:
            return key, ""
        return (item.label or item.text)[self.lang], item.text[self.lang]

    def item_of(self, profile: str, key: str) -> str:
        """The short name of an item in the newest form of a profile."""
        return self.item(f"reflection-{profile}", None, key)[0]

    def answer(self, form: str, version: str | None, item: str, value: int | None, code: str | None) -> str:
        """An answer as it stood on the page: the words of the level, or what was no level."""
        asked = self.form(form, version)
        found = _item(asked, item)
        if asked is None or found is None:
            return str(value or code or "")
        if value is None:
            return next((other.label[self.lang] for other in asked.non_scores if other.code == code), "")
        return next(level.label[self.lang] for level in asked.levels(found) if level.value == value)

    def role_or_task(self, profiles: Iterable[str], key: str) -> str:
        """The name of a role or task of one of these profiles."""
        for profile in filter(None, map(self._profile, profiles)):
            labels = {one.key: one.label for one in profile.roles} | {
                one.key: one.label for one in profile.tasks
            }
            if key in labels:
                return labels[key][self.lang]
        return key

    def choice(self, name: str, key: str | None) -> str:
        """An entry of a list to choose from."""
        try:
            return self.catalog.choice(name, key).label[self.lang] if key else ""
        except UnknownChoice:
            return key or ""

    def _profile(self, key: str) -> Profile | None:
        try:
            return self.catalog.profile(key)
        except UnknownQuestionnaire:
            return None


@lru_cache(maxsize=512)
def _item(form: Questionnaire | None, key: str) -> Item | None:
    return next((item for item in form.items if item.key == key), None) if form else None


def day(text: str | None) -> str:
    """A stored time or day as a day that spreadsheets and people read: 2026-01-20."""
    if not text:
        return ""
    return text if "T" not in text else local_day(text).isoformat()


def minute(text: str | None) -> str:
    """A stored time on the clock of the Netherlands: 2026-01-20 10:42."""
    return f"{moment(text).astimezone(HOME):%Y-%m-%d %H:%M}" if text else ""

"""What the keys in a research export stand for: wordings of items, levels and tasks, in both languages."""

from collections.abc import Sequence
from typing import Final

from survey.export.research.columns import FORM_VERSION, ITEM, PROFILE, SINCE, WORDING
from survey.export.research.study import Study, profile_of
from survey.questionnaire.definition import Questionnaire
from survey.sheets.tables import Cell, Column, Table

KEY: Final = (PROFILE.name, ITEM.name, WORDING.name)  # names one wording of one item


def meanings(study: Study) -> tuple[Table, ...]:
    """What the keys in the other tables stand for."""
    words = tuple(
        Column(f"{what}_{lang}", f"{name} in {language}")
        for what, name in (("label", "Short name"), ("text", "The words a coach read"))
        for lang, language in (("nl", "Dutch"), ("en", "English"))
    )
    items = (
        PROFILE,
        ITEM,
        WORDING,
        SINCE,
        Column("place", "Code of the item in the profile, such as A1"),
        Column("block", "attitude, skills or knowledge"),
        Column("scale", "Scale it is answered on, see the table levels"),
        *words,
    )
    levels = (
        Column("scale", "Scale"),
        FORM_VERSION,
        Column("value", "Level", "INTEGER"),
        *words[:2],
    )
    tasks = (PROFILE, Column("task", "Task"), *words[:2])
    return (
        Table("items", "Every wording of every item in this export.", items, lambda: _items(study), KEY),
        Table(
            "levels",
            "What the levels say; coaches see words and never numbers.",
            levels,
            lambda: _levels(study),
            ("scale", "form_version", "value"),
        ),
        Table("tasks", "The tasks of the profiles.", tasks, lambda: _tasks(study), ("profile", "task")),
    )


def forms(study: Study) -> tuple[Questionnaire, ...]:
    """Every version of every reflection form that this export holds answers to, oldest first."""
    used = sorted({one.form for one in study.rounds})
    return tuple(
        study.catalog.get(form, version) for form in used for version in study.catalog.versions(form)
    )


def _items(study: Study) -> list[Sequence[Cell]]:
    found: dict[tuple[str, str, str], Sequence[Cell]] = {}
    for form in forms(study):
        for item in form.items:
            version = study.catalog.item_version(form.form, form.version, item.key)
            since = study.catalog.anchor(form.form, form.version, item.key)
            key = profile_of(form.form), item.key, version
            label = item.label or {}
            words = label.get("nl"), label.get("en"), item.text.get("nl"), item.text.get("en")
            found.setdefault(key, (*key, since, item.code, item.block, item.scale, *words))
    return list(found.values())


def _levels(study: Study) -> list[Sequence[Cell]]:
    used = {(one.form, one.version) for one in study.rounds}
    found = {
        (scale, form.version, level.value): (level.label.get("nl"), level.label.get("en"))
        for form in forms(study)
        if (form.form, form.version) in used
        for scale, levels in form.scales.items()
        for level in levels
    }
    return [(*key, *words) for key, words in found.items()]


def _tasks(study: Study) -> list[Sequence[Cell]]:
    profiles = [study.catalog.profile(key) for key in sorted({one.profile for one in study.rounds})]
    return [
        (profile.profile, task.key, task.label.get("nl"), task.label.get("en"))
        for profile in profiles
        for task in profile.tasks
    ]

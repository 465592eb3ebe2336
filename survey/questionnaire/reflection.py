"""Joins a reflection form, which has scales and texts, with a profile, which has the competencies to rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from survey.questionnaire.definition import Item, Questionnaire
from survey.questionnaire.finding import Finding
from survey.questionnaire.profile import Competency, Profile
from survey.questionnaire.vocabulary import Kind


def fits(form: Questionnaire, profile: Profile) -> bool:
    """Whether the form has every scale that the profile rates on."""
    return all(competency.scale in form.scales for competency in profile.rated)


def misfits(forms: Iterable[Questionnaire], profiles: Iterable[Profile]) -> Iterator[Finding]:
    """Profiles that rate on a scale which no single reflection form has."""
    forms = tuple(forms)
    for profile in profiles if forms else ():
        if not any(fits(form, profile) for form in forms):
            known = set[str]().union(*(form.scales for form in forms))
            wrong = [rated for rated in profile.rated if rated.scale not in known] or profile.rated
            for rated in wrong:
                text = f"no reflection form has the scale “{rated.scale}” with the other scales"
                path = f"competencies.{rated.key}.scale"
                file = f"profile-{profile.profile}-{profile.version}.toml"
                yield Finding(file, path, "unknown-reference", text, "Correct it, or add the scale.")


def joined(form: Questionnaire, profile: Profile) -> Questionnaire:
    """The questionnaire a coach fills in; its version names both parts, profile first."""
    return form.model_copy(
        update={
            "form": f"{form.form}-{profile.profile}",
            "version": f"{profile.version}-{form.version}",
            "items_from": None,
            "items": tuple(_item(competency) for competency in profile.rated),
            "dropped": profile.dropped,
            "blocks": profile.blocks,
        }
    )


def _item(competency: Competency) -> Item:
    return Item(
        key=competency.key,
        concept=competency.key,
        kind=Kind(competency.measurement),
        scale=competency.scale or "",
        change=competency.change,
        origin=competency.origin,
        text=competency.text,
        note=competency.note,
        source=competency.source,
        code=competency.code,
        block=competency.block,
        label=competency.label,
        example=competency.example,
        mark=competency.mark,
    )


def levels_since(forms: Iterable[Questionnaire], *, reworded: bool) -> dict[tuple[str, str], dict[str, str]]:
    """Per form and version, oldest first, and per scale: since which version its levels mean the same.

    With `reworded` since which version they read the same: an editorial change of a scale counts too.
    """
    newest: dict[str, Questionnaire] = {}
    since: dict[tuple[str, str], dict[str, str]] = {}
    for form in forms:
        before = newest.get(form.form)
        since[form.form, form.version] = {
            scale: since[before.form, before.version][scale]
            if before and _goes_on(scale, before, form, reworded)
            else form.version
            for scale in form.scales
        }
        newest[form.form] = form
    return since


def _goes_on(scale: str, before: Questionnaire, form: Questionnaire, reworded: bool) -> bool:
    alike = before.scales.get(scale) == form.scales[scale]
    return alike or (scale in form.editorial_scales and not reworded)

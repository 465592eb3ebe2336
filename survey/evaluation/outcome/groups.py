"""The groups of a release as a reader finds them: in which order, and what they are called."""

from flask_babel import gettext as _
from flask_babel import ngettext
from msgspec import Struct

from survey.evaluation.release.reports import Release, Told


class Choice(Struct, frozen=True):
    """A group to look at; `depth` is 0 for the programme, 1 for a cluster, 2 for a coach."""

    key: str
    name: str
    depth: int
    group: Told


DEPTH = {"programme": 0, "cluster": 1, "coach": 2}


def choices(release: Release, person_id: str) -> tuple[Choice, ...]:
    """The groups of a release, each after the one it lies in."""
    return tuple(
        Choice(group.key, name(release, group, person_id), DEPTH[group.level], group)
        for group in release.groups
    )


def name(release: Release, group: Told, person_id: str) -> str:
    """What a group is called on a page; of others together how many they are."""
    return str(_own_name(release, group, person_id))


def coach(label: str) -> str:
    """What a coach is called, also one whose name is not kept any more."""
    return label or str(_("Een coach van toen"))


def _own_name(release: Release, group: Told, person_id: str) -> object:
    if group.level == "programme":
        return _("Heel het programma")
    if group.person_id == person_id:
        return _("Over u")
    if not group.is_rest:
        return coach(group.label) if group.level == "coach" else _("Cluster %(name)s", name=group.label)
    if group.level == "cluster":
        return ngettext("Eén ander cluster", "%(num)d andere clusters samen", group.together)
    cluster = next(one.label for one in release.groups if one.key == group.parent)
    if release.homes.get(person_id) == group.key:
        return _("Coaches in %(cluster)s samen, met u", cluster=cluster)
    return ngettext(
        "Eén coach in %(cluster)s", "%(num)d coaches in %(cluster)s samen", group.together, cluster=cluster
    )

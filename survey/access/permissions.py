"""Roles, permissions and which role grants what; `allow` and `public` mark views for the guard."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from msgspec import Struct

View = TypeVar("View", bound=Callable[..., Any])


class NotYours(Exception):
    """What someone wants to change is not, or no longer, theirs in that way; nothing was stored."""


class Role(StrEnum):
    """What someone is in the programme; one person can hold several roles."""

    label: LazyString
    description: LazyString

    def __new__(cls, value: str, *words: LazyString) -> "Role":
        role = str.__new__(cls, value)
        role._value_ = value
        role.label, role.description = words
        return role

    COACH = "coach", _("coach"), _("Reflecteert, houdt trajecten bij en ziet de eigen groei.")
    TRAINER = "trainer", _("trainer"), _("Ziet deelname en groei van de cohorten die hij of zij traint.")
    LEAD = "lead", _("programmaleider"), _("Houdt bij wie er meedoet. Ziet geen reflecties en geen checks.")


class Permission(StrEnum):
    """One thing someone may do."""

    description: LazyString

    def __new__(cls, value: str, *words: LazyString) -> "Permission":
        permission = str.__new__(cls, value)
        permission._value_ = value
        (permission.description,) = words
        return permission

    SEE_TODAY = "see-today", _("Zien wat er vandaag te doen is.")
    KEEP_ACCOUNT = "keep-account", _("Overal uitloggen.")
    REFLECT = "reflect", _("Een zelfreflectie invullen en verbeteren.")
    SEE_OWN_GROWTH = "see-own-growth", _("De eigen groei zien.")
    KEEP_CASES = "keep-cases", _("Trajecten openen, checks vragen en de antwoorden lezen.")
    SEE_COHORTS = "see-cohorts", _("Deelname en groei zien van cohorten die u traint.")
    MANAGE_PEOPLE = "manage-people", _("Mensen toevoegen en noteren wie er vertrekt.")
    TAKE_PART = "take-part", _("De agenda zien en iets voorstellen.")
    HOLD_EVENTS = "hold-events", _("Bijeenkomsten houden van cohorten die u traint.")
    MANAGE_COHORTS = "manage-cohorts", _("Jaarplannen, trainers en opdrachten van coaches bijhouden.")
    KEEP_REGISTER = "keep-register", _("Scholen, inzet, startafspraken en plannen bijhouden.")
    SEE_OWN_PLACEMENTS = "see-own-placements", _("De eigen inzet zien en uren opschrijven.")
    KEEP_AGREEMENTS = "keep-agreements", _("Startafspraken schrijven, laten tekenen en daarop terugkijken.")
    RUN_EVALUATION = (
        "run-evaluation",
        _("De jaarevaluatie openen, mensen uitnodigen en de uitkomst vrijgeven."),
    )
    WRITE_ADVICE = "write-advice", _("Het inzetadvies schrijven en ondertekenen.")
    PASS_ON_CASES = "pass-on-cases", _("Trajecten zonder coach overdragen, zonder ze te zien.")


_EVERYONE = frozenset({Permission.SEE_TODAY, Permission.KEEP_ACCOUNT})

GRANTS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.COACH: _EVERYONE
        | {Permission.REFLECT, Permission.SEE_OWN_GROWTH, Permission.KEEP_CASES, Permission.TAKE_PART}
        | {Permission.SEE_OWN_PLACEMENTS, Permission.KEEP_AGREEMENTS},
        Role.TRAINER: _EVERYONE | {Permission.SEE_COHORTS, Permission.TAKE_PART, Permission.HOLD_EVENTS},
        Role.LEAD: _EVERYONE
        | {Permission.MANAGE_PEOPLE, Permission.MANAGE_COHORTS, Permission.PASS_ON_CASES}
        | {Permission.KEEP_REGISTER, Permission.KEEP_AGREEMENTS}
        | {Permission.RUN_EVALUATION, Permission.WRITE_ADVICE},
    }
)


class Scope(Struct, frozen=True):
    """The person who asks: what every store function about persons wants to know."""

    person_id: str
    name: str
    roles: frozenset[Role]
    language: str = "nl"

    def can(self, permission: Permission) -> bool:
        """Whether one of the roles grants this."""
        return any(permission in GRANTS[role] for role in self.roles)


class Allow(Struct, frozen=True):
    """The mark of a view for people with this permission."""

    permission: Permission


class Public(Struct, frozen=True):
    """The mark of a view for anyone, and why that is right."""

    reason: str


def allow(permission: Permission) -> Callable[[View], View]:
    """Mark a view: only for someone who is signed in and may do this. Stands under the route decorator."""
    return lambda view: _mark(view, Allow(permission))


def public(reason: str) -> Callable[[View], View]:
    """Mark a view: open to anyone, for the reason given. Stands under the route decorator."""
    if not reason.strip():
        raise ValueError("say why this page is open to anyone")
    return lambda view: _mark(view, Public(reason))


def mark_of(view: Callable[..., Any] | None) -> Allow | Public | None:
    """The mark a view carries, if any."""
    mark = getattr(view, "access", None)
    return mark if isinstance(mark, Allow | Public) else None


def _mark(view: View, mark: Allow | Public) -> View:
    if hasattr(view, "access"):
        raise TypeError(f"{getattr(view, '__name__', view)} already says who may come in")
    view.access = mark  # type: ignore[attr-defined]
    return view

"""Whom a talk of a case is with: people by kind and number, and others around the school by choice."""

from collections.abc import Collection, Iterable

from babel.lists import format_list
from flask_babel import get_locale

from survey.case import informants
from survey.case.informants import Who
from survey.current import catalog
from survey.web.language import screen_language


def offered(case_kind: str, known: Iterable[Who], present: Collection[str] = ()) -> list[str]:
    """Whom to choose from in a case of this kind: who can be asked, who is present, others of the school."""
    there = _people(present)
    people = {
        *informants.first(case_kind),
        *informants.further([*known, *there], case_kind),
        *there,
    }
    return [
        *map(str, sorted(people, key=informants.place)),
        *(choice.key for choice in catalog().choices("talk_with")),
    ]


def name_of(key: str) -> str:
    """Ouder, Andere leerkracht, Intern begeleider."""
    who = informants.parsed(key)
    return who.name if who else catalog().choice("talk_with", key).label[screen_language()]


def named(present: Collection[str]) -> str:
    """Those present in one breath, people first: "ouder en leerkracht"; empty for nobody."""
    others = [choice.key for choice in catalog().choices("talk_with") if choice.key in present]
    names = [name_of(key) for key in [*map(str, sorted(_people(present), key=informants.place)), *others]]
    return str(format_list([name[:1].lower() + name[1:] for name in names], locale=get_locale()))


def _people(keys: Iterable[str]) -> list[Who]:
    return [who for who in map(informants.parsed, keys) if who is not None]

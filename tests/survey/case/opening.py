"""What the tests about opening a case share: what is told of one, what is refused, what is stored."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from survey.case import actions
from survey.database import SqliteEngine
from tests.conftest import START, Member

SchoolOf = Callable[..., str]
CODE = re.compile(r"[CFGHJKMNPQRTVWXY]{2}-[CFGHJKMNPQRTVWXY3479]{4}")
ABOUT = {"kind": "group", "signalled_by": "ib", "signalled_on": "2026-01-05", "theme": "with_others"}

# What is sent, and what is wrong with it.
REFUSED = [
    ({"kind": "family"}, "kind", "Kies een van de antwoorden."),
    ({"signalled_by": "neighbour"}, "signalled_by", "Kies een van de antwoorden."),
    ({"theme": "adhd"}, "theme", "Kies een van de antwoorden."),
    ({"signalled_on": "2026-01-21"}, "signalled_on", "Deze dag komt nog."),
    ({"signalled_on": "2024-01-19"}, "signalled_on", "Deze dag is te lang geleden."),
    ({"signalled_on": "1-13-2026"}, "signalled_on", "Dit is geen dag."),
    ({"signalled_on": "0000-00-00"}, "signalled_on", "Dit is geen dag."),
]


def open_case(engine: SqliteEngine, coach: Member, school_of: SchoolOf) -> str:
    """The code of a new case of this coach."""
    return actions.open_case(engine, school_id=school_of(coach), by=coach.id, at=START)


def code_of(made: TestResponse) -> str:
    """The code of a case that was opened just now."""
    return urlsplit(made.location).path.removeprefix("/trajecten/")


def opened(engine: SqliteEngine) -> dict[str, object]:
    """What is stored of the only case."""
    (row,) = engine.rows('SELECT profile, kind, signalled_by, signalled_on, theme FROM "case"')
    return row

"""Acts on schools: adding, correcting, closing, who takes part, and a whole list at once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct, field

from survey.access import audit
from survey.access.permissions import Scope
from survey.database import Engine, Row, new_key
from survey.school import importing, reports, store
from survey.school.cells import WHOLE_SCHOOL
from survey.school.importing import Checked, Preview
from survey.school.lists import Table
from survey.school.reports import Count, School

AT_A_TIME = 500  # rows of a list, so that who waits sees how far it is

Watch = Callable[[Sequence[Any], str], Iterable[Any]]


class NoSchool(LookupError):
    """There is no such school."""


class Taken(Exception):
    """Another school has this BRIN number and branch, or this name and place."""

    def __init__(self, holder: Row) -> None:
        super().__init__(holder["id"])
        self.id, self.name, self.place = holder["id"], holder["name"], holder["place"]


class Changed(Exception):
    """Someone else changed a school since the page showed it."""


class NotAsSeen(Exception):
    """The list does something else than was seen, or something in it is wrong; nothing was stored."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview


class Details(Struct, frozen=True):
    """What is noted of a school."""

    name: str
    place: str
    brin: str | None = None
    branch: str = WHOLE_SCHOOL
    board: str = ""
    municipality: str = ""
    street: str = ""
    postcode: str = ""
    programmes: tuple[str, ...] = ()


class TakePart(Struct, frozen=True):
    """Which of the new schools of a list take part: all of them, or those of some municipalities."""

    every: bool = False
    municipalities: frozenset[str] = field(default_factory=frozenset)

    def __contains__(self, school: School) -> bool:
        return self.every or school.municipality in self.municipalities


def unwatched(rows: Sequence[Any], _what: str) -> Iterable[Any]:
    """The rows as they are: nobody waits for them at a terminal."""
    return rows


def add(engine: Engine, *, details: Details, by: Scope, at: datetime) -> str:
    """A new school that takes part; raises Taken."""
    key = new_key()
    with engine.atomic():
        _free(engine, details)
        store.insert_schools(engine, [{"id": key, **_row(details), "takes_part": 1}])
        store.put_programmes(engine, {key: details.programmes})
        audit.note(engine, act="school-added", by=by.person_id, at=at, object=key)
    return key


def change(
    engine: Engine, *, school_id: str, details: Details, by: Scope, at: datetime, shown: str | None = None
) -> None:
    """Correct what is noted; `shown` is the fingerprint of what was seen. Raises NoSchool, Changed, Taken."""
    with engine.atomic():
        before = _school(engine, by, school_id)
        if shown is not None and shown != before.fingerprint:
            raise Changed
        _free(engine, details, but=school_id)
        store.change_schools(engine, [{"id": school_id, **_row(details)}])
        store.put_programmes(engine, {school_id: details.programmes})
        audit.note(engine, act="school-changed", by=by.person_id, at=at, object=school_id)


def count(
    engine: Engine, *, school_id: str, counted: Count, by: Scope, at: datetime, shown: str | None = None
) -> None:
    """Note pupils and weighting of a school year; without either the year goes.

    `shown` is the mark of what was counted, as it was seen. Raises NoSchool or Changed.
    """
    with engine.atomic():
        if shown not in {None, _school(engine, by, school_id).mark_of_counts}:
            raise Changed
        if counted.pupils is None and counted.weighting is None:
            store.delete_count(engine, school_id=school_id, school_year=counted.school_year)
        else:
            store.put_counts(engine, [{"school_id": school_id, **counted._asdict()}])
        audit.note(engine, act="pupils-noted", by=by.person_id, at=at, object=school_id)


def take_part(engine: Engine, *, school_id: str, on: bool, by: Scope, at: datetime) -> None:
    """Coaches can be placed at a school from now on, or no longer; raises NoSchool."""
    with engine.atomic():
        _school(engine, by, school_id)
        store.set_takes_part(engine, school_id=school_id, takes_part=on)
        act = "school-takes-part" if on else "school-takes-part-no-more"
        audit.note(engine, act=act, by=by.person_id, at=at, object=school_id)


def close(engine: Engine, *, school_id: str, last_day: date, by: Scope, at: datetime) -> None:
    """A school closes: no coach is placed there any more; raises NoSchool, or Changed where it did before."""
    with engine.atomic():
        if not _school(engine, by, school_id).is_open:
            raise Changed
        store.set_closed(engine, school_id=school_id, closed_on=last_day.isoformat())
        audit.note(engine, act="school-closed", by=by.person_id, at=at, object=school_id)


def reopen(engine: Engine, *, school_id: str, by: Scope, at: datetime) -> None:
    """A school is open after all; raises NoSchool."""
    with engine.atomic():
        _school(engine, by, school_id)
        store.set_closed(engine, school_id=school_id, closed_on=None)
        audit.note(engine, act="school-reopened", by=by.person_id, at=at, object=school_id)


def import_list(
    engine: Engine,
    *,
    table: Table,
    school_year: str,
    take_part: TakePart,
    by: Scope | None,
    at: datetime,
    seen: str | None = None,
    watch: Watch = unwatched,
) -> Preview:
    """Put in a whole list, or nothing of it; `seen` is the fingerprint of the preview that was seen.

    Raises NotAsSeen with what there is to see now.
    """
    with engine.atomic():
        preview = importing.check(
            table, reports.everything(engine), school_year, lambda lines: watch(lines, "read")
        )
        if not preview.is_fine or (seen is not None and seen != preview.fingerprint):
            raise NotAsSeen(preview)
        new, changed = preview.of("new"), preview.of("changed")
        pieces = [*_pieces(new), *_pieces(changed)]
        for piece in watch(pieces, "stored"):
            _store(engine, piece, take_part)
        did = f"{len(new)} new, {len(changed)} changed"
        audit.note(engine, act="schools-imported", by=by.person_id if by else None, at=at, object=did)
    return preview


def note_export(engine: Engine, *, by: Scope, at: datetime) -> None:
    """The list of schools was taken along as a file."""
    with engine.atomic():
        audit.note(engine, act="schools-exported", by=by.person_id, at=at)


def _school(engine: Engine, by: Scope, school_id: str) -> School:
    found = reports.find(engine, by, school_id)
    if found is None:
        raise NoSchool(school_id)
    return found


def _free(engine: Engine, details: Details, but: str | None = None) -> None:
    holder = store.holder(
        engine, brin=details.brin, branch=details.branch, name=details.name, place=details.place
    )
    if holder and holder["id"] != but:
        raise Taken(holder)


def _row(of: Details | School) -> dict[str, Any]:
    return {
        "name": of.name,
        "place": of.place,
        "brin": of.brin,
        "branch": of.branch,
        "board": of.board,
        "municipality": of.municipality,
        "street": of.street,
        "postcode": of.postcode,
    }


def _pieces(lines: Sequence[Checked]) -> list[Sequence[Checked]]:
    return [lines[start : start + AT_A_TIME] for start in range(0, len(lines), AT_A_TIME)]


def _store(engine: Engine, lines: Sequence[Checked], take_part: TakePart) -> None:
    """Store lines that are all of one kind: new, or changed."""
    schools = [(line.before.id if line.before else new_key(), line) for line in lines]
    new = [(key, line.after) for key, line in schools if line.after and not line.before]
    changed = [(key, line.after) for key, line in schools if line.after and line.before]
    if new:
        rows = [{"id": key, **_row(one), "takes_part": int(one in take_part)} for key, one in new]
        store.insert_schools(engine, rows)
    if changed:
        store.change_schools(engine, [{"id": key, **_row(one)} for key, one in changed])
    counts = [
        {"school_id": key, **counted._asdict()} for key, one in (*new, *changed) for counted in one.counts
    ]
    if counts:
        store.put_counts(engine, counts)
    programmes = {
        key: line.after.programmes
        for key, line in schools
        if line.after and line.after.programmes != (line.before.programmes if line.before else ())
    }
    store.put_programmes(engine, programmes)

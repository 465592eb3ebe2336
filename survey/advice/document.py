"""An advice as it stands, sentence by sentence, and where it no longer says what is known now."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct

from survey.advice.drafting import SHARE, Drafted
from survey.advice.sentences import SECTIONS, Book, book
from survey.clock import day_or_none, moment, moment_or_none
from survey.database import Row
from survey.fingerprint import fingerprint


class Line(Struct, frozen=True):
    """A sentence of an advice; without `key` a person wrote it. `drafted` is how it read before an edit."""

    id: str
    section: str
    position: int
    key: str | None
    about: str
    words: str
    drafted: str | None
    fields: Mapping[str, str]
    n: str
    period: str
    source: str
    changed_by: str | None
    changed_at: datetime | None
    left_out_at: datetime | None

    @property
    def is_own(self) -> bool:
        """Whether a person wrote it."""
        return self.key is None

    @property
    def is_edited(self) -> bool:
        """Whether a person changed what was drafted."""
        return self.key is not None and self.changed_at is not None

    @property
    def is_in(self) -> bool:
        """Whether it stands in the document."""
        return self.left_out_at is None

    @property
    def fingerprint(self) -> str:
        """The mark of what can be changed, as it is now."""
        return fingerprint(self.words, self.is_in, self.changed_at and self.changed_at.isoformat())


class Advice(Struct, frozen=True):
    """One advice, of a school or with `school_id` None of the programme; frozen once `signed_at`.

    `holds_back`: sentences about another coach are not among its lines, for this reader.
    """

    id: str
    school_id: str | None
    school: str | None
    school_year: str
    made_at: datetime
    choice: str | None
    choice_hours: float | None
    choice_on: date | None
    choice_with: tuple[str, ...]
    find_coach: bool
    chosen_by: str | None
    chosen_at: datetime | None
    reason: str
    revision: int
    signed_as: str | None
    signed_at: datetime | None
    lines: tuple[Line, ...] = ()
    holds_back: bool = False

    @property
    def is_signed(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.signed_at is not None

    @property
    def mark_of_choice(self) -> str:
        """The mark of the choice as it is now."""
        day = self.choice_on and self.choice_on.isoformat()
        return fingerprint(
            self.choice, self.choice_hours, day, self.choice_with, self.find_coach, self.reason
        )

    def line(self, line_id: str) -> Line | None:
        """One of its sentences."""
        return next((one for one in self.lines if one.id == line_id), None)

    def in_section(self, section: str) -> tuple[Line, ...]:
        """The sentences of a section, also those left out."""
        return tuple(one for one in self.lines if one.section == section)


class Difference(NamedTuple):
    """A value that is not what it was when the sentence was drafted; None for one that is gone or new."""

    field: str
    was: str | None
    is_now: str | None


class Flag(Struct, frozen=True):
    """Why a sentence asks for attention: what it was made of changed, or with `now` None is gone."""

    now: Drafted | None
    differences: tuple[Difference, ...] = ()


class Standing(Struct, frozen=True):
    """How an advice stands to what is known now: flags by sentence, and what could be said beside it."""

    flags: Mapping[str, Flag]
    missing: tuple[Drafted, ...]

    @property
    def is_current(self) -> bool:
        """Whether it says what is known now."""
        return not self.flags and not self.missing


def standing(advice: Advice, drafted: Sequence[Drafted]) -> Standing:
    """Hold an advice against a draft of now; a sentence that was left out asks for nothing."""
    now = {(one.key, one.about): one for one in drafted}
    flags = dict[str, Flag]()
    for line in advice.lines:
        if line.key is None or not line.is_in:
            continue
        found = now.get((line.key, line.about))
        if found is None:
            flags[line.id] = Flag(None)
        elif different(line, found):
            flags[line.id] = Flag(found, _differences(line.fields, found.fields))
    return Standing(flags, missing(advice, drafted))


def missing(advice: Advice, drafted: Sequence[Drafted]) -> tuple[Drafted, ...]:
    """What could be said and is not in an advice, but for what belongs to a share that was left out."""
    held = {(line.key, line.about) for line in advice.lines}
    hushed = {line.about for line in advice.lines if (line.key or "").endswith(SHARE) and not line.is_in}
    return tuple(one for one in drafted if (one.key, one.about) not in held and one.about not in hushed)


def different(line: Line, now: Drafted) -> bool:
    """Whether a sentence would be made of something else now."""
    read_on = book().sentence(now.key).read_on
    was, is_now = ({**one.fields, read_on: ""} for one in (line, now))
    return (was, line.n, line.period) != (is_now, now.n, now.period)


def order(lines: Sequence[Line], drafted: Sequence[Drafted]) -> dict[str, int]:
    """The place of each sentence by id: as in the draft, and own ones at the end of their section."""
    places = {(one.key, one.about): place for place, one in enumerate(drafted)}
    end = len(drafted) + len(lines)

    def place(line: Line) -> tuple[int, int, int]:
        known = places.get((line.key or "", line.about), end)
        return SECTIONS.index(line.section), end if line.is_own else known, line.position

    return {line.id: number for number, line in enumerate(sorted(lines, key=place))}


def follows(lines: Sequence[Line], line: Line, book: Book) -> tuple[Line, ...]:
    """The sentences that say more about this one, and come and go with it."""
    if line.key is None or book.sentence(line.key).joins:
        return ()
    joins = {one.key for one in book.sentences if one.joins}
    return tuple(one for one in lines if one.key in joins and one.about == line.about)


def advice(row: Row, lines: Sequence[Row] = (), *, holds_back: bool = False) -> Advice:
    """An advice as its store reads it."""
    times = {name: moment_or_none(row[name]) for name in ("chosen_at", "signed_at")}
    told = {
        "made_at": moment(row["made_at"]),
        "choice_on": day_or_none(row["choice_on"]),
        "choice_with": tuple(row["choice_with"].split()),
        "find_coach": bool(row["find_coach"]),
        "lines": tuple(map(_line, lines)),
        "holds_back": holds_back,
    }
    return Advice(**{**row, **times, **told})


def _line(row: Row) -> Line:
    times = {name: moment_or_none(row[name]) for name in ("changed_at", "left_out_at")}
    texts = {name: row[name] or "" for name in ("n", "period", "source")}
    return Line(**{**row, **times, **texts, "fields": json.loads(row["fields"] or "{}")})


def _differences(was: Mapping[str, str], is_now: Mapping[str, str]) -> tuple[Difference, ...]:
    names = [*is_now, *(name for name in was if name not in is_now)]
    return tuple(
        Difference(name, was.get(name), is_now.get(name))
        for name in names
        if was.get(name) != is_now.get(name)
    )

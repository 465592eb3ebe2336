"""An advice as a document: its sentences by section, who wrote them, and where their numbers stand."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from msgspec import Struct

from survey.advice import spoken
from survey.advice.document import Advice, Line
from survey.advice.sentences import SECTIONS, Book
from survey.clock import local_day
from survey.document import Block, Bullets, Heading, Paragraph

APART = frozenset({"placement", "evaluation"})  # sections with a paragraph for each place or statement


class Note(Struct, frozen=True):
    """Where a number stands, over how many and which days; `source` is the address of the view."""

    number: int
    words: str
    source: str


class Said(Struct, frozen=True):
    """A sentence; with the number of its note, and who wrote it where that was a person."""

    line: Line
    note: int | None
    byline: str = ""

    @property
    def words(self) -> str:
        """How it reads."""
        return self.line.words


class Part(Struct, frozen=True):
    """A section: paragraphs of sentences; what a person wrote stands apart."""

    key: str
    heading: str
    paragraphs: tuple[tuple[Said, ...], ...]


class Sheet(Struct, frozen=True):
    """The whole document, in Dutch."""

    name: str
    above: str
    title: str
    parts: tuple[Part, ...]
    reason: str
    chosen: str
    notes: tuple[Note, ...]
    basis: str
    status: str
    held_back: str


def sheet(advice: Advice, book: Book, programme: str) -> Sheet:
    """The document of an advice, without the sentences that were left out."""
    notes = dict[tuple[str, str], Note]()
    parts = [
        Part(key, book.headings[key], tuple(_paragraphs(advice, key, book, notes)))
        for key in SECTIONS
        if any(line.is_in for line in advice.in_section(key))
    ]
    where = advice.school or book.words["whole_programme"]
    year = book.say("school_year", year=spoken.years(advice.school_year))
    chosen = _by(book, "chosen", advice.chosen_by, advice.chosen_at) if advice.reason else ""
    status = book.words["concept"]
    if advice.signed_at:
        day = spoken.day(local_day(advice.signed_at))
        status = book.say("signed", name=advice.signed_as, date=day)
    return Sheet(
        name=book.headings["document"],
        above=" · ".join(one for one in (programme, year, where) if one),
        title=_title(advice, book),
        parts=tuple(parts),
        reason=f"{book.words['reason']}: {advice.reason}" if advice.reason else "",
        chosen=chosen,
        notes=tuple(notes.values()),
        basis=book.headings["basis"],
        status=status,
        held_back=book.words["held_back"] if advice.holds_back else "",
    )


def blocks(made: Sheet) -> list[Block]:
    """The document as blocks for a file."""
    found: list[Block] = [Paragraph(made.above, small=True), Paragraph(made.status, small=True)]
    found.append(Heading(made.title, 1))
    if made.held_back:
        found.append(Paragraph(made.held_back, small=True))
    for part in made.parts:
        found.append(Heading(part.heading, 2))
        for paragraph in part.paragraphs:
            found.append(Paragraph(" ".join(_with_note(one) for one in paragraph)))
            found += [Paragraph(one.byline, small=True) for one in paragraph if one.byline]
        if part.key == SECTIONS[-1] and made.reason:
            found += [Paragraph(made.reason), Paragraph(made.chosen, small=True)]
    if made.notes:
        found += [Heading(made.basis, 2), Bullets([one.words for one in made.notes], numbered=True)]
    return found


def _paragraphs(
    advice: Advice, section: str, book: Book, notes: dict[tuple[str, str], Note]
) -> Iterable[tuple[Said, ...]]:
    """Sentences as drafted run on; a place, a share with what joins it, and words of a person stand alone."""
    lines = [line for line in advice.in_section(section) if line.is_in]
    number = 0

    def paragraph(line: Line) -> tuple[int, str]:
        nonlocal number
        if line.is_own or line.is_edited:
            number += 1
            return number, line.id
        return number, line.about if section in APART else ""

    for _, run in groupby(lines, key=paragraph):
        yield tuple(_said(line, book, notes) for line in run)


def _said(line: Line, book: Book, notes: dict[tuple[str, str], Note]) -> Said:
    byline = ""
    if line.is_own:
        byline = f"{_by(book, 'added', line.changed_by, line.changed_at)} {book.words['no_number']}"
    elif line.is_edited:
        byline = _by(book, "changed", line.changed_by, line.changed_at)
    words = "" if line.key is None else basis(line, book)
    if not words:
        return Said(line, None, byline)
    note = notes.setdefault((words, line.source), Note(len(notes) + 1, words, line.source))
    return Said(line, note.number, byline)


def basis(line: Line, book: Book) -> str:
    """Where the number of a sentence stands, over how many and which days; empty for one without."""
    view = book.views[book.sentence(line.key).view] if line.key else ""
    told = ", ".join(one for one in (line.n, line.period) if one)
    return f"{view}: {told}." if view and told else view and f"{view}."


def _by(book: Book, word: str, name: str | None, at: datetime | None) -> str:
    day = spoken.day(local_day(at)) if at else ""
    return book.say(word, name=name or book.words["someone"], date=day)


def _title(advice: Advice, book: Book) -> str:
    told = book.titles[advice.choice or "open"]
    return told.replace("{hours}", spoken.hours(advice.choice_hours or 0))


def _with_note(one: Said) -> str:
    return f"{one.words} [{one.note}]" if one.note else one.words

"""Documents people take along: a title and blocks of text as a Word file. Whatever was typed stays text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from survey.signs import fit

if TYPE_CHECKING:
    from datetime import datetime

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class Heading(Struct, frozen=True):
    """A heading below the title: level 1 or 2."""

    words: str
    level: int = 1


class Paragraph(Struct, frozen=True):
    """Some sentences; lines stay lines. `small` is for notes and sources."""

    words: str
    small: bool = False


class Bullets(Struct, frozen=True):
    """A list; numbered where its order is referred to."""

    items: Sequence[str]
    numbered: bool = False


class Table(Struct, frozen=True):
    """Rows of text under a head."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Bullets | Table


def docx(title: str, blocks: Iterable[Block], *, language: str, at: datetime) -> bytes:
    """A Word file of these blocks, made at this moment; it names no person as its writer."""
    from docx import Document
    from docx.shared import Pt

    made = Document()
    made.styles["Normal"].font.name = "Calibri"
    made.styles["Normal"].font.size = Pt(11)
    about = made.core_properties
    about.title, about.author, about.last_modified_by = _text(title)[:250], "", ""
    about.language, about.comments = language, ""
    about.created = about.modified = at.replace(tzinfo=None)
    made.add_heading(_text(title), level=0)
    for block in blocks:
        _add(made, block)
    filled = io.BytesIO()
    made.save(filled)
    return filled.getvalue()


def _add(made: Any, block: Block) -> None:
    match block:
        case Heading(words, level):
            _turned(made.add_heading(_text(words), level=level))
        case Paragraph(words, small):
            added = made.add_paragraph(_text(words))
            _turned(added)
            if small:
                for run in added.runs:
                    run.font.size = made.styles["Normal"].font.size * 0.8
        case Bullets(items, numbered):
            for item in items:
                _turned(made.add_paragraph(_text(item), style="List Number" if numbered else "List Bullet"))
        case Table(head, rows):
            _add_table(made, head, rows)


def _add_table(made: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = made.add_table(rows=1, cols=len(head), style="Light Grid")
    for cells, words in ((table.rows[0].cells, head), *((table.add_row().cells, row) for row in rows)):
        for cell, word in zip(cells, words, strict=True):
            cell.text = _text(word)


def _text(words: str) -> str:
    return fit(words.replace("\r\n", "\n"))


def _turned(paragraph: Any) -> None:
    """Arabic and the like begin at the right."""
    if _RIGHT_TO_LEFT.search(paragraph.text):
        from docx.oxml import OxmlElement

        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))

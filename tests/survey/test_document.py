"""Word files: what was typed stays text, and nobody is named as the writer."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.document import Document as Read

from survey.document import Block, Bullets, Heading, Paragraph, Table, docx

AT = datetime(2026, 6, 9, 12, 0, tzinfo=UTC)


def read(*blocks: Block, title: str = "Inzetadvies") -> Read:
    return Document(io.BytesIO(docx(title, blocks, language="nl", at=AT)))


def test_blocks_come_back_in_order() -> None:
    found = read(
        Heading("Uren"),
        Paragraph("De regel geeft 3,0 uur."),
        Bullets(["één", "twee"], numbered=True),
        Paragraph("Bron", small=True),
    )
    assert [(one.style and one.style.name, one.text) for one in found.paragraphs] == [
        ("Title", "Inzetadvies"),
        ("Heading 1", "Uren"),
        ("Normal", "De regel geeft 3,0 uur."),
        ("List Number", "één"),
        ("List Number", "twee"),
        ("Normal", "Bron"),
    ]
    assert found.paragraphs[-1].runs[0].font.size < found.styles["Normal"].font.size


def test_a_table_has_its_head_and_rows() -> None:
    (table,) = read(Table(["school", "uren"], [["De Kraanheide", "3,0"], ["Veenpluis", "2,5"]])).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["school", "uren"], ["De Kraanheide", "3,0"], ["Veenpluis", "2,5"],
    ]  # fmt: skip


def test_a_row_that_does_not_fit_its_head_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        read(Table(["school"], [["a", "b"]]))


@pytest.mark.parametrize(
    "hostile",
    [
        "<w:p>&amp;]]></w:t>",
        "=HYPERLINK(1)",
        "{ MERGEFIELD x } \\* MERGEFORMAT",
        "x" * 100_000,
        "السلام عليكم",
        "twee\nregels",
        "\u202eomgekeerd",
        "🙂 \U0001f468\u200d\U0001f469",
    ],
)
def test_hostile_text_comes_out_as_text(hostile: str) -> None:
    found = read(Heading(hostile), Paragraph(hostile), Bullets([hostile]), Table([hostile], [[hostile]]))
    assert [one.text for one in found.paragraphs[1:]] == [hostile] * 3
    assert [cell.text for row in found.tables[0].rows for cell in row.cells] == [hostile] * 2


def test_what_xml_has_no_place_for_is_left_out() -> None:
    assert read(Paragraph("a\x00b\x1bc\ufffed\ud800e\x85f")).paragraphs[1].text == "a b c d e\nf"


def test_text_from_right_to_left_begins_at_the_right() -> None:
    right, left = read(Paragraph("السلام"), Paragraph("dag")).paragraphs[1:]
    assert "w:bidi" in right._p.xml
    assert "w:bidi" not in left._p.xml


def test_the_file_names_no_person_and_no_program() -> None:
    made = docx("Advies", [Paragraph("x")], language="nl", at=AT)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        about = file.read("docProps/core.xml").decode()
    assert "python-docx" not in about
    assert "2026-06-09T12:00:00Z" in about
    assert Document(io.BytesIO(made)).core_properties.author == ""

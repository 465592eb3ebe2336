"""What is read of a file is what somebody who opens it sees."""

import io

import pytest
from openpyxl import Workbook

from survey.sheets.preview import Checked, Preview
from survey.sheets.reading import Line, Unreadable, from_bytes, from_text


def in_bytes(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_passed_over(state: str) -> None:
    book = Workbook()
    book.active.append(["naam", "verborgen"])
    book.active.sheet_state = state
    book.create_sheet("open").append(["naam", "open"])
    assert from_bytes(in_bytes(book)) == [Line(1, ("naam", "open"))]


def test_a_workbook_without_a_sheet_to_see_is_refused() -> None:
    book = Workbook()
    book.create_chartsheet("beeld")
    book.remove(book.worksheets[0])
    with pytest.raises(Unreadable):
        from_bytes(in_bytes(book))


SIGNS = [("Ro\x1bos", "Ro os"), ("\ufffe", ""), ("a\x0bb", "a b"), ("\x7fKraan\x85heide", "Kraan heide")]


@pytest.mark.parametrize(("typed", "read"), SIGNS)
def test_signs_that_no_page_can_hold_are_no_part_of_a_cell(typed: str, read: str) -> None:
    line = Line(1, ("x", read) if read else ("x",))
    assert from_text(f"x;{typed}") == [line]
    assert from_bytes(f"x;{typed}".encode()) == [line]


def test_other_names_of_columns_are_another_table() -> None:
    marks = {Preview((Checked(2, {column: "3"}),)).fingerprint for column in ("hours_agreed", "hours_needed")}
    assert len(marks) == 2

"""A quote keeps text from being run as a formula; text with a quote of its own comes back with it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.sheets import writing
from survey.sheets.cells import typed
from survey.sheets.tables import plain
from survey.sheets.writing import as_it_was, harmless

RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=x", "'=x"),
        ("'=x", "''=x"),
        ("''=x", "'''=x"),
        ("' =x", "'' =x"),
        ("'-veel", "''-veel"),
        ("'t Palet", "'t Palet"),
        ("'", "'"),
        ("x'=y", "x'=y"),
    ],
)
def test_what_is_written_is_read_back(text: str, written: str) -> None:
    assert harmless(text) == written
    assert as_it_was(written) == text
    assert typed(written) == text


@given(st.text(alphabet="'=+-@＝\t\n ax", max_size=8) | st.text(max_size=12))
def test_any_text_comes_back_and_none_begins_with_a_formula(text: str) -> None:
    written = str(harmless(text))
    assert as_it_was(written) == text
    assert not written.lstrip().startswith(RUNS)
    assert not written.startswith(("\t", "\r", "\n"))


def test_a_file_of_ours_read_and_written_again_is_the_same_file() -> None:
    texts = ["=x", "'=x", "''=x", "'t Palet", "x"]
    first = b"".join(writing.csv_pieces(plain("t", ["a"], [[text] for text in texts])))
    rows = list(csv.reader(io.StringIO(first.decode("utf-8-sig"), newline=""), delimiter=";"))[1:]
    read = [[typed(cell)] for (cell,) in rows]
    assert read == [[text] for text in texts]
    assert b"".join(writing.csv_pieces(plain("t", ["a"], read))) == first

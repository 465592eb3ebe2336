"""Which column is which, told by the first line."""

import pytest
from flask import Flask
from flask_babel import force_locale, lazy_gettext

from survey.sheets.columns import Column, Head, head_of
from survey.sheets.reading import Line, Unreadable, from_text

COLUMNS = {
    "name": Column(lazy_gettext("naam"), frozenset({"naam", "name", "schoolnaam"})),
    "place": Column(lazy_gettext("plaats"), frozenset({"plaats"})),
}


@pytest.fixture(autouse=True)
def words(app: Flask) -> object:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("first", "head"),
    [
        ("naam;plaats", Head({"name": 0, "place": 1}, 2)),
        ("PLAATS , School-Naam", Head({"name": 1, "place": 0}, 2)),
        ("iets\tnaam\t\tmeer", Head({"name": 1}, 4, ("iets", "meer"))),
        ("iets", Head({}, 1, ("iets",))),
    ],
)
def test_columns_are_known_by_any_of_their_names(first: str, head: Head) -> None:
    assert head_of(from_text(f"{first}\nx\n"), COLUMNS) == head


def test_a_column_is_known_by_its_name_on_the_screen_in_any_language() -> None:
    with force_locale("en"):
        assert COLUMNS["name"].is_called("name")


def test_a_line_says_nothing_where_it_ends_early() -> None:
    head = head_of(from_text("naam;plaats\n"), COLUMNS)
    assert head.typed(Line(2, ("Noord",))) == {"name": "Noord", "place": ""}


@pytest.mark.parametrize(("cells", "fits"), [(("a", "b"), True), (("a",), True), (("a", "b", "c"), False)])
def test_a_line_with_more_cells_than_the_first_does_not_fit(cells: tuple[str, ...], fits: bool) -> None:
    assert (Head({"name": 0}, 2).misfit(Line(2, cells)) is None) is fits


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Er staat niets in."),
        ("naam;naam\na;b\n", "De kolom “naam” staat er twee keer."),
        ("naam;Schoolnaam\na;b\n", "De kolom “naam” staat er twee keer."),
        ("naam|plaats\na|b\n", "We vinden maar één kolom."),
        ("naam~plaats\na~b\n", "We vinden maar één kolom."),
        ("naam;plaats\na,b\nc,d\n", "We vinden maar één kolom."),
        ("naam;plaats\na|b\nc|d\n", "We vinden maar één kolom."),
    ],
    ids=["nothing", "twice", "twice by two names", "bars", "tildes", "commas below", "bars below"],
)
def test_a_first_line_that_tells_nothing_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        head_of(from_text(text), COLUMNS)


def test_one_line_with_one_cell_is_no_wrong_divider() -> None:
    assert head_of(from_text("naam;plaats\na,b\nc;d\n"), COLUMNS).width == 2

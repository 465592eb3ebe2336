"""The house rules of a page: what the client of all tests lets through, and what not."""

import pytest

from tests.client import check_page, faults_of, parsed, shape

PAGE = '<!doctype html><html lang="nl"><title>Vandaag</title><h1>Dag</h1>{}</html>'
BROKEN = {
    "<p>een <b>twee</p>": "not valid HTML",
    "<p>een</p></div>": "not valid HTML",
    "<p>een & twee &helft; drie</p>": "not valid HTML",
    "<p>een \x0b twee</p>": "not valid HTML",
    "<p>een \ufdd0 twee</p>": "not valid HTML",
    '<p title="een \x01 twee">een</p>': "not valid HTML",
    '<p class="een" class="twee">een</p>': "not valid HTML",
    "<table><p>woorden</p><tr><td>een</td></tr></table>": "not valid HTML",
    '<table><tr><td>een</td></tr><input type="text" aria-label="naam"></table>': "not valid HTML",
    '<p title="een"klein>een</p>': "not valid HTML",
    '<a href="/een>een</a>': "not valid HTML",
    "<h1>Nog een dag</h1>": "a page has one h1, this one has 2",
    "<title>Nog een</title>": "a page has one title, this one has 2",
    '<p id="een">een</p><p id="een">twee</p>': "ids used twice: {'een'}",
    '<p style="color:red">een</p>': "inline style or handlers: ['style on p']",
    '<p onclick="go()">een</p>': "inline style or handlers: ['onclick on p']",
    "<script>go()</script>": "inline script",
    '<input name="naam">': "no label for naam",
    '<label for="ander">Naam</label><select id="een" name="naam"></select>': "no label for naam",
}
SOUND = [
    "<p>een &amp; twee – drie</p>",
    "<table>\n<tr><td>een</td></tr>\n</table>",
    '<table><tr><td>een<input type="hidden" name="een" value="twee"></td></tr></table>',
    '<label>Naam <input name="naam"></label>',
    '<label for="een">Naam</label><textarea id="een" name="naam">\nIk zei: "dag > nacht" niet</textarea>',
    '<select aria-label="Naam" name="naam"><option value="1">een</option></select>',
    '<svg viewBox="0 0 1 1"><title>Een teken</title><path d="M0 0"/></svg>',
    '<script type="application/json">{"een": "twee"}</script>',
    '<script src="/een.js" defer></script>',
]


@pytest.mark.parametrize("part", BROKEN)
def test_a_page_that_breaks_a_rule_is_refused(part: str) -> None:
    with pytest.raises(AssertionError) as refused:
        check_page(PAGE.format(part))
    assert BROKEN[part] in str(refused.value)


@pytest.mark.parametrize("part", SOUND)
def test_a_sound_page_is_let_through(part: str) -> None:
    check_page(PAGE.format(part))


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        (PAGE.replace(' lang="nl"', ""), "does not say its language"),
        (PAGE.replace("Vandaag", " "), "empty title"),
        (PAGE.replace("<h1>Dag</h1>", ""), "has one h1, this one has 0"),
        (PAGE.replace("<!doctype html>", ""), "expected-doctype"),
    ],
)
def test_a_page_lacks_nothing(page: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_page(page.format(""))


@pytest.mark.parametrize("part", [*BROKEN, *SOUND])
def test_without_its_words_a_page_is_as_valid_as_with_them(part: str) -> None:
    page = PAGE.format(part)
    assert faults_of(shape(page)) == faults_of(page)


def test_pages_that_differ_in_their_words_are_read_once() -> None:
    one, other = '<p class="a" id="b">een, 12%</p>', '<p class="c" id="d">Ðe ander – “twee”</p>'
    assert shape(PAGE.format(one)) == shape(PAGE.format(other))
    assert shape(PAGE.format(one)) != shape(PAGE.format(one.replace("<p", "<b").replace("/p", "/b")))


def test_a_tree_holds_what_stands_on_the_page() -> None:
    assert "".join(parsed(PAGE.format("<p>een &amp; <b>twee</b></p>")).itertext()) == "VandaagDageen & twee"


def test_what_was_typed_begins_after_the_first_line_of_its_field() -> None:
    typed = PAGE.format('<textarea name="line">\n\nRustig aan</textarea>')
    assert parsed(typed).findtext(".//textarea") == "\nRustig aan"

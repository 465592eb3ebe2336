"""Changing the sentences of an advice on the page: what was typed is never lost."""

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.survey.advice.conftest import Read, line_of, texts


@pytest.fixture
def line(written: str, read: Read) -> str:
    return line_of(read(written), "placement_running").id


def test_a_sentence_is_changed(lea_at: HouseClient, written: str, read: Read, line: str) -> None:
    told = read(written).line(line)
    assert told
    sent = {"words": "Ana werkt\r\ner graag. ", "shown": told.fingerprint, "act": "save"}
    reply = lea_at.post(f"/advies/{written}/tekst/{line}", data=sent)
    assert reply.location.endswith(f"/advies/{written}/tekst#zin-{line}")
    changed = read(written).line(line)
    assert changed
    assert changed.words == "Ana werkt er graag."


@pytest.mark.parametrize("typed", ["Dankzij de coach is alles goed.", "", "a" * 700])
def test_refused_words_stay_in_the_form(
    lea_at: HouseClient, written: str, line: str, typed: str, read: Read
) -> None:
    before = read(written)
    reply = lea_at.post(f"/advies/{written}/tekst/{line}", data={"words": typed, "act": "save"})
    assert reply.status_code == 422
    assert f">{typed}</textarea>" in reply.text
    assert "Nog niet opgeslagen" in reply.text
    added = lea_at.post(f"/advies/{written}/tekst", data={"words": typed, "section": "hours"})
    assert added.status_code == 422
    assert f">{typed}</textarea>" in added.text
    assert read(written) == before


def test_what_someone_else_changed_is_shown_beside_what_was_typed(
    lea_at: HouseClient, written: str, line: str, read: Read
) -> None:
    told = read(written).line(line)
    assert told
    sent = {"words": "Van een ander.", "shown": told.fingerprint, "act": "save"}
    lea_at.post(f"/advies/{written}/tekst/{line}", data=sent)
    reply = lea_at.post(f"/advies/{written}/tekst/{line}", data={**sent, "words": "Van mij."})
    assert reply.status_code == 409
    assert ">Van mij.</textarea>" in reply.text
    assert "Van een ander." in texts(reply.text)


def test_buttons_do_what_they_say(lea_at: HouseClient, written: str, line: str, read: Read) -> None:
    def now() -> tuple[bool, bool]:
        told = read(written).line(line)
        assert told
        return told.is_in, told.is_edited

    steps = [("leave-out", (False, False)), ("put-back", (True, False)), ("save", (True, True)),
             ("restore", (True, False))]  # fmt: skip
    for act, after in steps:
        sent = {"act": act, "words": "Ana werkt er graag."}
        assert lea_at.post(f"/advies/{written}/tekst/{line}", data=sent).status_code == 303
        assert now() == after


def test_an_act_that_makes_no_sense_is_refused(lea_at: HouseClient, written: str, line: str) -> None:
    path = f"/advies/{written}/tekst/{line}"
    assert lea_at.post(path, data={"act": "paint"}).status_code == 400
    assert lea_at.post(path, data={"act": "restore"}).status_code == 409
    assert lea_at.post(f"/advies/{written}/tekst/none", data={"act": "save"}).status_code == 404
    sent = {"section": "proposal", "words": "Meer."}
    assert lea_at.post(f"/advies/{written}/tekst", data=sent).status_code == 400


def test_a_stale_sentence_is_flagged_in_words_and_renewed(
    engine: SqliteEngine, lea_at: HouseClient, written: str, read: Read
) -> None:
    engine.run("UPDATE placement SET hours_agreed = 3.5")
    assert "Was 4,5, is nu 3,5." in lea_at.get(f"/advies/{written}").text
    page = lea_at.get(f"/advies/{written}/tekst").text
    assert "niet meer actueel" in page
    line = line_of(read(written), "hours_differ_from_rule")
    lea_at.post(f"/advies/{written}/tekst/{line.id}", data={"act": "renew"})
    assert "niet meer actueel" not in lea_at.get(f"/advies/{written}/tekst").text
    engine.run("UPDATE placement SET hours_agreed = 3.0")
    assert "Nieuw: ‘De school heeft 112 leerlingen." in lea_at.get(f"/advies/{written}").text
    assert lea_at.post(f"/advies/{written}/bijwerken").status_code == 303
    assert "Breng de tekst bij" not in lea_at.get(f"/advies/{written}").text


def test_hints_help_a_person_to_write_plainly(lea_at: HouseClient, written: str, line: str) -> None:
    sent = {"act": "save", "words": "Er is draagvlak in het team."}
    lea_at.post(f"/advies/{written}/tekst/{line}", data=sent)
    page = lea_at.get(f"/advies/{written}/tekst").text
    assert "In plaats van ‘draagvlak’: het met elkaar eens zijn." in page

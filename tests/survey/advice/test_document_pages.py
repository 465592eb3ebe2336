"""The document of an advice on the page and in Word: who wrote what, and what was typed stays text."""

import io

from docx import Document
from flask import Flask

from survey.access.permissions import Scope
from survey.advice import actions
from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed
from tests.survey.advice.conftest import JUNE, Read, line_of, texts

HOSTILE = "<script>alert(1)</script> & \u202eomgekeerd\u202c {coach} ' OR 1=1 -- \u0627\u0644\u0645"


def test_each_number_leads_to_a_page_that_is_there(lea_at: HouseClient, app: Flask, written: str) -> None:
    tree = parsed(lea_at.get(f"/advies/{written}").text)
    notes = {one.get("id"): one for one in every(tree, "li") if (one.get("id") or "").startswith("b")}
    marks = [one.get("href") for one in every(tree, "a") if (one.get("href") or "").startswith("#b")]
    assert {mark.removeprefix("#") for mark in marks} == set(notes)
    for note in notes.values():
        (link,) = every(note, "a")
        address, _, anchor = link.get("href").partition("#")
        if address.startswith("/inzet"):
            page = lea_at.get(address)
            assert page.status_code == 200, address
            assert not anchor or f'id="{anchor}"' in page.text, f"{address} has no {anchor}"
        else:
            assert app.url_map.bind("").match(address), address


def test_the_document_tells_who_wrote_what(
    lea_at: HouseClient, written: str, read: Read, engine: SqliteEngine, lead: Scope
) -> None:
    line = line_of(read(written), "placement_running")
    actions.edit(
        engine, advice_id=written, line_id=line.id, words="Ana werkt er graag.", shown=None, by=lead, at=JUNE
    )
    actions.add(
        engine,
        advice_id=written,
        section="limits",
        words="Meer weten we niet.",
        by=lead,
        at=JUNE,
        key="k" * 32,
    )
    said = texts(lea_at.get(f"/advies/{written}").text)
    assert "Ana werkt er graag.1 Gewijzigd door Lea, 9 juni 2026." in said
    assert "Meer weten we niet. Toegevoegd door Lea, 9 juni 2026. Geen cijfer." in said


def test_the_word_file_holds_the_document(engine: SqliteEngine, lea_at: HouseClient, signed: str) -> None:
    reply = lea_at.get(f"/advies/{signed}/advies.docx")
    assert reply.headers["Content-Disposition"].endswith('"inzetadvies-de-kraanheide-2025-2026.docx"')
    assert reply.headers["Cache-Control"] == "no-store"
    said = [one.text for one in Document(io.BytesIO(reply.data)).paragraphs]
    assert "Ondertekend door Lea op 9 juni 2026" in said
    assert "Advies: ga door met 4,5 uur per week" in said
    assert "De reden: De school en de coach willen samen verder." in said
    assert any(one.startswith("Bij de zin ‘Wat we samen bedenken") for one in said)
    assert "Startafspraak: 28 augustus 2025." in said
    (row,) = engine.rows("SELECT object FROM audit WHERE act = 'advice-exported'")
    assert row["object"] == signed


def test_hostile_text_stays_text(
    engine: SqliteEngine, lead: Scope, lea_at: HouseClient, written: str
) -> None:
    actions.add(engine, advice_id=written, section="hours", words=HOSTILE, by=lead, at=JUNE, key="k" * 32)
    for path in (f"/advies/{written}", f"/advies/{written}/tekst"):
        page = lea_at.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    file = lea_at.get(f"/advies/{written}/advies.docx").data
    assert HOSTILE in [one.text for one in Document(io.BytesIO(file)).paragraphs]


def test_signs_that_no_document_can_hold_are_dropped_on_the_way_in(
    lea_at: HouseClient, written: str, read: Read
) -> None:
    lea_at.post(
        f"/advies/{written}/tekst",
        data={"section": "hours", "words": "Een\x0b zin met\u202e tekens."},
    )
    (own,) = [one for one in read(written).lines if one.is_own]
    assert own.words == "Een zin met tekens."
    assert lea_at.get(f"/advies/{written}/advies.docx").status_code == 200

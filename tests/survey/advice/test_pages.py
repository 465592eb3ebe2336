"""The pages of an advice: what a lead sees and sends, what stays when it is refused, what a coach reads."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from docx import Document
from flask import Flask

from survey.access.permissions import Scope
from survey.advice import actions
from survey.advice.actions import Chosen
from survey.advice.document import Advice
from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Member
from tests.survey.advice.conftest import JUNE, SCHOOL, YEAR, Place, line_of

Signed = Callable[[Member], HouseClient]
Read = Callable[[str], Advice]
ON = Chosen("continue", "De school en de coach willen samen verder.", 4.5)
HOSTILE = "<script>alert(1)</script> & \u202eomgekeerd\u202c {coach} ' OR 1=1 -- \u0627\u0644\u0645"


@pytest.fixture
def lea_at(as_: Signed, lea: Member) -> HouseClient:
    return as_(lea)


@pytest.fixture
def signed(engine: SqliteEngine, lead: Scope, written: str) -> str:
    actions.choose(engine, advice_id=written, chosen=ON, shown=None, by=lead, at=JUNE)
    actions.sign(engine, advice_id=written, shown=None, by=lead, at=JUNE)
    return written


def texts(page: str, name: str = "p") -> list[str]:
    return [words(one) for one in every(parsed(page), name)]


def test_a_lead_drafts_a_school_from_the_list(lea_at: HouseClient, placed: str, release: object) -> None:
    page = lea_at.get(f"/advies?jaar={YEAR}").text
    assert "De Kraanheide, Veenrand" in page
    reply = lea_at.post("/advies/maken", data={"jaar": YEAR, "school": SCHOOL})
    assert reply.status_code == 303
    assert "De coach werkt sinds 1 augustus 2025 op De Kraanheide." in lea_at.get(reply.location).text
    assert "concept (1)" in lea_at.get(f"/advies?jaar={YEAR}").text


def test_all_drafts_are_made_at_once_and_once(
    engine: SqliteEngine, lea_at: HouseClient, placed: str, place: Place, cleo: Member
) -> None:
    engine.insert("school", {"id": "s2", "name": "Het Baken", "place": "Veenrand"})
    place("s2", cleo)
    for _ in range(2):
        assert lea_at.post("/advies/maken", data={"jaar": YEAR, "school": "alle"}).status_code == 303
    (row,) = engine.rows("SELECT count(*) AS n, count(DISTINCT school_id) AS schools FROM advice")
    assert row == {"n": 2, "schools": 2}


@pytest.mark.parametrize("wanted", ["", "no-such-school"])
def test_of_no_school_nothing_is_drafted(lea_at: HouseClient, placed: str, wanted: str) -> None:
    assert lea_at.post("/advies/maken", data={"jaar": YEAR, "school": wanted}).status_code == 400


def test_the_list_is_found_by_name_and_state(lea_at: HouseClient, written: str) -> None:
    assert "Geen school gevonden" in lea_at.get(f"/advies?jaar={YEAR}&zoek=zzz").text
    assert "De Kraanheide" in lea_at.get(f"/advies?jaar={YEAR}&staat=draft&zoek=kraan").text
    assert "Geen school gevonden" in lea_at.get(f"/advies?jaar={YEAR}&staat=signed").text
    assert lea_at.get("/advies?jaar=2026-2030&staat=x").status_code == 200


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


class TestText:
    """Changing sentences on the page: what was typed is never lost."""

    @pytest.fixture
    def line(self, written: str, read: Read) -> str:
        return line_of(read(written), "placement_running").id

    def test_a_sentence_is_changed(self, lea_at: HouseClient, written: str, read: Read, line: str) -> None:
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
        self, lea_at: HouseClient, written: str, line: str, typed: str, read: Read
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
        self, lea_at: HouseClient, written: str, line: str, read: Read
    ) -> None:
        told = read(written).line(line)
        assert told
        sent = {"words": "Van een ander.", "shown": told.fingerprint, "act": "save"}
        lea_at.post(f"/advies/{written}/tekst/{line}", data=sent)
        reply = lea_at.post(f"/advies/{written}/tekst/{line}", data={**sent, "words": "Van mij."})
        assert reply.status_code == 409
        assert ">Van mij.</textarea>" in reply.text
        assert "Van een ander." in texts(reply.text)

    def test_buttons_do_what_they_say(self, lea_at: HouseClient, written: str, line: str, read: Read) -> None:
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

    def test_an_act_that_makes_no_sense_is_refused(
        self, lea_at: HouseClient, written: str, line: str
    ) -> None:
        path = f"/advies/{written}/tekst/{line}"
        assert lea_at.post(path, data={"act": "paint"}).status_code == 400
        assert lea_at.post(path, data={"act": "restore"}).status_code == 409
        assert lea_at.post(f"/advies/{written}/tekst/none", data={"act": "save"}).status_code == 404
        sent = {"section": "proposal", "words": "Meer."}
        assert lea_at.post(f"/advies/{written}/tekst", data=sent).status_code == 400

    def test_a_stale_sentence_is_flagged_in_words_and_renewed(
        self, engine: SqliteEngine, lea_at: HouseClient, written: str, read: Read
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

    def test_hints_help_a_person_to_write_plainly(self, lea_at: HouseClient, written: str, line: str) -> None:
        sent = {"act": "save", "words": "Er is draagvlak in het team."}
        lea_at.post(f"/advies/{written}/tekst/{line}", data=sent)
        page = lea_at.get(f"/advies/{written}/tekst").text
        assert "In plaats van ‘draagvlak’: het met elkaar eens zijn." in page


class TestChoice:
    """The form of the choice: nothing is chosen beforehand, and what was typed stays."""

    def test_nothing_is_chosen_beforehand(self, lea_at: HouseClient, written: str) -> None:
        tree = parsed(lea_at.get(f"/advies/{written}/keuze").text)
        assert not [one for one in every(tree, "input") if one.get("checked") is not None]

    def test_a_choice_becomes_the_title_and_the_proposal(self, lea_at: HouseClient, written: str) -> None:
        sent = {"choice": "continue", "hours": "4,5", "reason": "De school wil verder."}
        reply = lea_at.post(f"/advies/{written}/keuze", data=sent)
        assert reply.status_code == 303
        page = lea_at.get(reply.location).text
        assert "Advies: ga door met 4,5 uur per week" in page
        assert "De reden: De school wil verder. Keuze van Lea, 9 juni 2026." in texts(page)
        chosen = [
            one.get("value")
            for one in every(parsed(lea_at.get(f"/advies/{written}/keuze").text), "input")
            if one.get("checked") is not None
        ]
        assert chosen == ["continue"]

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({"choice": "continue", "hours": ""}, "Vul in hoeveel uur per week"),
            ({"choice": "continue", "hours": "veel"}, "Vul in hoeveel uur per week"),
            ({"choice": "more_hours", "hours": "60"}, "hele kwartieren in, hooguit 40"),
            ({"choice": "more_hours", "hours": "-1"}, "hele kwartieren"),
            ({"choice": "more_hours", "hours": "nan"}, "hele kwartieren"),
            ({"choice": "fewer_hours", "hours": "2,1"}, "hele kwartieren"),
            ({"choice": "other_role"}, "Vul in vóór welke dag."),
            ({"choice": "other_role", "before": "2020-01-01"}, "Kies een dag die nog komt."),
            ({"choice": "other_role", "before": "morgen"}, "Dit is geen dag."),
            ({"choice": "analysis"}, "Kies met welke partners."),
            ({"choice": "analysis", "partners": "nobody"}, "Kies"),
            ({"choice": "stop"}, "Kies wat u voorstelt."),
            ({}, "Kies wat u voorstelt."),
            ({"choice": "continue", "hours": "4", "reason": ""}, "Dit is nog leeg."),
            (
                {"choice": "continue", "hours": "4", "reason": "Dat is het effect."},
                "Haal dit eruit: ‘effect’.",
            ),
            ({"choice": "continue", "hours": "4", "reason": "a" * 501}, "hooguit 500 tekens"),
        ],
    )
    def test_a_choice_that_misses_something_keeps_what_was_typed(
        self, lea_at: HouseClient, written: str, read: Read, sent: dict[str, str], says: str
    ) -> None:
        before = read(written)
        reply = lea_at.post(f"/advies/{written}/keuze", data={"reason": "Omdat het past.", **sent})
        assert reply.status_code == 422
        assert says in reply.text
        assert sent.get("reason", "Omdat het past.") in reply.text
        assert read(written) == before

    def test_who_saw_another_choice_reads_both(self, lea_at: HouseClient, written: str, read: Read) -> None:
        sent = {
            "choice": "continue",
            "hours": "4",
            "reason": "Van een ander.",
            "shown": read(written).mark_of_choice,
        }
        assert lea_at.post(f"/advies/{written}/keuze", data=sent).status_code == 303
        reply = lea_at.post(f"/advies/{written}/keuze", data={**sent, "reason": "Van mij."})
        assert reply.status_code == 409
        assert "De reden: Van een ander." in reply.text
        assert "Van mij.</textarea>" in reply.text

    def test_finding_a_coach_is_offered_only_where_a_place_is_open(
        self, lea_at: HouseClient, written: str, place: Place
    ) -> None:
        assert "Zoek ook een nieuwe coach" not in lea_at.get(f"/advies/{written}/keuze").text
        place(SCHOOL, status="vacant_funded")
        assert "Zoek ook een nieuwe coach" in lea_at.get(f"/advies/{written}/keuze").text


class TestSigning:
    """Signing is asked once; a signed advice can be read and taken along, and no more."""

    def test_it_says_what_stands_in_the_way(
        self, engine: SqliteEngine, lea_at: HouseClient, written: str
    ) -> None:
        engine.run("UPDATE placement SET hours_agreed = 3.5")
        page = lea_at.get(f"/advies/{written}/ondertekenen").text
        assert "Kies wat u voorstelt, met de reden." in page
        assert "zeggen niet meer wat er nu bekend is" in page
        assert lea_at.post(f"/advies/{written}/ondertekenen").status_code == 409

    def test_a_lead_signs_what_was_read(
        self, engine: SqliteEngine, lead: Scope, lea_at: HouseClient, written: str, read: Read
    ) -> None:
        actions.choose(engine, advice_id=written, chosen=ON, shown=None, by=lead, at=JUNE)
        shown = read(written).revision
        assert f'value="{shown}"' in lea_at.get(f"/advies/{written}/ondertekenen").text
        assert lea_at.post(f"/advies/{written}/ondertekenen", data={"shown": "0"}).status_code == 409
        assert lea_at.post(f"/advies/{written}/ondertekenen", data={}).status_code == 409
        reply = lea_at.post(f"/advies/{written}/ondertekenen", data={"shown": str(shown)})
        assert reply.status_code == 303
        page = lea_at.get(reply.location).text
        assert "Ondertekend door Lea op 9 juni 2026" in texts(page)
        assert "Tekst wijzigen" not in page

    @pytest.mark.parametrize("part", ["tekst", "keuze", "ondertekenen"])
    def test_pages_to_change_a_signed_advice_are_not_there(
        self, lea_at: HouseClient, signed: str, part: str
    ) -> None:
        assert lea_at.get(f"/advies/{signed}/{part}").status_code == 404
        assert lea_at.post(f"/advies/{signed}/bijwerken").status_code == 404

    def test_signing_twice_leads_to_the_signed_one(self, lea_at: HouseClient, signed: str) -> None:
        reply = lea_at.post(f"/advies/{signed}/ondertekenen", data={"shown": "1"})
        assert (reply.status_code, reply.location) == (303, f"/advies/{signed}")


class TestDocuments:
    """What leaves the house: the same words on paper and in Word; what was typed stays text."""

    def test_the_word_file_holds_the_document(
        self, engine: SqliteEngine, lea_at: HouseClient, signed: str
    ) -> None:
        reply = lea_at.get(f"/advies/{signed}/advies.docx")
        assert reply.headers["Content-Disposition"].endswith("inzetadvies-de-kraanheide-2025-2026.docx")
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
        self, engine: SqliteEngine, lead: Scope, lea_at: HouseClient, written: str
    ) -> None:
        actions.add(engine, advice_id=written, section="hours", words=HOSTILE, by=lead, at=JUNE, key="k" * 32)
        for path in (f"/advies/{written}", f"/advies/{written}/tekst"):
            page = lea_at.get(path).text
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
        file = lea_at.get(f"/advies/{written}/advies.docx").data
        assert HOSTILE in [one.text for one in Document(io.BytesIO(file)).paragraphs]

    def test_signs_that_no_document_can_hold_are_dropped_on_the_way_in(
        self, lea_at: HouseClient, written: str, read: Read
    ) -> None:
        lea_at.post(
            f"/advies/{written}/tekst",
            data={"section": "hours", "words": "Een\x0b zin met\u202e tekens."},
        )
        (own,) = [one for one in read(written).lines if one.is_own]
        assert own.words == "Een zin met tekens."
        assert lea_at.get(f"/advies/{written}/advies.docx").status_code == 200


class TestCoach:
    """The coach of a school reads its signed advice, and nothing before."""

    def test_before_signing_there_is_nothing_to_read(
        self, as_: Signed, ana: Member, placed: str, written: str
    ) -> None:
        page = as_(ana).get(f"/mijn-inzet/{placed}/advies").text
        assert "Er is nog geen ondertekend advies voor De Kraanheide" in page

    def test_a_signed_advice_is_read_without_links_to_pages_of_the_lead(
        self, as_: Signed, ana: Member, placed: str, signed: str
    ) -> None:
        page = as_(ana).get(f"/mijn-inzet/{placed}/advies").text
        assert "De coach werkt sinds 1 augustus 2025 op De Kraanheide." in page
        links = [one.get("href") or "" for one in every(parsed(page), "a")]
        assert not [one for one in links if one.startswith(("/inzet", "/advies", "/evaluatie"))]

    def test_a_year_later_the_last_signed_one_is_read(
        self,
        engine: SqliteEngine,
        as_: Signed,
        ana: Member,
        cleo: Member,
        place: Place,
        signed: str,
    ) -> None:
        engine.run("UPDATE placement SET status = 'ended', ends_on = '2026-07-31'")
        told = {"starts_on": date(2026, 8, 1), "status": "agreed"}
        own, new = place(SCHOOL, ana, **told), place(SCHOOL, cleo, **told)
        assert "schooljaar 2025–2026 · De Kraanheide" in as_(ana).get(f"/mijn-inzet/{own}/advies").text
        page = as_(cleo).get(f"/mijn-inzet/{new}/advies").text
        assert "Er is nog geen ondertekend advies" in page, "she was not there that year"

    def test_of_another_coach_nothing_is_there(
        self, as_: Signed, cleo: Member, ben: Member, placed: str, signed: str
    ) -> None:
        for other in (cleo, ben):
            assert as_(other).get(f"/mijn-inzet/{placed}/advies").status_code == 404
            assert as_(other).get(f"/advies/{signed}").status_code == 404

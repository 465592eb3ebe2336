"""What people take along of what is kept about them, and the portfolio a coach shows."""

import csv
import io
import re
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask
from openpyxl import load_workbook

from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Cohorts, Member
from tests.survey.export.conftest import AIM, LINE, NOTE, PROPOSAL, House

Signed = Callable[[Member], HouseClient]
PAGE = "/eigen-gegevens"
# What names a person and stays out of their own data, and why.
ABOUT_OTHERS = {
    "case.coach_id": "a case is about a pupil",
    "agreement.noted_by": "a case is about a pupil",
    "note.written_by": "private lines are never exported; they go with the case",
    "hint_talk.talked_by": "a case is about a pupil",
    "scale_decision.decided_by": "a case is about a pupil",
    "case_closing.closed_by": "a case is about a pupil",
    "handover.from_id": "a case is about a pupil",
    "handover.to_id": "a case is about a pupil",
    "handover.handed_by": "a case is about a pupil",
    "growth_share.trainer_id": "what others share is theirs",
    "attendance.noted_by": "that others were there is theirs; what was done stands in the log",
    "assignment.noted_by": "what others do is theirs; what was done stands in the log",
    "proposal.decided_by": "what others proposed is theirs; what was done stands in the log",
    "year_plan.made_by": "what was done stands in the log",
    "placement_change.changed_by": "no page shows a coach the history; what was done stands in the log",
    "hours_log.noted_by": "the hours stand with the placement",
    "start_agreement.made_by": "agreements of own places are told as their page shows them",
    "yield_review.noted_by": "what was said looking back stands in the agreement",
    "hours_plan.made_by": "what was done stands in the log",
    "hours_plan_line.person_id": "no page shows a coach a plan; what became of it stands in the schools",
    "evaluation_window.made_by": "what was done stands in the log",
    "evaluation_node.person_id": "forms with a name are told as their page shows them; others have no name",
    "evaluation_release.released_by": "what was done stands in the log",
    "named_talk.noted_by": "what was done stands in the log",
    "evaluation_lines.published_by": "what was done stands in the log",
    "said_done.made_by": "what was done stands in the log",
    "advice.made_by": "what was done stands in the log",
    "advice.chosen_by": "an advice is of a school; what was done stands in the log",
    "advice.signed_by": "an advice is of a school; what was done stands in the log",
    "advice_sentence.changed_by": "an advice is of a school; what was done stands in the log",
    "event.made_by": "what was done stands in the log",
    "wording_release.trainer_id": "numbers of a group that a page showed; nothing of the trainer",
    "wording_draw.person_id": "stands in the answers, as the version of each sentence",
    "outbox.person_id": "a mail leaves within days; that someone was told stands in the messages",
    "signin_link.person_id": "a key, and gone after a day",
    "address_change.person_id": "counts or is gone within two days",
    "address_change.asked_by": "what was done stands in the log",
}


def tables(reply_data: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(reply_data)) as archive:
        return {
            name.removeprefix("csv/").removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""), delimiter=";")
            )
            for name in archive.namelist()
            if name.startswith("csv/")
        }


def test_the_archive_holds_everything_in_words(as_: Signed, ana: Member, house_of_secrets: House) -> None:
    found = tables(as_(ana).get(f"{PAGE}/gegevens.zip").data)
    account = {row["wat"]: row["waarde"] for row in found["account"]}
    assert (account["naam"], account["mailadres"]) == ("Ana", "ana@example.org")
    assert [row["eigen regel"] for row in found["reflecties"]] == [f"{LINE} Ana"] * 2
    assert [row["doel"] for row in found["focuspunten"]] == [f"{AIM} Ana"] * 2
    answers = [row for row in found["antwoorden"] if row["competentie"] == "Oplossingsgericht werken"]
    assert [(row["antwoord"], row["niveau"]) for row in answers] == [
        ("Ik oefen dit", "2"),
        ("Ik kan dit ook als het lastig wordt", "4"),
    ]
    outside = [row for row in found["antwoorden"] if row["competentie"] == "Schuiven met uren"]
    assert {(row["antwoord"], row["niveau"]) for row in outside} == {("Hoort nu niet bij mijn opdracht", "")}
    assert [row["cohort"] for row in found["cohorten"]] == ["najaar"]


def test_what_someone_wrote_is_no_formula(as_: Signed, ana: Member, house_of_secrets: House) -> None:
    reply = as_(ana).get(f"{PAGE}/gegevens.zip").data
    (proposal,) = tables(reply)["voorstellen"]
    assert proposal["voorstel"] == f"'{PROPOSAL}"
    book = load_workbook(io.BytesIO(zipfile.ZipFile(io.BytesIO(reply)).read("mijn-gegevens.xlsx")))
    cell = next(cell for row in book["voorstellen"] for cell in row if cell.value == PROPOSAL)
    assert cell.data_type == "s"


def test_the_workbook_has_the_same_tables(as_: Signed, ana: Member, house_of_secrets: House) -> None:
    client = as_(ana)
    book = load_workbook(io.BytesIO(client.get(f"{PAGE}/gegevens.xlsx").data))
    names = {name.replace(" ", "-") for name in book.sheetnames}
    assert names == tables(client.get(f"{PAGE}/gegevens.zip").data).keys()


def test_whoever_only_has_an_account_takes_that_along(as_: Signed, lea: Member) -> None:
    reply = as_(lea).get(f"{PAGE}/gegevens.zip").data
    assert tables(reply).keys() == {"account", "bezoeken", "logboek"}
    assert "portfolio.html" not in zipfile.ZipFile(io.BytesIO(reply)).namelist()


def test_every_column_that_names_a_person_is_exported_or_said_why_not(engine: SqliteEngine) -> None:
    from survey.export import store

    read = " ".join(" ".join(store._OWN.values()).split())
    named = {
        f"{table['name']}.{column['from']}"
        for table in engine.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for column in engine.rows(f'PRAGMA foreign_key_list("{table["name"]}")')
        if column["table"] == "person"
    }
    left = {
        name
        for name in named - set(ABOUT_OTHERS)
        if not re.search(rf"(FROM|JOIN) {name.partition('.')[0]}\b", read)
    }
    assert not left, f"read these in survey/export/store.py, or say in ABOUT_OTHERS why not: {left}"
    assert set(ABOUT_OTHERS) <= named


@pytest.mark.parametrize("file", ["portfolio.html", "gegevens.xlsx", "gegevens.zip"])
def test_each_file_taken_along_is_in_the_log(
    engine: SqliteEngine, as_: Signed, ana: Member, house_of_secrets: House, file: str
) -> None:
    reply = as_(ana).get(f"{PAGE}/{file}")
    assert reply.headers["Content-Disposition"].startswith("attachment; filename=")
    assert reply.headers["Cache-Control"] == "no-store"
    (line,) = engine.rows("SELECT person_id, object FROM audit WHERE act = 'own-data-exported'")
    assert line["person_id"] == ana.id
    assert line["object"] in file.replace("gegevens.", "")


def test_the_page_offers_a_coach_more_than_a_lead(as_: Signed, ana: Member, lea: Member) -> None:
    assert "Download mijn portfolio" in as_(ana).get(PAGE).text
    text = as_(lea).get(PAGE).text
    assert "Download ZIP" in text
    assert "portfolio" not in text.lower()


class TestPortfolio:
    """One file that opens anywhere, with nothing in it that its owner did not choose."""

    def test_it_needs_no_script_no_network_and_no_other_file(
        self, as_: Signed, ana: Member, house_of_secrets: House
    ) -> None:
        text = as_(ana).get(f"{PAGE}/portfolio.html").text
        assert not [*every(parsed(text), "script"), *every(parsed(text), "link"), *every(parsed(text), "img")]
        assert not any(part in text for part in ("http:", "https:", "src=", "href=", "url(", "@import"))
        assert "default-src 'none'; style-src 'unsafe-inline'" in text

    def test_it_draws_each_block_and_says_it_in_numbers(
        self, as_: Signed, ana: Member, house_of_secrets: House
    ) -> None:
        page = parsed(as_(ana).get(f"{PAGE}/portfolio.html").text)
        assert "Portfolio van Ana" in words(next(every(page, "h1")))
        drawings = [svg for svg in page.iter("svg") if svg.get("role") == "img"]
        assert len(drawings) == 1
        assert "sep 25" in words(drawings[0])
        assert "houding" in words(next(every(page, "table")))

    def test_its_finding_is_told_to_whoever_reads_it(
        self, as_: Signed, ana: Member, house_of_secrets: House
    ) -> None:
        page = words(parsed(as_(ana).get(f"{PAGE}/portfolio.html").text))
        assert "Bij houding, vaardigheden en kennis zien we meer groei dan toeval kan verklaren." in page
        assert "Uw houding" not in page

    def test_then_and_now_stand_beside_each_sentence(
        self, as_: Signed, ana: Member, house_of_secrets: House
    ) -> None:
        page = parsed(as_(ana).get(f"{PAGE}/portfolio.html").text)
        row = next(row for row in every(page, "tr") if "Ik breng een gesprek van wat misgaat" in words(row))
        assert words(row).endswith("sep 25: Ik oefen ditdec 25: Ik kan dit ook als het lastig wordt")

    def test_own_words_are_in_it_only_when_asked_for(
        self, as_: Signed, ana: Member, house_of_secrets: House
    ) -> None:
        client = as_(ana)
        plain = client.get(f"{PAGE}/portfolio.html").text
        assert "Oplossingsgericht werken" in plain
        assert (AIM in plain, LINE in plain) == (False, False)
        chosen = client.get(f"{PAGE}/portfolio.html?woorden=1").text
        assert (f"{AIM} Ana" in chosen, f"{LINE} Ana" in chosen) == (True, True)
        assert NOTE not in chosen

    def test_words_cannot_break_out_of_it(
        self, engine: SqliteEngine, as_: Signed, ana: Member, house_of_secrets: House
    ) -> None:
        engine.run("UPDATE focus SET aim = '<script>alert(1)</script>'")
        text = as_(ana).get(f"{PAGE}/portfolio.html?woorden=1").text
        assert "<script" not in text
        assert "&lt;script&gt;" in text

    def test_before_the_first_reflection_it_says_whose_it_is(self, as_: Signed, ana: Member) -> None:
        assert "Portfolio van Ana" in as_(ana).get(f"{PAGE}/portfolio.html").text

    def test_after_one_round_it_says_when_a_line_comes(
        self, as_: Signed, ana: Member, cohorts: Cohorts, reflected: Callable[..., str]
    ) -> None:
        reflected(ana, cohorts.bens, days=40, level=3)
        text = as_(ana).get(f"{PAGE}/portfolio.html").text
        assert "Vanaf twee meetrondes staat hier een lijn." in text
        assert "Ik doe dit zelf" in text


def test_a_session_that_ended_gets_nothing(app: Flask, as_: Signed, ana: Member, clock: Clock) -> None:
    client = as_(ana)
    clock.forward(days=30)
    for file in ("", "/portfolio.html", "/gegevens.xlsx", "/gegevens.zip"):
        assert client.get(f"{PAGE}{file}").status_code == 302

"""A start agreement on the page and in Word: what was agreed, and hostile words stay words."""

import io
from typing import Any

import pytest
from docx import Document

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.start_agreement import actions as writing
from survey.start_agreement.parts import TASKS, Content
from tests.client import HouseClient
from tests.conftest import START, Member, Signed
from tests.survey.start_agreement import making
from tests.survey.start_agreement.conftest import link_to, shown_in

HOSTILE = "</p><script>alert(1)</script> {{ 7*7 }} \x0b\u202eomgekeerd & <w:br/>"


def test_hostile_words_stay_words_on_every_page_and_in_word(
    app: Any, client: HouseClient, as_: Signed, lea: Member, url: str, engine: SqliteEngine,
    place: str, lead: Scope,
) -> None:  # fmt: skip
    with app.app_context():
        making.draft(engine, place, lead)
    own = as_(lea)
    for part, field in (("gesprek", "school_asks"), ("afspraken", "introduction_prompt.team")):
        path = f"{url}/deel/{part}"
        data = {"shown": shown_in(own.get(path).text), field: HOSTILE, "partner": "director"}
        data |= {"talked_on": "2025-09-04", "review_on": "2026-02-12"}
        assert own.post(path, data=data).status_code == 303
    with app.app_context():
        (signature,) = making.asked(engine, place, lead, partners=["director"])
    client.post(link_to(app, signature), data={"act": "sign", "name": HOSTILE[:120]})
    for page in (own.get(url).text, client.get(link_to(app, signature)).text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "{{ 7*7 }}" in page
    words = Document(io.BytesIO(own.get(f"{url}/word").data))
    text = "\n".join(one.text for one in words.paragraphs)
    assert "</p><script>alert(1)</script> {{ 7*7 }}" in text
    assert "\x0b" not in text
    assert "\u202e" not in text
    assert words.core_properties.author == ""


def test_it_holds_what_was_agreed_and_who_signed(
    app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
) -> None:
    with app.app_context():
        found = making.signed(engine, place, coach)
        writing.look_back(engine, by=coach, **making.looked(found))
    own = as_(ana)
    words = Document(io.BytesIO(own.get(f"{url}/word").data))
    text = "\n".join(one.text for one in words.paragraphs)
    page = own.get(url).text
    for said in (
        "Startafspraak De Kraanheide",
        "Contact met ouders. Meer ouders komen naar een gesprek.",
        "We merken het aan: de lijsten van oktober.",
        "De coach werkt als verbinder.",
        "De coach lost niet elke ruzie op.",
        "In de vergadering van 10 september.",
        "Op 12 februari 2026 kijken we samen terug.",
        "Leerkrachten staan er niet alleen voor. Deels te zien. Op de ouderavond.",
        "De vaste dag.",
    ):
        assert said in text
        assert said in page
    assert [cell.text for cell in words.tables[0].rows[1].cells] == [
        "Coach",
        "Rosa Timmer",
        "20 januari 2026",
    ]


def test_the_download_names_its_version_and_is_not_kept(
    app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
) -> None:
    with app.app_context():
        making.signed(engine, place, coach)
        writing.renew(engine, placement_id=place, by=coach, at=START)
    reply = as_(ana).get(f"{url}/word?versie=1")
    assert "startafspraak-1.docx" in reply.headers["Content-Disposition"]
    assert reply.headers["Cache-Control"] == "no-store"
    assert "startafspraak-2.docx" in as_(ana).get(f"{url}/word").headers["Content-Disposition"]


def test_a_word_file_stands_in_the_audit_log_and_what_is_not_there_does_not(
    app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
) -> None:
    with app.app_context():
        key = making.draft(engine, place, coach)
    as_(ana).get(f"{url}/word")
    as_(ana).get(f"{url}/word?versie=7")
    rows = engine.rows("SELECT person_id, object FROM audit WHERE act = 'agreement-exported'")
    assert rows == [{"person_id": ana.id, "object": key}]


@pytest.mark.parametrize(
    ("roles", "tasks", "does", "does_not"),
    [
        ({"connector", "mediator"}, {"visible_at_school"}, ["Vaak te", "als het stroef"], ["Meehelpen"]),
        ({"connector"}, set(), ["Vaak te zien", "Meehelpen"], ["als het stroef"]),
        (set(), {"visible_at_school"}, ["Vaak te zien"], ["Meehelpen", "als het stroef"]),
    ],
)  # fmt: skip
def test_it_says_of_every_task_whether_it_is_the_coachs(
    app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope,
    roles: set[str], tasks: set[str], does: list[str], does_not: list[str],
) -> None:  # fmt: skip
    with app.app_context():
        key = making.draft(engine, place, coach)
        content = Content(chosen={"role": frozenset(roles), "task": frozenset(tasks)})
        writing.save(engine, agreement_id=key, part=TASKS, content=content, by=coach, at=START)
    yes, _, no = as_(ana).get(url).text.partition("Nu niet gekozen")
    assert all(one in yes and one not in no for one in does)
    assert all(one in no and one not in yes for one in does_not)
    listed, _, _ = no.partition("</p>")
    assert listed.endswith(".")

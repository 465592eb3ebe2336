"""Who was asked a sentence in the words of before takes along those words, not the ones others read."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from survey.clock import stamp
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Cohorts, Member
from tests.survey.export.conftest import ITEM, House
from tests.survey.questionnaire.samples import Data, with_next

OLD, NEW = "2.0-1.0", "2.1-1.0"


def sharpen(profile: Data) -> None:
    """Every rated competency gets other words."""
    for one in profile["competencies"]:
        one["change"] = "changed"
        one["text"] = {lang: f"{text} Nieuw." for lang, text in one["text"].items()}


@pytest.fixture
def asked_as_before(
    app: Flask, engine: SqliteEngine, tmp_path: Path, ana: Member, house_of_secrets: House
) -> str:
    """Ana's second round asked her one item as before and all others in new words; the item, as it was."""
    app.extensions["catalog"] = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", sharpen)
    second = house_of_secrets.rounds[1]
    engine.run("UPDATE round SET version = :new WHERE id = :id", {"new": NEW, "id": second})
    engine.insert("transition", {"round_id": second, "item": ITEM})
    engine.insert("wording_draw", {"round_id": second, "person_id": ana.id, "wording": "old"})
    engine.run(
        "UPDATE reflection_answer SET item_version = :new WHERE item <> :item AND reflection_id IN "
        "(SELECT id FROM reflection WHERE round_id = :round)",
        {"new": NEW, "item": ITEM, "round": second},
    )
    catalog: Catalog = app.extensions["catalog"]
    return catalog.get("reflection-kansencoach", OLD).item(ITEM).text["nl"]


def table(client: HouseClient, name: str) -> list[dict[str, str]]:
    packed = zipfile.ZipFile(io.BytesIO(client.get("/eigen-gegevens/gegevens.zip").data))
    text = packed.read(f"csv/{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_own_data_name_the_sentence_of_a_short_round_that_was_read(
    as_: Callable[[Member], HouseClient],
    engine: SqliteEngine,
    ana: Member,
    cohorts: Cohorts,
    asked_as_before: str,
) -> None:
    at = stamp(START)
    span = {"opens_at": at, "closes_at": stamp(START + timedelta(days=7))}
    engine.insert("micro_round", {"id": "m", "cohort_id": cohorts.bens} | span)
    engine.insert(
        "micro_answer",
        {"micro_round_id": "m", "person_id": ana.id, "form": "reflection-kansencoach", "item": ITEM}
        | {"item_version": OLD, "value": 3, "code": None, "answered_at": at},
    )
    assert [row["zin"] for row in table(as_(ana), "korte-rondes")] == [asked_as_before]


def test_own_data_name_the_sentence_that_was_read(
    as_: Callable[[Member], HouseClient], ana: Member, asked_as_before: str
) -> None:
    rows = table(as_(ana), "antwoorden")
    assert all(row["zin"].endswith("Nieuw.") == (row["versie van de zin"] == NEW) for row in rows)
    assert [row["versie van de zin"] for row in rows if row["zin"] == asked_as_before] == [OLD, OLD]


def test_a_portfolio_puts_answers_to_the_same_words_beside_one_another(
    as_: Callable[[Member], HouseClient], ana: Member, asked_as_before: str
) -> None:
    page = parsed(as_(ana).get("/eigen-gegevens/portfolio.html").text)
    text = words(page)
    assert asked_as_before in text
    assert f"{asked_as_before} Nieuw." not in text
    assert text.count("Nieuw.") == 16


def test_a_sentence_that_was_reworded_shows_no_answer_to_the_old_one(
    as_: Callable[[Member], HouseClient], engine: SqliteEngine, ana: Member, asked_as_before: str
) -> None:
    engine.run("DELETE FROM transition")
    engine.run("UPDATE reflection_answer SET item_version = :new", {"new": NEW})
    engine.run(
        "UPDATE reflection_answer SET item_version = :old WHERE reflection_id IN "
        "(SELECT reflection.id FROM reflection JOIN round ON round.id = round_id WHERE version = :old)",
        {"old": OLD},
    )
    page = parsed(as_(ana).get("/eigen-gegevens/portfolio.html").text)
    row = next(row for row in every(page, "tr") if f"{asked_as_before} Nieuw." in words(row))
    assert words(row).endswith("dec 25: Ik kan dit ook als het lastig wordt")
    assert "sep 25" not in words(row)

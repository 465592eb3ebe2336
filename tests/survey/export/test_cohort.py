"""What a trainer takes along of a cohort: what the page says and nothing more."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import load_workbook

from survey.access.permissions import Role
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.export.reports import number_or_text
from survey.people import actions as people
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Clock, Cohorts, Member

Signed = Callable[[Member], HouseClient]


@pytest.fixture
def coaches(engine: SqliteEngine, cohorts: Cohorts) -> list[Member]:
    """Seven more coaches in Ben's cohort: with Ana they are eight."""
    members = []
    for number in range(7):
        name, email = f"Coach {number}", f"coach{number}@example.org"
        key = people.add_person(engine, name=name, email=email, roles=[Role.COACH], by=None, at=START)
        cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=key, since=date(2025, 9, 1))
        members.append(Member(key, name, email))
    return members


@pytest.fixture
def answered(
    engine: SqliteEngine,
    cohorts: Cohorts,
    ana: Member,
    coaches: list[Member],
    reflected: Callable[..., str],
) -> list[str]:
    """Two closed rounds in which Ana answered, and the others as she did."""
    rounds = [reflected(ana, cohorts.bens, days=days, level=level) for days, level in ((130, 2), (40, 3))]
    for coach in coaches:
        for round_id in rounds:
            key = f"{coach.id[-8:]}{round_id[-8:]}"
            engine.run(
                "INSERT INTO reflection SELECT :key, round_id, :person, 1, NULL, started_at, saved_at, "
                "submitted_at FROM reflection WHERE round_id = :round AND person_id = :ana",
                {"key": key, "person": coach.id, "round": round_id, "ana": ana.id},
            )
            engine.run(
                "INSERT INTO reflection_answer SELECT :key, item, item_version, value, code, answered_at "
                "FROM reflection_answer JOIN reflection ON reflection.id = reflection_answer.reflection_id "
                "WHERE reflection.round_id = :round AND reflection.person_id = :ana",
                {"key": key, "round": round_id, "ana": ana.id},
            )
    return rounds


def lines(client: HouseClient, cohort_id: str) -> list[dict[str, str]]:
    reply = client.get(f"/cohorten/{cohort_id}/export.csv")
    assert reply.status_code == 200
    return list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_holds_the_sentences_and_numbers_of_the_page(
    as_: Signed, ben: Member, cohorts: Cohorts, answered: list[str]
) -> None:
    client = as_(ben)
    page = client.get(f"/cohorten/{cohorts.bens}").text
    found = lines(client, cohorts.bens)
    sentences = [row["waarde"] for row in found if row["wat"] == "zin"]
    assert sentences
    for sentence in sentences:
        assert sentence in page, f"the page does not say: {sentence}"
    shown = {words(cell) for table in every(parsed(page), "table") for cell in table.iter() if cell.text}
    assert {row["waarde"] for row in found if row["wat"] != "zin"} <= shown
    handed_in = [row["waarde"] for row in found if row["wat"] == "ingeleverd"]
    assert handed_in == ["8", "8"]


def test_the_workbook_counts_with_its_numbers(
    as_: Signed, ben: Member, cohorts: Cohorts, answered: list[str]
) -> None:
    reply = as_(ben).get(f"/cohorten/{cohorts.bens}/export.xlsx")
    book = load_workbook(io.BytesIO(reply.data))
    header, first, *_ = book["groei"].iter_rows(values_only=True)
    row = dict(zip(header, first, strict=True))
    assert (row["personen"], row["geschatte lijn"]) == (8, 2)
    assert reply.headers["Content-Disposition"] == 'attachment; filename="najaar.xlsx"'


def test_a_cohort_of_seven_has_the_reason_and_no_number_of_answers(
    engine: SqliteEngine,
    as_: Signed,
    ben: Member,
    cohorts: Cohorts,
    coaches: list[Member],
    answered: list[str],
) -> None:
    engine.run("DELETE FROM reflection WHERE person_id = :id", {"id": coaches[0].id})
    found = lines(as_(ben), cohorts.bens)
    growth = [row for row in found if row["onderdeel"] == "groei"]
    assert [row["wat"] for row in growth] == ["zin"]
    assert growth[0]["waarde"].startswith("Vanaf acht coaches met antwoorden tekenen we een lijn.")


def test_an_open_round_moves_no_number_of_answers(
    engine: SqliteEngine, as_: Signed, ben: Member, cohorts: Cohorts, answered: list[str]
) -> None:
    client = as_(ben)

    def growth() -> list[dict[str, str]]:
        return [row for row in lines(client, cohorts.bens) if row["onderdeel"] == "groei"]

    before = growth()
    late = "2026-01-19T10:00:00+00:00"
    engine.run("UPDATE reflection SET saved_at = :at", {"at": late})
    engine.run(
        "INSERT INTO reflection SELECT id || 'x', round_id, person_id, 2, NULL, started_at, saved_at, NULL "
        "FROM reflection"
    )
    assert growth() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_another_trainers_cohort_is_not_there_and_nothing_is_noted(
    as_: Signed, dora: Member, cohorts: Cohorts, kind: str, dump: Callable[[], object]
) -> None:
    client = as_(dora)
    before = dump()
    assert client.get(f"/cohorten/{cohorts.bens}/export.{kind}").status_code == 404
    assert client.get(f"/cohorten/nothing/export.{kind}").status_code == 404
    assert dump() == before


def test_who_trains_it_no_more_gets_it_no_more(
    engine: SqliteEngine, as_: Signed, ben: Member, cohorts: Cohorts
) -> None:
    client = as_(ben)
    assert client.get(f"/cohorten/{cohorts.bens}/export.csv").status_code == 200
    engine.run("DELETE FROM cohort_trainer WHERE person_id = :id", {"id": ben.id})
    assert client.get(f"/cohorten/{cohorts.bens}/export.csv").status_code == 404


def test_each_export_is_in_the_log(engine: SqliteEngine, as_: Signed, ben: Member, cohorts: Cohorts) -> None:
    client = as_(ben)
    client.get(f"/cohorten/{cohorts.bens}/export.csv")
    client.get(f"/cohorten/{cohorts.bens}/export.xlsx")
    noted = engine.rows("SELECT person_id, object FROM audit WHERE act = 'cohort-exported'")
    assert noted == [{"person_id": ben.id, "object": cohorts.bens}] * 2


def test_the_page_leads_to_both_files(as_: Signed, ben: Member, cohorts: Cohorts, clock: Clock) -> None:
    text = as_(ben).get(f"/cohorten/{cohorts.bens}").text
    for kind in ("csv", "xlsx"):
        assert f'href="/cohorten/{cohorts.bens}/export.{kind}"' in text


@pytest.mark.parametrize(
    ("shown", "cell"),
    [
        ("12", 12),
        ("2,4", 2.4),
        ("−0,3", -0.3),
        ("2.4", 2.4),
        ("2,2 en 2,8", "2,2 en 2,8"),
        ("sep 25", "sep 25"),
    ],
)
def test_a_number_on_the_screen_is_a_number_in_a_sheet(shown: str, cell: object) -> None:
    assert number_or_text(shown) == cell

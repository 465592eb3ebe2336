"""The register as a file: what goes out comes back in as it was, and what is wrong is said by line."""

import csv
import io
from datetime import date
from random import Random

import pytest
from openpyxl import load_workbook

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from tests.client import HouseClient, parsed, words
from tests.conftest import START, Dump, Member
from tests.survey.placement.conftest import YEAR, Add, School
from tests.survey.placement.filing import HEAD, agree, press, send, told


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_back_in_and_changes_nothing(
    as_lea: HouseClient, some: list[str], dump: Dump, kind: str
) -> None:
    before = dump()
    data = as_lea.get(f"/inzet/inzet.{kind}?jaar={YEAR}").data
    status, shown = send(as_lea, data, f"inzet.{kind}")
    assert status == 200
    assert "Er verandert niets" in shown
    assert told(shown) == {"Nieuw": "0", "Verandert": "0", "Blijft zoals het is": "4", "Klopt niet": "0"}
    after = dump()
    assert {name for name in after if after[name] != before[name]} == {"audit"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_in_english_comes_back_in_too(
    engine: SqliteEngine, as_lea: HouseClient, some: list[str], kind: str
) -> None:
    engine.run("UPDATE person SET language = 'en'")
    data = as_lea.get(f"/inzet/inzet.{kind}?jaar={YEAR}").data
    status, shown = send(as_lea, data, f"inzet.{kind}")
    assert (status, told(shown)) == (
        200, {"New": "0", "Changes": "0", "Stays as it is": "4", "Not right": "0"},
    )  # fmt: skip


def test_a_file_holds_the_filter_and_only_numbers_and_text(
    engine: SqliteEngine, as_lea: HouseClient, some: list[str]
) -> None:
    book = load_workbook(io.BytesIO(as_lea.get(f"/inzet/inzet.xlsx?jaar={YEAR}&status=active").data))
    (head, row) = list(book.worksheets[0].iter_rows(values_only=True))
    cells = dict(zip(head, row, strict=True))
    assert (cells["coach"], cells["afgesproken uren"], cells["uren volgens de regel"]) == ("Ana", 3.25, 2.99)
    text = as_lea.get(f"/inzet/inzet.csv?jaar={YEAR}").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert {row["werkgever"] for row in rows} == {"", '\'=Zorg; & "co", +1'}
    assert {row["afgesproken uren"] for row in rows} == {"3,25", "4,0", ""}
    assert engine.one("SELECT count(*) AS n FROM audit WHERE act = 'register-exported'") == {"n": 2}


def test_a_file_changes_what_it_says_old_and_new_are_shown_first(
    engine: SqliteEngine, lead: Scope, as_lea: HouseClient, some: list[str], dump: Dump
) -> None:
    text = as_lea.get(f"/inzet/inzet.csv?jaar={YEAR}").data.decode("utf-8-sig")
    before = dump()
    status, shown = send(as_lea, text.replace("3,25", "3,5").encode())
    assert status == 200
    assert told(shown)["Verandert"] == "1"
    assert "afgesproken uren: 3,25 wordt 3,5" in words(parsed(shown))
    assert dump() == before
    assert agree(as_lea, shown) == 303
    found = reports.one(engine, lead, some[0])
    assert found is not None
    assert found.hours_agreed == 3.5
    assert ("hours_agreed", "3.25", "3.5") in {each[2:] for each in reports.changes(engine, lead, some[0])}


def test_new_places_come_in_and_a_second_one_is_said(
    engine: SqliteEngine, lead: Scope, as_lea: HouseClient, some: list[str], school: School, cleo: Member
) -> None:
    school("Veenpluis")
    lines = [
        HEAD,
        f";Veenpluis;Veenrand;;{cleo.email};loopt;01-09-2025;;2,5",
        ";De Gagelhof;;;;gezocht;1-2-2026;;",
    ]
    status, shown = send(as_lea, "\n".join(lines).encode("cp1252"))
    assert status == 200
    assert told(shown)["Nieuw"] == "2"
    assert "Let op: Deze school heeft in die tijd al een plek: vacant, gefinancierd." in words(parsed(shown))
    taken = as_lea.get(press(as_lea, shown).location).text
    assert "2 plekken zijn nieuw. 0 plekken zijn gewijzigd." in words(parsed(taken))
    new = [one for one in reports.of_year(engine, lead, YEAR) if one.id not in some]
    assert {(one.school, one.coach, one.status, one.hours_agreed) for one in new} == {
        ("Veenpluis", "Cleo", "active", 2.5),
        ("De Gagelhof", None, "wanted", None),
    }


def test_the_button_pressed_twice_takes_a_list_over_once(
    engine: SqliteEngine, as_lea: HouseClient, some: list[str], dump: Dump
) -> None:
    _, shown = send(as_lea, f"{HEAD}\n;De Gagelhof;;;;vacant_unfunded;1-2-2026;;\n".encode())
    assert agree(as_lea, shown) == 303
    before = dump()
    assert agree(as_lea, shown) == 303
    assert dump() == before
    assert engine.one("SELECT count(*) AS n FROM placement") == {"n": len(some) + 1}


def test_a_change_that_was_made_a_moment_ago_is_done(
    as_lea: HouseClient, some: list[str], dump: Dump
) -> None:
    _, shown = send(as_lea, f"plek;werkgever\n{some[0]};Turfstreek\n".encode())
    assert agree(as_lea, shown) == 303
    before = dump()
    assert agree(as_lea, shown) == 303
    assert dump() == before


def test_the_same_list_of_someone_else_is_looked_at_again(
    engine: SqliteEngine, as_lea: HouseClient, some: list[str], wollegras: str
) -> None:
    data = f"{HEAD}\n;De Gagelhof;;;;gezocht;1-2-2026;;\n".encode()
    (_, mine), (_, other) = send(as_lea, data), send(as_lea, data)
    assert agree(as_lea, mine) == 303
    assert agree(as_lea, other) == 409
    assert engine.one("SELECT count(*) AS n FROM placement") == {"n": len(some) + 1}


@pytest.mark.parametrize("change", ["takes_part = 0", "closed_on = '2026-01-31'"])
def test_a_school_that_takes_no_part_keeps_its_places_and_gets_no_new_one(
    engine: SqliteEngine, as_lea: HouseClient, some: list[str], change: str
) -> None:
    engine.run(f"UPDATE school SET {change} WHERE name = 'De Kraanheide'")
    status, _ = send(as_lea, f"plek;school;werkgever\n{some[0]};De Kraanheide;Turfstreek\n".encode())
    assert status == 200
    status, shown = send(as_lea, f"{HEAD}\n;De Kraanheide;;;;gezocht;1-2-2026;;\n".encode())
    assert status == 422
    assert "school: De Kraanheide doet nu niet mee." in words(parsed(shown))


def test_what_another_changed_meanwhile_is_looked_at_again(
    engine: SqliteEngine, lead: Scope, as_lea: HouseClient, some: list[str]
) -> None:
    text = as_lea.get(f"/inzet/inzet.csv?jaar={YEAR}").data.decode("utf-8-sig")
    _, shown = send(as_lea, text.replace("3,25", "3,5").encode())
    actions.set_status(engine, placement_id=some[0], status="paused", by=lead, at=START)
    assert agree(as_lea, shown) == 409
    found = reports.one(engine, lead, some[0])
    assert found is not None
    assert (found.status, found.hours_agreed) == ("paused", 3.25)


def test_a_column_that_is_not_there_stays_as_it_was(
    engine: SqliteEngine, lead: Scope, as_lea: HouseClient, some: list[str]
) -> None:
    _, shown = send(as_lea, f"plek;werkgever\n{some[0]};Turfstreek\n".encode())
    assert told(shown)["Verandert"] == "1"
    assert agree(as_lea, shown) == 303
    found = reports.one(engine, lead, some[0])
    assert found is not None
    assert (found.employer, found.coach, found.hours_agreed) == ("Turfstreek", "Ana", 3.25)


@pytest.mark.parametrize("seed", range(3))
def test_a_random_register_round_trips(
    engine: SqliteEngine, as_lea: HouseClient, place: Add, school: School, ana: Member, seed: int
) -> None:
    chance = Random(seed)
    signs = "aé =+-@'\";,\tß€0"
    for number in range(12):
        note = "".join(chance.choices(signs, k=chance.randrange(12))).strip()
        place(
            school(f"School {number}", chance.choice(["Veenrand", "Ons Dorp"])),
            status=chance.choice(["wanted", "vacant_funded", "vacant_unfunded"]),
            hours_agreed=chance.choice([None, 0.0, 0.25, 12.75]),
            needed_note=" ".join(note.split()).lstrip("'"),
            ends_on=chance.choice([None, date(2026, 7, 31)]),
        )
    for kind in ("csv", "xlsx"):
        status, shown = send(as_lea, as_lea.get(f"/inzet/inzet.{kind}?jaar={YEAR}").data, f"x.{kind}")
        assert (status, told(shown)["Blijft zoals het is"]) == (200, "12"), words(parsed(shown))[:1500]

"""A register that cannot be taken over: what is wrong is said by line, and nothing comes in."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Dump, Member
from tests.survey.placement.conftest import YEAR, School
from tests.survey.placement.filing import HEAD, send


def _signs(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            ";Nergens;;;;gezocht;2025-09-01;;",
            "school: “Nergens” is hier geen school. Voeg de school eerst toe.",
        ),
        (";;;;;gezocht;2025-09-01;;", "school: De naam van de school ontbreekt."),
        (";De Gagelhof;;Wie;;loopt;2025-09-01;;", "coach: “Wie” is hier geen coach."),
        (
            ";De Gagelhof;;;wie@example.org;loopt;2025-09-01;;",
            "coach: Geen coach heeft het mailadres wie@example.org.",
        ),
        (";De Gagelhof;;;;zweeft;2025-09-01;;", "stand: “zweeft” kennen we niet bij stand."),
        (";De Gagelhof;;;;gezocht;;;", "De eerste dag ontbreekt."),
        (";De Gagelhof;;;;gezocht;32-9-2025;;", "eerste dag: “32-9-2025” is geen dag."),
        (";De Gagelhof;;;;gezocht;1-9-1925;;", "eerste dag: “1-9-1925” ligt te ver weg."),
        (";De Gagelhof;;;;gezocht;2025-09-01;;60", "afgesproken uren: 60 kan niet. Het ligt tussen 0 en 40."),
        (";De Gagelhof;;;;gezocht;2025-09-01;;-3", "afgesproken uren: -3 kan niet."),
        (";De Gagelhof;;;;gezocht;2025-09-01;;3,1", "afgesproken uren: Schrijf uren in kwartieren"),
        (
            ";De Gagelhof;;;;gezocht;2025-09-01;;4-3-2026",
            "afgesproken uren: Hier staat een datum: “4-3-2026”.",
        ),
        (";De Gagelhof;;;;loopt;2025-09-01;;", "Stand, coach en dagen passen niet bij elkaar."),
        (";De Gagelhof;;;;gezocht;2025-09-01;2026-08-31;", "Stand, coach en dagen passen niet bij elkaar."),
        (";De Kraanheide;;Ana;;loopt;2025-09-01;;", "Ana heeft al een plek op De Kraanheide"),
        (";De Gagelhof;;Ana;;loopt;2025-09-01;;38", "Samen wordt dit 41,25 uur per week"),
        ("weg;De Gagelhof;;;;gezocht;2025-09-01;;", "Plek weg is er niet."),
        (";De Gagelhof;;;;gezocht;2025-09-01;;3;4;5", "Hier staan meer vakken dan op de eerste regel."),
    ],
)
def test_a_line_that_is_wrong_is_named_and_nothing_comes_in(
    as_lea: HouseClient, some: list[str], school: School, dump: Dump, line: str, said: str
) -> None:
    school("Veenpluis")
    before = dump()
    status, shown = send(as_lea, f"{HEAD}\n;Veenpluis;;;;gezocht;2025-09-01;;\n{line}\n".encode())
    assert status == 422
    assert said in words(parsed(shown))
    assert "Regel 3" in words(parsed(shown))
    (typed,) = every(parsed(shown), "textarea")
    assert _signs(line) in _signs(words(typed))  # it can be put right
    assert dump() == before


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Kies een bestand, of plak de regels hieronder."),
        (b"school|eerste dag\nDe Gagelhof|2025-09-01", "We vinden maar één kolom."),
        (
            b"naam;dag\nDe Gagelhof;2025-09-01",
            "Op de eerste regel missen we deze kolommen: school, eerste dag.",
        ),
        (b"school;school;eerste dag\na;b;c", "De kolom “school” staat er twee keer."),
        (HEAD.encode(), "Onder de namen van de kolommen staat nog niets."),
        (b"\xd0\xcf\x11\xe0oud", "Dit is een oud Excel-bestand."),
        (b"PK\x03\x04stuk", "Dit Excel-bestand kunnen we niet lezen."),
    ],
)
def test_a_file_that_is_no_register_says_what_to_do(
    as_lea: HouseClient, some: list[str], data: bytes, said: str
) -> None:
    status, shown = send(as_lea, data)
    assert status == 422
    assert said in words(parsed(shown))


def test_a_formula_is_refused_in_its_cell(as_lea: HouseClient, some: list[str], dump: Dump) -> None:
    book = Workbook()
    book.active.append(HEAD.split(";"))
    book.active.append(["", "De Gagelhof", "", "", "", "gezocht", date(2025, 9, 1), None, "=2+2"])
    target = io.BytesIO()
    book.save(target)
    before = dump()
    status, shown = send(as_lea, target.getvalue(), "inzet.xlsx")
    assert status == 422
    assert "afgesproken uren: Hier staat een formule." in words(parsed(shown))
    assert dump() == before


def test_the_same_place_twice_in_a_file_names_both_lines(as_lea: HouseClient, some: list[str]) -> None:
    text = as_lea.get(f"/inzet/inzet.csv?jaar={YEAR}").data.decode("utf-8-sig")
    lines = text.splitlines()
    status, shown = send(as_lea, "\n".join([*lines, lines[1]]).encode())
    assert status == 422
    assert "Deze plek staat ook op regel 2." in words(parsed(shown))


def test_two_coaches_of_one_name_ask_for_a_mail_address(
    engine: SqliteEngine, as_lea: HouseClient, some: list[str], ana: Member, cleo: Member
) -> None:
    engine.run("UPDATE person SET name = 'Ana' WHERE id = :id", {"id": cleo.id})
    status, shown = send(as_lea, f"{HEAD}\n;De Gagelhof;;Ana;;loopt;2025-09-01;;\n".encode())
    assert status == 422
    assert "Er zijn meer coaches die Ana heten. Zet het mailadres erbij." in words(parsed(shown))

"""Each problem of a list of schools is said by line and column, and nothing is stored."""

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest

from survey.school.reports import School
from tests.client import HouseClient
from tests.conftest import Dump
from tests.survey.school.conftest import OFFICIAL
from tests.survey.school.taking_in import OWN, counted, fields, look, problems, upload
from tests.survey.sheets.test_reading import workbook

DAY = "Het rekenblad maakte die er zelf van. Zet het vak op Tekst en typ het opnieuw."
NO_BRIN = "is geen BRIN-nummer. Dat zijn twee cijfers en twee letters, zoals 12AB."
WRONG = [
    ("12A;Zuid;Veenrand;;", f"BRIN-nummer: “12A” {NO_BRIN}"),
    ("2E+05;Zuid;Veenrand;;", f"BRIN-nummer: “2E+05” {NO_BRIN}"),
    ("2026-03-04;Zuid;Veenrand;;", f"BRIN-nummer: Hier staat een datum: “2026-03-04”. {DAY}"),
    ("12AB;Zuid;Veenrand;4-mrt;", f"leerlingen: Hier staat een datum: “4-mrt”. {DAY}"),
    ("12AB;Zuid;Veenrand;veel;", "leerlingen: “veel” is geen heel getal. Schrijf het zo: 112."),
    ("12AB;Zuid;Veenrand;-4;", "leerlingen: -4 kan niet. Het ligt tussen 0 en 5000."),
    ("12AB;Zuid;Veenrand;12,5;", "leerlingen: “12,5” is geen heel getal. Schrijf het zo: 112."),
    ("12AB;Zuid;Veenrand;;200", "schoolweging: 200 kan niet. Het ligt tussen 0 en 100."),
    (
        "12AB;=A1&B1;Veenrand;;",
        "naam: Hier staat een formule. Zet de uitkomst er zelf neer, als tekst of getal.",
    ),
    ("12AB;Zuid;;;", "Deze school kennen we nog niet. Dan is ook nodig: plaats."),
    ("12AB;;;;", "Deze school kennen we nog niet. Dan is ook nodig: naam en plaats."),
    (f"12AB;{'x' * 201};Veenrand;;", "naam: Maak dit korter: hooguit 200 tekens."),
    (
        "12AB;Zuid;Veenrand;;;;extra",
        "Hier staan meer vakken dan op de eerste regel. Zet tekst met een komma of puntkomma tussen "
        "aanhalingstekens.",
    ),
]


@pytest.mark.parametrize(("line", "says"), WRONG, ids=[says[:40] for _, says in WRONG])
def test_each_problem_is_said_by_line_and_column_and_nothing_is_stored(
    leas: HouseClient, dump: Dump, line: str, says: str
) -> None:
    before = dump()
    reply = look(leas, f"{OWN}34CD;Noord;Veenrand;80;30\n{line}\n")
    assert reply.status_code == 422
    assert problems(reply.text) == [says]
    assert "Regel 3" in reply.text
    assert "34CD;Noord;Veenrand;80;30" in unescape(reply.text)
    assert "gezien" not in fields(reply.text)
    assert dump() == before


def test_formulas_and_days_in_a_workbook_are_refused_by_cell(leas: HouseClient) -> None:
    rows: list[list[object]] = [
        ["BRIN", "naam", "plaats", "leerlingen"],
        ["12AB", "Noord", "Veenrand", "=40+40"],
        [date(2026, 3, 4), "Zuid", "Veenrand", 80],
    ]
    reply = upload(leas, workbook(rows), "scholen.xlsx")
    assert reply.status_code == 422
    assert [said.partition(".")[0] for said in problems(reply.text)] == [
        "leerlingen: Hier staat een formule",
        "BRIN-nummer: Hier staat een datum: “2026-03-04”",
    ]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            "12AB;Noord;Veenrand;;\n12ab;Zuid;Veenrand;;",
            "12AB00 staat op regel 2 en op regel 3. Laat er één staan.",
        ),
        (
            ";Noord;Veenrand;;\n;NOORD;veenrand;;",
            "NOORD, veenrand staat op regel 2 en op regel 3. Laat er één staan.",
        ),
        (
            "12AB;Anders;Veenrand;;\n;De Kraanheide;Veenrand;;",
            "12AB00 staat op regel 2 en op regel 3. Laat er één staan.",
        ),
    ],
    ids=["the same number", "the same name and place", "one by number and one by name"],
)
def test_a_school_that_stands_there_twice_is_named_with_both_lines(
    leas: HouseClient, add_school: Callable[..., str], dump: Dump, lines: str, says: str
) -> None:
    add_school(brin="12AB")
    before = dump()
    reply = look(leas, OWN + lines)
    assert (reply.status_code, problems(reply.text)) == (422, [says])
    assert dump() == before


def test_a_name_that_could_be_two_schools_asks_for_the_number(
    leas: HouseClient, add_school: Callable[..., str]
) -> None:
    add_school(brin="12AB")
    add_school(brin="34CD")
    reply = look(leas, "naam;plaats;leerlingen\nDe Kraanheide;Veenrand;80\n")
    assert problems(reply.text) == [
        "Er zijn 2 scholen met deze naam in deze plaats. Zet het BRIN-nummer erbij."
    ]


def test_two_branches_that_could_be_the_same_school_ask_which_it_is(
    leas: HouseClient, add_school: Callable[..., str], find: Callable[[str], School]
) -> None:
    key = add_school()
    text = OFFICIAL.replace("De Ésdoorn", "De Kraanheide").replace("'S-GRAVENMOER", "VEENRAND")
    assert problems(look(leas, text).text) == [
        "Regel 2 en regel 3 passen allebei bij De Kraanheide, Veenrand, die nog geen BRIN-nummer heeft. "
        "Geef die school eerst haar nummer, op haar eigen pagina."
    ]
    leas.post(
        f"/inzet/scholen/{key}/wijzigen", data={"name": "De Kraanheide", "place": "Veenrand", "brin": "12AB"}
    )
    assert counted(look(leas, text).text)[:4] == ["1", "1", "0", "0"]


def test_two_codes_on_one_line_are_two_schools(leas: HouseClient) -> None:
    reply = look(leas, "BRIN;vestigingscode;naam;plaats\n12AB;34CD00;Noord;Veenrand\n")
    assert problems(reply.text) == ["12AB en 34CD00 zijn twee scholen."]


def test_many_wrong_lines_are_counted_and_the_first_are_shown(leas: HouseClient) -> None:
    reply = look(leas, OWN + "".join(f"12A;Noord {n};Veenrand;;\n" for n in range(600)))
    assert reply.status_code == 422
    assert (len(problems(reply.text)), counted(reply.text)[3]) == (100, "600")
    assert "En nog 500 regels." in reply.text
    assert "Verbeter ze in uw bestand en kies het weer." in reply.text

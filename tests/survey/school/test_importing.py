"""A list of schools on the screen: what it does in words, each problem by line and column, all or nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from survey.access import audit
from survey.database import SqliteEngine
from survey.school.importing import check
from survey.school.lists import table_of
from survey.school.reports import Count, School
from survey.sheets.reading import from_text
from tests.client import HouseClient
from tests.conftest import Cohorts, Member
from tests.survey.school.conftest import OFFICIAL
from tests.survey.sheets.test_reading import workbook

CODES = st.tuples(st.integers(0, 3), st.sampled_from("AB"), st.integers(0, 1))
ROWS = st.lists(
    st.tuples(CODES, st.sampled_from(["Noord", "Zuid", "Oost"]), st.integers(0, 900)), max_size=12
)
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
ADDRESS = "/inzet/scholen/importeren"
OWN = "BRIN;naam;plaats;leerlingen;schoolweging\n"


def look(client: HouseClient, text: str, **more: str) -> TestResponse:
    return client.post(ADDRESS, data={"regels": text, **more})


def upload(client: HouseClient, data: bytes, name: str = "scholen.csv") -> TestResponse:
    part = f'--x\r\nContent-Disposition: form-data; name="bestand"; filename="{name}"\r\n\r\n'.encode()
    body = part + data + b"\r\n--x--\r\n"  # packed here: a test client keeps a temporary file open
    return client.post(ADDRESS, data=body, content_type="multipart/form-data; boundary=x")


def fields(page: str) -> dict[str, str]:
    """What the form of a preview sends along."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found if name != "csrf_token"}


def put_in(client: HouseClient, text: str, **more: str | list[str]) -> TestResponse:
    """Look, and then press the button of the page that came."""
    page = look(client, text)
    assert page.status_code == 200, problems(page.text)
    return client.post(ADDRESS, data={**fields(page.text), "meedoen": "alle", **more})


def problems(page: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<ul><li>([^<]+)</li></ul>", page)]


def counted(page: str) -> list[str]:
    """New, changed, the same and wrong, as the page counts them."""
    return re.findall(r"</span><span>([\d.]+)</span></li>", page)


def test_a_list_is_shown_as_it_was_read_and_stores_nothing(leas: HouseClient, dump: Dump) -> None:
    before = dump()
    reply = upload(leas, OFFICIAL.encode("cp1252"))
    assert reply.status_code == 200
    assert counted(reply.text)[:4] == ["2", "0", "0", "0"]
    assert "De Ésdoorn" in reply.text
    assert "DENOMINATIE" in reply.text
    assert dump() == before


def test_the_open_list_of_the_ministry_is_read_as_it_is(
    leas: HouseClient, find: Callable[[str], School]
) -> None:
    reply = put_in(leas, OFFICIAL)
    assert (reply.status_code, reply.location) == (303, "/inzet/scholen?nieuw=2&anders=0&welke=taking_part")
    assert "2 scholen zijn nieuw." in leas.get(reply.location).text
    school = find("De Ésdoorn")
    assert (school.code, school.place, school.municipality) == ("12AB01", "'s-Gravenmoer", "Wijk aan Veen")
    assert (school.street, school.postcode, school.takes_part) == ("Turfkade 12-a", "7812 CD", True)


@pytest.mark.parametrize(
    "data",
    [
        OFFICIAL.encode(),
        OFFICIAL.encode("utf-8-sig"),
        OFFICIAL.encode("iso-8859-1"),
        OFFICIAL.encode("utf-16"),
        OFFICIAL.replace(";", ",").encode(),
        OFFICIAL.replace(";", "\t").encode(),
        OFFICIAL.replace("\n", "\r\n").encode(),
        workbook([line.split(";") for line in OFFICIAL.splitlines()]),
    ],
    ids=["utf-8", "utf-8 with mark", "iso-8859-1", "utf-16", "commas", "tabs", "windows lines", "xlsx"],
)
def test_the_same_list_is_read_from_every_program(leas: HouseClient, data: bytes) -> None:
    sent = fields(upload(leas, data).text)
    assert sent["gezien"] == fields(look(leas, OFFICIAL).text)["gezien"]


def test_the_order_of_the_columns_does_not_matter(leas: HouseClient, find: Callable[[str], School]) -> None:
    assert put_in(leas, "Plaats,x,  Brin-Nummer ,SCHOOLNAAM\nVeenrand,y,12ab,Zuid\n").status_code == 303
    assert (find("Zuid").code, find("Zuid").place) == ("12AB00", "Veenrand")


@pytest.mark.parametrize(
    ("chosen", "taking_part"),
    [
        ({"meedoen": "alle"}, {"De Kraanheide", "De Ésdoorn"}),
        ({"meedoen": "geen"}, set()),
        ({"meedoen": "gemeenten", "gemeente": ["Wijk aan Veen"]}, {"De Ésdoorn"}),
    ],
    ids=["all", "none", "one municipality"],
)
def test_the_reader_says_which_new_schools_take_part(
    leas: HouseClient, engine: SqliteEngine, chosen: dict[str, str | list[str]], taking_part: set[str]
) -> None:
    put_in(leas, OFFICIAL, **chosen)
    assert engine.one("SELECT count(*) AS n FROM school") == {"n": 2}
    assert {row["name"] for row in engine.rows("SELECT name FROM school WHERE takes_part = 1")} == taking_part


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"meedoen": ""}, "Kies welke nieuwe scholen meedoen."),
        ({"meedoen": "gemeenten"}, "Kies ten minste één gemeente."),
    ],
)
def test_without_that_choice_nothing_is_stored(
    leas: HouseClient, dump: Dump, chosen: dict[str, str | list[str]], says: str
) -> None:
    before = dump()
    reply = put_in(leas, OFFICIAL, **chosen)
    assert (reply.status_code, says in reply.text) == (422, True)
    assert fields(reply.text)["regels"].count("\n") == 3
    assert dump() == before


def test_what_changes_is_shown_old_and_new(
    leas: HouseClient, add_school: Callable[..., str], find: Callable[[str], School]
) -> None:
    add_school(brin="12AB", board="Turfstreek")
    text = "BRIN;leerlingen;bestuur;plaats\n12AB;112;Veenkracht;\n"
    reply = look(leas, text, jaar="2024-2025")
    assert counted(reply.text)[:4] == ["0", "1", "0", "0"]
    assert "bestuur: <b>Veenkracht</b>, nu Turfstreek" in reply.text
    assert "leerlingen 2024-2025: <b>112</b>, nu leeg" in reply.text
    assert "meedoen" not in fields(reply.text)
    leas.post(ADDRESS, data=fields(reply.text))
    school = find("De Kraanheide")
    assert (school.board, school.place) == ("Veenkracht", "Veenrand")
    assert school.counts == (Count("2024-2025", 112, None),)


def test_a_count_keeps_the_other_years_and_what_the_list_leaves_out(
    leas: HouseClient,
    engine: SqliteEngine,
    lea: Member,
    add_school: Callable[..., str],
    find: Callable[[str], School],
) -> None:
    key = add_school(brin="12AB")
    for count in (Count("2024-2025", 100, 30.5), Count("2025-2026", 110, 31.5)):
        engine.insert("school_count", {"school_id": key, **count._asdict()})
    put_in(leas, "BRIN;schooljaar;leerlingen\n12AB;2025-2026;118\n")
    assert find("De Kraanheide").counts == (Count("2025-2026", 118, 31.5), Count("2024-2025", 100, 30.5))


def test_the_same_list_twice_changes_nothing(leas: HouseClient, dump: Dump) -> None:
    put_in(leas, OFFICIAL)
    before = dump()
    reply = look(leas, OFFICIAL)
    assert "Er verandert niets" in reply.text
    assert counted(reply.text)[:4] == ["0", "0", "2", "0"]
    assert "gezien" not in fields(reply.text)
    assert dump() == before


def test_a_school_without_a_number_gets_the_one_of_the_list(
    leas: HouseClient, add_school: Callable[..., str], find: Callable[[str], School]
) -> None:
    key = add_school(name="de kraanheide")
    put_in(leas, OFFICIAL)
    assert (find("De Kraanheide").id, find("De Kraanheide").code) == (key, "12AB00")


def test_a_namesake_with_another_number_is_another_school(
    leas: HouseClient, add_school: Callable[..., str], engine: SqliteEngine
) -> None:
    add_school(brin="34CD")
    put_in(leas, OFFICIAL)
    assert engine.one("SELECT count(*) AS n FROM school WHERE name = 'De Kraanheide'") == {"n": 2}


DAY = "BRIN-nummer: Hier staat een datum: “2026-03-04”. Het rekenblad maakte die er zelf van. "
NO_BRIN = "is geen BRIN-nummer. Dat zijn twee cijfers en twee letters, zoals 12AB."
WRONG = [
    (
        "12A;Zuid;Veenrand;;",
        "BRIN-nummer: “12A” is geen BRIN-nummer. Dat zijn twee cijfers en twee letters, zoals 12AB.",
    ),
    (
        "2E+05;Zuid;Veenrand;;",
        "BRIN-nummer: “2E+05” is geen BRIN-nummer. Dat zijn twee cijfers en twee letters, zoals 12AB.",
    ),
    ("2026-03-04;Zuid;Veenrand;;", f"{DAY}Zet het vak op Tekst en typ het opnieuw."),
    (
        "12AB;Zuid;Veenrand;4-mrt;",
        "leerlingen: Hier staat een datum: “4-mrt”. Het rekenblad maakte die er zelf van. "
        "Zet het vak op Tekst en typ het opnieuw.",
    ),
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


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("BRIN|naam|plaats\n12AB|Noord|Veenrand\n", "We vinden maar één kolom."),
        ("BRIN;naam;plaats\n12AB,Noord,Veenrand\n34CD,Zuid,Veenrand\n", "We vinden maar één kolom."),
        ("straat;postcode\nVeenweg;7811 AB\n", "Daar staat ten minste “BRIN-nummer”"),
        ("BRIN;naam;naam\n12AB;Noord;Noord\n", "De kolom “naam” staat er twee keer."),
        ("BRIN;naam;plaats\n", "staat nog geen school"),
        ("   \n", "Kies een bestand, of plak de regels"),
        (OWN + "12AB;Noord;Veenrand;;\n" * 10_001, "Een bestand mag hooguit 10000 regels hebben."),
    ],
    ids=["bars", "another divider below", "no columns of ours", "twice", "empty", "nothing", "too many"],
)
def test_a_list_that_is_wrong_as_a_whole_is_refused_with_what_to_do(
    leas: HouseClient, dump: Dump, text: str, says: str
) -> None:
    before = dump()
    reply = look(leas, text)
    assert (reply.status_code, says in unescape(reply.text)) == (422, True)
    assert dump() == before


def test_a_hundred_thousand_lines_are_refused_at_once(leas: HouseClient) -> None:
    data = (OWN + "12AB;Noord;Veenrand;;\n" * 100_000).encode()
    reply = upload(leas, data)
    assert (reply.status_code, "Een bestand mag hooguit 10000 regels hebben." in reply.text) == (422, True)


def test_a_file_of_more_than_eight_megabytes_is_refused(leas: HouseClient) -> None:
    assert upload(leas, b"x" * (8 * 1024 * 1024 + 1)).status_code == 413


def test_many_wrong_lines_are_counted_and_the_first_are_shown(leas: HouseClient) -> None:
    reply = look(leas, OWN + "".join(f"12A;Noord {n};Veenrand;;\n" for n in range(600)))
    assert reply.status_code == 422
    assert (len(problems(reply.text)), counted(reply.text)[3]) == (100, "600")
    assert "En nog 500 regels." in reply.text
    assert "Verbeter ze in uw bestand en kies het weer." in reply.text


def test_what_changed_meanwhile_is_shown_before_it_is_stored(
    leas: HouseClient, add_school: Callable[..., str], dump: Dump
) -> None:
    page = look(leas, OFFICIAL).text
    add_school(brin="12AB", branch="00", board="Turfstreek")
    before = dump()
    reply = leas.post(ADDRESS, data={**fields(page), "meedoen": "alle"})
    assert reply.status_code == 409
    assert "Intussen wijzigde iemand anders iets" in reply.text
    assert counted(reply.text)[:4] == ["1", "1", "0", "0"]
    assert dump() == before
    assert leas.post(ADDRESS, data={**fields(reply.text), "meedoen": "alle"}).status_code == 303


def test_lines_that_nobody_looked_at_are_shown_first(leas: HouseClient, dump: Dump) -> None:
    sent = {**fields(look(leas, OFFICIAL).text), "meedoen": "alle"}
    sent["regels"] = sent["regels"].replace("De Kraanheide", "De Kraanheuvel")
    before = dump()
    assert leas.post(ADDRESS, data=sent).status_code == 409
    assert dump() == before


def test_when_storing_fails_half_way_nothing_is_stored(
    leas: HouseClient, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = look(leas, OFFICIAL).text

    def full(*_: object, **__: object) -> None:
        raise OSError("no room")

    before = dump()
    monkeypatch.setattr(audit, "note", full)
    assert leas.post(ADDRESS, data={**fields(page), "meedoen": "alle"}).status_code == 500
    assert dump() == before


def test_a_list_of_own_schools_can_be_taken_along_filled_in_and_read_again(
    leas: HouseClient, add_school: Callable[..., str], find: Callable[[str], School]
) -> None:
    add_school(brin="12AB", programmes=("Buiten spelen", "Ruzie uitpraten"))
    add_school("-Noord", "Veenrand")
    text = leas.get("/inzet/scholen/lijst.csv").data.decode("utf-8-sig")
    assert "Er verandert niets" in look(leas, text).text
    filled = text.replace(";2025-2026;;;Buiten", ";2025-2026;112;31,4;Buiten")
    assert put_in(leas, filled).status_code == 303
    assert find("De Kraanheide").counts == (Count("2025-2026", 112, 31.4),)


def test_the_sample_to_fill_in_is_a_list_we_read(leas: HouseClient) -> None:
    sample = leas.get(f"{ADDRESS}/voorbeeld.csv").data
    assert counted(upload(leas, sample).text)[:4] == ["1", "0", "0", "0"]


def test_the_names_of_the_columns_are_read_in_english_as_well(leas: HouseClient, app: Flask) -> None:
    assert put_in(leas, "name;town;municipality;pupils\nNoord;Veenrand;Veenrand;80\n").status_code == 303


def test_the_register_of_a_lead_is_closed_to_others(
    as_: Callable[[Member], HouseClient], cohorts: Cohorts, ana: Member, dump: Dump
) -> None:
    client = as_(ana)
    before = dump()
    assert look(client, OFFICIAL).status_code == 404
    assert dump() == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # nothing is stored
@given(rows=ROWS)
def test_whatever_list_was_taken_in_the_same_list_changes_nothing_after_it(
    app: Flask, rows: list[tuple[tuple[int, str, int], str, int]]
) -> None:
    lines = [
        f"1{first}X{second};0{branch};{name};Veenrand;{pupils}"
        for (first, second, branch), name, pupils in rows
    ]
    text = "\n".join(["BRIN;vestiging;naam;plaats;leerlingen", *lines, "99ZZ;00;West;Veenrand;1"])
    with app.test_request_context():
        table = table_of(from_text(text))
        first = check(table, [], "2025-2026")
        codes = {code for code, _, _ in rows}
        assert first.is_fine is (len(codes) == len(rows))
        assert len(first.of("new")) == len(codes) + 1
        stored = [replace(one.after, id=str(one.number)) for one in first.of("new") if one.after]
        again = check(table, stored, "2025-2026")
        assert [one.number for one in again.of("same")] == [one.number for one in first.of("new")]
        assert not again.of("changed") + again.of("new")

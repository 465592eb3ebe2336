"""What a list does to schools that are known: old beside new, by number or name, and nothing twice."""

from collections.abc import Callable

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from survey.database import SqliteEngine
from survey.school.importing import check
from survey.school.lists import table_of
from survey.school.reports import Count, School
from survey.sheets.reading import from_text
from tests.client import HouseClient
from tests.conftest import Dump, Member
from tests.survey.school.conftest import OFFICIAL
from tests.survey.school.taking_in import ADDRESS, counted, fields, look, put_in

CODES = st.tuples(st.integers(0, 3), st.sampled_from("AB"), st.integers(0, 1))
ROWS = st.lists(
    st.tuples(CODES, st.sampled_from(["Noord", "Zuid", "Oost"]), st.integers(0, 900)), max_size=12
)


def test_what_changes_is_shown_old_and_new(
    leas: HouseClient, add_school: Callable[..., str], find: Callable[[str], School]
) -> None:
    add_school(brin="12AB", board="Turfstreek")
    text = "BRIN;leerlingen;bestuur;plaats\n12AB;112;Veenkracht;\n"
    reply = look(leas, text, jaar="2024-2025")
    assert counted(reply.text)[:4] == ["0", "1", "0", "0"]
    assert "bestuur: <s>Turfstreek</s> wordt Veenkracht" in reply.text
    assert "leerlingen 2024-2025: <s>leeg</s> wordt 112" in reply.text
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

"""A list of people is read as it comes: a file, a workbook, pasted lines, Dutch or English."""

import io
from typing import Any

import pytest
from flask_babel import force_locale

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.people import cells
from tests.client import HouseClient
from tests.conftest import Cohorts, Dump
from tests.survey.people.taking_in import TWO, add, look, upload
from tests.survey.sheets.test_reading import workbook


def test_a_file_is_shown_as_it_was_read_and_stores_nothing(
    leas: HouseClient, cohorts: Cohorts, dump: Dump
) -> None:
    before = dump()
    reply = upload(leas, TWO.encode())
    assert reply.status_code == 200
    assert "2 regels zijn goed" in reply.text
    for read in ("Sanne de Wit", "in opleiding, English", "sinds 1 oktober 2025", "1 tot 3 jaar"):
        assert read in reply.text
    assert dump() == before


def test_a_workbook_is_read_as_well(leas: HouseClient, cohorts: Cohorts) -> None:
    rows = [line.split(";") for line in TWO.splitlines()]
    assert "2 regels zijn goed" in upload(leas, workbook(rows), "mensen.xlsx").text


def test_a_name_and_an_address_are_enough(leas: HouseClient, engine: SqliteEngine) -> None:
    assert add(leas, "E-mail , NAAM\nana@school.example,Ana Bos\n").status_code == 303
    assert engine.rows(
        "SELECT p.name, p.status, p.language, p.experience, r.role FROM person p "
        "JOIN role_grant r ON r.person_id = p.id WHERE p.email = 'ana@school.example'"
    ) == [{"name": "Ana Bos", "status": "active", "language": "nl", "experience": None, "role": "coach"}]


def test_a_file_and_pasted_lines_together_lose_neither_in_silence(leas: HouseClient) -> None:
    reply = leas.post(
        "/mensen/importeren", data={"bestand": (io.BytesIO(TWO.encode()), "a.csv"), "regels": "naam;mail\n"}
    )
    assert reply.status_code == 422
    assert "Kies één van de twee" in reply.text
    assert "naam;mail\n</textarea>" in reply.text


def test_columns_nobody_reads_are_named(leas: HouseClient) -> None:
    page = look(leas, "naam;telefoon;mailadres;schoen\nAna Bos;06;a@school.example;39\n").text
    assert "Deze kolommen lezen we niet: telefoon, schoen." in page


def test_the_sample_to_fill_in_is_a_table_we_read(leas: HouseClient) -> None:
    reply = leas.get("/mensen/importeren/voorbeeld.csv")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="mensen.csv"'
    assert "1 regel is goed" in upload(leas, reply.data).text


def test_an_english_reader_fills_in_a_sample_in_english(leas: HouseClient, engine: SqliteEngine) -> None:
    leas.post("/taal", data={"language": "en"})
    sample = leas.get("/mensen/importeren/voorbeeld.csv").data.decode("utf-8-sig")
    assert ";en;" in sample
    assert sample.startswith("name;")
    assert add(leas, sample).status_code == 303
    row = engine.one("SELECT status, language, experience FROM person WHERE email = 'sanne@school.example'")
    assert row == {"status": "active", "language": "en", "experience": "1_to_3"}


ENGLISH = """
Name;Email address;Roles;Status;Language;Experience
Sanne de Wit;sanne@school.example;coach and programme lead;in training;English;2 years
"""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "text", [ENGLISH, ENGLISH.replace("Email address", "emailaddress").replace("2 years", "1 to 3 years")]
)
def test_english_words_are_read_on_every_screen(
    language: str, text: str, leas: HouseClient, engine: SqliteEngine
) -> None:
    leas.post("/taal", data={"language": language})
    assert add(leas, text).status_code == 303
    rows = engine.rows(
        "SELECT p.status, p.language, p.experience, r.role FROM person p "
        "JOIN role_grant r ON r.person_id = p.id WHERE p.email = 'sanne@school.example' ORDER BY r.role"
    )
    noted = {"status": "aspirant", "language": "en", "experience": "1_to_3"}
    assert rows == [{**noted, "role": role} for role in ("coach", "lead")]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_that_are_offered_are_words_that_are_read(app: Any, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        for read in (cells.status, cells.language, cells.experience):
            with pytest.raises(ValueError, match=":") as refused:
                read("???")
            for offered in str(refused.value).rsplit(": ", 1)[1].rstrip(".").split(", "):
                assert read(offered)
        for role in Role:
            assert cells.roles(str(role.label)) == {role}


@pytest.mark.parametrize(("size", "status"), [(2_000_000, 422), (2 * 1024 * 1024, 413)])
def test_a_file_of_two_megabytes_is_taken_and_a_larger_one_refused(
    leas: HouseClient, size: int, status: int
) -> None:
    head = '--x\r\nContent-Disposition: form-data; name="bestand"; filename="a.csv"\r\n\r\n'
    body = head.encode() + b"\n" * size + b"\r\n--x--\r\n"
    reply = leas.post("/mensen/importeren", data=body, content_type="multipart/form-data; boundary=x")
    assert reply.status_code == status


def test_no_other_page_takes_a_file(leas: HouseClient) -> None:
    reply = leas.post("/mensen/nieuw", data={"bestand": (io.BytesIO(b"x"), "a.csv")})
    assert reply.status_code == 415


def test_a_file_without_the_token_of_the_page_is_not_read(leas: HouseClient, app: Any, dump: Dump) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    before = dump()
    assert upload(leas, TWO.encode()).status_code == 400
    assert dump() == before

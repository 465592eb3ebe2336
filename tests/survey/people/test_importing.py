"""Adding many at once: each problem of each line in words, and all of them or nobody."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask_babel import force_locale
from werkzeug.test import TestResponse

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.people import actions, cells
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member
from tests.survey.sheets.test_reading import workbook

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
HEAD = "naam;mailadres;rollen;status;taal;cohort;sinds;ervaring"
SANNE = "Sanne de Wit;sanne@school.example;coach;in opleiding;en;Najaar;1-10-2025;2 jaar"
TWO = f"{HEAD}\n{SANNE}\nRuben Vos;ruben@school.example;trainer;;;najaar;;\n"


@pytest.fixture
def leas(as_: Callable[[Member], HouseClient], lea: Member) -> HouseClient:
    return as_(lea)


def look(client: HouseClient, text: str, **more: str) -> TestResponse:
    return client.post("/mensen/importeren", data={"regels": text, **more})


def upload(client: HouseClient, data: bytes, name: str = "mensen.csv") -> TestResponse:
    return client.post("/mensen/importeren", data={"bestand": (io.BytesIO(data), name)})


def add(client: HouseClient, text: str) -> TestResponse:
    """Look, and then press the button of the page that came."""
    page = look(client, text).text
    fields = dict(re.findall(r'<input type="hidden" name="(regels|gezien)" value="([^"]*)"', page))
    return look(client, fields["regels"], gezien=fields["gezien"])


def problems(page: str) -> list[str]:
    return re.findall(r"<li>([^<]+)</li>", page)


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


def test_the_button_adds_everyone_and_mails_them(
    leas: HouseClient, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    reply = add(leas, TWO)
    assert (reply.status_code, reply.location) == (303, "/mensen?erbij=2")
    assert "2 mensen zijn toegevoegd" in leas.get(reply.location).text
    (sanne,) = engine.rows(
        "SELECT id, status, language, experience FROM person WHERE email = 'sanne@school.example'"
    )
    assert sanne == {"id": sanne["id"], "status": "aspirant", "language": "en", "experience": "1_to_3"}
    assert engine.rows("SELECT cohort_id, since FROM cohort_member WHERE person_id = :id", sanne) == [
        {"cohort_id": cohorts.bens, "since": "2025-10-01"}
    ]
    assert engine.rows(
        "SELECT p.name FROM cohort_trainer t JOIN person p ON p.id = t.person_id "
        "WHERE t.cohort_id = :id ORDER BY p.name",
        {"id": cohorts.bens},
    ) == [{"name": "Ben"}, {"name": "Ruben Vos"}]
    assert engine.rows("SELECT recipient, subject FROM outbox ORDER BY recipient") == [
        {"recipient": "ruben@school.example", "subject": "Welkom bij Groeispiegel"},
        {"recipient": "sanne@school.example", "subject": "Welcome to Groeispiegel"},
    ]


def test_a_name_and_an_address_are_enough(leas: HouseClient, engine: SqliteEngine) -> None:
    assert add(leas, "E-mail , NAAM\nana@school.example,Ana Bos\n").status_code == 303
    assert engine.rows(
        "SELECT p.name, p.status, p.language, p.experience, r.role FROM person p "
        "JOIN role_grant r ON r.person_id = p.id WHERE p.email = 'ana@school.example'"
    ) == [{"name": "Ana Bos", "status": "active", "language": "nl", "experience": None, "role": "coach"}]


WRONG = [
    (";x@school.example;;;;;;", "De naam ontbreekt."),
    ("Fenne‮gnp;x@school.example;;;;;;", "Vul een naam in van ten hoogste 200 tekens."),
    ("Piet;;;;;;;", "Het mailadres ontbreekt."),
    ("Piet;piet@school;;;;;;", "“piet@school” is geen mailadres. Een mailadres lijkt op naam@school.nl."),
    (
        "Piet;p@school.example;coach, directeur;;;;;",
        "“directeur” is geen rol. Kies uit coach, trainer of programmaleider.",
    ),
    (
        "Piet;p@school.example;;ziek;;;;",
        "“ziek” kennen we niet bij status. Kies uit: actief, in opleiding.",
    ),
    ("Piet;p@school.example;;;fries;;;", "“fries” kennen we niet bij taal. Kies uit: nl, en."),
    (
        "Piet;p@school.example;;;;winter;;",
        "Er is geen cohort “winter”. Wel: najaar, voorjaar.",
    ),
    (
        "Piet;p@school.example;lead;;;najaar;;",
        "Een cohort is voor coaches en trainers. Haal het cohort weg, of kies een van die rollen.",
    ),
    (
        "Piet;p@school.example;;;;;1-9-2025;",
        "Bij “sinds” hoort een cohort. Vul het cohort in, of haal de dag weg.",
    ),
    ("Piet;p@school.example;;;;najaar;31-2-2026;", "“31-2-2026” is geen dag. Schrijf de dag zo: 1-9-2026."),
    ("Piet;p@school.example;;;;najaar;1-9-2062;", "“1-9-2062” ligt te ver weg. Kijk het jaar na."),
    (
        "Piet;p@school.example;;;;najaar;1-8-2025;",
        "Het cohort najaar begint op 01-09-2025. “Sinds” ligt daarvoor.",
    ),
    (
        "Piet;p@school.example;;;;;;veel",
        "“veel” kennen we niet bij ervaring. Vul een aantal jaren in, of kies uit: "
        "geen, minder dan 1 jaar, 1 tot 3 jaar, meer dan 3 jaar.",
    ),
    ("Piet;ANA@example.org;;;;;;", "Er is al iemand met dit mailadres: Ana."),
    (
        "Piet;dora@example.org;;;;;;",
        "Dit mailadres is van Dora, die vertrokken is. Komt die persoon terug? "
        "Haal de regel weg en open de pagina van die persoon.",
    ),
    ("Sanne;SANNE@school.example;;;;;;", "Dit mailadres staat ook op regel 2."),
]


@pytest.mark.parametrize(("line", "says"), WRONG, ids=[says[:30] for _, says in WRONG])
def test_each_problem_is_said_in_words_and_nobody_is_added(
    line: str, says: str, leas: HouseClient, cohorts: Cohorts, dora: Member, engine: SqliteEngine, dump: Dump
) -> None:
    actions.leave(engine, person_id=dora.id, at=START, by=None)
    before = dump()
    reply = upload(leas, f"{HEAD}\n{SANNE}\n{line}\n".encode())
    assert reply.status_code == 422
    assert problems(reply.text) == [says]
    assert "Nog niemand toegevoegd" in reply.text
    assert "1 regel klopt nog niet." in reply.text
    assert "1 regel die wel klopt" in reply.text
    assert dump() == before


def test_all_problems_of_a_line_are_said_at_once(leas: HouseClient) -> None:
    page = look(leas, f"{HEAD}\nPiet;piet;directeur;ziek;fries;winter;ooit;veel\n").text
    assert len(problems(page)) == 7


def test_what_was_wrong_can_be_put_right_on_the_page(leas: HouseClient, engine: SqliteEngine) -> None:
    page = look(leas, "naam;mailadres\nPiet;piet@school\n").text
    (text,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert text == "naam;mailadres\nPiet;piet@school\n"
    assert add(leas, text.replace("piet@school", "piet@school.example")).status_code == 303
    assert engine.one("SELECT name FROM person WHERE email = 'piet@school.example'") == {"name": "Piet"}


def test_lines_that_were_not_looked_at_are_shown_first(
    leas: HouseClient, cohorts: Cohorts, dump: Dump
) -> None:
    page = look(leas, TWO).text
    (seen,) = re.findall(r'name="gezien" value="(\w+)"', page)
    before = dump()
    reply = look(leas, TWO.replace("Ruben", "Rinus"), gezien=seen)
    assert (reply.status_code, "Rinus Vos" in reply.text) == (200, True)
    assert dump() == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Kies een bestand, of plak de regels hieronder."),
        (" \n ", "Kies een bestand, of plak de regels hieronder."),
        ("Sanne;sanne@school.example\n", "Die vonden we niet allebei."),
        ("naam;rollen\nSanne;coach\n", "Die vonden we niet allebei."),
        ("naam;mail;email\nSanne;a@b.example;\n", "De kolom “mailadres” staat er twee keer."),
        ("naam;mailadres\n", "Onder de namen van de kolommen staat nog niemand."),
        ('naam;mailadres\n"Sanne;a@b.example\n', "Bij regel 2 kloppen de aanhalingstekens niet."),
    ],
)
def test_a_table_that_is_wrong_as_a_whole_is_refused_and_stays(
    text: str, says: str, leas: HouseClient, dump: Dump
) -> None:
    before = dump()
    reply = look(leas, text)
    assert reply.status_code == 422
    assert says in reply.text
    if text.strip():
        assert text.splitlines()[0].replace('"', "&#34;") in reply.text
    assert dump() == before


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


def test_someone_added_a_moment_ago_keeps_all_others_out(
    leas: HouseClient, cohorts: Cohorts, engine: SqliteEngine, dump: Dump
) -> None:
    page = look(leas, TWO).text
    (seen,) = re.findall(r'name="gezien" value="(\w+)"', page)
    actions.add_person(
        engine, name="Rob", email="ruben@school.example", roles={Role.COACH}, by=None, at=START
    )
    before = dump()
    reply = look(leas, TWO, gezien=seen)
    assert reply.status_code == 409
    assert problems(reply.text) == ["Er is al iemand met dit mailadres: Rob."]
    assert dump() == before


def test_two_leads_at_the_very_same_moment_add_each_person_once(
    leas: HouseClient, cohorts: Cohorts, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_args: object, **_named: object) -> None:
        raise actions.EmailTaken("ruben@school.example", left=False)

    monkeypatch.setattr(actions, "invite_all", too_late)
    before = dump()
    assert add(leas, TWO).status_code == 409
    assert dump() == before


def test_the_same_button_twice_adds_nobody_twice(
    leas: HouseClient, cohorts: Cohorts, engine: SqliteEngine, dump: Dump
) -> None:
    page = look(leas, TWO).text
    (seen,) = re.findall(r'name="gezien" value="(\w+)"', page)
    assert look(leas, TWO, gezien=seen).status_code == 303
    before = dump()
    again = look(leas, TWO, gezien=seen)
    assert (again.status_code, again.location) == (303, "/mensen?erbij=2")
    assert dump() == before


def test_one_bad_name_in_code_adds_nobody(engine: SqliteEngine, app: Any, lea: Member, dump: Dump) -> None:
    from tests.conftest import scope_of

    people = [
        actions.Newcomer(name, f"p{n}@school.example", frozenset({Role.COACH}))
        for n, name in enumerate(("Sanne", " "))
    ]
    before = dump()
    with app.app_context(), pytest.raises(actions.NoName):
        actions.invite_all(engine, people=people, by=scope_of(lea, Role.LEAD), at=START)
    assert dump() == before


def test_the_sample_to_fill_in_is_a_table_we_read(leas: HouseClient) -> None:
    reply = leas.get("/mensen/importeren/voorbeeld.csv")
    assert reply.headers["Content-Disposition"] == "attachment; filename=mensen.csv"
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

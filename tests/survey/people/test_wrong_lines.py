"""Each problem of each line of a list of people is said in words, and nobody is added."""

import re

import pytest

from survey.database import SqliteEngine
from survey.people import actions
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Dump, Member
from tests.survey.people.taking_in import HEAD, SANNE, add, look, problems, upload

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

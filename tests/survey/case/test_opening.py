"""Opening a case needs no answer but the school, which is one of the coach's own."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.case import actions
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Member
from tests.survey.case.opening import ABOUT, CODE, REFUSED, code_of, open_case, opened

As = Callable[[Member], HouseClient]
SchoolOf = Callable[..., str]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_without_cases_the_page_says_how_to_begin(as_: As, ana: Member) -> None:
    page = as_(ana).get("/trajecten")
    assert page.status_code == 200
    assert "Nog geen trajecten" in page.text
    assert 'href="/trajecten/nieuw"' in page.text


def test_with_one_school_nothing_needs_choosing(as_: As, ana: Member, school_of: SchoolOf) -> None:
    school_of(ana)
    client = as_(ana)
    form = client.get("/trajecten/nieuw")
    assert "De Kraanheide" in form.text
    assert 'name="school"' not in form.text
    made = client.post("/trajecten/nieuw")
    assert made.status_code == 303
    code = code_of(made)
    assert CODE.fullmatch(code)
    page = client.get(made.location).text
    assert "De Kraanheide" in page
    assert f"De code is {code}." in page
    assert "De code is" not in client.get(f"/trajecten/{code}").text


def test_opening_needs_no_answer_but_the_school(
    as_: As, ana: Member, engine: SqliteEngine, school_of: SchoolOf
) -> None:
    school_of(ana)
    form = as_(ana).get("/trajecten/nieuw").text
    assert "Niets hiervan is nodig om te helpen" in form
    assert 'value="2026-01-20"' in form
    as_(ana).post("/trajecten/nieuw")
    assert opened(engine) == {
        "profile": "kansencoach",
        "kind": "pupil",
        "signalled_by": "teacher",
        "signalled_on": "2026-01-20",
        "theme": None,
    }


def test_what_was_told_is_kept_and_shown(
    as_: As, ana: Member, engine: SqliteEngine, school_of: SchoolOf
) -> None:
    school_of(ana)
    client = as_(ana)
    made = client.post("/trajecten/nieuw", data=ABOUT)
    assert opened(engine) == {"profile": "kansencoach", **ABOUT}
    page = client.get(made.location).text
    assert (
        "De Kraanheide · Een groep of klas · Omgaan met andere kinderen · gestart op 20 januari 2026" in page
    )
    assert "Signaal" in page
    assert "Een groep of klas · Omgaan met andere kinderen · De Kraanheide" in client.get("/trajecten").text


@pytest.mark.parametrize(("sent", "field", "said"), REFUSED)
def test_a_mistake_is_named_and_the_rest_stays_filled_in(
    as_: As, ana: Member, school_of: SchoolOf, dump: Dump, sent: dict[str, str], field: str, said: str
) -> None:
    school_of(ana)
    client = as_(ana)
    before = dump()
    page = client.post("/trajecten/nieuw", data={**ABOUT, **sent})
    assert page.status_code == 422
    assert f'<a href="#{field}">{said}' in page.text
    for name, value in {**ABOUT, **sent}.items():
        kept = f'value="{value}"' in page.text
        assert kept or name == field, (name, value)
    assert dump() == before


@pytest.mark.parametrize("day", ["2026-01-20", "2024-01-20", "20-1-2024"])
def test_a_signal_is_at_most_two_years_old(as_: As, ana: Member, school_of: SchoolOf, day: str) -> None:
    school_of(ana)
    assert as_(ana).post("/trajecten/nieuw", data={"signalled_on": day}).status_code == 303


# Of each cohort: its profile, when it started, and when this coach was in it; and the profile of a new case.
COHORTS = [
    ([("schoolcoach", "2025-09-01", "2025-09-01", None)], "schoolcoach"),
    (
        [
            ("kansencoach", "2024-09-01", "2024-09-01", None),
            ("schoolcoach", "2025-09-01", "2025-10-01", None),
        ],
        "schoolcoach",
    ),
    (
        [
            ("kansencoach", "2024-09-01", "2024-09-01", None),
            ("schoolcoach", "2025-09-01", "2025-09-01", "2026-01-19"),
        ],
        "kansencoach",
    ),
    ([("schoolcoach", "2025-09-01", "2025-09-01", "2026-01-20")], "schoolcoach"),
    ([("schoolcoach", "2026-02-01", "2026-02-01", None)], "kansencoach"),
    ([], "kansencoach"),
]


@pytest.mark.parametrize(("cohorts", "profile"), COHORTS)
def test_a_case_follows_the_newest_cohort_of_its_coach(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf, cohorts: list[tuple[str, ...]], profile: str
) -> None:
    for n, (of, started, since, until) in enumerate(cohorts):
        engine.insert("cohort", {"id": f"c{n}", "name": f"c{n}", "profile": of, "started_on": started})
        engine.insert(
            "cohort_member", {"cohort_id": f"c{n}", "person_id": ana.id, "since": since, "until": until}
        )
    open_case(engine, ana, school_of)
    assert opened(engine)["profile"] == profile


def test_with_two_schools_one_is_chosen(as_: As, ana: Member, school_of: SchoolOf) -> None:
    school_of(ana)
    other = school_of(ana, "Het Wollegras")
    client = as_(ana)
    assert client.get("/trajecten/nieuw").text.count('name="school"') == 2
    made = client.post("/trajecten/nieuw", data={"school": other})
    assert "Het Wollegras" in client.get(made.location).text


def test_choosing_no_school_is_asked_again(as_: As, ana: Member, school_of: SchoolOf, dump: Dump) -> None:
    school_of(ana)
    school_of(ana, "Het Wollegras")
    client = as_(ana)
    before = dump()
    page = client.post("/trajecten/nieuw")
    assert page.status_code == 422
    assert 'href="#school"' in page.text
    assert dump() == before


def test_without_a_school_the_page_says_whom_to_ask(as_: As, ana: Member) -> None:
    client = as_(ana)
    page = client.get("/trajecten/nieuw")
    assert "Vraag de beheerder van Groeispiegel" in page.text
    assert "<button class=" not in page.text
    assert client.post("/trajecten/nieuw").status_code == 422


def test_a_school_of_another_coach_is_refused(
    as_: As, ana: Member, cleo: Member, school_of: SchoolOf, dump: Dump
) -> None:
    school_of(ana)
    other = school_of(cleo, "Het Wollegras")
    client = as_(ana)
    before = dump()
    assert client.post("/trajecten/nieuw", data={"school": other}).status_code == 422
    assert dump() == before


def test_a_placement_that_ended_is_no_school_of_yours(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf
) -> None:
    school = school_of(ana)
    engine.run("UPDATE placement SET ends_on = '2026-01-19'")
    with pytest.raises(actions.NotPlaced):
        actions.open_case(engine, school_id=school, by=ana.id, at=START)


def test_the_last_day_of_a_placement_still_counts(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf
) -> None:
    school = school_of(ana)
    engine.run("UPDATE placement SET ends_on = '2026-01-20'")
    assert actions.open_case(engine, school_id=school, by=ana.id, at=START)


def test_a_form_that_is_not_ours_opens_no_case(
    app: Flask, as_: As, ana: Member, school_of: SchoolOf, dump: Dump
) -> None:
    school_of(ana)
    client = as_(ana)
    app.config["WTF_CSRF_ENABLED"] = True
    assert 'name="csrf_token"' in client.get("/trajecten/nieuw").text
    before = dump()
    assert client.post("/trajecten/nieuw", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/trajecten/nieuw", data={"csrf_token": "made up"}).status_code == 400
    assert dump() == before


def test_opening_a_case_is_in_the_audit_log_without_its_code(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf
) -> None:
    code = open_case(engine, ana, school_of)
    noted = engine.rows("SELECT person_id, object FROM audit WHERE act = 'case-opened'")
    assert [row["person_id"] for row in noted] == [ana.id]
    assert noted[0]["object"] != code

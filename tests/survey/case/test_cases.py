"""Cases: a random code at a school of the coach, and nobody else's business."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from survey.case import actions
from survey.case.informants import Who
from survey.case.views import front
from survey.database import Busy, Full, Refused, SqliteEngine
from survey.web import store as limit_store
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Clock, Member

As = Callable[[Member], HouseClient]
SchoolOf = Callable[..., str]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
CODE = re.compile(r"[CFGHJKMNPQRTVWXY]{2}-[CFGHJKMNPQRTVWXY3479]{4}")


def open_case(engine: SqliteEngine, coach: Member, school_of: SchoolOf) -> str:
    return actions.open_case(engine, school_id=school_of(coach), by=coach.id, at=START)


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


def code_of(made: TestResponse) -> str:
    """The code of a case that was opened just now."""
    return urlsplit(made.location).path.removeprefix("/trajecten/")


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


def opened(engine: SqliteEngine) -> dict[str, object]:
    (row,) = engine.rows('SELECT profile, kind, signalled_by, signalled_on, theme FROM "case"')
    return row


ABOUT = {"kind": "group", "signalled_by": "ib", "signalled_on": "2026-01-05", "theme": "with_others"}


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


# What is sent, and what is wrong with it.
REFUSED = [
    ({"kind": "family"}, "kind", "Kies een van de antwoorden."),
    ({"signalled_by": "neighbour"}, "signalled_by", "Kies een van de antwoorden."),
    ({"theme": "adhd"}, "theme", "Kies een van de antwoorden."),
    ({"signalled_on": "2026-01-21"}, "signalled_on", "Deze dag komt nog."),
    ({"signalled_on": "2024-01-19"}, "signalled_on", "Deze dag is te lang geleden."),
    ({"signalled_on": "1-13-2026"}, "signalled_on", "Dit is geen dag."),
    ({"signalled_on": "0000-00-00"}, "signalled_on", "Dit is geen dag."),
]


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


def test_a_mistake_in_what_a_case_is_about_is_put_right(
    as_: As, ana: Member, engine: SqliteEngine, school_of: SchoolOf
) -> None:
    code = open_case(engine, ana, school_of)
    client = as_(ana)
    assert 'name="kind"' in client.get(f"/trajecten/{code}/wijzigen").text
    assert client.post(f"/trajecten/{code}/wijzigen", data=ABOUT).status_code == 303
    assert opened(engine) == {"profile": "kansencoach", **ABOUT}


@pytest.mark.parametrize(("sent", "field", "said"), REFUSED)
def test_a_mistake_while_changing_changes_nothing(
    as_: As,
    ana: Member,
    engine: SqliteEngine,
    school_of: SchoolOf,
    dump: Dump,
    sent: dict[str, str],
    field: str,
    said: str,
) -> None:
    code = open_case(engine, ana, school_of)
    client = as_(ana)
    before = dump()
    page = client.post(f"/trajecten/{code}/wijzigen", data={**ABOUT, **sent})
    assert page.status_code == 422
    assert f'<a href="#{field}">{said}' in page.text
    assert dump() == before


def test_a_case_with_a_pupil_in_it_stays_a_case_of_a_pupil(
    as_: As, ana: Member, engine: SqliteEngine, school_of: SchoolOf, dump: Dump
) -> None:
    code = open_case(engine, ana, school_of)
    (case,) = engine.rows('SELECT id FROM "case"')
    actions.add_informant(engine, case_id=case["id"], who=Who("pupil", 1))
    client = as_(ana)
    form = client.get(f"/trajecten/{code}/wijzigen").text
    assert 'name="kind"' not in form
    assert "De leerling is al iets gevraagd." in form
    before = dump()
    assert client.post(f"/trajecten/{code}/wijzigen", data=ABOUT).status_code == 409
    assert dump() == before
    assert client.post(f"/trajecten/{code}/wijzigen", data={**ABOUT, "kind": "pupil"}).status_code == 303
    assert opened(engine)["theme"] == "with_others"


def test_a_coach_changes_own_cases_only(
    engine: SqliteEngine, ana: Member, cleo: Member, school_of: SchoolOf, dump: Dump
) -> None:
    open_case(engine, ana, school_of)
    (case,) = engine.rows('SELECT id FROM "case"')
    before = dump()
    with pytest.raises(actions.NotYours):
        actions.describe(
            engine,
            case_id=case["id"],
            kind="group",
            signalled_by="ib",
            signalled_on=START.date(),
            theme=None,
            by=cleo.id,
            at=START,
        )
    assert dump() == before


def test_the_card_for_school_holds_the_code_and_nothing_more(
    as_: As, ana: Member, school_of: SchoolOf
) -> None:
    school_of(ana)
    client = as_(ana)
    made = client.post("/trajecten/nieuw", data=ABOUT)
    page = client.get(f"/trajecten/{code_of(made)}/kaart").text
    (card,) = (words(part) for part in every(parsed(page), "section"))
    assert code_of(made) in card
    assert "De Kraanheide" in card
    assert "Omgaan met andere kinderen" not in page
    assert "Schrijf de naam er zelf bij, op papier." in page
    assert "Ctrl + P" in page


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


def test_codes_are_random_and_readable() -> None:
    codes = [actions.new_code() for _ in range(1000)]
    assert all(CODE.fullmatch(code) for code in codes)
    assert len(set(codes)) > 990
    assert not set("".join(codes)) & set("AEIOUBDLSZ012568")


def test_a_taken_code_is_replaced_by_another(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["KV-7Q4M", "KV-7Q4M", "KV-7Q4N"])
    monkeypatch.setattr(actions, "new_code", lambda: next(drawn))
    assert open_case(engine, ana, school_of) == "KV-7Q4M"
    again = actions.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=START)
    assert again == "KV-7Q4N"


def test_when_every_code_is_taken_nothing_is_stored(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf, monkeypatch: pytest.MonkeyPatch, dump: Dump
) -> None:
    monkeypatch.setattr(actions, "new_code", lambda: "KV-7Q4M")
    open_case(engine, ana, school_of)
    before = dump()
    with pytest.raises(Refused):
        actions.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=START)
    assert dump() == before


def test_what_is_wrong_otherwise_is_not_tried_with_another_code(
    engine: SqliteEngine, ana: Member, school_of: SchoolOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["KV-7Q4M", "KV-7Q4N"])
    monkeypatch.setattr(actions, "new_code", lambda: next(drawn))
    with pytest.raises(Refused, match="CHECK"):
        actions.open_case(engine, school_id=school_of(ana), kind="neighbour", by=ana.id, at=START)
    assert next(drawn) == "KV-7Q4N"


def test_a_coach_sees_own_cases_only(
    engine: SqliteEngine, as_: As, ana: Member, cleo: Member, school_of: SchoolOf
) -> None:
    anas = open_case(engine, ana, school_of)
    cleos = open_case(engine, cleo, school_of)
    page = as_(ana).get("/trajecten").text
    assert anas in page
    assert cleos not in page


PAGES = [
    ("GET", "/trajecten/{code}"),
    ("GET", "/trajecten/{code}/wijzigen"),
    ("POST", "/trajecten/{code}/wijzigen"),
    ("GET", "/trajecten/{code}/kaart"),
    ("POST", "/trajecten/{code}/akkoord"),
    ("POST", "/trajecten/{code}/akkoord/intrekken"),
    ("POST", "/trajecten/{code}/check"),
    ("GET", "/trajecten/{code}/check/{link}"),
    ("GET", "/trajecten/{code}/check/{link}/stand"),
    ("POST", "/trajecten/{code}/check/{link}/intrekken"),
]


@pytest.mark.parametrize("who", ["cleo", "ben", "lea", "nobody"])
def test_others_get_what_they_get_for_a_case_that_does_not_exist(
    request: pytest.FixtureRequest,
    engine: SqliteEngine,
    as_: As,
    ana: Member,
    school_of: SchoolOf,
    dump: Dump,
    who: str,
) -> None:
    code = open_case(engine, ana, school_of)
    made = as_(ana).post(f"/trajecten/{code}/check", data={"who": "parent-1"})
    link = made.location.rsplit("/", 1)[1]
    client = as_(request.getfixturevalue(who))
    before = dump()
    for method, path in PAGES:
        real, none = (
            client.open(path.format(code=tried, link=link), method=method, data={"who": "parent-1"})
            for tried in (code, "CC-3333")
        )
        assert (real.status_code, none.status_code) == (404, 404), path
        assert without_code(real.text, code) == without_code(none.text, "CC-3333"), path
    assert dump() == before


def without_code(text: str, code: str) -> str:
    """A page without the address asked for and the random code of the error."""
    return re.sub(r"\b\w{4}-404\b", "", text.replace(code, ""))


def test_a_link_of_one_case_is_not_there_under_another(
    engine: SqliteEngine, as_: As, ana: Member, school_of: SchoolOf
) -> None:
    first = open_case(engine, ana, school_of)
    second = actions.open_case(engine, school_id="school-De Kraanheide", by=ana.id, at=START)
    client = as_(ana)
    made = client.post(f"/trajecten/{first}/check", data={"who": "parent-1"})
    assert client.get(made.location.replace(first, second)).status_code == 404


def test_guessing_codes_is_slowed_down_but_own_cases_open(
    engine: SqliteEngine, as_: As, ana: Member, school_of: SchoolOf, clock: Clock
) -> None:
    code = open_case(engine, ana, school_of)
    client = as_(ana)
    guesses = [client.get(f"/trajecten/CC-{n:04}").status_code for n in range(front.FAILURES + 1)]
    assert set(guesses[:-1]) == {404}
    assert guesses[-1] == 429
    assert client.get(f"/trajecten/{code}").status_code == 200
    clock.forward(minutes=16)
    assert client.get("/trajecten/CC-3333").status_code == 404


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


def test_a_closed_case_stands_apart_and_asks_nobody(
    as_: As, ana: Member, engine: SqliteEngine, school_of: SchoolOf, dump: Dump
) -> None:
    school = school_of(ana)
    code, other = (actions.open_case(engine, school_id=school, by=ana.id, at=START) for _ in range(2))
    engine.run(
        "UPDATE \"case\" SET closed_at = '2026-01-19T10:00:00+00:00' WHERE code = :code", {"code": code}
    )
    client = as_(ana)
    listed = client.get("/trajecten").text
    assert listed.index(other) < listed.index("1 afgesloten traject") < listed.index(code)
    page = client.get(f"/trajecten/{code}").text
    assert "afgesloten op 19 januari 2026" in page
    assert "Vraag een werkrelatie-check" not in page
    before = dump()
    refused = client.post(f"/trajecten/{code}/check", data={"who": "parent-1"})
    assert refused.status_code == 409
    assert "Dit traject is afgesloten" in refused.text
    assert dump() == before


@pytest.mark.parametrize("failure", [Busy("locked"), Full("no room")])
def test_an_unknown_case_is_told_so_also_when_nothing_can_be_counted(
    as_: As, ana: Member, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    client = as_(ana)
    monkeypatch.setattr(limit_store, "count_hit", fail)
    assert client.get("/trajecten/CC-0000").status_code == 404

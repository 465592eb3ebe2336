"""The link of a check by mail: to parents and teachers, in their language, and nothing keeps the address."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.case import actions
from survey.case.views.checks import ADDRESS_MAILS, LINK_MAILS, MAILS
from survey.database import SqliteEngine
from survey.mail import courier
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Clock, Member
from tests.survey.case.asking import answer, ask, case_id, link_on

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
PARENT = "ouder@example.org"


@pytest.fixture(autouse=True)
def nothing_leaves_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outbox is looked at before anything leaves."""
    monkeypatch.setattr(courier, "deliver_soon", lambda _app: None)


def send(coach: HouseClient, check: str, mail: str = PARENT, language: str = "nl") -> tuple[int, str]:
    reply = coach.post(f"{check}/mail", data={"mail": mail, "language": language})
    return reply.status_code, reply.text


def outbox(engine: SqliteEngine) -> list[dict[str, object]]:
    return engine.rows("SELECT recipient, subject, body, expires_at FROM outbox")


def test_a_mail_holds_the_link_in_the_words_of_the_form(
    coach: HouseClient, client: HouseClient, engine: SqliteEngine, code: str
) -> None:
    check = ask(coach, code)
    assert send(coach, check)[0] == 303
    (mail,) = outbox(engine)
    link = link_on(coach.get(check).text)
    assert mail["recipient"] == PARENT
    assert mail["subject"] == "Hoe was dit gesprek?"
    assert mail["expires_at"] == "2026-01-23T10:00:00+00:00", "the mail ends with the link"
    lines = str(mail["body"]).splitlines()
    assert f"http://localhost{link}" in lines
    assert "Alleen de coach ziet uw antwoorden. U praat er samen over." in lines
    assert lines[-2:] == ["Ana", "Groeispiegel"]
    assert code not in str(mail)
    assert client.get(link).status_code == 200


def test_another_language_comes_first_and_dutch_follows(
    coach: HouseClient, engine: SqliteEngine, code: str
) -> None:
    check = ask(coach, code, family="wellbeing")
    send(coach, check, language="uk")
    (mail,) = outbox(engine)
    body, link = str(mail["body"]), link_on(coach.get(check).text)
    assert str(mail["subject"]).endswith(" / Hoe gaat het nu?")
    assert body.index(f"http://localhost{link}?taal=uk\n") < body.index(f"http://localhost{link}\n")
    assert body.count("Alleen de coach ziet uw antwoorden.") == 1
    assert "переклад" in body, "a draft says that it is one"


def test_after_sending_nothing_tells_where_it_went(
    app: Flask, coach: HouseClient, engine: SqliteEngine, code: str, dump: Dump
) -> None:
    check = ask(coach, code)
    send(coach, check)
    courier.deliver_now(app)
    (mail,) = outbox(engine)
    assert (mail["recipient"], mail["body"]) == ("", "")
    assert PARENT not in repr(dump())
    (line,) = engine.rows("SELECT object FROM audit WHERE act = 'check-mailed'")
    assert line["object"] == check.rpartition("/")[2]


def test_what_was_not_sent_in_time_is_forgotten(
    app: Flask, coach: HouseClient, engine: SqliteEngine, code: str, clock: Clock, dump: Dump
) -> None:
    send(coach, ask(coach, code))
    clock.forward(hours=73)
    courier.deliver_now(app)
    assert outbox(engine)[0]["recipient"] == ""
    assert PARENT not in repr(dump())


def test_the_page_says_that_it_is_on_its_way(coach: HouseClient, code: str) -> None:
    check = ask(coach, code)
    reply = coach.post(f"{check}/mail", data={"mail": PARENT, "language": "nl"}, follow_redirects=True)
    assert "De mail is onderweg. Na het versturen bewaren we het adres niet." in reply.text
    assert PARENT not in reply.text


@pytest.mark.parametrize(
    "typed", ["", "  ", "ouder", "ouder@", "a b@example.org", "ouder@example", "@" * 300]
)
def test_what_is_no_address_is_not_sent_and_not_lost(
    coach: HouseClient, code: str, dump: Dump, typed: str
) -> None:
    check = ask(coach, code)
    before = dump()
    status, page = send(coach, check, typed, "uk")
    assert status == 422
    assert "mailadres" in page
    assert f'value="{typed}"' in page
    assert '<option value="uk" lang="uk" selected>' in page
    assert "<details open>" in page
    assert dump() == before


def test_an_unknown_language_is_not_sent(coach: HouseClient, code: str, dump: Dump) -> None:
    check = ask(coach, code)
    before = dump()
    status, page = send(coach, check, language="fr")
    assert status == 422
    assert "Kies een taal." in page
    assert dump() == before


def test_a_pupil_gets_no_mail(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str, dump: Dump
) -> None:
    actions.note_agreement(engine, case_id=case_id(engine, code), given=BOTH_AGREE, by=ana.id, at=START)
    check = ask(coach, code, "pupil-1")
    assert "Stuur de link per mail" not in coach.get(check).text
    before = dump()
    status, page = send(coach, check)
    assert status == 409
    assert "Deze link kan niet per mail." in page
    assert dump() == before


def test_a_link_that_waits_no_more_is_not_sent(
    coach: HouseClient, client: HouseClient, engine: SqliteEngine, code: str
) -> None:
    taken_back, answered = ask(coach, code), ask(coach, code, "teacher-1")
    answer(coach, client, answered, "3333")
    coach.post(f"{taken_back}/intrekken")
    for check in (taken_back, answered):
        assert send(coach, check)[0] == 409
    assert outbox(engine) == []


def test_a_coach_sends_so_many_a_day(
    coach: HouseClient, as_: As, ana: Member, engine: SqliteEngine, code: str, clock: Clock
) -> None:
    for number in range(MAILS):
        assert send(coach, ask(coach, code), f"ouder-{number}@example.org")[0] == 303
    check = ask(coach, code)
    status, page = send(coach, check)
    assert status == 429
    assert f"U verstuurde vandaag al {MAILS} mails." in page
    assert f'value="{PARENT}"' in page
    assert len(outbox(engine)) == MAILS
    clock.forward(days=1)
    assert send(as_(ana), check)[0] == 303


def test_one_link_is_mailed_so_many_times_a_day(
    coach: HouseClient, as_: As, ana: Member, engine: SqliteEngine, code: str, clock: Clock
) -> None:
    check = ask(coach, code)
    for number in range(LINK_MAILS):
        assert send(coach, check, f"ouder-{number}@example.org")[0] == 303
    status, page = send(coach, check)
    assert status == 429
    assert f"Deze link ging vandaag al {LINK_MAILS} keer per mail." in page
    assert f'value="{PARENT}"' in page
    assert len(outbox(engine)) == LINK_MAILS
    clock.forward(days=1)
    assert send(as_(ana), check)[0] == 303


def test_one_address_gets_so_many_a_day_whatever_the_link_and_whoever_sends(
    coach: HouseClient,
    as_: As,
    cleo: Member,
    school_of: Callable[..., str],
    engine: SqliteEngine,
    code: str,
) -> None:
    for _ in range(ADDRESS_MAILS):
        assert send(coach, ask(coach, code))[0] == 303
    other = actions.open_case(engine, school_id=school_of(cleo), by=cleo.id, at=START)
    colleague = as_(cleo)
    check = ask(colleague, other)
    status, page = send(colleague, check, PARENT.upper())
    assert status == 429
    assert f"Dit adres kreeg vandaag al {ADDRESS_MAILS} mails." in page
    assert send(colleague, check, "ander@example.org")[0] == 303
    assert PARENT not in repr(engine.rows("SELECT subject FROM rate_limit"))


def test_what_cannot_be_mailed_does_not_count(
    coach: HouseClient, client: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    actions.note_agreement(engine, case_id=case_id(engine, code), given=BOTH_AGREE, by=ana.id, at=START)
    taken_back = ask(coach, code)
    coach.post(f"{taken_back}/intrekken")
    pupil = ask(coach, code, "pupil-1")
    for _ in range(MAILS):
        assert {send(coach, check)[0] for check in (taken_back, pupil)} == {409}
        assert send(coach, taken_back, "ouder@")[0] == 422
    assert send(coach, ask(coach, code))[0] == 303

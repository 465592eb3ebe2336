"""The pages of a window: planning it, its days, counting and taking it away."""

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient, parsed, words
from tests.conftest import Clock, Dump, Member, Signed
from tests.survey.evaluation.conftest import SCHOOL, YEAR


def test_a_lead_plans_a_window_by_its_days(lea_at: HouseClient, engine: SqliteEngine, schools: None) -> None:
    sent = {"school_year": YEAR, "opens": "26-1-2026", "closes": "2026-02-13"}
    reply = lea_at.post("/evaluatie/nieuw", data=sent)
    assert reply.status_code == 303
    page = words(parsed(lea_at.get(reply.location).text))
    assert "26 januari 2026 – 13 februari 2026" in page
    assert "2 coaches in 2 clusters" in page


def test_what_is_wrong_stays_in_the_form(lea_at: HouseClient, window: str, dump: Dump) -> None:
    before = dump()
    sent = {"school_year": YEAR, "opens": "2026-01-26", "closes": "2026-02-13"}
    reply = lea_at.post("/evaluatie/nieuw", data=sent)
    assert reply.status_code == 409
    assert 'value="2026-02-13"' in reply.text
    assert "Er is dan al een evaluatie open" in reply.text
    assert dump() == before


@pytest.mark.parametrize("sent", [{}, {"school_year": "1999-2000", "opens": "x", "closes": "9-9"}])
def test_nonsense_is_answered_with_words(
    lea_at: HouseClient, schools: None, dump: Dump, sent: dict[str, str]
) -> None:
    before = dump()
    assert lea_at.post("/evaluatie/nieuw", data=sent).status_code == 422
    assert dump() == before


def test_another_secret_is_told_to_the_lead(
    as_: Signed,
    lea: Member,
    window: str,
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
    dump: Dump,
) -> None:
    other = b"another key of just 32 bytes...."
    monkeypatch.setattr("survey.evaluation.sealing._key", lambda _window: other)
    for path in ("/evaluatie", f"/evaluatie/{window}"):
        assert "De geheime sleutel van deze server is anders" in as_(lea).get(path).text
    clock.forward(days=21)
    lea_at, before = as_(lea), dump()
    assert lea_at.post(f"/evaluatie/{window}/tellen").status_code == 503
    assert dump() == before


def test_a_lead_has_it_counted(as_: Signed, lea: Member, window: str, clock: Clock) -> None:
    clock.forward(days=21)
    lea_at = as_(lea)
    assert "Tel de antwoorden nu" in lea_at.get(f"/evaluatie/{window}").text
    reply = lea_at.post(f"/evaluatie/{window}/tellen")
    assert "Alle antwoorden zijn geteld." in lea_at.get(reply.location).text


def test_the_last_day_of_an_open_window_is_not_put_in_the_past(
    lea_at: HouseClient, window: str, dump: Dump
) -> None:
    before = dump()
    reply = lea_at.post(f"/evaluatie/{window}/dagen", data={"closes": "2026-01-19"})
    assert reply.status_code == 422
    assert "Deze dag is al voorbij." in reply.text
    assert dump() == before
    assert lea_at.post(f"/evaluatie/{window}/dagen", data={"closes": "2026-03-01"}).status_code == 303
    assert "1 maart 2026" in lea_at.get(f"/evaluatie/{window}").text


def test_a_window_that_is_open_is_not_removed(lea_at: HouseClient, window: str) -> None:
    reply = lea_at.post(f"/evaluatie/{window}/weg")
    assert "Dat kan niet meer." in lea_at.get(reply.location).text


def test_a_planned_window_goes_with_everything(
    lea_at: HouseClient, engine: SqliteEngine, planned: str
) -> None:
    assert lea_at.post(f"/evaluatie/{planned}/weg").location == "/evaluatie?verwijderd=1"
    assert engine.rows("SELECT id FROM evaluation_node") == []


@pytest.mark.parametrize("path", ["", "/dagen", "/indeling", f"/school/{SCHOOL}"])
def test_a_window_that_is_not_there_is_not_there(lea_at: HouseClient, window: str, path: str) -> None:
    assert lea_at.get(f"/evaluatie/none{path}").status_code == 404
    assert lea_at.get(f"/evaluatie/{window}/school/none").status_code == 404

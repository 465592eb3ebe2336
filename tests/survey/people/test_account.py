"""The own account, and whether research may use own reflections: off until someone chooses it."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Clock, Member

Signed = Callable[[Member], HouseClient]


def _since(engine: SqliteEngine, member: Member) -> str | None:
    row = engine.one("SELECT research_since FROM person WHERE id = :id", {"id": member.id})
    assert row is not None
    since = row["research_since"]
    return str(since) if since else None


def test_nobody_takes_part_in_research_without_choosing_it(
    as_: Signed, ana: Member, engine: SqliteEngine
) -> None:
    page = as_(ana).get("/account").text
    assert "ana@example.org" in page
    assert "U doet niet mee." in page
    assert _since(engine, ana) is None


def test_someone_takes_part_and_stops_and_only_the_first_day_counts(
    as_: Signed, ana: Member, cleo: Member, engine: SqliteEngine, clock: Clock
) -> None:
    anas = as_(ana)
    assert anas.post("/account/onderzoek", data={"mag": "ja"}).location == "/account#onderzoek"
    clock.forward(days=1)
    anas = as_(ana)
    anas.post("/account/onderzoek", data={"mag": "ja"})
    assert _since(engine, ana) == "2026-01-20T10:00:00+00:00"
    assert "U doet mee sinds 20 januari 2026." in anas.get("/account").text
    anas.post("/account/onderzoek", data={"mag": "nee"})
    assert (_since(engine, ana), _since(engine, cleo)) == (None, None)
    acts = engine.rows("SELECT act, person_id FROM audit WHERE act LIKE 'research-%' ORDER BY id")
    assert acts == [{"act": act, "person_id": ana.id} for act in ("research-allowed", "research-ended")]


@pytest.mark.parametrize("sent", [{}, {"mag": "misschien"}])
def test_only_yes_or_no_is_an_answer(
    sent: dict[str, str], as_: Signed, ana: Member, engine: SqliteEngine
) -> None:
    assert as_(ana).post("/account/onderzoek", data=sent).status_code == 400
    assert _since(engine, ana) is None


def test_who_does_not_reflect_is_not_asked(as_: Signed, ben: Member) -> None:
    page = as_(ben).get("/account").text
    assert "Meedoen aan onderzoek" not in page
    assert "Mijn opdracht" not in page


def test_the_name_on_every_page_leads_to_the_account(as_: Signed, lea: Member) -> None:
    assert '<a href="/account">Lea</a>' in as_(lea).get("/vandaag").text

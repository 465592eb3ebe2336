"""The coach of a school reads its signed advice, and nothing before."""

from datetime import date

from survey.database import SqliteEngine
from tests.client import every, parsed
from tests.conftest import Member, Signed
from tests.survey.advice.conftest import SCHOOL, Place


def test_before_signing_there_is_nothing_to_read(as_: Signed, ana: Member, placed: str, written: str) -> None:
    page = as_(ana).get(f"/mijn-inzet/{placed}/advies").text
    assert "Er is nog geen ondertekend advies voor De Kraanheide" in page


def test_a_signed_advice_is_read_without_links_to_pages_of_the_lead(
    as_: Signed, ana: Member, placed: str, signed: str
) -> None:
    page = as_(ana).get(f"/mijn-inzet/{placed}/advies").text
    assert "De coach werkt sinds 1 augustus 2025 op De Kraanheide." in page
    links = [one.get("href") or "" for one in every(parsed(page), "a")]
    assert not [one for one in links if one.startswith(("/inzet", "/advies", "/evaluatie"))]


def test_a_year_later_the_last_signed_one_is_read(
    engine: SqliteEngine,
    as_: Signed,
    ana: Member,
    cleo: Member,
    place: Place,
    signed: str,
) -> None:
    engine.run("UPDATE placement SET status = 'ended', ends_on = '2026-07-31'")
    told = {"starts_on": date(2026, 8, 1), "status": "agreed"}
    own, new = place(SCHOOL, ana, **told), place(SCHOOL, cleo, **told)
    assert "schooljaar 2025–2026 · De Kraanheide" in as_(ana).get(f"/mijn-inzet/{own}/advies").text
    page = as_(cleo).get(f"/mijn-inzet/{new}/advies").text
    assert "Er is nog geen ondertekend advies" in page, "she was not there that year"


def test_of_another_coach_nothing_is_there(
    as_: Signed, cleo: Member, ben: Member, placed: str, signed: str
) -> None:
    for other in (cleo, ben):
        assert as_(other).get(f"/mijn-inzet/{placed}/advies").status_code == 404
        assert as_(other).get(f"/advies/{signed}").status_code == 404

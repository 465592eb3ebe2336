"""What a coach sees and sends of an own place: hours, a wish, and nothing of another's."""

from datetime import date

import pytest

from survey.database import SqliteEngine
from survey.placement import reports
from tests.conftest import Dump, Member, Signed, scope_of
from tests.survey.placement.conftest import Add, text_of


def test_a_coach_writes_down_hours_in_one_tap(
    engine: SqliteEngine, as_: Signed, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0, starts_on=date(2025, 12, 1))
    client = as_(ana)
    assert "Uren van december 2025" in text_of(client, "/vandaag")
    assert "Zoals afgesproken: 3,0 uur" in text_of(client, "/mijn-inzet")
    done = client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-12", "as_agreed": "1"})
    assert done.status_code == 303
    assert "Uren van" not in text_of(client, "/vandaag")
    assert "3,0 uur gebruikt" in text_of(client, "/mijn-inzet")


@pytest.mark.parametrize("hours", ["", "veel", "41", "60", "-1", "3,1"])
def test_other_hours_that_cannot_be_stay_in_their_field(
    engine: SqliteEngine, as_: Signed, place: Add, kraanheide: str, ana: Member, dump: Dump, hours: str
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0, starts_on=date(2025, 12, 1))
    client = as_(ana)
    before = dump()
    reply = client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-12", "hours": hours})
    assert reply.status_code == 422
    assert f'value="{hours}"' in reply.get_data(as_text=True)
    assert dump() == before


def test_a_mistake_in_a_month_that_was_written_down_stays_in_its_field(
    as_: Signed, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0, starts_on=date(2025, 12, 1))
    client = as_(ana)
    client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-12", "as_agreed": "1"})
    reply = client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-12", "hours": "2,x"})
    assert reply.status_code == 422
    assert 'value="2,x"' in reply.get_data(as_text=True)


def test_a_coach_tells_a_wish_and_a_long_note_is_kept(
    engine: SqliteEngine, as_: Signed, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana)
    client = as_(ana)
    long = "x" * 281
    reply = client.post(f"/mijn-inzet/{key}/wens", data={"wish": "stop", "wish_note": long})
    assert reply.status_code == 422
    assert long in reply.get_data(as_text=True)
    reply = client.post(f"/mijn-inzet/{key}/wens", data={"wish": "more_hours", "wish_note": "Veel vragen."})
    assert reply.status_code == 303
    assert "Uw wens voor volgend schooljaar: meer uren" in text_of(client, "/mijn-inzet")
    one = reports.one(engine, scope_of(ana), key)
    assert one is not None
    assert one.wish == "more_hours"


def test_a_coach_without_a_place_reads_what_to_do(as_: Signed, ana: Member) -> None:
    assert "Er staat nu geen school op uw naam" in text_of(as_(ana), "/mijn-inzet")


def test_a_place_of_another_coach_is_not_there(
    as_: Signed, place: Add, kraanheide: str, ana: Member, cleo: Member
) -> None:
    key = place(kraanheide, ana)
    client = as_(cleo)
    assert client.post(f"/mijn-inzet/{key}/uren", data={"month": "2025-10"}).status_code == 404
    assert client.post(f"/mijn-inzet/{key}/wens", data={"wish": "stop"}).status_code == 404
    assert client.get(f"/inzet/{key}").status_code == 404

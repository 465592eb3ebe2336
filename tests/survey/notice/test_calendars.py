"""Calendar files and the private feed, read back by their own reader."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest

from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient, every, parsed
from tests.conftest import START, Clock, Cohorts, Member
from tests.survey.notice.conftest import Post

Signed = Callable[[Member], HouseClient]


def entries(client: HouseClient, address: str) -> dict[str, Any]:
    """The lines of a calendar by what they say."""
    reply = client.get(address)
    assert reply.status_code == 200
    assert reply.mimetype == "text/calendar"
    calendar = icalendar.Calendar.from_ical(reply.data)
    assert not calendar.errors
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def address_of_feed(client: HouseClient) -> str:
    """What stands on the page."""
    field = next(one for one in every(parsed(client.get("/post").text), "input") if one.get("id") == "feed")
    return str(field.get("value")).removeprefix("http://localhost")


@pytest.fixture
def feed(as_: Signed, ana: Member) -> str:
    client = as_(ana)
    assert client.post("/post/agenda", data={"choice": "new"}).status_code == 303
    return address_of_feed(client)


def test_an_event_stands_at_its_time_and_place(as_: Signed, post: Post, ana: Member) -> None:
    event_id = post.meet(title="Werkplaats; samen, en meer")
    event = entries(as_(ana), f"/agenda/{event_id}.ics")["Werkplaats; samen, en meer"]
    assert event.start == START + timedelta(days=14)
    assert event.end == START + timedelta(days=14, hours=2)
    assert event["location"] == "De Kraanheide"
    assert event["uid"] == f"{event_id}@localhost"
    assert (event["status"], event["transp"], event["sequence"]) == ("CONFIRMED", "OPAQUE", 0)


def test_what_changed_replaces_what_stood_there(as_: Signed, post: Post, ana: Member) -> None:
    event_id = post.meet()
    first = entries(as_(ana), f"/agenda/{event_id}.ics")["Werkplaats luisteren"]
    post.clock.forward(minutes=5)
    post.move(event_id, datetime(2026, 2, 5, 13, tzinfo=UTC))
    second = entries(as_(ana), f"/agenda/{event_id}.ics")["Werkplaats luisteren"]
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]
    post.clock.forward(minutes=5)
    post.call_off(event_id)
    third = entries(as_(ana), f"/agenda/{event_id}.ics")["Gaat niet door: Werkplaats luisteren"]
    assert third["sequence"] > second["sequence"]
    assert (third["status"], third["transp"]) == ("CANCELLED", "TRANSPARENT")


def test_a_round_stands_on_its_last_day(
    as_: Signed, ana: Member, cohorts: Cohorts, add_round: Callable[..., str]
) -> None:
    round_id = add_round(cohorts.bens)
    event = entries(as_(ana), f"/reflectie/{round_id}.ics")["Laatste dag voor uw reflectie"]
    assert (event.start, event.end) == (date(2026, 2, 5), date(2026, 2, 6))
    assert event["transp"] == "TRANSPARENT"


def test_what_is_not_for_someone_is_not_there(
    as_: Signed, post: Post, ana: Member, cleo: Member, cohorts: Cohorts, add_round: Callable[..., str]
) -> None:
    event_id, theirs, over = post.meet(), add_round(cohorts.doras), add_round(cohorts.bens, days=60)
    assert as_(cleo).get(f"/agenda/{event_id}.ics").status_code == 404
    assert as_(ana).get(f"/reflectie/{theirs}.ics").status_code == 404
    assert as_(ana).get(f"/reflectie/{over}.ics").status_code == 404
    assert as_(ana).get("/agenda/none.ics").status_code == 404


def test_the_own_calendar_holds_what_is_ones_own(
    client: HouseClient, post: Post, feed: str, ana: Member, cohorts: Cohorts, add_round: Callable[..., str]
) -> None:
    post.meet(-3, title="Intervisie")
    post.meet(3, title="Werkplaats")
    add_round(cohorts.bens)
    add_round(cohorts.doras)
    assert set(entries(client, feed)) == {"Intervisie", "Werkplaats", "Laatste dag voor uw reflectie"}


def test_the_address_is_kept_as_a_hash_and_shown_again(
    as_: Signed, feed: str, ana: Member, engine: SqliteEngine
) -> None:
    (row,) = engine.rows("SELECT * FROM calendar_feed")
    token = feed.removeprefix("/agenda/feed/").removesuffix(".ics")
    assert token not in str(row)
    assert address_of_feed(as_(ana)) == feed


def test_a_new_address_ends_the_one_before(
    as_: Signed, client: HouseClient, feed: str, ana: Member, clock: Clock
) -> None:
    clock.forward(minutes=1)
    mine = as_(ana)
    mine.post("/post/agenda", data={"choice": "new"})
    assert client.get(feed).status_code == 404
    assert client.get(address_of_feed(mine)).status_code == 200


def test_ending_it_ends_it(as_: Signed, client: HouseClient, feed: str, ana: Member) -> None:
    as_(ana).post("/post/agenda", data={"choice": "stop"})
    assert client.get(feed).status_code == 404
    assert 'id="feed"' not in as_(ana).get("/post").text


def test_who_left_has_no_calendar(client: HouseClient, feed: str, ana: Member, engine: SqliteEngine) -> None:
    people.leave(engine, person_id=ana.id, at=START, by=None)
    assert client.get(feed).status_code == 404


def test_an_address_nobody_made_is_not_there(client: HouseClient, feed: str) -> None:
    assert client.get("/agenda/feed/none.ics").status_code == 404
    assert client.get(f"{feed}x").status_code == 404


def test_the_lead_has_no_calendar_to_make(as_: Signed, lea: Member) -> None:
    assert 'id="agenda"' not in as_(lea).get("/post").text
    assert as_(lea).post("/post/agenda").status_code == 404

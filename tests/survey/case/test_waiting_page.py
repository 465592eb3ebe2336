"""The coach's page of a check that waits: what it says when someone says "not now", or no more at all."""

from collections.abc import Callable

from tests.client import HouseClient
from tests.conftest import Clock, Member
from tests.survey.case.asking import answer, ask, link_on

As = Callable[[Member], HouseClient]
SCAN = "Laat de QR-code scannen"
STOPPED = "Wil geen vragen meer. Dat is goed."


def state_of(coach: HouseClient, check: str) -> str:
    reply = coach.get(f"{check}/stand", headers={"Accept": "application/json"}).json
    assert reply
    return str(reply["state"])


def test_who_wants_no_more_questions_is_named_so_and_not_an_expired_link(
    coach: HouseClient, client: HouseClient, code: str
) -> None:
    check = ask(coach, code)
    link = link_on(coach.get(check).text)
    client.post(link, data={"stop": "1"})
    page = coach.get(check).text
    assert STOPPED in page
    assert 'data-state="stopped"' in page
    assert "verlopen" not in page
    assert "/c/" not in page
    assert state_of(coach, check) == "stopped"


def test_after_an_undo_the_same_page_waits_again(coach: HouseClient, client: HouseClient, code: str) -> None:
    check = ask(coach, code)
    link = link_on(coach.get(check).text)
    client.post(link, data={"stop": "1"})
    client.post(link, data={"toch": "1"})
    assert state_of(coach, check) == "open"
    page = coach.get(check).text
    assert SCAN in page
    assert STOPPED not in page
    answer(coach, client, check, "3333")


def test_a_link_that_ran_out_after_a_stop_has_run_out(
    as_: As, ana: Member, client: HouseClient, code: str, clock: Clock
) -> None:
    check = ask(as_(ana), code)
    client.post(link_on(as_(ana).get(check).text), data={"stop": "1"})
    clock.forward(hours=72)
    assert "Deze link werkt niet meer" in as_(ana).get(check).text


def test_a_device_is_not_handed_over_to_who_wants_no_more(
    coach: HouseClient, client: HouseClient, code: str
) -> None:
    check = ask(coach, code)
    client.post(link_on(coach.get(check).text), data={"stop": "1"})
    assert coach.post(f"{check}/geef-door", data={"code": "1234"}).location == check
    assert coach.get(check).status_code == 200


def test_not_now_is_told_with_its_reason_and_nothing_is_to_be_scanned(
    coach: HouseClient, client: HouseClient, code: str
) -> None:
    check = ask(coach, code)
    link = link_on(coach.get(check).text)
    client.post(link, data={"nu_niet": "1"})
    assert state_of(coach, check) == "declined"
    page = coach.get(check).text
    assert "<q>" not in page
    client.post(f"{link}/nu-niet", data={"reden": "rather_talk"})
    assert state_of(coach, check) == "declined: rather_talk"
    page = coach.get(check).text
    assert 'data-state="declined: rather_talk"' in page
    assert "<q>Ik praat er liever over</q>" in page
    assert SCAN not in page
    answer(coach, client, check, "3333")


def test_a_wrong_code_stays_in_sight_after_not_now(
    coach: HouseClient, client: HouseClient, code: str
) -> None:
    check = ask(coach, code)
    client.post(link_on(coach.get(check).text), data={"nu_niet": "1"})
    reply = coach.post(f"{check}/geef-door", data={"code": "12"})
    assert reply.status_code == 422
    assert "<details open><summary>Toch antwoorden" in reply.text

"""What was taken back stays so: no old tab and no old day brings an agreement back."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Clock, Member

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
YES = {"age_band": "under_12", "first_parent": "yes", "second_parent": "yes", "agreed_on": "2026-01-20"}
NO = YES | {"second_parent": "no"}
ALONE = YES | {"second_parent": "not_applicable"}
CHANGED = "Het akkoord is intussen veranderd."


def seen(page: str) -> str:
    (key,) = {str(one.get("value")) for one in every(parsed(page), "input") if one.get("name") == "seen"}
    return key


def tab(coach: HouseClient, code: str) -> dict[str, str]:
    """What a tab that is opened now sends along."""
    return {"seen": seen(coach.get(f"/trajecten/{code}").text)}


def note(coach: HouseClient, code: str, sent: dict[str, str]) -> tuple[int, str]:
    reply = coach.post(f"/trajecten/{code}/akkoord", data=sent)
    return reply.status_code, reply.text


def withdraw(coach: HouseClient, code: str) -> None:
    assert coach.post(f"/trajecten/{code}/akkoord/intrekken").status_code == 303


@pytest.mark.parametrize("old", [YES, ALONE], ids=["the same", "another"])
def test_a_tab_from_before_a_withdrawal_brings_nothing_back(
    coach: HouseClient, code: str, dump: Dump, old: dict[str, str]
) -> None:
    assert note(coach, code, YES | tab(coach, code))[0] == 303
    before = tab(coach, code)
    withdraw(coach, code)
    stood = dump()
    status, page = note(coach, code, old | before)
    assert (status, CHANGED in page, dump() == stood) == (409, True, True)
    assert "Het akkoord is ingetrokken op 20 januari 2026." in page
    chosen = [one.get("value") for one in every(parsed(page), "input") if one.get("checked") is not None]
    assert chosen[:3] == [old[name] for name in ("age_band", "first_parent", "second_parent")]


def test_whoever_saw_both_can_note_it_again(coach: HouseClient, code: str, engine: SqliteEngine) -> None:
    note(coach, code, YES)
    before = tab(coach, code)
    withdraw(coach, code)
    _status, page = note(coach, code, YES | before)
    assert note(coach, code, YES | {"seen": seen(page)})[0] == 303
    assert engine.one("SELECT count(*) AS n FROM agreement WHERE ended_at IS NULL") == {"n": 1}


@pytest.mark.parametrize("forgotten", [{}, {"seen": ""}, {"seen": "made up"}])
def test_an_agreement_that_was_not_seen_is_not_written_over(
    coach: HouseClient, code: str, dump: Dump, forgotten: dict[str, str]
) -> None:
    note(coach, code, NO)
    before = dump()
    assert note(coach, code, YES | forgotten)[0] == 409
    assert dump() == before


def test_two_quick_taps_note_it_once(coach: HouseClient, code: str, dump: Dump) -> None:
    sent = YES | tab(coach, code)
    assert [note(coach, code, sent)[0] for _tap in range(2)] == [303, 303]
    assert len(dump()["agreement"]) == 1


DAYS = """
withdrawn   | 2026-01-21 | 422
withdrawn   | 2026-01-22 | 303
withdrawn   | 2026-01-23 | 303
handed_over | 2026-01-21 | 422
handed_over | 2026-01-22 | 303
to_confirm  | 2026-01-20 | 422
to_confirm  | 2026-01-22 | 303
noted_again | 2026-01-20 | 303
"""


@pytest.mark.parametrize(
    ("because", "day", "status"),
    [[cell.strip() for cell in line.split("|")] for line in DAYS.split("\n")[1:-1]],
)
def test_no_agreement_is_older_than_the_end_of_the_one_before(
    as_: As, ana: Member, code: str, clock: Clock, engine: SqliteEngine, because: str, day: str, status: str
) -> None:
    note(as_(ana), code, YES)
    engine.run(  # the 22nd has begun in the Netherlands
        "UPDATE agreement SET ended_at = '2026-01-21T23:30:00+00:00', ended_because = :why", {"why": because}
    )
    clock.forward(days=4)
    found, page = note(as_(ana), code, YES | {"agreed_on": day})
    assert found == int(status)
    said = "Een eerder akkoord stopte op 22 januari 2026. Kies die dag of later."
    assert (said in page) is (status == "422")


def test_the_calendar_offers_no_day_before_the_end(as_: As, ana: Member, code: str, clock: Clock) -> None:
    note(as_(ana), code, YES)
    clock.forward(days=2)
    withdraw(as_(ana), code)
    page = parsed(as_(ana).get(f"/trajecten/{code}").text)
    (day,) = [one for one in every(page, "input") if one.get("name") == "agreed_on"]
    assert (day.get("min"), day.get("value")) == ("2026-01-22", "2026-01-22")


def test_the_list_of_what_is_wrong_leads_to_the_agreement(coach: HouseClient, code: str) -> None:
    note(coach, code, NO)
    _status, page = note(coach, code, YES)
    (link,) = [one for one in every(parsed(page), "a") if CHANGED in words(one)]
    assert link.get("href") == "#agreement"

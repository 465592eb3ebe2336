"""What a card offers follows from rhythm and dose, and from what was asked that day."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.checkin import actions
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.checkin.conftest import HOW_IT_GOES, TODAY, Ask, begun

# What was answered how many days ago, the talks so many days ago, and the check that is due.
DUE: list[tuple[dict[str, int], dict[str, int], str | None]] = [
    ({}, {}, "wellbeing"),
    ({"wellbeing": 27}, {}, None),
    ({"wellbeing": 28}, {}, "wellbeing"),
    ({"wellbeing": 1}, {"meeting": 0}, "relationship"),
    ({"wellbeing": 1}, {"meeting": 3}, "relationship"),
    ({"wellbeing": 1}, {"meeting": 4}, None),
    ({}, {"phone": 1}, "relationship"),
    ({"wellbeing": 1, "relationship": 13}, {"meeting": 0}, None),
    ({"wellbeing": 1, "relationship": 14}, {"meeting": 0}, "relationship"),
    ({"relationship": 1}, {"meeting": 0}, "wellbeing"),
    ({}, {"incident": 6}, None),
    ({}, {"incident": 7}, "wellbeing"),
    ({}, {"meeting": 0, "incident": 2}, None),
    ({"wellbeing": 1}, {"meeting": -1}, None),
]


@pytest.mark.parametrize(("answers", "talks", "due"), DUE)
def test_what_a_card_offers_follows_from_rhythm_and_dose(
    engine: SqliteEngine,
    client: HouseClient,
    card: Callable[..., str],
    answered: Callable[..., None],
    talked: Callable[..., None],
    answers: dict[str, int],
    talks: dict[str, int],
    due: str | None,
) -> None:
    for family, days in answers.items():
        answered(family, days)
    for kind, days in talks.items():
        talked(TODAY - timedelta(days=days), kind=kind)
    path = card()
    assert ("Begin" in client.get(path).text) is (due is not None)
    assert ("Er staat nu niets klaar." in client.get(path).text) is (due is None)
    client.post(path)
    assert [one["form"] for one in begun(engine)] == ([f"{due}-parent"] if due else [])


@pytest.mark.parametrize(
    "talk", [{"who": "teacher-1"}, {"who": "parent-2"}, {"state": "planned"}, {"state": "cancelled"}]
)
def test_only_a_talk_that_took_place_with_this_person_counts(
    client: HouseClient,
    card: Callable[..., str],
    answered: Callable[..., None],
    talked: Callable[..., None],
    talk: dict[str, str],
) -> None:
    answered("wellbeing", 1)
    talked(TODAY, **talk)
    assert "Er staat nu niets klaar." in client.get(card()).text


def test_a_link_without_an_answer_does_not_count(
    engine: SqliteEngine, client: HouseClient, ask: Ask, card: Callable[..., str], ana: Member, clock: Clock
) -> None:
    link, path = ask(family="wellbeing"), card()
    actions.revoke(engine, link_id=link.id, by=ana.id, at=START)
    clock.forward(days=1)
    assert "Begin" in client.get(path).text


def test_on_the_day_a_coach_takes_a_link_back_the_card_makes_no_other(
    engine: SqliteEngine, client: HouseClient, ask: Ask, card: Callable[..., str], ana: Member, clock: Clock
) -> None:
    link, path = ask(family="wellbeing"), card()
    actions.revoke(engine, link_id=link.id, by=ana.id, at=clock())
    clock.at = START.replace(hour=22, minute=59)  # a minute before midnight here
    assert "Er staat nu niets klaar." in client.get(path).text
    assert client.post(path).location == path
    assert len(begun(engine)) == 1
    clock.forward(minutes=1)
    assert "Begin" in client.get(path).text


def test_whoever_is_asked_again_that_day_finds_that_on_the_card(
    engine: SqliteEngine,
    client: HouseClient,
    ask: Ask,
    card: Callable[..., str],
    talked: Callable[..., None],
    ana: Member,
    clock: Clock,
) -> None:
    first, path = ask(), card()
    actions.revoke(engine, link_id=first.id, by=ana.id, at=clock())
    clock.forward(minutes=1)
    again = ask(family="wellbeing")
    assert client.get(path).location == again.path
    client.post(again.path, data=HOW_IT_GOES)
    talked(TODAY)
    assert "Begin" in client.get(path).text


def test_a_check_begun_after_a_talk_belongs_to_that_talk(
    engine: SqliteEngine,
    client: HouseClient,
    card: Callable[..., str],
    answered: Callable[..., None],
    talked: Callable[..., None],
) -> None:
    answered("wellbeing", 1)
    talked(TODAY - timedelta(days=2))
    talked(TODAY - timedelta(days=1), kind="phone")
    talked(TODAY, who="teacher-1")
    talked(TODAY - timedelta(days=7), kind="incident")
    client.post(card())
    (row,) = engine.rows("SELECT talk_id FROM checkin_link WHERE form = 'relationship-parent'")
    assert row["talk_id"] == f"talk-{TODAY - timedelta(days=1)}-phone-done-parent-1"


def test_a_wellbeing_check_begun_from_a_card_belongs_to_no_talk(
    engine: SqliteEngine,
    client: HouseClient,
    card: Callable[..., str],
    answered: Callable[..., None],
    talked: Callable[..., None],
) -> None:
    answered("relationship", 1)
    talked(TODAY)
    client.post(card())
    (row,) = engine.rows("SELECT talk_id FROM checkin_link WHERE form = 'wellbeing-parent'")
    assert row["talk_id"] is None

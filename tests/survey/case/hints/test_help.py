"""Whether more help is needed is decided by a person, who says why."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.survey.case.asking import section
from tests.survey.case.hints.conftest import LOWER
from tests.survey.hint.answering import Answering

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def consulted(case: Answering) -> None:
    case.answers("parent-1", "3322 3322 1111 1111", family="wellbeing")


def test_a_person_decides_about_help_and_says_why(
    case: Answering, coach: Callable[[], HouseClient], engine: SqliteEngine
) -> None:
    consulted(case)
    client = coach()
    assert "Noteer uw besluit over meer of minder hulp" in client.get(case.page).text
    sent = {"considered": "intervision", "reason": "stay_it_moves"}
    assert client.post(f"{case.page}/besluit", data=sent).status_code == 303
    (row,) = engine.rows("SELECT considered, decision, reason FROM scale_decision")
    assert tuple(row.values()) == ("intervision", "stay", "stay_it_moves")
    path = section(client.get(case.page).text, "path")
    assert "Meer of minder hulp overwogen" in path
    assert "besloten: zo verder. Het gaat vooruit, al is het langzaam" in path


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, ["Kies wat u hebt overwogen.", "Kies wat u hebt besloten, en waarom."]),
        ({"considered": "ib"}, ["Kies wat u hebt besloten, en waarom."]),
        ({"considered": "ib", "reason": "made_up"}, ["Kies wat u hebt besloten, en waarom."]),
        ({"considered": "made_up", "reason": "up_safety"}, ["Kies wat u hebt overwogen."]),
    ],
)
def test_half_a_decision_is_none(
    case: Answering, coach: Callable[[], HouseClient], dump: Dump, sent: dict[str, str], said: list[str]
) -> None:
    consulted(case)
    client, before = coach(), dump()
    reply = client.post(f"{case.page}/besluit", data=sent)
    assert reply.status_code == 422
    found = [
        text
        for text in ("Kies wat u hebt overwogen.", "Kies wat u hebt besloten, en waarom.")
        if text in reply.text
    ]
    assert found == said
    if sent.get("considered") == "ib":
        assert '<option value="ib" selected>' in reply.text
    assert dump() == before


def test_help_is_weighed_only_where_a_rule_asks_for_it(
    case: Answering, coach: Callable[[], HouseClient]
) -> None:
    case.answers("parent-1", LOWER)
    assert "Noteer uw besluit" not in coach().get(case.page).text

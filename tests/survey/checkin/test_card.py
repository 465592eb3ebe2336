"""The card someone keeps: it opens what waits, and else says that nothing is asked."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.clock import stamp
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Dump, Member
from tests.survey.checkin.conftest import TODAY, Ask, begun

LANGUAGES = ["nl", "en", "ar", "uk", "pl", "tr", "ti"]


def test_a_card_leads_straight_to_the_link_that_waits(
    client: HouseClient, ask: Ask, card: Callable[..., str]
) -> None:
    link, path = ask(), card()
    assert client.get(path).location == link.path
    assert client.get(f"{path}?taal=ar&hier=1").location == f"{link.path}?taal=ar&hier=1"
    assert client.post(path).location == link.path


def test_someone_new_begins_the_wellbeing_check_with_one_tap(
    engine: SqliteEngine, client: HouseClient, card: Callable[..., str]
) -> None:
    path = card()
    assert "Begin" in client.get(path).text
    form = client.post(path, follow_redirects=True)
    assert form.text.count("<fieldset") == 4
    assert begun(engine) == [{"form": "wellbeing-parent", "goal": None}]


def test_the_goal_of_the_person_is_asked_with_it(
    engine: SqliteEngine, client: HouseClient, card: Callable[..., str]
) -> None:
    path = card()
    engine.run("UPDATE informant SET goal = 'calm_start'")
    assert client.post(path, follow_redirects=True).text.count("<fieldset") == 5
    assert begun(engine) == [{"form": "wellbeing-parent", "goal": "calm_start"}]


def test_two_taps_make_one_link(engine: SqliteEngine, client: HouseClient, card: Callable[..., str]) -> None:
    path = card()
    assert client.post(path).location == client.post(path).location
    assert len(begun(engine)) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["parent", "pupil"])
def test_nothing_is_said_in_every_language(
    engine: SqliteEngine,
    client: HouseClient,
    card: Callable[..., str],
    case_id: str,
    ana: Member,
    app: Flask,
    kind: str,
    lang: str,
) -> None:
    cases.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=START)
    path = card(kind)
    cases.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    engine.insert(
        "talk",
        {
            "id": "t",
            "case_id": case_id,
            "kind": "incident",
            "state": "done",
            "day": TODAY.isoformat(),
            "noted_at": stamp(START),
        },
    )
    texts = app.extensions["catalog"].page_texts("informal" if kind == "pupil" else "formal")
    page = client.get(f"{path}?taal={lang}").text
    for key in ("card_nothing", "card_nothing_text"):
        assert texts[key][lang] in page
        assert texts[key]["nl"] in page


def test_looking_at_a_card_changes_nothing(client: HouseClient, card: Callable[..., str], dump: Dump) -> None:
    path = card()
    before = dump()
    client.get(path)
    client.get("/k/nobody-made-this-card")
    assert dump() == before


def test_a_card_takes_no_fields(client: HouseClient, card: Callable[..., str], dump: Dump) -> None:
    path = card()
    before = dump()
    assert client.post(path, data={"form": "wellbeing-pupil"}).status_code == 400
    assert dump() == before

"""The card someone keeps: it opens what waits, offers what is due, and else says that nothing is asked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import actions, reports
from survey.checkin.views import front
from survey.clock import stamp
from survey.database import Refused, SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Clock, Member, scope_of
from tests.survey.checkin.conftest import ANSWERS, HOW_IT_GOES, Asked

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Ask = Callable[..., Asked]
TODAY = START.date()
LANGUAGES = ["nl", "en", "ar", "uk", "pl", "tr", "ti"]


@pytest.fixture
def card(engine: SqliteEngine, ana: Member, case_id: str) -> Callable[..., str]:
    """The path of a fresh card of someone in the case."""

    def make(kind: str = "parent", number: int = 1) -> str:
        informant = cases.add_informant(engine, case_id=case_id, who=Who(kind, number))
        made = actions.make_card(engine, informant_id=informant, by=ana.id, at=START)
        return made.address.removeprefix("http://localhost")

    return make


@pytest.fixture
def talked(engine: SqliteEngine, case_id: str) -> Callable[..., None]:
    """A talk that stands in the case."""

    def note(day: date, who: str = "parent-1", kind: str = "meeting", state: str = "done") -> None:
        key = f"talk-{day}-{kind}-{state}-{who}"
        row = {"id": key, "case_id": case_id, "kind": kind, "state": state, "day": day.isoformat()}
        engine.insert("talk", {**row, "noted_at": stamp(START)})
        engine.insert("talk_with", {"talk_id": key, "who": who})

    return note


@pytest.fixture
def answered(engine: SqliteEngine, ask: Ask, clock: Clock) -> Callable[..., None]:
    """An answer of the parent so many days ago."""

    def answer(family: str, days: int) -> None:
        at = clock.at
        clock.at = START - timedelta(days=days)
        values = ANSWERS if family == "relationship" else HOW_IT_GOES
        link = ask(family=family)
        reply = {item: int(value) for item, value in values.items()}
        actions.submit(engine, token=link.token, reply=reply, clock=clock)
        clock.at = at

    return answer


def begun(engine: SqliteEngine) -> list[dict[str, Any]]:
    rows = engine.rows("SELECT form, goal FROM checkin_link WHERE id NOT IN (SELECT link_id FROM checkin)")
    return [dict(row) for row in rows]


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


def test_a_pupil_finds_nothing_once_the_parents_no_longer_agree(
    engine: SqliteEngine, client: HouseClient, card: Callable[..., str], case_id: str, ana: Member
) -> None:
    cases.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=START)
    path = card("pupil")
    assert "Begin" in client.get(path).text
    cases.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    assert "Er staat nu niets klaar." in client.get(path).text
    assert client.post(path).location == path
    assert begun(engine) == []


def test_a_card_that_ended_is_like_one_that_never_was(
    engine: SqliteEngine, client: HouseClient, card: Callable[..., str], case_id: str, ana: Member
) -> None:
    replaced, path = card(), card()
    assert client.get(path).status_code == 200
    dead = [replaced, "/k/AAAAAAAAAAAAAAAAAAAAAA", f"{path[:-1]}?"]
    actions.end_all(engine, case_id=case_id, at=START)
    replies = [call(each) for each in (*dead, path) for call in (client.get, client.post)]
    assert {reply.status_code for reply in replies} == {404}
    assert len({reply.data for reply in replies}) == 1
    assert "Deze kaart werkt niet meer." in replies[0].text


@pytest.mark.parametrize("end", ["closed", "left", "stopped"])
def test_a_card_ends_with_case_coach_or_stop(
    engine: SqliteEngine, client: HouseClient, card: Callable[..., str], ana: Member, end: str
) -> None:
    path = card()
    if end == "closed":
        engine.run('UPDATE "case" SET closed_at = :at', {"at": stamp(START)})
    if end == "left":
        people.leave(engine, person_id=ana.id, at=START, by=None)
    if end == "stopped":
        engine.run("UPDATE informant SET stopped_at = :at", {"at": stamp(START)})
    assert client.get(path).status_code == client.post(path).status_code == 404
    assert begun(engine) == []


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


def test_guessing_cards_is_slowed_down_and_good_cards_work(
    client: HouseClient, card: Callable[..., str]
) -> None:
    path = card()
    guesses = [client.get(f"/k/guess-{n}").status_code for n in range(front.FAILURES + 1)]
    assert set(guesses[:-1]) == {404}
    assert guesses[-1] == 429
    assert client.get(path).status_code == 200
    assert "Set-Cookie" not in client.get(path).headers


def test_the_coach_can_print_the_same_card_again_and_nobody_else(
    engine: SqliteEngine, card: Callable[..., str], ana: Member, cleo: Member
) -> None:
    path = card()
    row = engine.one("SELECT informant_id, token_hash FROM card")
    assert row is not None
    shown = reports.card_of(engine, scope_of(ana), row["informant_id"])
    assert shown is not None
    assert shown.address == f"http://localhost{path}"
    assert shown.qr.startswith("<svg")
    assert reports.card_of(engine, scope_of(cleo), row["informant_id"]) is None
    with pytest.raises(actions.MayNotAsk):
        actions.make_card(engine, informant_id=row["informant_id"], by=cleo.id, at=START)
    assert reports.card_of(engine, scope_of(ana), row["informant_id"]) == shown


def test_after_a_change_of_the_secret_no_dead_card_is_printed(
    app: Flask, engine: SqliteEngine, client: HouseClient, ask: Ask, card: Callable[..., str], ana: Member
) -> None:
    link, path = ask(), card()
    app.secret_key = "another secret of at least 32 characters"
    assert reports.card_of(engine, scope_of(ana), link.informant) is None
    assert client.get(path).status_code == 200  # the printed one works on, and begins a new link
    assert client.post(path).status_code == 303


def test_the_database_refuses_a_second_card_in_force(engine: SqliteEngine, card: Callable[..., str]) -> None:
    card()
    row = engine.one("SELECT informant_id FROM card")
    assert row is not None
    with pytest.raises(Refused):
        engine.insert("card", {**row, "id": "x", "token_hash": "0" * 64, "created_at": stamp(START)})

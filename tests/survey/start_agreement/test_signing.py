"""Signing by link: who can, how often, until when, and what happens when everyone has."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from survey.access.permissions import Scope
from survey.assignment import actions as assignments
from survey.assignment import reports as held
from survey.database import SqliteEngine
from survey.start_agreement import actions as writing
from survey.start_agreement import reports
from survey.start_agreement.agreement import Agreement
from survey.start_agreement.parts import PARTS, TALK, YIELDS, Content, Part
from survey.start_agreement.signing import actions, links
from survey.start_agreement.signing.links import Door
from tests.conftest import START
from tests.survey.start_agreement import making

LATER = START + actions.LASTS


@pytest.fixture(autouse=True)
def _in_the_app(app: Flask) -> Any:
    with app.app_context():
        yield


@pytest.fixture
def standing(engine: SqliteEngine, place: str, lead: Scope) -> Callable[[], Agreement]:
    def look() -> Agreement:
        found = reports.of_placement(engine, lead, place)
        assert found is not None
        return found

    return look


@pytest.mark.parametrize("part", list(PARTS.values()), ids=lambda part: part.key)
def test_without_one_of_the_parts_nobody_can_be_asked(
    engine: SqliteEngine, place: str, lead: Scope, part: Part, dump: Any
) -> None:
    key = making.draft(engine, place, lead, parts=[one for one in making.CONTENT if one is not part])
    before = dump()
    with pytest.raises(actions.NotReady) as refusal:
        actions.ask(engine, agreement_id=key, partners={"coach": None}, by=lead, at=START)
    assert refusal.value.parts == (part,)
    assert dump() == before


@pytest.mark.parametrize("partners", [{}, {"minister": None}])
def test_only_those_of_the_list_are_asked(
    engine: SqliteEngine, place: str, lead: Scope, partners: dict[str, None]
) -> None:
    key = making.draft(engine, place, lead)
    with pytest.raises(writing.Misfit):
        actions.ask(engine, agreement_id=key, partners=partners, by=lead, at=START)


def test_the_last_signature_makes_it_hold_and_gives_the_coach_this_assignment(
    engine: SqliteEngine, place: str, lead: Scope, coach: Scope, standing: Callable[[], Agreement]
) -> None:
    first, second = making.asked(engine, place, lead)
    making.sign(engine, first, "Ana")
    assert standing().state == "asked"
    assert held.of(engine, coach, "2025-2026") == ()
    making.sign(engine, second, "Rosa Timmer")
    assert standing().state == "signed"
    assert standing().signed_at == START
    assert [one.name for one in standing().signatures] == ["Ana", "Rosa Timmer"]
    (assignment,) = held.of(engine, coach, "2025-2026")
    assert (set(assignment.roles), set(assignment.tasks)) == ({"connector"}, set())
    assert assignment.noted_by == "Lea"


def test_what_the_coach_does_of_another_profile_stays(
    engine: SqliteEngine, place: str, lead: Scope, coach: Scope, lea: Any
) -> None:
    assignments.note(
        engine,
        person_id=coach.person_id,
        school_id="school-De Kraanheide",
        school_year="2025-2026",
        roles=["mediator"],
        tasks=["of another profile"],
        by=lead,
        at=START,
    )
    making.signed(engine, place, lead)
    (assignment,) = held.of(engine, coach, "2025-2026")
    assert assignment.roles == {"connector"}, "mediator is of this profile and was not chosen"
    assert assignment.tasks == {"of another profile"}


def test_signing_twice_changes_nothing(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    signature, _ = making.asked(engine, place, lead)
    making.sign(engine, signature, "Ana")
    with pytest.raises(actions.Closed):
        making.sign(engine, signature, "Iemand anders")
    with pytest.raises(actions.Closed):
        actions.remark(engine, token=links.token_of(signature), words="Toch niet.", clock=lambda: START)
    assert [one.name for one in standing().signatures] == ["Ana", None]
    assert not standing().remarks


@pytest.mark.parametrize("name", ["", "x" * 121])
def test_nobody_signs_without_a_name_that_fits(
    engine: SqliteEngine, place: str, lead: Scope, name: str
) -> None:
    signature, _ = making.asked(engine, place, lead)
    with pytest.raises(writing.Misfit):
        making.sign(engine, signature, name)


def test_a_link_that_is_too_old_signs_nothing(engine: SqliteEngine, place: str, lead: Scope) -> None:
    signature, _ = making.asked(engine, place, lead)
    token = links.token_of(signature)
    with pytest.raises(actions.Closed):
        actions.sign(engine, token=token, name="Ana", clock=lambda: LATER)
    link = links.find(engine, token, at=LATER)
    assert link is not None
    assert link.door is Door.EXPIRED


def test_waiting_for_a_turn_does_not_keep_a_link_alive(
    engine: SqliteEngine,
    place: str,
    lead: Scope,
    clock: Any,
    wait_in_the_queue: Callable[[timedelta], None],
) -> None:
    signature, _ = making.asked(engine, place, lead)
    clock.at = LATER - timedelta(seconds=1)
    wait_in_the_queue(timedelta(seconds=2))
    with pytest.raises(actions.Closed):
        actions.sign(engine, token=links.token_of(signature), name="Ana", clock=clock)


def test_who_lost_a_link_gets_another_and_the_old_one_ends(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    old, _ = making.asked(engine, place, lead)
    actions.ask(engine, agreement_id=standing().id, partners={"coach": None}, by=lead, at=START)
    assert next(one.id for one in standing().signatures if one.counts) == old, "the old one still works"
    actions.ask(engine, agreement_id=standing().id, partners={"coach": None}, by=lead, at=LATER)
    new = next(one.id for one in standing().signatures if one.counts and one.partner == "coach")
    assert new != old
    with pytest.raises(actions.Closed):
        actions.sign(engine, token=links.token_of(old), name="Ana", clock=lambda: LATER)


def test_a_link_from_another_secret_is_not_shown_and_can_be_asked_anew(
    app: Flask, engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    old, other = making.asked(engine, place, lead)
    mailed = links.token_of(old)
    assert links.shown(engine, standing(), at=START).keys() == {old, other}
    app.config["SECRET_KEY"] = "a secret that came later"
    assert links.shown(engine, standing(), at=START) == {}
    assert links.find(engine, mailed, at=START) is not None, "who has the link can still use it"
    actions.ask(engine, agreement_id=standing().id, partners={"coach": None}, by=lead, at=START)
    (new,) = links.shown(engine, standing(), at=START)
    assert new not in {old, other}
    link = links.find(engine, mailed, at=START)
    assert link is not None
    assert link.door is Door.REVOKED


def test_the_text_changes_only_after_all_links_end_and_who_signed_signs_anew(
    engine: SqliteEngine, place: str, lead: Scope, coach: Scope, standing: Callable[[], Agreement]
) -> None:
    first, second = making.asked(engine, place, lead)
    making.sign(engine, first, "Ana")
    with pytest.raises(writing.NotNow):
        writing.save(
            engine,
            agreement_id=standing().id,
            part=TALK,
            content=making.CONTENT[TALK],
            by=coach,
            at=START,
        )
    actions.withdraw(engine, agreement_id=standing().id, by=coach, at=START)
    assert standing().state == "draft"
    with pytest.raises(actions.Closed):
        making.sign(engine, second)
    making.asked(engine, place, lead)
    assert standing().state == "asked"
    assert not [one for one in standing().signatures if one.has_signed]


def test_a_remark_reaches_lead_and_coach_once_and_survives_a_new_text(
    engine: SqliteEngine, place: str, lead: Scope, coach: Scope, standing: Callable[[], Agreement]
) -> None:
    _, second = making.asked(engine, place, lead)
    token = links.token_of(second)
    actions.remark(engine, token=token, words="Liever op maandag.", clock=lambda: START)
    with pytest.raises(actions.Closed):
        actions.remark(engine, token=token, words="Toch op dinsdag.", clock=lambda: START)
    for who in (lead, coach):
        (found,) = reports.remarked(engine, who)
        assert [one.remark for one in found.remarks] == ["Liever op maandag."]
    actions.withdraw(engine, agreement_id=standing().id, by=lead, at=START)
    assert [one.remark for one in standing().remarks] == ["Liever op maandag."]


def test_who_remarked_can_still_sign(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    first, second = making.asked(engine, place, lead)
    actions.remark(engine, token=links.token_of(second), words="Liever maandag.", clock=lambda: START)
    making.sign(engine, first)
    making.sign(engine, second)
    assert standing().state == "signed"
    assert reports.remarked(engine, lead) == ()


def test_a_link_taken_back_is_not_waited_for(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    first, second = making.asked(engine, place, lead)
    making.sign(engine, first)
    actions.revoke(engine, signature_id=second, agreement_id=standing().id, by=lead, at=START)
    assert standing().state == "signed"
    with pytest.raises(actions.Closed):
        making.sign(engine, second)


def test_neither_a_signature_nor_the_last_link_is_taken_back(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    first, second = making.asked(engine, place, lead)
    making.sign(engine, first)
    for signature in (first, "none"):
        with pytest.raises(writing.NotNow):
            actions.revoke(engine, signature_id=signature, agreement_id=standing().id, by=lead, at=START)
    actions.withdraw(engine, agreement_id=standing().id, by=lead, at=START)
    (only,) = making.asked(engine, place, lead, partners=["director"])
    with pytest.raises(writing.NotNow):
        actions.revoke(engine, signature_id=only, agreement_id=standing().id, by=lead, at=START)
    assert second != only


def test_a_link_of_another_agreement_cannot_be_taken_back_through_this_one(
    engine: SqliteEngine, place: str, lead: Scope, school_of: Any, cleo: Any, standing: Any
) -> None:
    making.asked(engine, place, lead)
    theirs, _ = making.asked(engine, f"{school_of(cleo, 'Het Wollegras')}-{cleo.id}", lead)
    with pytest.raises(writing.NotNow):
        actions.revoke(engine, signature_id=theirs, agreement_id=standing().id, by=lead, at=START)


def test_the_next_version_takes_the_place_of_the_one_before(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    first = making.signed(engine, place, lead)
    writing.look_back(engine, by=lead, **making.looked(first))
    key = writing.renew(engine, placement_id=place, by=lead, at=START)
    other = making.CONTENT[YIELDS].yields[0]._replace(wanted="Alle ouders komen.")
    content = Content(yields=(other, making.CONTENT[YIELDS].yields[1]))
    writing.save(engine, agreement_id=key, part=YIELDS, content=content, by=lead, at=START)
    second = making.signed(engine, place, lead)
    assert (second.id, second.version) == (key, 2)
    assert [one.state for one in reports.versions(engine, lead, place)] == ["signed", "replaced"]
    assert [set(one.reviews) for one in second.yields] == [set(), {"halfway"}], (
        "what stayed is not asked anew"
    )
    assert standing().id == key


def test_a_mail_asks_and_forgets_the_address_where_the_link_is_taken_back(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    key = making.draft(engine, place, lead)
    partners = {"director": "rosa@example.org", "coach": None}
    actions.ask(engine, agreement_id=key, partners=partners, by=lead, at=START)
    (mail,) = engine.rows("SELECT recipient, subject, body, forgets_recipient FROM outbox")
    assert (mail["recipient"], mail["forgets_recipient"]) == ("rosa@example.org", 1)
    assert "De Kraanheide" in mail["subject"]
    director = next(one.id for one in standing().signatures if one.partner == "director")
    assert links.address(director) in mail["body"]
    actions.revoke(engine, signature_id=director, agreement_id=key, by=lead, at=START)
    kept = engine.rows("SELECT * FROM outbox")
    assert "rosa@example.org" not in repr(kept)
    assert links.token_of(director) not in repr(kept)


def test_the_database_holds_no_token(engine: SqliteEngine, place: str, lead: Scope, dump: Any) -> None:
    signatures = making.asked(engine, place, lead)
    assert not [one for one in signatures if links.token_of(one) in repr(dump())]


def test_an_unknown_token_opens_nothing(engine: SqliteEngine, place: str, lead: Scope) -> None:
    making.asked(engine, place, lead)
    assert links.find(engine, "A" * 22, at=START) is None
    with pytest.raises(actions.Closed):
        actions.sign(engine, token="A" * 22, name="Ana", clock=lambda: START)

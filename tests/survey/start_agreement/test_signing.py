"""Signing by link: who is asked, once, by name, and what happens when everyone has."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.assignment import actions as assignments
from survey.assignment import reports as held
from survey.database import SqliteEngine
from survey.start_agreement import actions as writing
from survey.start_agreement import reports
from survey.start_agreement.agreement import Agreement
from survey.start_agreement.parts import PARTS, YIELDS, Content, Part
from survey.start_agreement.signing import actions, links
from tests.conftest import START, Dump
from tests.survey.start_agreement import making

pytestmark = pytest.mark.usefixtures("in_the_app")


@pytest.mark.parametrize("part", list(PARTS.values()), ids=lambda part: part.key)
def test_without_one_of_the_parts_nobody_can_be_asked(
    engine: SqliteEngine, place: str, lead: Scope, part: Part, dump: Dump
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
        assert (found.id, found.placement_id) == (standing().id, place)
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

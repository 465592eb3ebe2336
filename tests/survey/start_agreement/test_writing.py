"""Writing a start agreement: by lead and coach, part by part, never one over the other."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions as placements
from survey.start_agreement import actions, reports
from survey.start_agreement.parts import PARTS, TALK, TASKS, YIELDS, Content, Part, Wanted
from survey.start_agreement.signing import actions as signing
from tests.conftest import START
from tests.survey.start_agreement import making

pytestmark = pytest.mark.usefixtures("in_the_app")


def test_a_draft_holds_what_was_written(engine: SqliteEngine, place: str, lead: Scope, coach: Scope) -> None:
    making.draft(engine, place, lead)
    found = reports.of_placement(engine, coach, place)
    assert found is not None
    assert (found.state, found.version, found.school, found.coach) == ("draft", 1, "De Kraanheide", "Ana")
    assert found.partners == ("coach", "director", "parent")
    assert found.roles == ("connector",)
    assert found.lines["school_asks"] == "Meer contact met ouders.\nEn rust."
    assert [one.wanted for one in found.yields] == [
        "Meer ouders komen naar een gesprek",
        "Leerkrachten staan er niet alleen voor.",
    ]
    assert {part: part.of(found) for part in PARTS.values()} == {
        part: replace(content, yields=list(content.yields) if part is YIELDS else content.yields)
        for part, content in making.CONTENT.items()
    }


def test_without_anything_there_is_none(engine: SqliteEngine, place: str, lead: Scope) -> None:
    assert reports.of_placement(engine, lead, place) is None


def test_beginning_twice_makes_one(engine: SqliteEngine, place: str, lead: Scope, coach: Scope) -> None:
    assert making.draft(engine, place, lead) == making.draft(engine, place, coach, parts=())


@pytest.mark.parametrize("who", ["stranger", "trainer"])
def test_who_may_not_know_the_place_reads_and_writes_nothing(
    engine: SqliteEngine, place: str, lead: Scope, who: str, request: pytest.FixtureRequest, dump: Any
) -> None:
    other: Scope = request.getfixturevalue(who)
    key = making.draft(engine, place, lead)
    before = dump()
    assert reports.of_placement(engine, other, place) is None
    assert reports.one(engine, other, key) is None
    assert reports.versions(engine, other, place) == ()
    assert reports.to_look_back(engine, other, date(2027, 1, 1)) == ()
    for act in (
        lambda: actions.begin(engine, placement_id=place, profile="kansencoach", by=other, at=START),
        lambda: actions.renew(engine, placement_id=place, by=other, at=START),
        lambda: actions.discard(engine, agreement_id=key, by=other, at=START),
        lambda: actions.save(
            engine, agreement_id=key, part=TALK, content=making.CONTENT[TALK], by=other, at=START
        ),
        lambda: signing.ask(engine, agreement_id=key, partners={"coach": None}, by=other, at=START),
        lambda: signing.withdraw(engine, agreement_id=key, by=other, at=START),
    ):
        with pytest.raises(actions.NotYours):
            act()
    assert dump() == before


def test_two_who_write_different_parts_are_not_in_each_others_way(
    engine: SqliteEngine, place: str, lead: Scope, coach: Scope
) -> None:
    key = making.draft(engine, place, lead, parts=())
    seen = reports.one(engine, lead, key)
    assert seen is not None
    for part, who in ((TALK, lead), (YIELDS, coach)):
        actions.save(
            engine,
            agreement_id=key,
            part=part,
            content=making.CONTENT[part],
            by=who,
            at=START,
            shown=part.of(seen).fingerprint,
        )
    found = reports.one(engine, lead, key)
    assert found is not None
    assert found.partners
    assert found.yields


def test_a_part_that_changed_meanwhile_is_not_overwritten(
    engine: SqliteEngine, place: str, lead: Scope, coach: Scope
) -> None:
    key = making.draft(engine, place, lead)
    seen = reports.one(engine, coach, key)
    assert seen is not None
    other = replace(making.CONTENT[TALK], lines={"school_asks": "Iets anders."})
    actions.save(engine, agreement_id=key, part=TALK, content=other, by=lead, at=START)
    with pytest.raises(actions.Changed):
        actions.save(
            engine,
            agreement_id=key,
            part=TALK,
            content=making.CONTENT[TALK],
            by=coach,
            at=START,
            shown=TALK.of(seen).fingerprint,
        )
    found = reports.one(engine, coach, key)
    assert found is not None
    assert found.lines["school_asks"] == "Iets anders."
    assert "parents_ask" not in found.lines, "words that were taken out are gone"


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (TALK, Content({"talked_on": None}, {"partner": frozenset({"minister"})})),
        (TALK, Content({"talked_on": None}, {"partner": frozenset()}, {"not_done": "In een ander deel."})),
        (TALK, Content({"talked_on": None}, {"partner": frozenset()}, {"school_asks": "x" * 501})),
        (TALK, Content({"review_on": None}, {"partner": frozenset()})),
        (TASKS, Content(chosen={"role": frozenset({"king"}), "task": frozenset()})),
        (TASKS, Content(chosen={"role": frozenset(), "task": frozenset({"connector"})})),
        (TASKS, Content(chosen={"role": frozenset(), "task": frozenset()}, yields=(Wanted("a", "b", ""),))),
        (YIELDS, Content(yields=(Wanted("weather", "Meer zon.", ""),))),
        (YIELDS, Content(yields=(Wanted("early_help", "", "Aan de zon."),))),
        (YIELDS, Content(yields=(Wanted("early_help", "x" * 281, ""),))),
        (YIELDS, Content(yields=(Wanted("early_help", "Meer.", ""),) * 9)),
    ],
)
def test_what_does_not_fit_is_refused_whole(
    engine: SqliteEngine, place: str, lead: Scope, part: Part, content: Content, dump: Any
) -> None:
    key = making.draft(engine, place, lead)
    before = dump()
    with pytest.raises(actions.Misfit):
        actions.save(engine, agreement_id=key, part=part, content=content, by=lead, at=START)
    assert dump() == before


def test_without_a_coach_there_is_nothing_to_agree(engine: SqliteEngine, lead: Scope, place: str) -> None:
    vacancy = placements.end(
        engine,
        placement_id=place,
        ends_on=START.date(),
        reason="coach_new_job",
        vacancy=True,
        by=lead,
        at=START,
    )
    assert vacancy is not None
    with pytest.raises(actions.NotNow):
        actions.begin(engine, placement_id=vacancy, profile="kansencoach", by=lead, at=START)


def test_a_new_version_begins_with_the_words_of_the_signed_one_which_holds_meanwhile(
    engine: SqliteEngine, place: str, lead: Scope
) -> None:
    first = making.signed(engine, place, lead)
    key = actions.renew(engine, placement_id=place, by=lead, at=START)
    assert actions.renew(engine, placement_id=place, by=lead, at=START) == key
    second = reports.one(engine, lead, key)
    assert second is not None
    assert (second.version, second.state) == (2, "draft")
    assert all(part.of(second) == part.of(first) for part in PARTS.values())
    holds = reports.of_placement(engine, lead, place)
    assert holds is not None
    assert holds.id == first.id
    actions.discard(engine, agreement_id=key, by=lead, at=START)
    assert [one.id for one in reports.versions(engine, lead, place)] == [first.id]


def test_what_nobody_signed_cannot_be_renewed(engine: SqliteEngine, place: str, lead: Scope) -> None:
    with pytest.raises(actions.NotNow):
        actions.renew(engine, placement_id=place, by=lead, at=START)


def test_the_next_year_can_begin_with_what_was_agreed_before(
    engine: SqliteEngine, place: str, lead: Scope
) -> None:
    before = making.signed(engine, place, lead)
    later = placements.continue_next_year(engine, placement_id=place, by=lead, at=START)
    key = actions.begin(engine, placement_id=later, profile="kansencoach", by=lead, at=START, after=before.id)
    found = reports.one(engine, lead, key)
    assert found is not None
    assert YIELDS.of(found) == YIELDS.of(before)
    assert TASKS.of(found) == TASKS.of(before)
    assert (found.talked_on, found.review_on, found.partners) == (None, None, ())


@pytest.mark.parametrize("state", ["asked", "signed"])
def test_what_people_sign_stands_still(
    engine: SqliteEngine, place: str, lead: Scope, state: str, dump: Any
) -> None:
    making.asked(engine, place, lead) if state == "asked" else making.signed(engine, place, lead)
    found = reports.of_placement(engine, lead, place)
    assert found is not None
    before = dump()
    for part, content in making.CONTENT.items():
        with pytest.raises(actions.NotNow):
            actions.save(engine, agreement_id=found.id, part=part, content=content, by=lead, at=START)
    with pytest.raises(actions.NotNow):
        actions.discard(engine, agreement_id=found.id, by=lead, at=START)
    assert dump() == before

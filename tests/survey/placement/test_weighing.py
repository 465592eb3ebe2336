"""Weighing many placements at once tells what writing them one after the other would come to."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.placement import actions, checks, store
from survey.placement.writing import columns, details_of
from tests.conftest import START, Member, scope_of
from tests.questions import noted
from tests.survey.placement.conftest import FIRST, Add, School, standing

STATUSES = ("wanted", "vacant_funded", "vacant_unfunded", "click_conversation", "agreed", "active", "ended")


class _Undone(Exception):
    """Ends an act of which nothing is to stay."""


def drawn(chance: Random, schools: Sequence[str], people: Sequence[str]) -> actions.Details:
    """A placement that may be, of somebody somewhere, for some days of the school year."""
    status = chance.choice(STATUSES)
    first = FIRST + timedelta(days=chance.randrange(330))
    last = min(first + timedelta(days=chance.randrange(200)), date(2026, 7, 31))
    return actions.Details(
        school_id=chance.choice(schools),
        status=status,
        starts_on=first,
        ends_on=last if status == "ended" else chance.choice([last, last, None]),
        person_id=None if status in STATUSES[:3] else chance.choice(people),
        hours_agreed=chance.choice([None, 4.0, 12.5, 20.0]),
    )


def one_by_one(
    engine: SqliteEngine, wanted: Sequence[actions.Wanted], by: Scope
) -> dict[int, tuple[type[Exception], object]]:
    """What is refused when all are written first and then held against the register one by one."""
    keys = [key or f"new-{place}" for place, (key, _) in enumerate(wanted)]
    found = {}
    with suppress(_Undone), engine.atomic():
        stood = [standing(engine, by, key) if key else None for key, _ in wanted]
        for key, (old, details) in zip(keys, wanted, strict=True):
            if old:
                store.update(engine, key, columns(details))
            else:
                store.insert(engine, {"id": key, **columns(details)})
        for place, (key, before, (_, details)) in enumerate(zip(keys, stood, wanted, strict=True)):
            try:
                if before:
                    checks.refuse_other(engine, before, details)
                checks.refuse_stranger(engine, details)
                checks.refuse_clash(engine, details, by=by, beside={key}, second=True)
                checks.refuse_clash(engine, details, by=by, beside={key})
            except Exception as refusal:
                found[place] = told(refusal)
        raise _Undone
    return found


def told(refusal: Exception) -> tuple[type[Exception], object]:
    """A refusal to compare: too many hours with the day and the total."""
    hours = (refusal.day, refusal.total) if isinstance(refusal, checks.TooManyHours) else None
    return type(refusal), hours


@pytest.mark.parametrize("seed", range(40))
def test_random_lists_are_refused_as_one_by_one(
    engine: SqliteEngine, lead: Scope, school: School, ana: Member, cleo: Member, lea: Member, seed: int
) -> None:
    chance = Random(seed)
    schools = [school(f"School {number}") for number in range(3)]
    people = [ana.id, cleo.id, lea.id]  # the last one leads, and does not coach
    keys = []
    for number in range(6):
        keys.append(f"old-{number}")
        details = drawn(chance, schools, people[:2])
        store.insert(engine, {"id": keys[-1], **columns(details)})
        if details.status == "active" and chance.random() < 0.5:
            store.write_hours(
                engine,
                {"placement_id": keys[-1], "month": "2025-10", "hours": 2.0, "noted_by": ana.id,
                 "noted_at": "2025-11-01T10:00:00Z"},
            )  # fmt: skip
    changed = [(key, drawn(chance, schools, people)) for key in chance.sample(keys, 3)]
    same = [(key, details_of(standing(engine, lead, key))) for key in keys if key not in dict(changed)][:1]
    wanted: list[actions.Wanted] = [
        *changed,
        *same,
        *((None, drawn(chance, schools, people)) for _ in range(4)),
    ]
    chance.shuffle(wanted)
    found = actions.try_over(engine, wanted=wanted, by=lead)
    assert {place: told(one) for place, one in found.items()} == one_by_one(engine, wanted, lead)


def test_a_second_place_names_a_few_of_those_beside_it(
    engine: SqliteEngine, lead: Scope, kraanheide: str
) -> None:
    place = actions.Details(school_id=kraanheide, status="wanted", starts_on=FIRST)
    found = actions.try_over(engine, wanted=[(None, place)] * 9, by=lead)
    assert {len(one.others) for one in found.values() if isinstance(one, actions.SecondPlace)} == {3}
    assert len(found) == 9


def test_a_long_list_asks_the_register_as_little_as_a_short_one(
    engine: SqliteEngine, lead: Scope, kraanheide: str, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = noted(monkeypatch)
    place = actions.Details(
        school_id=kraanheide, status="active", starts_on=FIRST, person_id=ana.id, hours_agreed=1.0
    )
    for size in (1, 200):
        found = actions.try_over(engine, wanted=[(None, place)] * size, by=lead)
        assert len(found) == (0 if size == 1 else size)
    assert len(asked) == 2 * len({*asked})


def test_what_came_in_with_this_key_is_not_written_again(
    engine: SqliteEngine, lead: Scope, kraanheide: str
) -> None:
    wanted: list[actions.Wanted] = [
        (None, actions.Details(school_id=kraanheide, status="vacant_unfunded", starts_on=FIRST))
    ] * 2
    for key in ("a" * 32, "a" * 32, "b" * 32):
        actions.take_over(engine, wanted=wanted, by=lead, at=START, key=key)
    assert engine.one("SELECT count(*) AS n FROM placement") == {"n": 4}


@pytest.mark.parametrize(
    "refused",
    [
        lambda details: ("gone", details),
        lambda details: (None, replace(details, status="active")),
    ],
)
def test_what_is_not_there_or_cannot_be_is_refused(
    engine: SqliteEngine,
    lead: Scope,
    place: Add,
    kraanheide: str,
    refused: Callable[[actions.Details], actions.Wanted],
) -> None:
    wanted = [refused(actions.Details(school_id=kraanheide, status="wanted", starts_on=FIRST))]
    for act in (
        lambda: actions.try_over(engine, wanted=wanted, by=lead),
        lambda: actions.take_over(engine, wanted=wanted, by=lead, at=START),
    ):
        with pytest.raises((actions.NotYours, actions.Misfit)):
            act()
    assert engine.one("SELECT count(*) AS n FROM placement") == {"n": 0}


def test_who_keeps_no_register_weighs_nothing(engine: SqliteEngine, ana: Member) -> None:
    with pytest.raises(actions.NotYours):
        actions.try_over(engine, wanted=[], by=scope_of(ana))

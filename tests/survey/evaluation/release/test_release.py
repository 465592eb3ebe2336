"""Publishing a form: once, after counting, and read by whom it concerns."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from survey.access.permissions import Role
from survey.clock import stamp
from survey.database import Refused, SqliteEngine
from survey.evaluation import reports
from survey.evaluation.release import actions, content
from survey.evaluation.release.actions import Done, NoAnswers, NotCounted, NothingThere
from survey.evaluation.release.content import Number, Withheld
from survey.questionnaire.fields import Answer
from survey.retention import actions as retention
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.ballots import Ballots

Dump = Callable[[], object]
FORM = "evaluation-teacher"


def told(engine: SqliteEngine, window: str, reader: Member, role: Role = Role.LEAD) -> reports.Release:
    found = reports.release(engine, scope_of(reader, role), window, FORM)
    assert found
    return found


@pytest.fixture
def released(
    engine: SqliteEngine, counted: Callable[[Sequence[Ballots]], str], lea: Member, clock: Clock
) -> str:
    """Eight teachers of Ana's, of whom six agree, and six of Cleo's who all agree."""
    window = counted([Ballots("Ana", (3,) * 6 + (1,) * 2), Ballots("Cleo", (4,) * 6)])
    actions.release(engine, window_id=window, form=FORM, by=lea.id, at=clock())
    return window


def test_the_lead_reads_every_group_with_shares_in_steps(
    engine: SqliteEngine, released: str, lea: Member
) -> None:
    found = told(engine, released, lea)
    shares = {
        group.label: share.percent
        for group in found.groups
        if (share := found.cell(group.key, "approachable").share)
    }
    assert shares == {"Programma": 85, "Turfstede": 75, "Ana": 75, "Heidemeer": 90, "Cleo": 90}
    assert [group.level for group in found.groups] == ["programme", "cluster", "coach", "cluster", "coach"]
    assert found.programme
    assert found.programme.replied == Number(14, 14)
    assert (found.k, found.school_year, found.version) == (5, "2025-2026", "1.0")


def test_a_coach_reads_the_programme_the_own_cluster_and_the_own_group(
    engine: SqliteEngine, released: str, ana: Member, cleo: Member
) -> None:
    assert [group.label for group in told(engine, released, ana, Role.COACH).groups] == [
        "Programma", "Turfstede", "Ana",
    ]  # fmt: skip
    own = told(engine, released, cleo, Role.COACH)
    assert [group.label for group in own.groups] == ["Programma", "Heidemeer", "Cleo"]
    assert {group for group, _ in own.cells} == {group.key for group in own.groups}
    assert set(own.homes) == {cleo.id}


def test_a_trainer_reads_nothing(engine: SqliteEngine, released: str, ben: Member) -> None:
    scope = scope_of(ben, Role.TRAINER)
    assert reports.release(engine, scope, released, FORM) is None
    assert reports.released(engine, scope) == []


def test_a_coach_of_few_is_told_with_the_cluster_and_says_so(
    engine: SqliteEngine, counted: Callable[[Sequence[Ballots]], str], lea: Member, cleo: Member, clock: Clock
) -> None:
    window = counted([Ballots("Ana", (3,) * 6), Ballots("Cleo", (4,) * 3)])
    actions.release(engine, window_id=window, form=FORM, by=lea.id, at=clock())
    found = told(engine, window, cleo, Role.COACH)
    assert [group.label for group in found.groups] == ["Programma"]
    own = found.group_of(cleo.id)
    assert own == found.programme


def test_an_item_few_can_judge_is_withheld_with_its_reason(
    engine: SqliteEngine, counted: Callable[[Sequence[Ballots]], str], lea: Member, clock: Clock
) -> None:
    cannot = Answer(None, "CANNOT_JUDGE")
    window = counted(
        [
            Ballots("Ana", (3,) * 6, {"lasts": cannot}),
            Ballots("Cleo", (4,) * 6, {"works_in_practice": cannot, "lasts": cannot}),
        ]
    )
    actions.release(engine, window_id=window, form=FORM, by=lea.id, at=clock())
    found = told(engine, window, lea)
    reasons = {
        (group.level, item): found.cell(group.key, item).withheld
        for group in found.groups
        for item in ("works_in_practice", "lasts", "approachable")
        if group.label in {"Programma", "Ana", "Turfstede"}
    }
    assert reasons["programme", "approachable"] is reasons["coach", "approachable"] is None
    assert reasons["programme", "lasts"] is reasons["coach", "lasts"] is Withheld.TOO_FEW
    assert reasons["programme", "works_in_practice"] is None
    assert reasons["coach", "works_in_practice"] is Withheld.WITH_OTHERS


def test_fewer_than_five_answers_are_released_as_nothing_to_say(
    engine: SqliteEngine, counted: Callable[[Sequence[Ballots]], str], lea: Member, clock: Clock
) -> None:
    window = counted([Ballots("Ana", (3,) * 4)])
    actions.release(engine, window_id=window, form=FORM, by=lea.id, at=clock())
    found = told(engine, window, lea)
    assert found.groups == ()
    assert found.programme is None
    assert found.group_of(lea.id) is None


def test_a_form_about_the_programme_is_told_of_the_programme_only(
    engine: SqliteEngine, counted: Callable[[Sequence[Ballots]], str], lea: Member, ana: Member, clock: Clock
) -> None:
    form = "evaluation-ib-programme"
    window = counted([Ballots("Programma", (3,) * 6, form=form)])
    actions.release(engine, window_id=window, form=form, by=lea.id, at=clock())
    for reader, role in ((lea, Role.LEAD), (ana, Role.COACH)):
        found = reports.release(engine, scope_of(reader, role), window, form)
        assert found
        assert [group.level for group in found.groups] == ["programme"]


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ("evaluation-ib-named", NothingThere),
        ("evaluation-of-nobody", NothingThere),
        ("evaluation-parent", NoAnswers),
        ("evaluation-teacher", Done),
    ],
)
def test_what_cannot_be_released_is_refused_and_changes_nothing(
    engine: SqliteEngine,
    released: str,
    lea: Member,
    clock: Clock,
    dump: Dump,
    form: str,
    error: type[Exception],
) -> None:
    before = dump()
    with pytest.raises(error):
        actions.release(engine, window_id=released, form=form, by=lea.id, at=clock())
    assert dump() == before


def test_nothing_is_released_before_the_count(
    engine: SqliteEngine, window: str, lea: Member, clock: Clock, dump: Dump
) -> None:
    clock.forward(days=40)
    before = dump()
    with pytest.raises(NotCounted):
        actions.release(engine, window_id=window, form=FORM, by=lea.id, at=clock())
    with pytest.raises(NothingThere):
        actions.release(engine, window_id="other", form=FORM, by=lea.id, at=clock())
    assert dump() == before


def test_the_database_refuses_a_second_release_too(engine: SqliteEngine, released: str, clock: Clock) -> None:
    row = engine.one("SELECT * FROM evaluation_release")
    assert row
    with pytest.raises(Refused):
        engine.insert("evaluation_release", {**row, "id": "another", "released_at": stamp(clock())})


def test_a_release_stays_when_the_answers_are_erased(
    engine: SqliteEngine, released: str, lea: Member, clock: Clock
) -> None:
    before = told(engine, released, lea)
    clock.forward(days=400)
    retention.delete_old(engine, at=clock(), session_lasts=timedelta(days=30))
    assert engine.rows("SELECT id FROM ballot") == []
    assert told(engine, released, lea) == before
    with pytest.raises(Done):
        actions.release(engine, window_id=released, form=FORM, by=lea.id, at=clock())


def test_what_is_stored_names_nobody_and_comes_back_as_it_was(
    engine: SqliteEngine, released: str, ana: Member
) -> None:
    row = engine.one("SELECT content FROM evaluation_release")
    assert row
    found = content.from_json(row["content"])
    assert content.to_json(found) == row["content"]
    assert "Ana" not in row["content"]
    assert ana.id not in row["content"]


@pytest.mark.parametrize(
    ("text", "because"),
    {
        "": "truncated",
        "[]": "got `array`",
        "{}": "missing required field `k`",
        '{"k": "5", "items": [], "groups": [], "cells": []}': r"got `str` - at `\$.k`",
        '{"k": 5, "items": [], "groups": [], "cells": [], "x": 1}': "unknown field `x`",
    }.items(),
)
def test_content_that_is_none_is_refused(text: str, because: str) -> None:
    with pytest.raises(ValueError, match=because):
        content.from_json(text)

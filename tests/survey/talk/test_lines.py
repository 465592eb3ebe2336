"""Private lines in the database: read by their writer alone, and never written over."""

from collections.abc import Callable

import pytest

from survey.database import Refused, SqliteEngine
from survey.talk import actions, reports
from tests.conftest import START, Member, scope_of
from tests.survey.talk.acts import agree, close, held

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_a_line_never_takes_the_place_of_another_one(engine: SqliteEngine, ana: Member, case_id: str) -> None:
    key = held(engine, case_id, ana, line="De eerste")
    assert agree(engine, case_id, ana, talk_id=key, line="De eerste") == key
    other = agree(engine, case_id, ana, talk_id=key, line="De tweede")
    assert other != key
    lines = {talk.id: talk.line for talk in reports.talks(engine, scope_of(ana), case_id)}
    assert lines == {key: "De eerste", other: "De tweede"}


def test_a_line_is_read_by_its_writer_alone(
    engine: SqliteEngine, ana: Member, cleo: Member, case_id: str
) -> None:
    actions.write_note(engine, case_id=case_id, place="question", line="Hoe begin ik?", by=ana.id, at=START)
    key = held(engine, case_id, ana, line="Van Ana")
    assert reports.notes(engine, scope_of(ana), case_id) == {
        ("question", ""): "Hoe begin ik?",
        ("talk", key): "Van Ana",
    }
    engine.run('UPDATE "case" SET coach_id = :cleo', {"cleo": cleo.id})
    assert reports.notes(engine, scope_of(cleo), case_id) == {}
    assert [talk.line for talk in reports.talks(engine, scope_of(cleo), case_id)] == [None]
    assert reports.notes(engine, scope_of(ana), case_id) == {}


def test_nobody_writes_over_the_line_of_another(
    engine: SqliteEngine, ana: Member, cleo: Member, case_id: str
) -> None:
    actions.write_note(engine, case_id=case_id, place="closing", line="Van Ana", by=ana.id, at=START)
    engine.run('UPDATE "case" SET coach_id = :cleo', {"cleo": cleo.id})
    with pytest.raises(actions.NotYours):
        actions.write_note(engine, case_id=case_id, place="closing", line="Van Cleo", by=cleo.id, at=START)
    actions.write_note(engine, case_id=case_id, place="closing", line="", by=cleo.id, at=START)
    assert engine.rows("SELECT line FROM note") == [{"line": "Van Ana"}]


def test_an_empty_line_erases_also_in_a_closed_case(engine: SqliteEngine, ana: Member, case_id: str) -> None:
    for line in ("Eerst zo", "Toen zo"):
        actions.write_note(engine, case_id=case_id, place="own_share", line=line, by=ana.id, at=START)
    assert reports.notes(engine, scope_of(ana), case_id) == {("own_share", ""): "Toen zo"}
    close(engine, case_id)
    actions.write_note(engine, case_id=case_id, place="own_share", line="", by=ana.id, at=START)
    assert reports.notes(engine, scope_of(ana), case_id) == {}


def test_a_line_that_is_too_long_is_refused_with_its_talk(
    engine: SqliteEngine, ana: Member, case_id: str, dump: Dump
) -> None:
    before = dump()
    with pytest.raises(Refused):
        held(engine, case_id, ana, line="x" * 281)
    assert dump() == before

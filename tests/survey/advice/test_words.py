"""A person's words in an advice carry a name and a day; the drafted ones are kept beside them."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.advice import actions
from survey.advice.actions import Changed, NoSuchLine, WrongWords
from survey.database import SqliteEngine
from tests.conftest import Dump
from tests.survey.advice.conftest import JUNE, WORDS, YEAR, Read, keys, line_of


def test_an_edit_is_marked_and_can_be_taken_back(act: Callable[..., Any], written: str, read: Read) -> None:
    line = line_of(read(written), "placement_running")
    act("edit", line=line, words=WORDS)
    edited = line_of(read(written), "placement_running")
    assert (edited.words, edited.drafted, edited.changed_by) == (WORDS, line.words, "Lea")
    assert edited.is_edited
    act("restore", line=edited)
    assert line_of(read(written), "placement_running") == line


def test_a_second_edit_keeps_the_first_draft(act: Callable[..., Any], written: str, read: Read) -> None:
    line = line_of(read(written), "placement_running")
    act("edit", line=line, words=WORDS)
    act("edit", line=line, words="De coach is er elke week.")
    assert line_of(read(written), "placement_running").drafted == line.words


def test_an_edit_with_the_same_words_is_no_edit(
    act: Callable[..., Any], written: str, read: Read, dump: Dump
) -> None:
    line, before = line_of(read(written), "placement_running"), dump()
    act("edit", line=line, words=line.words)
    assert dump() == before


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("a" * 601, "long"),
        ("Dankzij de coach gaat het beter.", "cause"),
        ("De beste coach van de regio.", "cause"),
    ],
)
def test_words_that_cannot_stand_are_refused(
    act: Callable[..., Any], written: str, read: Read, dump: Dump, words: str, reason: str
) -> None:
    line, before = line_of(read(written), "placement_running"), dump()
    acts: dict[str, dict[str, Any]] = {"edit": {"line": line}, "add": {"section": "hours", "key": "k"}}
    for name, told in acts.items():
        with pytest.raises(WrongWords) as wrong:
            act(name, words=words, **told)
        assert wrong.value.reason == reason
    assert dump() == before


def test_who_saw_other_words_changes_nothing(
    act: Callable[..., Any], written: str, read: Read, dump: Dump
) -> None:
    line = line_of(read(written), "placement_running")
    act("edit", line=line, words=WORDS)
    before = dump()
    acts: dict[str, dict[str, Any]] = {"edit": {"words": "Iets anders."}, "leave_out": {"out": True}}
    for name, told in (acts | {"restore": {}, "renew": {}}).items():
        with pytest.raises(Changed):
            act(name, line=line, shown=line.fingerprint, **told)
    assert dump() == before


def test_an_own_sentence_comes_last_in_its_section_and_once(
    act: Callable[..., Any], written: str, read: Read
) -> None:
    for _ in range(2):
        act("add", section="hours", words=WORDS, key="k" * 32)
    section = read(written).in_section("hours")
    assert [one.words for one in section if one.is_own] == [WORDS]
    assert section[-1].is_own
    act("renew")
    assert read(written).in_section("hours")[-1].is_own


def test_no_own_sentence_stands_in_the_proposal(act: Callable[..., Any], dump: Dump) -> None:
    before = dump()
    for section in ("proposal", "elsewhere"):
        with pytest.raises(NoSuchLine):
            act("add", section=section, words=WORDS, key="k" * 32)
    assert dump() == before


@pytest.mark.parametrize("key", ["no_cause", "period_and_freeze", "share_interval", "share_nonresponse"])
def test_what_stands_fixed_cannot_be_changed_or_left_out(
    act: Callable[..., Any], written: str, read: Read, dump: Dump, key: str
) -> None:
    line, before = line_of(read(written), key), dump()
    with pytest.raises(NoSuchLine):
        act("edit", line=line, words=WORDS)
    with pytest.raises(NoSuchLine):
        act("leave_out", line=line, out=True)
    assert dump() == before


def test_a_share_takes_its_interval_along_out_and_back(
    act: Callable[..., Any], written: str, read: Read
) -> None:
    share, all_keys = line_of(read(written), "teachers_share"), keys(read(written))
    act("leave_out", line=share, out=True)
    gone = {one.key for one in read(written).lines if not one.is_in and one.about == share.about}
    assert gone == {"teachers_share", "share_interval", "share_nonresponse"}
    act("leave_out", line=share, out=False)
    assert keys(read(written)) == all_keys


def test_of_another_advice_no_sentence_is_found(
    engine: SqliteEngine, lead: Scope, act: Callable[..., Any], written: str, read: Read, dump: Dump
) -> None:
    other = actions.draft(engine, school_id=None, school_year=YEAR, by=lead, at=JUNE)
    line, before = line_of(read(written), "placement_running"), dump()
    with pytest.raises(NoSuchLine):
        act("edit", advice_id=other, line=line, words=WORDS)
    assert dump() == before

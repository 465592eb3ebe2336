"""Signing freezes: every act after it is refused, and what changes in the register changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.advice import reports
from survey.advice.actions import Changed, Frozen, Unfinished
from survey.database import SqliteEngine
from tests.conftest import Dump, Member
from tests.survey.advice.conftest import JUNE, ON, WORDS, Read, line_of


def test_without_a_choice_nobody_signs(act: Callable[..., Any], dump: Dump) -> None:
    before = dump()
    with pytest.raises(Unfinished):
        act("sign")
    assert dump() == before


def test_with_a_stale_sentence_nobody_signs(
    engine: SqliteEngine, act: Callable[..., Any], dump: Dump
) -> None:
    act("choose", chosen=ON)
    engine.run("UPDATE placement SET hours_agreed = 3.5")
    before = dump()
    with pytest.raises(Unfinished):
        act("sign")
    assert dump() == before


def test_who_saw_another_text_does_not_sign(
    act: Callable[..., Any], written: str, read: Read, dump: Dump
) -> None:
    act("choose", chosen=ON)
    seen = read(written).revision
    act("edit", line=line_of(read(written), "hours_needed"), words=WORDS)
    before = dump()
    with pytest.raises(Changed):
        act("sign", shown=seen)
    assert dump() == before


def test_a_signed_advice_never_changes(
    engine: SqliteEngine,
    lead: Scope,
    act: Callable[..., Any],
    written: str,
    read: Read,
    dump: Dump,
) -> None:
    act("choose", chosen=ON)
    act("sign", shown=read(written).revision)
    advice, before = read(written), dump()
    assert (advice.signed_as, advice.signed_at) == ("Lea", JUNE)
    line = line_of(advice, "placement_running")
    acts: dict[str, dict[str, Any]] = {
        "edit": {"line": line, "words": WORDS},
        "restore": {"line": line},
        "leave_out": {"line": line, "out": True},
        "keep": {"line": line},
        "add": {"section": "hours", "words": WORDS, "key": "k" * 32},
        "renew": {},
        "choose": {"chosen": ON},
        "sign": {},
    }
    for name, told in acts.items():
        with pytest.raises(Frozen):
            act(name, **told)
    assert dump() == before
    engine.run("UPDATE placement SET hours_agreed = 1, status = 'paused'")
    assert read(written) == advice
    assert reports.standing(engine, lead, advice, JUNE.date()).is_current


def test_the_audit_log_says_who_drafted_and_signed_and_no_word_of_it(
    engine: SqliteEngine, act: Callable[..., Any], written: str, lea: Member
) -> None:
    act("choose", chosen=ON)
    act("sign")
    rows = engine.rows("SELECT act, person_id, object FROM audit WHERE act LIKE 'advice-%' ORDER BY act")
    assert [tuple(row.values()) for row in rows] == [
        ("advice-drafted", lea.id, written),
        ("advice-signed", lea.id, written),
    ]

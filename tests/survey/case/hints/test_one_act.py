"""What was agreed about a check, and its hints: noted together or not at all."""

from collections.abc import Callable

import pytest

from survey.hint import actions as hints
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.case.hints.conftest import LOWER
from tests.survey.hint.answering import Answering

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_where_the_hints_cannot_be_noted_the_talk_is_not_either(
    case: Answering, as_: As, ana: Member, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, last = case.answers("parent-1", LOWER)
    coach, address = as_(ana), f"{case.page}/check/{last}/afspraak"
    sent = {"agreed": ["change_pace"], "line": "Rustig aan"}
    before = dump()

    def refuse(*_given: object, **_named: object) -> None:
        raise hints.NotYours

    with monkeypatch.context() as broken:
        broken.setattr(hints, "talk_about", refuse)
        assert coach.post(address, data=sent).status_code == 409
    assert dump() == before
    assert coach.post(address, data=sent).status_code == 303
    after = dump()
    assert [len(after[table]) for table in ("talk", "talk_agreed", "note", "hint_talk")] == [1, 1, 1, 2]
    assert case.found() == ["w_a talked", "w_b talked"]

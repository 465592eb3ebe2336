"""What changes between looking at a case and writing in it: nothing is written, and the page says so."""

from collections.abc import Callable

import pytest

from survey.case import actions, reports
from survey.case.ending import closing, handover
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Member, scope_of

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def case_id(engine: SqliteEngine, ana: Member, cleo: Member, school_of: Callable[[Member], str]) -> str:
    """A case of Ana with an agreement, at a school where Cleo works too."""
    school_of(cleo)
    code = actions.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)
    found = reports.case(engine, scope_of(ana), code)
    assert found
    actions.note_agreement(engine, case_id=found.id, given=BOTH_AGREE, by=ana.id, at=START)
    return found.id


def code_of(engine: SqliteEngine, case_id: str) -> str:
    (row,) = engine.rows('SELECT code FROM "case" WHERE id = :id', {"id": case_id})
    return str(row["code"])


def give_to(engine: SqliteEngine, case_id: str, ana: Member, cleo: Member) -> None:
    handover.hand_over(engine, case_ids=[case_id], to=cleo.id, by=ana.id, at=START)


def close(engine: SqliteEngine, case_id: str, ana: Member) -> None:
    closing.close(
        engine, case_id=case_id, outcome="moved", reason=None, helped=None, line="", by=ana.id, at=START
    )


def test_the_coach_before_cannot_end_what_the_successor_noted(
    engine: SqliteEngine, ana: Member, cleo: Member, case_id: str, dump: Dump
) -> None:
    give_to(engine, case_id, ana, cleo)
    actions.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=cleo.id, at=START)
    before = dump()
    actions.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    assert dump() == before


def test_the_agreement_of_a_closed_case_stays_as_it_ended(
    engine: SqliteEngine, ana: Member, case_id: str, dump: Dump
) -> None:
    close(engine, case_id, ana)
    before = dump()
    actions.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    assert dump() == before


def test_a_handover_still_ends_the_agreement(
    engine: SqliteEngine, ana: Member, cleo: Member, case_id: str
) -> None:
    give_to(engine, case_id, ana, cleo)
    (row,) = engine.rows("SELECT ended_because FROM agreement")
    assert row["ended_because"] == "handed_over"


FORMS = {
    "doel": {"who": "parent-1", "goal": "calm_start"},
    "akkoord": {"age_band": "under_12", "first_parent": "yes", "second_parent": "no"},
    "wijzigen": {"kind": "pupil", "signalled_by": "teacher"},
    "gesprek/incident": {},
    "besluit": {"considered": "ib", "reason": "up_safety"},
    "afsluiten": {"outcome": "moved"},
}


@pytest.mark.parametrize("page", FORMS)
def test_a_case_that_closes_between_looking_and_writing_is_a_409(
    engine: SqliteEngine,
    ana: Member,
    case_id: str,
    as_: Callable[[Member], HouseClient],
    monkeypatch: pytest.MonkeyPatch,
    dump: Dump,
    page: str,
) -> None:
    coach, code = as_(ana), code_of(engine, case_id)
    looked_at = reports.case(engine, scope_of(ana), code)
    close(engine, case_id, ana)
    before = dump()
    monkeypatch.setattr(reports, "case", lambda *_args: looked_at)
    reply = coach.post(f"/trajecten/{code}/{page}", data=FORMS[page])
    assert reply.status_code == 409
    assert "Dit is intussen veranderd" in reply.text
    assert dump() == before

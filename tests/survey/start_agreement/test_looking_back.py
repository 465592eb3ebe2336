"""Looking back on what was agreed: half-way and at the end, in words, and the day that reminds of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.start_agreement import actions, reports
from survey.start_agreement.agreement import END, HALFWAY, Agreement
from tests.conftest import START
from tests.survey.start_agreement import making

pytestmark = pytest.mark.usefixtures("in_the_app")

DAY = timedelta(days=1)


@pytest.fixture
def agreement(engine: SqliteEngine, place: str, lead: Scope) -> Agreement:
    return making.signed(engine, place, lead)


def _again(engine: SqliteEngine, who: Scope, agreement: Agreement) -> Agreement:
    found = reports.one(engine, who, agreement.id)
    assert found is not None
    return found


def test_what_is_said_stands_with_its_day_and_who_noted_it(
    engine: SqliteEngine, agreement: Agreement, coach: Scope, lead: Scope
) -> None:
    actions.look_back(engine, by=coach, **making.looked(agreement))
    found = _again(engine, lead, agreement)
    review = found.yields[0].reviews[HALFWAY]
    assert (review.word, review.note, review.noted_by) == ("partly", "Op de ouderavond.", "Ana")
    assert found.reviewed_on(HALFWAY) == date(2026, 1, 15)
    assert found.reviewed_on(END) is None
    assert found.lines["halfway.what_works"] == "De vaste dag."
    assert found.lines["school_asks"], "what was agreed stays"


def test_it_can_be_corrected_and_the_end_does_not_touch_it(
    engine: SqliteEngine, agreement: Agreement, lead: Scope
) -> None:
    actions.look_back(engine, by=lead, **making.looked(agreement))
    actions.look_back(engine, by=lead, **making.looked(agreement, word="seen"))
    actions.look_back(engine, by=lead, **making.looked(agreement, END, "not_yet"))
    found = _again(engine, lead, agreement)
    assert [(one.reviews[HALFWAY].word, one.reviews[END].word) for one in found.yields] == [
        ("seen", "not_yet")
    ] * 2


def test_who_looked_at_something_older_overwrites_nothing(
    engine: SqliteEngine, agreement: Agreement, lead: Scope, coach: Scope
) -> None:
    actions.look_back(engine, by=lead, **making.looked(agreement))
    with pytest.raises(actions.Changed):
        actions.look_back(engine, by=coach, **making.looked(agreement, word="seen", shown=agreement.revision))
    assert _again(engine, lead, agreement).yields[0].reviews[HALFWAY].word == "partly"


@pytest.mark.parametrize(
    "change",
    [
        {"moment": "sometimes"},
        {"said": {}},
        {"said": {"other": actions.Said("seen")}},
        {"word": "excellent"},
        {"note": "x" * 281},
        {"lines": {"not_done": "Iets anders."}},
        {"lines": {"what_works": "x" * 501}},
        {"again_on": None},
    ],
)
def test_a_score_or_a_half_answer_is_refused(
    engine: SqliteEngine, agreement: Agreement, lead: Scope, change: dict[str, Any], dump: Any
) -> None:
    told = making.looked(agreement)
    looked, said = told["looked"], dict(told["looked"].said)
    for name in ("word", "note"):
        if name in change:
            said = {key: one._replace(**{name: change[name]}) for key, one in said.items()}
    changed = {name: value for name, value in change.items() if name in {"said", "lines", "again_on"}}
    told |= {"looked": looked._replace(**{"said": said, **changed}), "moment": change.get("moment", HALFWAY)}
    before = dump()
    with pytest.raises(actions.Misfit):
        actions.look_back(engine, by=lead, **told)
    assert dump() == before


def test_nobody_looks_back_on_what_is_not_signed_or_not_theirs(
    engine: SqliteEngine, place: str, lead: Scope, agreement: Agreement, stranger: Scope, trainer: Scope
) -> None:
    for other in (stranger, trainer):
        with pytest.raises(actions.NotYours):
            actions.look_back(engine, by=other, **making.looked(agreement))
    key = actions.renew(engine, placement_id=place, by=lead, at=START)
    draft = reports.one(engine, lead, key)
    assert draft is not None
    with pytest.raises(actions.NotNow):
        actions.look_back(engine, by=lead, **making.looked(draft))


def test_the_day_to_look_back_comes_twice_a_year(
    engine: SqliteEngine, agreement: Agreement, lead: Scope, coach: Scope, stranger: Scope
) -> None:
    def waits(day: date) -> bool:
        found = [reports.to_look_back(engine, who, day) for who in (lead, coach)]
        assert reports.to_look_back(engine, stranger, day) == ()
        assert len(found[0]) == len(found[1])
        return bool(found[0])

    first, second = date(2026, 2, 12), date(2026, 6, 4)
    assert (waits(first - DAY), waits(first)) == (False, True)
    actions.look_back(engine, by=lead, **making.looked(agreement))
    assert (waits(second - DAY), waits(second)) == (False, True)
    actions.look_back(engine, by=lead, **making.looked(agreement, END))
    assert not waits(second + DAY)


def test_a_place_that_is_over_asks_for_nothing(
    engine: SqliteEngine, agreement: Agreement, lead: Scope
) -> None:
    engine.run("UPDATE placement SET status = 'ended', ends_on = '2026-02-28'")
    assert reports.to_look_back(engine, lead, date(2026, 2, 28))
    assert not reports.to_look_back(engine, lead, date(2026, 3, 1))


def test_a_new_version_takes_over_the_day_to_look_back_again(
    engine: SqliteEngine, place: str, lead: Scope, agreement: Agreement
) -> None:
    actions.look_back(engine, by=lead, **making.looked(agreement))
    actions.renew(engine, placement_id=place, by=lead, at=START)
    assert making.signed(engine, place, lead).look_back_on == date(2026, 6, 4)

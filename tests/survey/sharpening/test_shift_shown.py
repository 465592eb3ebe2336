"""The shift between two wordings, shown to the trainer after the round in words."""

from datetime import UTC

import pytest

from survey.database import Row, SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.sharpening import reports
from survey.sharpening.actions import NEW, OLD
from tests.conftest import Clock, Member, Signed, scope_of
from tests.survey.sharpening.conftest import CLOSED, LATER, draws


def test_erasing_moves_no_shift_that_was_shown(
    engine: SqliteEngine, catalog: Catalog, ben: Member, ana: Member, answered: Row
) -> None:
    before = reports.shifts(engine, scope_of(ben), at=CLOSED, catalog=catalog)
    engine.run("DELETE FROM reflection WHERE person_id = :ana", {"ana": ana.id})
    assert reports.shifts(engine, scope_of(ben), at=CLOSED, catalog=catalog) == before


def test_the_shift_is_shown_to_the_trainer_after_the_round_and_to_nobody_before(
    engine: SqliteEngine, catalog: Catalog, ben: Member, dora: Member, answered: Row
) -> None:
    (found,) = reports.shifts(engine, scope_of(ben), at=CLOSED, catalog=catalog)
    assert (found.shift.n_old, found.shift.n_new) == (answered[OLD], answered[NEW])
    assert found.shift.estimate is not None
    assert found.shift.estimate.value == pytest.approx(1)
    assert found.shift.estimate.low > 0
    assert reports.shifts(engine, scope_of(ben), at=LATER, catalog=catalog) == ()
    assert reports.shifts(engine, scope_of(dora), at=CLOSED, catalog=catalog) == (), "not her cohort"


def test_the_page_says_it_in_words_with_both_sentences(
    as_: Signed, ben: Member, answered: Row, clock: Clock
) -> None:
    client = as_(ben)
    assert "Nog niets te vergelijken" in client.get("/voorstellen/formulering").text
    clock.at = CLOSED.astimezone(UTC)
    page = as_(ben).get("/voorstellen/formulering").text
    assert "Met de nieuwe woorden kiezen coaches ongeveer 1,0 niveau hoger." in page
    assert "bereiken.</small>" in page
    assert "Nieuw.</small>" in page
    assert "Versies 2.0-1.0 en 2.1-1.0." in page


def test_with_seven_in_a_half_the_page_says_why_it_shows_nothing(
    as_: Signed,
    ben: Member,
    engine: SqliteEngine,
    answered: Row,
    clock: Clock,
) -> None:
    old = [person for person, wording in draws(engine).items() if wording == OLD]
    for person in old[7:]:
        engine.run("DELETE FROM reflection WHERE person_id = :id", {"id": person})
    clock.at = CLOSED.astimezone(UTC)
    page = as_(ben).get("/voorstellen/formulering").text
    assert "Vanaf acht antwoorden op elke zin" in page
    assert "niveau hoger" not in page

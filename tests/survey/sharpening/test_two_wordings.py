"""A transition round: half of a cohort is asked the old words, drawn once and at random."""

from collections import Counter

import pytest

from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.two_wordings import two_wordings
from survey.sharpening import actions
from survey.sharpening.actions import NEW, OLD
from tests.conftest import START, Cohorts, Member
from tests.survey.sharpening.conftest import (
    EDITED,
    FORM,
    ITEM,
    OPENS,
    answer,
    ask,
    draws,
    round_of,
    text_asked,
)


def test_only_items_with_other_words_on_the_same_levels_have_two_wordings(catalog: Catalog) -> None:
    found = two_wordings(catalog, FORM, "2.1-1.0")
    assert found[ITEM] == "2.0-1.0"
    assert len(found) == 16
    assert EDITED not in found
    assert two_wordings(load(), FORM, "2.0-1.0") == {}


def test_the_halves_are_equal_drawn_once_and_at_random(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, coaches: list[Member], round_id: str
) -> None:
    ask(engine, cohorts.bens, catalog, ITEM)
    first = draws(engine)
    assert {one.id for one in coaches} <= first.keys()
    halves = Counter(first.values())
    assert abs(halves[OLD] - halves[NEW]) <= 1
    ask(engine, cohorts.bens, catalog, ITEM, "knows_local_services")
    again = draws(engine)
    assert again.keys() == first.keys()
    assert again != first, "another draw among 22 people: the same one comes once in 700,000 times"


def test_each_half_is_asked_its_own_words_and_the_answer_says_which(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, coaches: list[Member], round_id: str
) -> None:
    ask(engine, cohorts.bens, catalog, ITEM)
    round, drawn = round_of(engine, round_id), draws(engine)
    assert round.version == "2.1-1.0", "the round asks the sharpened profile"
    for wording, version, ending in ((OLD, "2.0-1.0", "bereiken."), (NEW, "2.1-1.0", "Nieuw.")):
        one = next(person for person in coaches if drawn[person.id] == wording)
        assert text_asked(engine, round, one, catalog, ITEM).endswith(ending)
        assert text_asked(engine, round, one, catalog, EDITED).endswith("Nieuw."), "only what was chosen"
        answer(engine, round, one, catalog, 4)
        rows = engine.rows(
            "SELECT item, item_version FROM reflection_answer "
            "JOIN reflection ON reflection.id = reflection_id WHERE person_id = :id",
            {"id": one.id},
        )
        stored = {row["item"]: row["item_version"] for row in rows}
        assert stored[ITEM] == version
        assert {stored[item] for item in stored if item != ITEM} == {"2.1-1.0"}


def test_who_joins_later_is_asked_the_new_words(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, cleo: Member, round_id: str
) -> None:
    ask(engine, cohorts.bens, catalog, ITEM)
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=START.date())
    assert cleo.id not in draws(engine)
    assert text_asked(engine, round_of(engine, round_id), cleo, catalog, ITEM).endswith("Nieuw.")


def test_without_items_everything_is_asked_in_the_new_words_again(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, coaches: list[Member], round_id: str
) -> None:
    ask(engine, cohorts.bens, catalog, ITEM)
    ask(engine, cohorts.bens, catalog)
    assert draws(engine) == {}
    assert engine.rows("SELECT * FROM transition") == []


@pytest.mark.parametrize("items", [[EDITED], ["nothing"], [ITEM, EDITED]])
def test_an_item_without_two_wordings_is_refused_and_nothing_is_drawn(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, round_id: str, items: list[str]
) -> None:
    with pytest.raises(actions.NotInTwoWordings) as refused:
        ask(engine, cohorts.bens, catalog, *items)
    assert ITEM in refused.value.possible
    assert draws(engine) == {}
    assert round_of(engine, round_id).version == "2.0-1.0"


def test_four_items_are_too_many(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, round_id: str
) -> None:
    with pytest.raises(ValueError, match="at most 3"):
        ask(engine, cohorts.bens, catalog, *[*two_wordings(catalog, FORM, "2.1-1.0")][:4])


def test_a_round_that_is_open_keeps_its_words(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, round_id: str
) -> None:
    with pytest.raises(actions.Begun):
        ask(engine, cohorts.bens, catalog, ITEM, at=OPENS)
    with pytest.raises(actions.NoRound):
        actions.ask_in_two_wordings(
            engine, cohort_id=cohorts.doras, opens_at=OPENS, items=[ITEM], catalog=catalog, at=START
        )

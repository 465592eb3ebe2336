"""A transition round: half of a cohort is asked the old words, and the shift is known afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from survey.clock import HOME, stamp
from survey.cohort import actions as cohorts_of
from survey.cohort.reports import Round
from survey.database import Row, SqliteEngine, new_key
from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.fields import Answer
from survey.questionnaire.two_wordings import two_wordings
from survey.reflection import actions as reflections
from survey.reflection import reading
from survey.sharpening import actions, reports
from survey.sharpening.actions import NEW, OLD
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.questionnaire.samples import Data, with_next

FORM = "reflection-kansencoach"
ITEM, EDITED = "solution_focused", "uses_own_position"
OPENS = datetime(2026, 3, 2, tzinfo=HOME)
LATER = OPENS + timedelta(days=2)
CLOSED = OPENS + timedelta(days=22)


def sharpen(profile: Data) -> None:
    """Every rated competency but the first gets other words; the first is only edited."""
    for place, one in enumerate(profile["competencies"]):
        one["change"] = "changed" if place else "editorial"
        one["text"] = {lang: f"{words} Nieuw." for lang, words in one["text"].items()}


@pytest.fixture
def catalog(tmp_path: Path, app: Flask) -> Catalog:
    """Profile 2.1 beside 2.0, as the application knows them."""
    found = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", sharpen)
    app.extensions["catalog"] = found
    return found


@pytest.fixture
def coaches(engine: SqliteEngine, cohorts: Cohorts) -> list[Member]:
    """Twenty-one coaches in Ben's cohort, besides Ana."""
    found = []
    for number in range(21):
        one = Member(new_key(), f"Coach {number}", f"coach{number}@example.org")
        row = {"id": one.id, "name": one.name, "email": one.email, "status": "active", "language": "nl"}
        engine.insert("person", row | {"created_at": stamp(START), "left_at": None})
        cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=one.id, since=START.date())
        found.append(one)
    return found


@pytest.fixture
def round_id(engine: SqliteEngine, cohorts: Cohorts) -> str:
    """A round to come, planned on the profile of before."""
    return cohorts_of.add_round(
        engine,
        cohort_id=cohorts.bens,
        form=FORM,
        version="2.0-1.0",
        opens_at=OPENS,
        closes_at=OPENS + timedelta(days=21),
    )


def ask(engine: SqliteEngine, cohort: str, catalog: Catalog, *items: str, at: datetime = START) -> None:
    actions.ask_in_two_wordings(engine, cohort_id=cohort, opens_at=OPENS, items=items, catalog=catalog, at=at)


def draws(engine: SqliteEngine) -> dict[str, str]:
    return {row["person_id"]: row["wording"] for row in engine.rows("SELECT * FROM wording_draw")}


def round_of(engine: SqliteEngine, round_id: str) -> Round:
    row = engine.one(
        "SELECT round.*, cohort.started_on FROM round JOIN cohort ON cohort.id = round.cohort_id "
        "WHERE round.id = :id",
        {"id": round_id},
    )
    assert row is not None
    return Round.of(row)


def text_asked(engine: SqliteEngine, round: Round, person: Member, catalog: Catalog, item: str) -> str:
    sheet = reading.sheet(engine, round, None, catalog=catalog, scope=scope_of(person))
    return sheet.form.item(item).text["nl"]


def answer(engine: SqliteEngine, round: Round, person: Member, catalog: Catalog, level: int) -> None:
    items = [item.key for item in catalog.get(round.form, round.version).items]
    given = {**dict.fromkeys(items, Answer(3)), ITEM: Answer(level)}
    standing = reading.standing(engine, round.id, scope=scope_of(person), at=LATER)
    assert standing is not None
    reflections.save(
        engine,
        by=scope_of(person),
        round=round,
        revision=standing.writing,
        answers=given,
        catalog=catalog,
        clock=Clock(LATER.astimezone(UTC)),
    )
    engine.run("UPDATE reflection SET submitted_at = saved_at WHERE person_id = :id", {"id": person.id})


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


@pytest.fixture
def answered(
    engine: SqliteEngine,
    catalog: Catalog,
    cohorts: Cohorts,
    coaches: list[Member],
    ana: Member,
    round_id: str,
) -> Row:
    """A round in two wordings, answered by all: the old half on 2 and 3 by turns, the new one a level higher.

    Each half is eleven people, whoever is drawn, so the shift is one level and nothing else.
    """
    ask(engine, cohorts.bens, catalog, ITEM)
    round, drawn = round_of(engine, round_id), draws(engine)
    seen: Counter[str] = Counter()
    for one in [*coaches, ana]:
        wording = drawn[one.id]
        seen[wording] += 1
        answer(engine, round, one, catalog, 2 + seen[wording] % 2 + (wording == NEW))
    return dict(seen)


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
    as_: Callable[[Member], HouseClient], ben: Member, answered: Row, clock: Clock
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
    as_: Callable[[Member], HouseClient],
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


@pytest.fixture
def run(app: Flask, clock: Clock) -> Callable[..., Result]:
    return lambda *words: app.test_cli_runner().invoke(args=[*words])


def test_the_operator_sets_a_round_and_reads_the_shift(
    run: Callable[..., Result], catalog: Catalog, cohorts: Cohorts, answered: Row, clock: Clock
) -> None:
    clock.at = CLOSED.astimezone(UTC)
    lines = run("shift", FORM).output.splitlines()
    assert lines[0] == f"{ITEM}, 2.0-1.0 to 2.1-1.0"
    assert lines[3].startswith("  shift +1.0")
    assert "95% interval +" in lines[3]
    assert run("shift", FORM, EDITED).output.startswith(f"No closed round asked {FORM} in two wordings.")
    assert run("shift", "reflection-nobody").exit_code == 1


def test_the_command_says_what_it_did_or_why_not(
    run: Callable[..., Result], engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, round_id: str
) -> None:
    name = engine.rows("SELECT name FROM cohort WHERE id = :id", {"id": cohorts.bens})[0]["name"]
    opens = ("--opens", "2026-03-02")
    assert "drawn at random" in run("ask-two-wordings", name, ITEM, *opens).output
    assert "everything in the new words" in run("ask-two-wordings", name, *opens).output
    many = [*two_wordings(catalog, FORM, "2.1-1.0")][:4]
    for arguments, said in (
        ((name, EDITED, *opens), f"Not in two wordings on the same levels: {EDITED}. These are: "),
        ((name, ITEM, "--opens", "2026-03-03"), "No round of"),
        (("Nergens", ITEM, *opens), "There is no cohort named Nergens."),
        ((name, *many, *opens), "A round asks at most 3 items in two wordings."),
    ):
        result = run("ask-two-wordings", *arguments)
        assert result.exit_code == 1
        assert said in result.output

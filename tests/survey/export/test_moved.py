"""Who changed cohorts: neither reflections nor answers in short rounds show which coach that was."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.access.permissions import Role, Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.export.research.crowd import CROWD
from survey.export.research.study import Study
from survey.people import actions as people
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.fields import Answer
from survey.reflection.micro import actions as micro
from tests.conftest import START, Cohorts, Member, scope_of, stamp
from tests.survey.export.conftest import ITEM, House

DAY = timedelta(days=1)
Path = tuple[
    int, int | None, bool
]  # where a coach began, where they went, and whether a full round was there since
Told = frozenset[tuple[Any, int]]


def told(study: Study) -> list[Told]:
    """Of each coach all that an export says of their rounds, and how often it says so."""
    seen: dict[str, list[Any]] = {coach.code: [] for coach in study.coaches}
    for one in study.reflections():
        seen[one.coach].append(one.round[1:])
    for coach, months, row in study.short_answers():
        seen[coach].append((row["form"], months))
    return [frozenset(Counter(each).items()) for each in seen.values()]


def short_round(engine: SqliteEngine, cohort_id: str, days: int) -> str:
    """A short round that closed so many days before the start, less a week."""
    key, opens = f"{cohort_id} {days}", START - days * DAY
    row = {"id": key, "cohort_id": cohort_id, "opens_at": stamp(opens), "closes_at": stamp(opens + 7 * DAY)}
    engine.insert("micro_round", row)
    return key


class TestOneWhoMoved:
    """Five coaches of a cohort; one goes on in another cohort, and answers a short round there."""

    @pytest.fixture
    def coaches(self, engine: SqliteEngine, cohorts: Cohorts, house_of_secrets: House) -> list[Scope]:
        found = []
        for number in range(CROWD + 1):
            email = f"coach{number}@example.org"
            key = people.add_person(
                engine, name="Coach", email=email, roles=[Role.COACH], by=None, at=START - 200 * DAY
            )
            found.append(scope_of(Member(key, "Coach", email)))
            cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=key, since=START.date() - 200 * DAY)
            for round_id in house_of_secrets.rounds[:2]:
                engine.run(
                    "INSERT INTO reflection SELECT :key || id, id, :key, 1, NULL, opens_at, opens_at, "
                    "opens_at FROM round WHERE id = :round",
                    {"key": key, "round": round_id},
                )
                engine.insert("focus", {"reflection_id": key + round_id, "item": ITEM, "aim": None})
            people.let_research(engine, by=found[-1], yes=True, at=START - DAY)
        return found

    @pytest.fixture
    def answer(self, engine: SqliteEngine, catalog: Catalog) -> Callable[[Scope, str], None]:
        def save(by: Scope, short_id: str) -> None:
            (row,) = engine.rows("SELECT opens_at FROM micro_round WHERE id = :id", {"id": short_id})
            days = int(short_id.split()[-1])
            assert row["opens_at"] == stamp(START - days * DAY)
            micro.save(
                engine,
                by=by,
                short_id=short_id,
                answers={ITEM: Answer(3)},
                catalog=catalog,
                clock=lambda: START - (days - 1) * DAY,
            )

        return save

    @pytest.fixture
    def moved(
        self,
        engine: SqliteEngine,
        cohorts: Cohorts,
        coaches: list[Scope],
        answer: Callable[[Scope, str], None],
    ) -> Scope:
        """The last of them, who went to a cohort that began later."""
        *_, mover = coaches
        today = START.date()
        younger = cohorts_of.add_cohort(
            engine, name="winter", profile="kansencoach", started_on=today - 60 * DAY
        )
        before, after = (short_round(engine, cohorts.bens, days) for days in (35, 20))
        there = short_round(engine, younger, 18)
        for one in coaches:
            answer(one, before)
        cohorts_of.leave_cohort(
            engine, cohort_id=cohorts.bens, person_id=mover.person_id, until=today - 30 * DAY
        )
        cohorts_of.enter(engine, cohort_id=younger, person_id=mover.person_id, since=today - 29 * DAY)
        for one in coaches[:-1]:
            answer(one, after)
        answer(mover, there)
        return mover

    def test_no_months_and_no_rounds_show_who_that_was(
        self, engine: SqliteEngine, catalog: Catalog, coaches: list[Scope], moved: Scope
    ) -> None:
        study = Study(engine, at=START, catalog=catalog)
        assert list(Counter(told(study)).values()) == [len(coaches) - 1]
        assert study.left_out == 1
        assert {one.round.number for one in study.reflections()} == {1, 2}

    def test_those_who_stayed_are_too_few_alone(
        self, engine: SqliteEngine, catalog: Catalog, coaches: list[Scope], moved: Scope
    ) -> None:
        people.let_research(engine, by=coaches[0], yes=False, at=START - DAY)
        study = Study(engine, at=START, catalog=catalog)
        assert (study.coaches, study.left_out) == ([], CROWD)

    def test_who_answered_nothing_there_is_still_like_the_others(
        self, engine: SqliteEngine, catalog: Catalog, coaches: list[Scope], moved: Scope
    ) -> None:
        engine.run("DELETE FROM micro_answer WHERE micro_round_id LIKE '% 18'")
        assert Study(engine, at=START, catalog=catalog).left_out == 0


PATHS = st.tuples(st.integers(0, 2), st.none() | st.integers(0, 2), st.booleans())


@pytest.fixture
def told_of(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, house_of_secrets: House
) -> Callable[[list[Path]], list[Told]]:
    """What is told of coaches on these paths, where all answered everything that their cohorts held."""
    third = cohorts_of.add_cohort(
        engine, name="derde", profile="kansencoach", started_on=START.date() - 150 * DAY
    )
    homes = (cohorts.bens, cohorts.doras, third)
    engine.run(
        "INSERT INTO round (id, cohort_id, form, version, opens_at, closes_at) "
        "SELECT 'late', :third, form, version, opens_at, closes_at FROM round WHERE id = :id",
        {"third": third, "id": house_of_secrets.rounds[1]},
    )
    for place, home in enumerate(homes):
        for days in (100, 70, 20)[place:]:
            short_round(engine, home, days)

    def put(paths: list[Path]) -> list[Told]:
        for table in ("reflection", "micro_answer"):
            engine.run(f"DELETE FROM {table}")
        engine.run("UPDATE person SET research_since = NULL")
        for number, (home, away, is_whole) in enumerate(paths):
            key = f"p{number}"
            engine.run(
                "INSERT INTO person (id, name, email, language, status, created_at, research_since) "
                "VALUES (:key, :key, :key || '@example.org', 'nl', 'active', :at, :at) "
                "ON CONFLICT (id) DO UPDATE SET research_since = excluded.research_since",
                {"key": key, "at": stamp(START - DAY)},
            )
            whole = {homes[home]} | ({homes[away]} if away is not None and is_whole else set())
            for cohort_id in whole:
                engine.run(
                    "INSERT INTO reflection SELECT :key || ' ' || id, id, :key, 1, NULL, opens_at, opens_at, "
                    "opens_at FROM round WHERE cohort_id = :cohort",
                    {"key": key, "cohort": cohort_id},
                )
            for cohort_id in whole | ({homes[away]} if away is not None else set()):
                engine.run(
                    "INSERT INTO micro_answer SELECT id, :key, 'reflection-kansencoach', :item, '2.0-1.0', "
                    "3, NULL, opens_at FROM micro_round WHERE cohort_id = :cohort",
                    {"key": key, "item": ITEM, "cohort": cohort_id},
                )

        return told(Study(engine, at=START, catalog=catalog))

    return put


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paths=st.lists(st.tuples(PATHS, st.integers(1, 7)), min_size=1, max_size=5))
def test_whatever_is_told_of_a_coach_is_told_of_a_crowd(
    told_of: Callable[[list[Path]], list[Told]], paths: list[tuple[Path, int]]
) -> None:
    """An attacker knows of each coach all cohorts and all their rounds."""
    found = told_of([path for path, many in paths for _ in range(many)])
    assert all(size >= CROWD for size in Counter(found).values())

"""What was shown of closed rounds stays, and groups hide everybody in them: as attacks of a trainer."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.cohort import actions
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.reflection.sharing import actions as sharing
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.cohort.conftest import Answer

Signed = Callable[[Member], HouseClient]
Enter = Callable[..., list[str]]
CURVE = "Gemiddelde van het cohort op"
CHOICES = "Aantal coaches per keuze"
LEVELS = "Aantal coaches per niveau en blok"
ITEM = "solution_focused"
Numbers = Callable[[], dict[str, list[list[str]]]]


@pytest.fixture
def enter(engine: SqliteEngine) -> Enter:
    """So many coaches who enter a cohort together."""

    def add(
        cohort: str, many: int, name: str, since: date = date(2025, 9, 1), experience: str | None = None
    ) -> list[str]:
        keys = []
        for number in range(many):
            email = f"{name.lower()}{number}@example.org"
            key = people.add_person(
                engine,
                name=f"{name} {number}",
                email=email,
                roles=[Role.COACH],
                by=None,
                at=START,
                experience=experience,
            )
            actions.join(engine, cohort_id=cohort, person_id=key, since=since)
            keys.append(key)
        return keys

    return add


def table(text: str, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, as text; none where it is not there."""
    if caption not in text:
        return []
    after = text[text.index(caption) :]
    rows = re.findall(r"<tr.*?>(.*?)</tr>", after[: after.index("</table>")], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub("<[^>]+>", "", cell).split()) for cell in row] for row in cells][1:]


@pytest.fixture
def numbers(bens_page: Callable[..., str]) -> Numbers:
    """Every number Ben reads of his cohort now, by the caption of its table."""

    def read() -> dict[str, list[list[str]]]:
        text = bens_page("?grijs=1")
        return {caption: table(text, caption) for caption in (CURVE, CHOICES, LEVELS)}

    return read


@pytest.fixture
def all_answer(answer: Answer) -> Callable[..., None]:
    """These people submit a round, each on the level of their place."""

    def submit(round_id: str, persons: list[str], level: Callable[[int], int]) -> None:
        for place, person in enumerate(persons):
            answer(round_id, person, level(place))

    return submit


def erase(engine: SqliteEngine, person: str) -> None:
    engine.run("DELETE FROM reflection WHERE person_id = :person", {"person": person})


def test_erasing_moves_no_number_that_was_shown(
    numbers: Numbers,
    all_answer: Callable[..., None],
    app: Flask,
    engine: SqliteEngine,
    cohorts: Cohorts,
    enter: Enter,
    add_round: Callable[..., str],
    clock: Clock,
) -> None:
    coaches = enter(cohorts.bens, 12, "Coach")
    for days in (130, 90, 40):
        round_id = add_round(cohorts.bens, days=days)
        all_answer(round_id, coaches, lambda place: 2 if place < 6 else 4)
    people.leave(engine, person_id=coaches[0], at=START, by=None)
    before = numbers()
    assert before[CURVE]
    assert before[LEVELS]
    clock.forward(days=370)
    app.test_cli_runner().invoke(args=["retention"])
    assert not engine.rows("SELECT 1 FROM reflection WHERE person_id = :one", {"one": coaches[0]})
    assert numbers() == before


def test_a_later_round_leaves_the_points_from_before_an_erasure(
    numbers: Numbers,
    all_answer: Callable[..., None],
    engine: SqliteEngine,
    cohorts: Cohorts,
    enter: Enter,
    add_round: Callable[..., str],
    clock: Clock,
) -> None:
    coaches = enter(cohorts.bens, 12, "Coach")
    rounds = [add_round(cohorts.bens, days=days) for days in (130, 90, 40)]
    for round_id in rounds[:2]:
        all_answer(round_id, coaches, lambda place: 1 if place == 0 else 3 + place % 2)
    now = clock.at
    clock.at = now - timedelta(days=50)
    before = numbers()[CURVE]
    erase(engine, coaches[0])
    all_answer(rounds[2], coaches[1:], lambda place: 3 + place % 2)
    clock.at = now
    after = numbers()[CURVE]
    assert [row[1] for row in after] == ["12", "12", "11"]
    for old, new in zip(before, after, strict=False):
        assert [old[place] for place in (0, 1, 2, 3, 5)] == [new[place] for place in (0, 1, 2, 3, 5)]


def test_one_late_starter_moves_no_point_that_was_shown(
    numbers: Numbers,
    all_answer: Callable[..., None],
    cohorts: Cohorts,
    enter: Enter,
    add_round: Callable[..., str],
    answer: Answer,
    clock: Clock,
) -> None:
    coaches = enter(cohorts.bens, 9, "Vroeg")
    (late,) = enter(cohorts.bens, 1, "Laat", since=date(2025, 11, 25))
    rounds = [add_round(cohorts.bens, days=days) for days in (130, 90, 50)]
    for round_id in rounds[:2]:
        all_answer(round_id, coaches, lambda place: 3 + place % 2)
    clock.at = START - timedelta(days=55)
    before = numbers()[CURVE]
    clock.at = START
    all_answer(rounds[2], coaches, lambda place: 3 + place % 2)
    answer(rounds[2], late, 1)
    after = numbers()[CURVE]
    assert [row[1] for row in before] == ["9", "9"]
    assert [row[1] for row in after] == ["9", "9", "10"]
    assert [row[5] for row in after[:2]] == [row[5] for row in before]


def test_a_first_day_or_experience_that_is_corrected_moves_nothing(
    numbers: Numbers, engine: SqliteEngine, coaches: list[str], two_closed_rounds: tuple[str, str]
) -> None:
    before = numbers()
    engine.run("UPDATE cohort_member SET since = '2025-11-25' WHERE person_id = :one", {"one": coaches[0]})
    engine.run("UPDATE person SET experience = 'none' WHERE id = :one", {"one": coaches[1]})
    assert numbers() == before
    assert before[CURVE]


@pytest.mark.parametrize(("sharers", "shown"), [(0, True), (1, True), (2, False), (8, False), (9, True)])
def test_who_shares_hides_nobody_who_does_not(
    numbers: Numbers,
    engine: SqliteEngine,
    ben: Member,
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    choose: Callable[..., None],
    sharers: int,
    shown: bool,
) -> None:
    choose(two_closed_rounds[1], ITEM, coaches[:5])
    for person in coaches[:sharers]:
        sharing.share(engine, by=scope_of(Member(person, "c", "c@example.org")), trainer_id=ben.id, at=START)
    found = numbers()
    assert bool(found[CURVE]) == bool(found[CHOICES]) == shown


@pytest.mark.parametrize(
    ("chose", "sharers", "shown"),
    [
        (3, [], [["Oplossingsgericht werken", "3"]]),
        (3, [0], []),  # two others chose it
        (4, [0], [["Oplossingsgericht werken", "4"]]),
        (8, [8], [["Oplossingsgericht werken", "minstens 6"]]),  # all others did
    ],
)
def test_a_choice_holds_and_leaves_out_some_whom_the_trainer_does_not_see(
    numbers: Numbers,
    engine: SqliteEngine,
    ben: Member,
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    choose: Callable[..., None],
    chose: int,
    sharers: list[int],
    shown: list[list[str]],
) -> None:
    choose(two_closed_rounds[1], ITEM, coaches[:chose])
    for place in sharers:
        by = scope_of(Member(coaches[place], "c", "c@example.org"))
        sharing.share(engine, by=by, trainer_id=ben.id, at=START)
    assert numbers()[CHOICES] == shown


def test_who_stopped_sharing_was_seen_and_hides_nobody(
    numbers: Numbers,
    engine: SqliteEngine,
    ben: Member,
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    choose: Callable[..., None],
) -> None:
    choose(two_closed_rounds[1], ITEM, coaches[:5])
    for person in coaches[:2]:
        by = scope_of(Member(person, "c", "c@example.org"))
        sharing.share(engine, by=by, trainer_id=ben.id, at=START)
    engine.run("UPDATE growth_share SET ended_at = shared_at")
    assert numbers()[CHOICES] == []


def test_what_all_chose_is_told_as_a_bound(
    numbers: Numbers,
    as_: Signed,
    cohorts: Cohorts,
    ben: Member,
    coaches: list[str],
    two_closed_rounds: tuple[str, str],
    choose: Callable[..., None],
) -> None:
    choose(two_closed_rounds[1], ITEM, coaches)
    client = as_(ben)
    assert numbers()[CHOICES] == [["Oplossingsgericht werken", "minstens 7"]]
    text = client.get(f"/cohorten/{cohorts.bens}").text
    assert "door minstens 7 van de 9 coaches" in text
    assert "Minstens 7 van de 9 coaches kozen dit als focus." in text
    assert "9 van de 9" not in text


def test_one_coach_of_a_band_in_a_cohort_hides_experience(
    as_: Signed,
    engine: SqliteEngine,
    cohorts: Cohorts,
    ben: Member,
    enter: Enter,
    add_round: Callable[..., str],
    answer: Answer,
) -> None:
    actions.add_trainer(engine, cohort_id=cohorts.doras, person_id=ben.id)
    ours = enter(cohorts.bens, 8, "Nieuw", experience="none")
    theirs = enter(cohorts.doras, 8, "Oud", experience="over_3")
    (eva,) = enter(cohorts.doras, 1, "Eva", experience="none")
    for cohort, persons in ((cohorts.bens, ours), (cohorts.doras, [*theirs, eva])):
        for turn, days in enumerate((140, 90, 25)):
            round_id = add_round(cohort, days=days)
            for place, person in enumerate(persons):
                answer(round_id, person, 1 if person == eva else 3 + (place * 7 + turn * 3) % 2)
    text = as_(ben).get("/cohorten/vergelijk?naar=ervaring").text
    assert "Naar ervaring kijken kan pas" in text
    assert "Gemiddelde van elke groep" not in text

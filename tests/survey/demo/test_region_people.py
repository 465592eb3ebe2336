"""Whom a visitor meets in Veenrand, and that nobody there can be real."""

import re
from collections import Counter

import pytest

from survey.clock import moment
from survey.demo import names, stories
from tests.conftest import START
from tests.survey.demo.conftest import Rows


def test_the_coach_of_the_tour_has_five_rounds_behind_and_one_before_her(rows: Rows) -> None:
    key = rows("SELECT id FROM person WHERE name = :name", {"name": names.COACH.name})[0]["id"]
    sent = rows("SELECT * FROM reflection WHERE person_id = :id AND revision = 1", {"id": key})
    schools = rows(
        "SELECT s.name FROM placement p JOIN school s ON s.id = p.school_id WHERE p.person_id = :id",
        {"id": key},
    )
    open_cases = rows('SELECT code FROM "case" WHERE coach_id = :id AND closed_at IS NULL', {"id": key})
    newest = max(row["closes_at"] for row in rows("SELECT closes_at FROM round"))
    assert len(sent) == 5
    assert all(row["submitted_at"] and moment(row["submitted_at"]) < moment(newest) for row in sent)
    assert {row["name"] for row in schools} == {"De Kraanheide", "Het Wollegras"}
    assert 3 <= len(open_cases) <= 5
    assert {"code": stories.TOUR.code} in open_cases


def test_the_case_of_the_tour_ends_with_a_drop(rows: Rows) -> None:
    found = rows(
        'SELECT sum(a.value) AS total FROM "case" c JOIN informant i ON i.case_id = c.id '
        "JOIN checkin_link l ON l.informant_id = i.id JOIN checkin k ON k.link_id = l.id "
        "JOIN checkin_answer a ON a.checkin_id = k.id "
        "WHERE c.code = :code AND l.form = 'relationship-parent' GROUP BY k.id ORDER BY k.answered_at",
        {"code": stories.TOUR.code},
    )
    assert [row["total"] for row in found] == [13, 14, 14, 13, 9]


def test_the_coach_who_begins_has_a_school_a_round_and_nothing_else(rows: Rows) -> None:
    person = rows("SELECT * FROM person WHERE name = :name", {"name": names.STARTER.name})[0]
    key = {"id": person["id"]}
    assert person["status"] == "aspirant"
    assert rows("SELECT id FROM reflection WHERE person_id = :id", key) == []
    assert rows('SELECT id FROM "case" WHERE coach_id = :id', key) == []
    assert len(rows("SELECT id FROM placement WHERE person_id = :id", key)) == 1
    assert (
        len(
            rows(
                "SELECT r.id FROM cohort_member m JOIN round r ON r.cohort_id = m.cohort_id "
                "WHERE m.person_id = :id AND substr(r.closes_at, 1, 10) > m.since",
                key,
            )
        )
        == 1
    )


def test_trainers_see_their_own_cohorts(rows: Rows) -> None:
    found = rows(
        "SELECT p.name, count(*) AS n FROM cohort_trainer t JOIN person p ON p.id = t.person_id GROUP BY p.id"
    )
    assert {row["name"]: row["n"] for row in found} == {
        names.TRAINER.name: 2,
        names.OTHER_TRAINER.name: 1,
        names.SCHOOL_TRAINER.name: 1,
    }


def test_every_name_is_used_once_and_no_address_can_be_real(rows: Rows) -> None:
    assert len(set(names.SCHOOLS)) == 62
    people = rows("SELECT name, email FROM person")
    assert len({row["name"] for row in people}) == 43
    assert all(row["email"].endswith(".example") for row in people)


def test_focus_is_at_most_three_items_and_aims_and_lines_carry_no_names(rows: Rows) -> None:
    sizes = Counter(row["reflection_id"] for row in rows("SELECT reflection_id FROM focus"))
    assert max(sizes.values()) == 3
    words = [row["aim"] for row in rows("SELECT DISTINCT aim FROM focus WHERE aim IS NOT NULL")]
    words += [
        row["open_line"]
        for row in rows("SELECT DISTINCT open_line FROM reflection WHERE open_line IS NOT NULL")
    ]
    used = {part for row in rows("SELECT name FROM person") for part in row["name"].split()}
    assert len(words) > 20
    assert not [text for text in words if used & set(re.findall(r"\w+", text))]


@pytest.mark.parametrize("visitor", [names.COACH, names.SCHOOL_COACH])
def test_visitors_can_hand_cases_over_to_a_colleague(rows: Rows, visitor: names.Persona) -> None:
    found = rows(
        "SELECT DISTINCT other.name FROM person coach "
        'JOIN "case" c ON c.coach_id = coach.id AND c.closed_at IS NULL '
        "JOIN placement p ON p.school_id = c.school_id AND p.ends_on IS NULL AND p.starts_on <= :today "
        "JOIN person other ON other.id = p.person_id AND other.id <> coach.id "
        "WHERE coach.name = :name",
        {"name": visitor.name, "today": START.date().isoformat()},
    )
    coaches_alike = {row["name"] in names.SCHOOL_COHORT for row in found}
    assert (visitor.name in names.SCHOOL_COHORT) in coaches_alike

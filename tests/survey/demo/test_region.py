"""What is in Veenrand: how many of everything, nothing loose, nothing impossible."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import pytest

from survey.clock import local_day, moment, stamp
from survey.database import Row, SqliteDatabase, new_key
from survey.demo import names, store, stories
from survey.demo.simulate import simulate
from survey.questionnaire.catalog import Catalog
from tests.conftest import START
from tests.demo_region import demo_database
from tests.survey.demo.conftest import Loaded, Rows

Tables = Mapping[str, list[Row]]
EXACTLY = {"person": 43, "cohort": 4, "round": 18, "school": 68, "case": 960, "cohort_member": 39}


def test_equal_seed_and_day_give_equal_rows_with_equal_keys(tables: Tables, forms: Catalog) -> None:
    assert simulate(forms, day=START.date()) == tables


def test_two_loads_give_equal_dumps(region: Loaded, rows: Rows) -> None:
    again = SqliteDatabase(demo_database(region.path.with_name("again.db"), day=START.date()), durable=False)
    with again.session() as engine:
        for table in store.TABLES:
            assert engine.rows(f'SELECT * FROM "{table}"') == rows(f'SELECT * FROM "{table}"'), table
    again.close()


def test_another_seed_gives_another_region(tables: Tables, forms: Catalog) -> None:
    other = simulate(forms, day=START.date(), seed=1)
    assert other["reflection_answer"] != tables["reflection_answer"]
    assert {row["id"] for row in other["person"]}.isdisjoint(row["id"] for row in tables["person"])


@pytest.mark.parametrize("later", [1, 4, 40, 333])
def test_on_another_day_the_same_people_have_the_same_courses(
    tables: Tables, forms: Catalog, later: int
) -> None:
    moved = simulate(forms, day=START.date() + timedelta(days=later))
    assert _people(moved) == _people(tables)
    assert _levels(moved) == _levels(tables)


def _people(tables: Tables) -> list[tuple[str, str]]:
    return [(row["name"], row["status"]) for row in tables["person"]]


def _levels(tables: Tables) -> list[tuple[str, int | None]]:
    return [(row["item"], row["value"]) for row in tables["reflection_answer"]]


@pytest.mark.parametrize(("table", "number"), EXACTLY.items())
def test_the_region_has_the_size_it_promises(rows: Rows, table: str, number: int) -> None:
    assert rows(f'SELECT count(*) AS n FROM "{table}"')[0]["n"] == number


def test_four_cohorts_of_12_10_9_and_8_began_22_about_18_13_and_9_months_ago(rows: Rows) -> None:
    found = rows(
        "SELECT c.started_on, count(*) AS n FROM cohort c JOIN cohort_member m ON m.cohort_id = c.id "
        "GROUP BY c.id ORDER BY c.started_on"
    )
    months = [(START.date() - date.fromisoformat(row["started_on"])).days / 30.44 for row in found]
    assert [row["n"] for row in found] == [12, 10, 9, 8]
    assert months == pytest.approx([22, 17.8, 13.4, 9.3], abs=0.4)


@pytest.mark.parametrize(("family", "number"), [("relationship", 4000), ("wellbeing", 2800)])
def test_thousands_of_checks_of_one_to_eight_for_each_person(rows: Rows, family: str, number: int) -> None:
    found = rows(
        "SELECT l.informant_id, count(*) AS n FROM checkin c JOIN checkin_link l ON l.id = c.link_id "
        "WHERE l.form LIKE :family GROUP BY l.informant_id",
        {"family": f"{family}-%"},
    )
    sizes = Counter(row["n"] for row in found)
    assert sum(row["n"] for row in found) == pytest.approx(number, rel=0.1)
    assert set(sizes) == set(range(1, 9))


@pytest.mark.parametrize("kind", ["parent", "pupil", "teacher"])
def test_everybody_is_asked_in_their_own_form(rows: Rows, kind: str) -> None:
    found = rows(
        "SELECT DISTINCT l.form FROM checkin_link l JOIN informant i ON i.id = l.informant_id "
        "WHERE i.kind = :kind",
        {"kind": kind},
    )
    assert {row["form"] for row in found} == {f"relationship-{kind}", f"wellbeing-{kind}"}


def test_no_row_is_an_orphan_and_every_check_holds(rows: Rows) -> None:
    assert rows("PRAGMA foreign_key_check") == []
    assert rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert rows("PRAGMA foreign_keys") == [{"foreign_keys": 1}]


def test_every_table_of_the_schema_has_its_place_in_the_order(rows: Rows) -> None:
    found = {row["name"] for row in rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found - {"migration"} == set(store.TABLES)


def test_keys_look_like_those_of_the_application(rows: Rows) -> None:
    version_and_variant = re.compile(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}")
    assert version_and_variant.fullmatch(new_key())
    for table in ("person", "round", "reflection", "case", "informant", "checkin_link", "checkin"):
        assert all(version_and_variant.fullmatch(row["id"]) for row in rows(f'SELECT id FROM "{table}"'))


def test_nothing_lies_ahead_of_the_visitor(rows: Rows) -> None:
    today = stamp(START)[:10]
    for table, column in (
        ("reflection", "saved_at"),
        ("checkin_link", "created_at"),
        ("checkin", "answered_at"),
        ("case", "closed_at"),
        ("agreement", "noted_at"),
        ("agreement", "ended_at"),
        ("talk", "noted_at"),
        ("note", "written_at"),
        ("informant", "stopped_at"),
        ("hint_talk", "talked_at"),
        ("scale_decision", "decided_at"),
        ("phase_entry", "noted_at"),
        ("factor_level", "examined_on"),
        ("handover", "handed_at"),
        ("placement_change", "at"),
        ("hours_log", "noted_at"),
        ("start_agreement", "saved_at"),
        ("start_signature", "signed_at"),
        ("yield_review", "reviewed_on"),
        ("hours_plan", "made_at"),
        ("evaluation_window", "made_at"),
        ("evaluation_release", "released_at"),
        ("named_talk", "talked_on"),
        ("said_done", "published_at"),
        ("advice", "made_at"),
        ("advice_sentence", "changed_at"),
        ("person", "left_at"),
    ):
        newest = rows(f'SELECT max("{column}") AS at FROM "{table}"')[0]["at"]
        assert newest < today, f"{table}.{column}"
    coming = rows("SELECT status FROM placement WHERE starts_on >= :today", {"today": today})
    assert coming == [{"status": "agreed"}]


def test_the_newest_round_of_every_cohort_is_open_for_three_weeks(rows: Rows) -> None:
    found = rows("SELECT max(opens_at) AS opens, max(closes_at) AS closes FROM round GROUP BY cohort_id")
    assert len(found) == 4
    for row in found:
        assert row["opens"] < stamp(START) < row["closes"]
        assert local_day(row["closes"]) - local_day(row["opens"]) == timedelta(weeks=3)


def test_rounds_of_a_cohort_never_overlap_and_lie_four_to_five_months_apart(rows: Rows) -> None:
    found = rows("SELECT DISTINCT opens_at FROM round ORDER BY opens_at")
    days = [local_day(row["opens_at"]) for row in found]
    gaps = [(after - before).days for before, after in pairwise(days)]
    assert len(days) == 6
    assert all(120 <= gap <= 150 for gap in gaps)


def test_reflections_lie_in_their_round(rows: Rows) -> None:
    assert not rows(
        "SELECT f.id FROM reflection f JOIN round r ON r.id = f.round_id "
        "WHERE f.started_at < r.opens_at OR f.saved_at >= r.closes_at OR f.saved_at < f.started_at"
    )


def test_checks_lie_in_their_case_and_in_the_life_of_their_link(rows: Rows) -> None:
    assert not rows(
        "SELECT k.id FROM checkin k JOIN checkin_link l ON l.id = k.link_id "
        'JOIN informant i ON i.id = l.informant_id JOIN "case" c ON c.id = i.case_id '
        "WHERE k.answered_at < l.created_at OR k.answered_at > l.expires_at OR l.created_at < c.opened_at "
        "OR k.answered_at > coalesce(c.closed_at, '9999')"
    )


def test_cases_are_opened_only_where_the_coach_works(rows: Rows) -> None:
    placed = rows("SELECT person_id, school_id, starts_on, ends_on FROM placement")
    for case in rows(
        'SELECT coalesce(h.from_id, c.coach_id) AS coach_id, school_id, opened_at FROM "case" c '
        "LEFT JOIN handover h ON h.case_id = c.id"
    ):
        day = local_day(case["opened_at"]).isoformat()
        assert any(
            (row["person_id"], row["school_id"]) == (case["coach_id"], case["school_id"])
            and row["starts_on"] <= day <= (row["ends_on"] or day)
            for row in placed
        )


def test_who_left_has_no_placement_and_no_place_in_a_cohort(rows: Rows) -> None:
    left = {
        row["id"]: local_day(row["left_at"]).isoformat()
        for row in rows("SELECT * FROM person WHERE status = 'left'")
    }
    assert 3 <= len(left) <= 8
    for key, day in left.items():
        assert not rows("SELECT id FROM placement WHERE person_id = :id AND ends_on IS NULL", {"id": key})
        assert rows("SELECT until FROM cohort_member WHERE person_id = :id", {"id": key}) == [{"until": day}]


def test_every_link_is_closed_to_everybody(rows: Rows) -> None:
    waiting = rows(
        "SELECT l.id FROM checkin_link l LEFT JOIN checkin k ON k.link_id = l.id "
        "WHERE k.id IS NULL AND l.expires_at > :at",
        {"at": stamp(START)},
    )
    assert waiting == []


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


def test_the_region_loads_within_five_seconds(region: Loaded) -> None:
    assert region.seconds < 5


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

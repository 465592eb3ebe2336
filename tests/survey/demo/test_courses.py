"""What happens in the cases of Veenrand: never against dose, agreement, a stop or the end."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from survey.clock import local_day, stamp
from survey.questionnaire.catalog import Catalog
from survey.talk.warnings import warnings
from tests.conftest import START
from tests.survey.demo.conftest import Rows

ASKED = """
SELECT l.*, i.case_id, i.kind, i.goal AS own_goal, i.stopped_at, k.answered_at
FROM checkin_link l JOIN informant i ON i.id = l.informant_id LEFT JOIN checkin k ON k.link_id = l.id
"""
ALLOWS = """
a.first_parent = 'yes' AND a.second_parent IN ('yes', 'not_applicable')
AND (a.age_band = 'under_12' OR a.pupil = 'yes')
"""
LISTS = [
    ("case", "kind", "case_kind"),
    ("case", "signalled_by", "signalled_by"),
    ("case", "theme", "case_theme"),
    ("talk", "kind", "talk_kind"),
    ("talk_agreed", "choice", "hint_action"),
    ("hint_talk", "agreed", "hint_action"),
    ("checkin_link", "dose_reason", "dose_reason"),
    ("checkin_link", "goal", "goals"),
    ("scale_decision", "considered", "considered"),
    ("scale_decision", "reason", "scale_reason"),
    ("case_closing", "outcome", "outcome"),
    ("case_closing", "helped", "helped"),
    ("case_closing", "reason", "scale_reason"),
]


@pytest.mark.parametrize(("table", "column", "name"), LISTS)
def test_what_was_chosen_stands_in_its_list(
    rows: Rows, forms: Catalog, table: str, column: str, name: str
) -> None:
    found = rows(f'SELECT DISTINCT "{column}" AS chosen FROM "{table}" WHERE "{column}" IS NOT NULL')
    assert found
    assert {row["chosen"] for row in found} <= {choice.key for choice in forms.choices(name)}


def test_nobody_is_asked_within_the_pause_without_a_reason(rows: Rows) -> None:
    pauses = {"relationship": 14, "wellbeing": 28}
    answered: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    reasons = 0
    for row in rows(f"{ASKED} ORDER BY l.created_at"):
        family = row["form"].split("-")[0]
        day, before = local_day(row["created_at"]), answered[row["informant_id"], family]
        too_soon = bool(before) and day - before[-1] < timedelta(days=pauses[family])
        assert too_soon == (row["dose_reason"] is not None), row["id"]
        reasons += too_soon
        if row["answered_at"]:
            before.append(day)
    assert reasons > 10


def test_nobody_is_asked_in_the_week_of_an_incident(rows: Rows) -> None:
    incidents = rows("SELECT case_id, day FROM talk WHERE kind = 'incident'")
    assert len(incidents) > 30
    asked: defaultdict[str, list[date]] = defaultdict(list)
    for row in rows(ASKED):
        asked[row["case_id"]].append(local_day(row["created_at"]))
    for row in incidents:
        day = date.fromisoformat(row["day"])
        assert not [at for at in asked[row["case_id"]] if day <= at < day + timedelta(days=7)]


def test_a_pupil_is_asked_only_while_everyone_agrees(rows: Rows) -> None:
    asked = rows(f"SELECT * FROM ({ASKED}) WHERE kind = 'pupil'")
    without = rows(
        f"SELECT l.id FROM ({ASKED}) l WHERE l.kind = 'pupil' AND NOT EXISTS ("
        f"SELECT 1 FROM agreement a WHERE a.case_id = l.case_id AND {ALLOWS} "
        "AND a.noted_at < l.created_at "
        "AND (a.ended_at IS NULL OR a.ended_at > coalesce(l.answered_at, l.created_at)))"
    )
    assert len(asked) > 800
    assert without == []
    assert not rows(
        'SELECT i.id FROM informant i JOIN "case" c ON c.id = i.case_id '
        "WHERE i.kind = 'pupil' AND c.kind <> 'pupil'"
    )


SHAPES = {
    "given": ALLOWS + "AND a.ended_at IS NULL",
    "one parent decides": "a.second_parent = 'not_applicable' AND a.ended_at IS NULL",
    "one parent is still to answer": "a.second_parent IS NULL AND a.ended_at IS NULL",
    "one parent refuses": "a.second_parent = 'no'",
    "from twelve the pupil agrees": "a.age_band = '12_to_15' AND a.pupil = 'yes'",
    "from twelve the pupil refuses": "a.age_band = '12_to_15' AND a.pupil = 'no'",
    "taken back": "a.ended_because = 'withdrawn'",
    "noted again": "a.ended_because = 'noted_again'",
    "ended by a handover": "a.ended_because = 'handed_over'",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_agreements_come_in_every_shape(rows: Rows, shape: str) -> None:
    assert rows(f"SELECT a.id FROM agreement a WHERE {SHAPES[shape]}")


def test_some_parents_were_not_asked_for_their_agreement_yet(rows: Rows) -> None:
    assert rows(
        "SELECT id FROM \"case\" WHERE kind = 'pupil' AND closed_at IS NULL "
        "AND id NOT IN (SELECT case_id FROM agreement)"
    )


def test_who_said_stop_is_asked_nothing_more(rows: Rows) -> None:
    assert len(rows("SELECT id FROM informant WHERE stopped_at IS NOT NULL")) > 20
    assert not rows(f"SELECT id FROM ({ASKED}) WHERE created_at > stopped_at OR answered_at > stopped_at")


def test_links_are_answered_declined_with_and_without_a_reason_or_left(rows: Rows) -> None:
    found = rows(ASKED)
    declined = [row for row in found if row["declined_at"]]
    assert {row["decline_reason"] for row in declined} == {
        *("no_time", "not_clear", "rather_talk", "rather_not_say"),
        None,
    }
    assert not [row for row in declined if row["answered_at"]]
    assert len([row for row in found if not row["declined_at"] and not row["answered_at"]]) > 300


def test_a_check_stands_in_a_talk_of_its_case_on_the_same_day(rows: Rows) -> None:
    for row in rows(
        f"SELECT l.created_at, l.case_id, t.* FROM ({ASKED}) l LEFT JOIN talk t ON t.id = l.talk_id"
    ):
        assert row["state"] == "done"
        assert local_day(row["created_at"]).isoformat() == row["day"]
    assert not rows(
        f"SELECT l.id FROM ({ASKED}) l JOIN talk t ON t.id = l.talk_id WHERE t.case_id <> l.case_id"
    )


def test_whoever_is_asked_was_in_the_talk(rows: Rows) -> None:
    assert not rows(
        "SELECT l.id FROM checkin_link l JOIN informant i ON i.id = l.informant_id WHERE NOT EXISTS ("
        "SELECT 1 FROM talk_with w WHERE w.talk_id = l.talk_id AND w.who = i.kind || '-' || i.number)"
    )


def test_talks_are_held_planned_called_off_and_now_and_then_an_incident(rows: Rows) -> None:
    talks = rows(
        'SELECT t.*, c.closed_at, p.status FROM talk t JOIN "case" c ON c.id = t.case_id '
        "JOIN person p ON p.id = c.coach_id"
    )
    today = START.date().isoformat()
    ahead = [row for row in talks if row["day"] >= today]
    assert Counter(row["state"] for row in talks).keys() == {"done", "planned", "cancelled"}
    assert len(ahead) > 50
    for row in ahead:
        assert (row["state"], row["closed_at"]) == ("planned", None)
        assert row["status"] != "left"
        assert date.fromisoformat(row["day"]).weekday() < 5
    assert not [row for row in talks if row["state"] == "planned" and row["closed_at"]]
    assert {row["kind"] for row in talks} > {"meeting", "home_visit", "phone", "observation", "incident"}


def test_goals_are_those_of_the_person_and_only_at_how_it_goes(rows: Rows, forms: Catalog) -> None:
    with_goal = [row for row in rows(ASKED) if row["goal"]]
    assert len(with_goal) > 500
    for row in with_goal:
        assert row["form"].startswith("wellbeing-")
        assert row["goal"] == row["own_goal"]
        assert row["goal"] in {goal.key for goal in forms.goals(row["kind"])}
    values = [row["value"] for row in rows("SELECT value FROM goal_answer")]
    assert min(values) <= 2
    assert max(values) >= 8
    assert not rows(
        "SELECT g.checkin_id FROM goal_answer g JOIN checkin k ON k.id = g.checkin_id "
        "JOIN checkin_link l ON l.id = k.link_id WHERE l.goal IS NULL OR l.goal <> g.goal"
    )


def test_private_lines_are_those_of_the_coach_of_today_and_not_too_old(rows: Rows) -> None:
    found = rows('SELECT n.*, c.coach_id FROM note n JOIN "case" c ON c.id = n.case_id')
    assert {row["place"] for row in found} == {
        *("talk", "hint", "closing", "question", "own_share", "new_behaviour"),
    }
    oldest = stamp(START - timedelta(days=365))
    for row in found:
        assert row["written_by"] == row["coach_id"]
        assert row["written_at"] > oldest
    lines = {row["line"] for row in found}
    assert [line for line in lines if warnings(line, today=START.date())] == []


def test_every_closed_case_says_how_it_ended(rows: Rows) -> None:
    found = rows(
        'SELECT c.closed_at, c.coach_id, e.* FROM "case" c LEFT JOIN case_closing e ON e.case_id = c.id'
    )
    assert all((row["closed_at"] is None) == (row["outcome"] is None) for row in found)
    ended = [row for row in found if row["outcome"]]
    assert len({row["outcome"] for row in ended}) == 5
    for row in ended:
        assert row["closed_by"] == row["coach_id"]
        assert (row["reason"] is not None) == row["outcome"].startswith("scaled")
        assert row["reason"] is None or row["reason"].startswith(row["outcome"].removeprefix("scaled_"))


def test_handed_over_cases_go_to_who_works_there_and_are_confirmed_again(rows: Rows) -> None:
    found = rows('SELECT h.*, c.coach_id, c.school_id FROM handover h JOIN "case" c ON c.id = h.case_id')
    assert len(found) >= 5
    for row in found:
        day = local_day(row["handed_at"]).isoformat()
        assert row["to_id"] == row["coach_id"] != row["from_id"]
        assert rows(
            "SELECT id FROM placement WHERE person_id = :to_id AND school_id = :school_id "
            "AND starts_on <= :day AND (ends_on IS NULL OR ends_on >= :day)",
            {**row, "day": day},
        )
    again = rows(
        "SELECT a.id FROM handover h JOIN agreement a ON a.case_id = h.case_id AND a.noted_at > h.handed_at "
        "WHERE a.noted_by = h.to_id"
    )
    assert again


def test_the_lead_finds_open_cases_of_a_coach_who_left_and_somebody_to_pass_them_on_to(rows: Rows) -> None:
    waiting = rows(
        'SELECT c.id, c.school_id, p.left_at FROM "case" c JOIN person p ON p.id = c.coach_id '
        "WHERE p.status = 'left' AND c.closed_at IS NULL"
    )
    assert 2 <= len(waiting) <= 10
    assert rows(
        "SELECT pl.id FROM placement pl JOIN person p ON p.id = pl.person_id WHERE p.status <> 'left' "
        'AND pl.ends_on IS NULL AND pl.school_id IN (SELECT c.school_id FROM "case" c '
        "JOIN person left_one ON left_one.id = c.coach_id "
        "WHERE left_one.status = 'left' AND c.closed_at IS NULL)"
    )
    assert not rows(
        'SELECT t.id FROM talk t JOIN "case" c ON c.id = t.case_id JOIN person p ON p.id = c.coach_id '
        "WHERE p.status = 'left' AND t.day > substr(p.left_at, 1, 10)"
    )


def test_nothing_happens_in_a_case_after_it_closed(rows: Rows) -> None:
    for table, column in (
        ("talk", "noted_at"),
        ("agreement", "noted_at"),
        ("note", "written_at"),
        ("phase_entry", "noted_at"),
        ("scale_decision", "decided_at"),
        ("handover", "handed_at"),
    ):
        late = rows(
            f'SELECT t."{column}" FROM "{table}" t JOIN "case" c ON c.id = t.case_id '
            f'WHERE t."{column}" > c.closed_at OR t."{column}" < c.opened_at'
        )
        assert late == [], table


def test_at_most_one_agreement_counts_at_a_time(rows: Rows) -> None:
    noted: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows("SELECT case_id, noted_at, ended_at FROM agreement ORDER BY noted_at"):
        noted[row["case_id"]].append((row["noted_at"], row["ended_at"] or "9999"))
    for terms in noted.values():
        assert all(ended <= later for (_, ended), (later, _) in pairwise(terms))
        assert all(begins < ended for begins, ended in terms)

"""The evaluation in the region: what is published follows from answers that were kept, and no more."""

from datetime import timedelta
from itertools import pairwise

import pytest

from survey.access.permissions import Role, Scope
from survey.clock import stamp
from survey.database import SqliteEngine
from survey.demo import names
from survey.evaluation import reports
from survey.questionnaire.catalog import Catalog
from survey.retention import actions as retention
from tests.conftest import START
from tests.survey.demo.conftest import Rows

LAST = "2024-2025"
ANONYMOUS = [key for key, form in reports.FORMS.items() if not form.is_named]
LEAD = Scope("lead", names.LEAD.name, frozenset({Role.LEAD}))


def count(rows: Rows, sql: str) -> int:
    return int(rows(f"SELECT count(*) AS n FROM {sql}")[0]["n"])


def test_two_windows_are_counted_and_the_next_is_planned(rows: Rows) -> None:
    found = rows("SELECT school_year, opens_at, counted_at FROM evaluation_window ORDER BY opens_at")
    assert [row["school_year"] for row in found] == ["2023-2024", LAST, "2025-2026"]
    assert [bool(row["counted_at"]) for row in found] == [True, True, False]
    assert found[-1]["opens_at"] > stamp(START + timedelta(days=10))


@pytest.mark.parametrize("form", ANONYMOUS)
def test_what_is_published_is_what_the_rule_gives_of_the_answers_that_are_kept(
    veenrand: SqliteEngine, rows: Rows, forms: Catalog, form: str
) -> None:
    (row,) = rows(
        "SELECT r.content, r.window_id FROM evaluation_release r "
        "JOIN evaluation_window w ON w.id = r.window_id WHERE w.school_year = :y AND r.form = :f",
        {"y": LAST, "f": form},
    )
    computed = reports.computed(veenrand, row["window_id"], forms.get(form))
    assert row["content"] == reports.to_json(computed)
    assert computed.groups


def test_some_coaches_are_told_of_alone_and_some_only_with_others(veenrand: SqliteEngine) -> None:
    newest, *_ = reports.released(veenrand, LEAD, "evaluation-parent")
    assert {group.level for group in newest.groups} == {"programme", "cluster", "coach"}
    assert [group for group in newest.groups if group.is_rest]
    assert [group for group in newest.groups if group.person_id]


def test_answers_of_the_year_before_are_erased_and_what_was_published_stays(rows: Rows) -> None:
    older = "(SELECT id FROM evaluation_window WHERE school_year = '2023-2024')"
    for table in ("ballot", "evaluation_invitation"):
        assert count(rows, f"{table} WHERE window_id IN {older}") == 0
    assert count(rows, f"evaluation_release WHERE window_id IN {older}") == len(ANONYMOUS)
    assert count(rows, f"evaluation_lines WHERE window_id IN {older}") == 2


def test_keys_of_ballots_are_random_and_tell_no_order(rows: Rows) -> None:
    nodes = [row["node_id"] for row in rows("SELECT node_id FROM ballot WHERE form = 'evaluation-teacher'")]
    neighbours = sum(one == two for one, two in pairwise(nodes))
    assert neighbours < 0.15 * len(nodes)


def test_nobody_answered_more_than_they_were_asked(rows: Rows) -> None:
    answered = (
        "SELECT count(*) FROM evaluation_about a JOIN evaluation_invitation i ON i.id = a.invitation_id"
    )
    found = rows(
        "SELECT form, count(*) AS ballots, "
        f"({answered} WHERE a.answered = 1 AND i.form = ballot.form) AS said FROM ballot GROUP BY form"
    )
    assert len(found) == len(ANONYMOUS)
    assert all(row["ballots"] == row["said"] for row in found)


def test_every_item_has_an_answer_on_every_ballot(rows: Rows, forms: Catalog) -> None:
    for form in ANONYMOUS:
        wrong = (
            "(SELECT b.id FROM ballot b LEFT JOIN ballot_answer a ON a.ballot_id = b.id "
            f"WHERE b.form = '{form}' GROUP BY b.id HAVING count(a.item) <> {len(forms.get(form).items)})"
        )
        assert count(rows, wrong) == 0


def test_lines_of_parents_wait_and_those_of_teachers_are_published_together(rows: Rows) -> None:
    waiting = rows("SELECT DISTINCT form FROM ballot_line WHERE state = 'waiting' AND form LIKE '%parent'")
    assert waiting == [{"form": "evaluation-parent"}]
    assert count(rows, "ballot_line WHERE state = 'left_out' AND form LIKE '%teacher'") > 0
    assert count(rows, "evaluation_lines") == 3


def test_what_is_done_is_told_in_languages_of_the_form(rows: Rows, forms: Catalog) -> None:
    for row in rows(
        "SELECT s.form, w.language FROM said_done s JOIN said_done_words w ON w.said_done_id = s.id"
    ):
        assert row["language"] in forms.get(row["form"]).languages
    assert count(rows, "said_done WHERE published_at IS NULL") == 1


def test_named_forms_were_talked_about_by_the_coach_they_are_about(rows: Rows) -> None:
    strangers = (
        "named_talk t JOIN evaluation_node n ON n.id = t.node_id WHERE n.person_id <> t.noted_by "
        "OR NOT EXISTS (SELECT 1 FROM named_answer a WHERE a.invitation_id = t.invitation_id)"
    )
    assert count(rows, strangers) == 0
    assert count(rows, "named_talk") > 20


def test_advices_of_last_year_are_signed_and_this_year_is_drafted(rows: Rows) -> None:
    found = rows(
        "SELECT school_year, count(*) AS n, count(signed_at) AS signed FROM advice GROUP BY school_year"
    )
    assert {row["school_year"]: (row["n"], row["signed"]) for row in found} == {
        LAST: (4, 4),
        "2025-2026": (2, 0),
    }
    assert count(rows, "advice WHERE school_id IS NULL") == 2


def test_what_an_advice_was_made_of_was_known_on_its_day(rows: Rows) -> None:
    late = (
        "advice a JOIN evaluation_window w ON w.school_year = a.school_year "
        "JOIN evaluation_release r ON r.window_id = w.id WHERE r.released_at > a.made_at"
    )
    assert count(rows, late) == 0
    later_hours = (
        "hours_log l JOIN placement p ON p.id = l.placement_id JOIN advice a ON a.school_id = p.school_id "
        "AND a.school_year = p.school_year WHERE a.signed_at IS NOT NULL AND l.noted_at > a.made_at"
    )
    assert count(rows, later_hours) == 0


def test_an_advice_speaks_of_the_release_and_a_person_changed_a_sentence(rows: Rows) -> None:
    assert count(rows, "advice_sentence WHERE key = 'teachers_share'") > 4
    assert count(rows, "advice_sentence WHERE drafted IS NOT NULL AND changed_by IS NOT NULL") == 1
    assert count(rows, "advice_sentence WHERE key IS NULL") == 1
    assert count(rows, "advice_sentence WHERE fields LIKE '%None%' OR words LIKE '%{%'") == 0


def test_nothing_of_it_is_older_than_it_may_be(veenrand: SqliteEngine) -> None:
    gone = retention.delete_old(veenrand, at=START, session_lasts=timedelta(days=30), dry_run=True)
    assert not {name for name in gone if name.startswith(("ballot", "evaluation", "named", "placement"))}

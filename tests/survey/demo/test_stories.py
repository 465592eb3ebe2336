"""What visitors find first: hints in every state, a rich case, coachings in different phases."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from survey.access.permissions import Role, Scope
from survey.coaching import reports as coachings
from survey.database import SqliteEngine
from survey.demo import names, stories
from survey.hint import reports as hints
from survey.hint.reports import Rule, State
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.vocabulary import Family
from tests.conftest import START
from tests.survey.demo.conftest import Rows

INVITATIONS = {Rule.U_C, Rule.U_D, Rule.CEILING}  # they have no outcome
DECIDED = {State.RECOVERED, State.NOT_RECOVERED}


def scope(rows: Rows, name: str) -> Scope:
    key = rows("SELECT id FROM person WHERE name = :name", {"name": name})[0]["id"]
    return Scope(key, name, frozenset({Role.COACH}))


@pytest.fixture(scope="module")
def noticed(veenrand: SqliteEngine, rows: Rows, forms: Catalog) -> Counter[tuple[Rule, State]]:
    """How often each hint stands in each state, in the cases with enough answers for one."""
    found = rows(
        'SELECT c.id, c.coach_id FROM "case" c JOIN informant i ON i.case_id = c.id '
        "JOIN checkin_link l ON l.informant_id = i.id GROUP BY c.id HAVING count(*) > 7"
    )
    every = (
        one
        for row in found
        for one in hints.hints(
            veenrand, Scope(row["coach_id"], "", frozenset({Role.COACH})), row["id"], catalog=forms, at=START
        )
    )
    return Counter((one.rule, one.state) for one in every)


@pytest.mark.parametrize("rule", Rule)
def test_every_hint_is_open_somewhere_and_talked_about_elsewhere(
    noticed: Counter[tuple[Rule, State]], rule: Rule
) -> None:
    states = {state for one, state in noticed if one is rule}
    assert states >= {State.OPEN, State.TALKED}
    if rule not in INVITATIONS:
        assert states >= DECIDED
    else:
        assert not states & DECIDED


def test_somebody_decided_about_more_and_about_the_same_help(rows: Rows) -> None:
    found = rows("SELECT considered, decision, reason FROM scale_decision")
    assert {row["decision"] for row in found} >= {"up", "stay"}
    assert {row["considered"] for row in found} == {"intervision", "ib", "scale_up"}
    assert all(row["reason"].startswith(row["decision"]) for row in found)


def test_the_coach_of_the_tour_has_hints_to_talk_about_and_one_that_came_right(
    veenrand: SqliteEngine, rows: Rows, forms: Catalog
) -> None:
    own = scope(rows, names.COACH.name)
    case = rows('SELECT id FROM "case" WHERE code = :code', {"code": stories.TOUR.code})[0]["id"]
    found = hints.hints(veenrand, own, case, catalog=forms, at=START)
    seen = {(one.kind, one.rule, one.state) for one in found}
    assert seen >= {
        ("parent", Rule.W_A, State.OPEN),
        ("parent", Rule.W_B, State.OPEN),
        ("pupil", Rule.U_A, State.OPEN),
        ("teacher", Rule.W_A, State.RECOVERED),
    }
    assert [one for one in found if one.state is State.RECOVERED and one.agreed]


def test_the_case_of_the_tour_has_something_of_everything(rows: Rows) -> None:
    case = rows('SELECT id FROM "case" WHERE code = :code', {"code": stories.TOUR.code})[0]["id"]
    talks = rows("SELECT kind, state FROM talk WHERE case_id = :case", {"case": case})
    agreed = rows("SELECT * FROM agreement WHERE case_id = :case ORDER BY noted_at", {"case": case})
    asked = rows(
        "SELECT l.* FROM checkin_link l JOIN informant i ON i.id = l.informant_id WHERE i.case_id = :case",
        {"case": case},
    )
    assert {row["state"] for row in talks} == {"done", "planned", "cancelled"}
    assert "incident" in {row["kind"] for row in talks}
    assert [row["ended_because"] for row in agreed] == ["noted_again", None]
    assert {row["form"] for row in asked} == {
        family.form_for(who) for family in Family for who in ("parent", "pupil", "teacher")
    }
    assert {row["goal"] for row in asked} == {None, "calm_start", "likes_school"}
    assert "no_time" in {row["decline_reason"] for row in asked}
    assert len(rows("SELECT id FROM note WHERE case_id = :case", {"case": case})) >= 4


@pytest.mark.parametrize("story", [story for story in stories.STORIES if story.talks])
@pytest.mark.parametrize("later", range(7))
def test_a_story_keeps_its_pauses_on_whatever_day_it_is_told(story: stories.Story, later: int) -> None:
    today = START.date() + timedelta(days=later)
    pauses = {Family.RELATIONSHIP: 14, Family.WELLBEING: 28}
    last: dict[tuple[str, Family], date] = {}
    course = story.course(today)
    incidents = [talk.day for talk in course.talks if talk.kind == "incident"]
    for talk in course.talks:
        assert not any(0 <= (talk.day - day).days < 7 for day in incidents if talk.asks)
        for ask in talk.asks:
            before = last.get((ask.who, ask.family))
            assert before is None or (talk.day - before).days >= pauses[ask.family]
            assert "pupil" not in ask.who or any(given.holds_on(talk.day) for given in course.agreements)
            if ask.values:
                last[ask.who, ask.family] = talk.day
        assert (talk.day >= today) == (talk.state == "planned")
        assert talk.day.weekday() < 5


def test_a_closed_case_of_the_tour_got_other_help(rows: Rows) -> None:
    found = rows(
        'SELECT e.outcome FROM "case" c JOIN case_closing e ON e.case_id = c.id WHERE c.code = :code',
        {"code": stories.SCALED_UP.code},
    )
    assert [row["outcome"] for row in found] == ["scaled_up"]


def test_the_schoolcoach_keeps_cases_in_different_phases(
    veenrand: SqliteEngine, rows: Rows, forms: Catalog
) -> None:
    own = scope(rows, names.SCHOOL_COACH.name)
    reached = {
        code: phase.order for code, (phase, _) in coachings.current(veenrand, own, catalog=forms).items()
    }
    told = {story.code: story.phase for story in stories.of(names.SCHOOL_COACH.name)}
    assert {code: reached[code] for code in told} == told
    assert len(set(told.values())) >= 4


def test_the_schoolcoach_has_something_to_think_about_with_others(
    veenrand: SqliteEngine, rows: Rows, forms: Catalog
) -> None:
    found = hints.open_hints(veenrand, scope(rows, names.SCHOOL_COACH.name), catalog=forms, at=START)
    assert (Rule.U_B, stories.STUCK.code) in {(one.rule, one.code) for one in found}


def test_schoolcoaches_have_sixty_cases_most_of_them_about_professionals(rows: Rows) -> None:
    kinds = Counter(row["kind"] for row in rows("SELECT kind FROM \"case\" WHERE profile = 'schoolcoach'"))
    assert kinds.total() == 60
    assert kinds["teacher"] + kinds["team"] > kinds["pupil"]
    assert rows("SELECT count(*) AS n FROM \"case\" WHERE profile = 'kansencoach'") == [{"n": 900}]


def test_only_schoolcoaches_go_through_phases_and_each_case_begins_with_the_first(rows: Rows) -> None:
    found = rows(
        'SELECT c.profile, e.case_id, e.phase FROM phase_entry e JOIN "case" c ON c.id = e.case_id '
        "ORDER BY e.case_id, e.entered_on"
    )
    paths: dict[str, list[int]] = {}
    for row in found:
        paths.setdefault(row["case_id"], []).append(int(row["phase"].removeprefix("phase_")))
    assert {row["profile"] for row in found} == {"schoolcoach"}
    assert all(path[0] == 1 for path in paths.values())
    assert {after - before for path in paths.values() for before, after in pairwise(path)} == {1, -1}
    levels = {row["level"] for row in rows("SELECT DISTINCT level FROM factor_level")}
    assert levels == {"child", "interaction", "teacher", "team", "school"}


def test_schoolcoaches_reflect_on_their_own_form_over_several_rounds(rows: Rows, forms: Catalog) -> None:
    found = rows(
        "SELECT r.form, f.person_id, count(*) AS n FROM reflection f JOIN round r ON r.id = f.round_id "
        "WHERE f.revision = 1 AND f.submitted_at IS NOT NULL GROUP BY r.form, f.person_id"
    )
    own = [row["n"] for row in found if row["form"] == "reflection-schoolcoach"]
    assert len(own) >= 8
    assert max(own) >= 3
    items = {item.key for item in forms.reflection("schoolcoach").items}
    answered = rows(
        "SELECT DISTINCT a.item FROM reflection_answer a JOIN reflection f ON f.id = a.reflection_id "
        "JOIN round r ON r.id = f.round_id WHERE r.form = 'reflection-schoolcoach'"
    )
    assert {row["item"] for row in answered} == items

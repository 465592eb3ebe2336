"""An operator sets up a cohort from nothing, and is told what is wrong."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.cohort import actions
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.commands import run
from tests.conftest import START, Member

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def najaar(app: Flask) -> str:
    """A cohort without anyone in it."""
    assert run(app, "add-cohort", "najaar", "--started", "2026-09-01")[0] == 0
    return "najaar"


def test_a_cohort_with_a_coach_a_trainer_and_a_round(
    app: Flask, engine: SqliteEngine, ana: Member, ben: Member
) -> None:
    for arguments in (
        ("add-cohort", "najaar 2026", "--started", "2026-09-01"),
        ("add-member", ana.email, "najaar 2026", "--since", "2026-09-01"),
        ("add-trainer", ben.email, "najaar 2026"),
        ("add-round", "najaar 2026", "--opens", "2026-09-07", "--closes", "2026-09-27"),
    ):
        assert run(app, *arguments)[0] == 0, arguments
    row = engine.one("SELECT form, version, opens_at, closes_at FROM round")
    assert row == {
        "form": "reflection-kansencoach",
        "version": "2.0-1.0",
        "opens_at": "2026-09-06T22:00:00+00:00",
        "closes_at": "2026-09-27T22:00:00+00:00",
    }
    cohort = engine.one("SELECT id FROM cohort")
    assert cohort is not None
    assert engine.rows("SELECT act, person_id, object FROM audit WHERE act <> 'person-added'") == [
        {"act": "cohort-joined", "person_id": None, "object": ana.id},
        {"act": "trainer-added", "person_id": None, "object": f"{ben.id} {cohort['id']}"},
    ]


def test_a_second_cohort_with_the_same_name_is_refused(app: Flask, najaar: str) -> None:
    code, said = run(app, "add-cohort", "najaar", "--started", "2026-09-01")
    assert code == 1
    assert "already" in said


def test_an_unknown_cohort_or_person_is_named(app: Flask, ana: Member, najaar: str) -> None:
    assert "no cohort named nergens" in run(app, "add-trainer", ana.email, "nergens")[1]
    assert "No trainer has" in run(app, "add-trainer", "wie@example.org", najaar)[1]
    assert "No coach has" in run(app, "add-member", "wie", najaar, "--since", "2026-09-01")[1]


@pytest.mark.parametrize("command", [("add-member", "--since", "2026-09-01"), ("add-trainer",)])
@pytest.mark.parametrize("who", ["lea", "nobody", "left"])
def test_only_who_is_here_in_that_role_gets_a_place(
    app: Flask,
    engine: SqliteEngine,
    najaar: str,
    lea: Member,
    nobody: Member,
    command: tuple[str, ...],
    who: str,
) -> None:
    left = people.add_person(engine, name="Left", email="left@example.org", roles=Role, by=None, at=START)
    people.leave(engine, person_id=left, by=None, at=START)
    code, said = run(app, command[0], f"{who}@example.org", najaar, *command[1:])
    assert code == 1
    assert "Add them first with add-person" in said
    assert engine.rows("SELECT person_id FROM cohort_member UNION SELECT person_id FROM cohort_trainer") == []


def test_a_coach_does_not_train_and_a_trainer_is_no_member(
    app: Flask, najaar: str, ana: Member, ben: Member
) -> None:
    assert run(app, "add-trainer", ana.email, najaar)[0] == 1
    assert run(app, "add-member", ben.email, najaar, "--since", "2026-09-01")[0] == 1


def test_an_address_is_found_however_it_is_typed(app: Flask, najaar: str, ana: Member) -> None:
    assert run(app, "add-member", " Ana@Example.org ", najaar, "--since", "2026-09-01")[0] == 0


def test_who_is_in_a_cohort_does_not_enter_it_again_and_who_was_goes_on_in_it(
    app: Flask, engine: SqliteEngine, najaar: str, ana: Member
) -> None:
    enter = ("add-member", ana.email, najaar, "--since", "2026-09-01")
    run(app, *enter)
    assert "is in najaar already" in run(app, *enter)[1]
    (row,) = engine.rows("SELECT cohort_id FROM cohort_member")
    actions.leave_cohort(engine, cohort_id=row["cohort_id"], person_id=ana.id, until=date(2026, 10, 1))
    code, said = run(app, "add-member", ana.email, najaar, "--since", "2026-11-01")
    assert (code, "is in najaar now" in said) == (0, True)
    assert engine.rows("SELECT since, until FROM cohort_member") == [{"since": "2026-09-01", "until": None}]


def test_a_trainer_is_added_once(app: Flask, najaar: str, ben: Member) -> None:
    assert run(app, "add-trainer", ben.email, najaar)[0] == 0
    assert "trains najaar already" in run(app, "add-trainer", ben.email, najaar)[1]


def test_a_cohort_of_a_profile_that_is_not_there_is_refused(app: Flask, engine: SqliteEngine) -> None:
    code, said = run(app, "add-cohort", "najaar", "--started", "2026-09-01", "--profile", "nope")
    assert code == 1
    assert "There is no profile nope" in said
    assert engine.rows("SELECT id FROM cohort") == []


@pytest.mark.parametrize(
    ("opens", "closes", "fits"),
    [
        ("2026-09-07", "2026-09-27", False),
        ("2026-09-10", "2026-09-20", False),
        ("2026-09-01", "2026-10-31", False),
        ("2026-09-01", "2026-09-07", False),
        ("2026-09-27", "2026-10-10", False),
        ("2026-09-01", "2026-09-06", True),
        ("2026-09-28", "2026-10-10", True),
    ],
)
def test_rounds_of_one_cohort_do_not_overlap(
    app: Flask, engine: SqliteEngine, najaar: str, opens: str, closes: str, fits: bool
) -> None:
    run(app, "add-round", najaar, "--opens", "2026-09-07", "--closes", "2026-09-27")
    code, said = run(app, "add-round", najaar, "--opens", opens, "--closes", closes)
    assert (code == 0) is fits
    assert ("another round of najaar is open in those days" in said) is not fits
    assert len(engine.rows("SELECT id FROM round")) == 1 + fits


def test_another_cohort_has_rounds_of_its_own(app: Flask, najaar: str) -> None:
    run(app, "add-cohort", "voorjaar", "--started", "2026-03-01")
    days = ("--opens", "2026-09-07", "--closes", "2026-09-27")
    assert [run(app, "add-round", name, *days)[0] for name in (najaar, "voorjaar")] == [0, 0]


def test_a_round_that_closes_before_it_opens_is_refused(
    app: Flask, engine: SqliteEngine, najaar: str
) -> None:
    code, said = run(app, "add-round", "najaar", "--opens", "2026-09-07", "--closes", "2026-09-01")
    assert code == 1
    assert "closes before it opens" in said
    assert engine.rows("SELECT id FROM round") == []


def test_a_coach_enters_today_unless_told_otherwise(
    app: Flask, engine: SqliteEngine, najaar: str, ana: Member
) -> None:
    assert run(app, "add-member", ana.email, najaar)[0] == 0
    assert engine.one("SELECT since FROM cohort_member") == {"since": "2026-01-20"}


WITHDRAW = ("remove-round", "najaar", "--opens", "2026-09-07")


@pytest.fixture
def planned(app: Flask, engine: SqliteEngine, najaar: str) -> str:
    """A round of this cohort from 7 to 27 September."""
    assert run(app, "add-round", najaar, "--opens", "2026-09-07", "--closes", "2026-09-27")[0] == 0
    (row,) = engine.rows("SELECT id FROM round")
    return str(row["id"])


@pytest.fixture
def begins(engine: SqliteEngine, planned: str) -> Callable[..., None]:
    """Lets someone begin a reflection in the planned round, and perhaps submit it."""

    def begin(member: Member, submitted: str | None = None) -> None:
        engine.insert(
            "reflection",
            {
                "id": f"reflection-{member.id}",
                "round_id": planned,
                "person_id": member.id,
                "revision": 1,
                "started_at": "2026-09-08T09:00:00+00:00",
                "saved_at": "2026-09-08T09:05:00+00:00",
                "submitted_at": submitted,
            },
        )

    return begin


def test_a_round_nobody_answered_is_withdrawn_and_its_days_are_free(
    app: Flask, engine: SqliteEngine, planned: str
) -> None:
    assert run(app, *WITHDRAW)[0] == 0
    assert engine.rows("SELECT id FROM round") == []
    noted = engine.rows("SELECT person_id, object FROM audit WHERE act = 'round-withdrawn'")
    assert noted == [{"person_id": None, "object": planned}]
    again = run(app, "add-round", "najaar", "--opens", "2026-09-08", "--closes", "2026-09-28")
    assert again[0] == 0


@pytest.mark.parametrize("more", [(), ("--with-drafts",)])
def test_a_round_in_which_someone_submitted_stays(
    app: Flask, dump: Dump, begins: Callable[..., None], ana: Member, cleo: Member, more: tuple[str, ...]
) -> None:
    begins(ana, submitted="2026-09-08T09:10:00+00:00")
    begins(cleo)
    before = dump()
    code, said = run(app, *WITHDRAW, *more)
    assert code == 1
    assert "Nothing was withdrawn: 1 submitted a reflection" in said
    assert dump() == before


def test_a_draft_goes_only_when_the_operator_says_so(
    app: Flask, engine: SqliteEngine, dump: Dump, begins: Callable[..., None], ana: Member
) -> None:
    begins(ana)
    before = dump()
    code, said = run(app, *WITHDRAW)
    assert code == 1
    assert "1 began a reflection" in said
    assert "--with-drafts" in said
    assert dump() == before
    assert run(app, *WITHDRAW, "--with-drafts")[0] == 0
    assert engine.rows("SELECT id FROM round UNION SELECT id FROM reflection") == []


@pytest.mark.parametrize(
    ("cohort", "opens", "said"),
    [
        ("najaar", "2026-09-08", "No round of najaar opens on 2026-09-08"),
        ("voorjaar", "2026-09-07", "No round of voorjaar opens on 2026-09-07"),
        ("nergens", "2026-09-07", "no cohort named nergens"),
        ("najaar", "morgen", "Invalid value"),
    ],
)
def test_a_round_that_is_not_there_is_not_withdrawn(
    app: Flask, dump: Dump, planned: str, cohort: str, opens: str, said: str
) -> None:
    run(app, "add-cohort", "voorjaar", "--started", "2026-03-01")
    before = dump()
    code, printed = run(app, "remove-round", cohort, "--opens", opens)
    assert code != 0
    assert said in printed
    assert dump() == before

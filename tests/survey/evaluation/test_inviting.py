"""Inviting: one letter for each person, an address no longer than needed, and nobody twice."""

from collections.abc import Callable, Sequence

import pytest

from survey.database import SqliteEngine
from survey.evaluation import actions as windows
from survey.evaluation.answering import actions as answering
from survey.evaluation.answering import links
from survey.evaluation.invitation import actions
from survey.evaluation.invitation.addresses import read
from tests.conftest import Clock, Member
from tests.survey.evaluation.conftest import OTHER, SCHOOL, Asked, about, all_of

TEACHER, PARENT = "evaluation-teacher", "evaluation-parent"
Mail = Callable[..., actions.Invited]
BOTH = ("noa@school.nl", "piet@school.nl")


@pytest.fixture
def mail(engine: SqliteEngine, clock: Clock) -> Mail:
    """Invite teachers of the first school unless told otherwise."""

    def now(
        window: str, addresses: Sequence[str] = BOTH, form: str = TEACHER, school: str = SCHOOL
    ) -> actions.Invited:
        return actions.by_mail(
            engine,
            window_id=window,
            school_id=school,
            form=form,
            addresses=addresses,
            by=None,
            at=clock(),
        )

    return now


def letters(engine: SqliteEngine) -> list[tuple[str, str]]:
    rows = engine.rows("SELECT recipient, body FROM outbox WHERE about IS NOT NULL ORDER BY recipient, id")
    return [(row["recipient"], row["body"]) for row in rows]


def addresses(engine: SqliteEngine) -> list[str | None]:
    rows = engine.rows("SELECT address FROM evaluation_invitation ORDER BY address")
    return [row["address"] for row in rows]


def asked_at(engine: SqliteEngine, address: str, form: str = TEACHER) -> Asked:
    row = engine.one(
        "SELECT id FROM evaluation_invitation WHERE address = :a AND form = :f", {"a": address, "f": form}
    )
    assert row
    return Asked(row["id"])


@pytest.mark.parametrize(
    ("text", "found", "wrong"),
    [
        ("noa@school.nl\npiet@school.nl", BOTH, ()),
        ("Noa@School.nl; Piet de Boer <piet@school.nl>,", BOTH, ()),
        ("noa@school.nl\tpiet@school.nl\r\n\r\nNOA@school.nl", BOTH, ()),
        ("Noa Smit noa@school.nl", BOTH[:1], ()),
        ("noa@school.nl\nJan Jansen\nb@", BOTH[:1], ("Jan Jansen", "b@")),
        (" \n;,", (), ()),
    ],
)
def test_addresses_are_read_as_people_paste_them(
    text: str, found: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    pasted = read(text)
    assert (pasted.addresses, pasted.wrong) == (found, wrong)


def test_everyone_gets_one_letter_with_a_link_of_their_own(
    engine: SqliteEngine, window: str, mail: Mail
) -> None:
    assert mail(window) == actions.Invited(2)
    (noa, first), (piet, second) = letters(engine)
    assert (noa, piet) == BOTH
    for address, body in ((noa, first), (piet, second)):
        path = asked_at(engine, address).path
        assert f"http://localhost{path}\n" in body
        assert f"http://localhost{path}?taal=en" in body
        assert "Meedoen kan tot en met 10 februari 2026." in body
        assert "Niemand ziet wat u zelf kiest." in body
        assert "Stop met mailen" in body


def test_before_the_window_opens_nobody_is_mailed_and_then_everybody(
    engine: SqliteEngine, planned: str, mail: Mail, clock: Clock
) -> None:
    mail(planned)
    assert letters(engine) == []
    clock.forward(days=7)
    assert windows.open_window(engine, window_id=planned, at=clock())
    assert [recipient for recipient, _ in letters(engine)] == list(BOTH)
    assert about(engine, asked_at(engine, BOTH[0]))


def test_who_was_asked_is_not_asked_again_also_when_their_address_is_forgotten(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock
) -> None:
    mail(window, BOTH[:1])
    asked = asked_at(engine, BOTH[0])
    (node,) = about(engine, asked)
    answering.submit(engine, token=asked.token, node_id=node, answers=all_of(TEACHER), clock=clock)
    assert addresses(engine) == [None]
    assert mail(window) == actions.Invited(1, known=1)
    assert len(letters(engine)) == 2


def test_a_teacher_of_two_schools_counts_as_one_person(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock
) -> None:
    mail(window, BOTH[:1])
    mail(window, BOTH[:1], school=OTHER)
    rows = engine.rows("SELECT id FROM evaluation_invitation")
    for row in rows:
        asked = Asked(row["id"])
        for node in about(engine, asked):
            answering.submit(engine, token=asked.token, node_id=node, answers=all_of(TEACHER), clock=clock)
    clock.forward(days=21)
    windows.count(engine, window_id=window, at=clock())
    found = engine.one("SELECT count(*) AS n, count(DISTINCT respondent) AS people FROM ballot")
    assert found == {"n": 3, "people": 1}


def test_an_internal_supervisor_gets_two_links_in_one_letter(
    engine: SqliteEngine, named: tuple[Asked, Asked]
) -> None:
    ((recipient, body),) = letters(engine)
    assert recipient == "joris@school.nl"
    assert all(one.path in body for one in named)
    assert "Uw naam staat erbij." in body
    assert "Niemand ziet wat u zelf kiest." in body


def test_who_supervises_at_two_schools_is_asked_about_the_programme_once(
    engine: SqliteEngine, window: str, named: tuple[Asked, Asked], clock: Clock
) -> None:
    actions.with_a_name(
        engine,
        window_id=window,
        school_id=OTHER,
        respondent="ib",
        name="Joris",
        address="joris@school.nl",
        by=None,
        at=clock(),
    )
    rows = engine.rows("SELECT form, school_id FROM evaluation_invitation ORDER BY form, school_id")
    assert [(row["form"], row["school_id"]) for row in rows] == [
        ("evaluation-ib-named", SCHOOL),
        ("evaluation-ib-named", OTHER),
        ("evaluation-ib-programme", None),
    ]


def test_who_says_stop_gets_no_mail_any_more_and_may_still_answer(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock
) -> None:
    mail(window)
    mail(window, BOTH[:1], form=PARENT)
    asked = asked_at(engine, BOTH[0])
    answering.stop(engine, token=asked.token, clock=clock)
    assert addresses(engine) == [None, None, BOTH[1]]
    assert [body for recipient, body in letters(engine) if not recipient] == ["", ""]
    assert mail(window, BOTH[:1], school=OTHER) == actions.Invited(0, silent=1)
    (node,) = about(engine, asked)
    answering.submit(engine, token=asked.token, node_id=node, answers=all_of(TEACHER), clock=clock)
    kept = str(engine.rows("SELECT * FROM evaluation_silence"))
    assert BOTH[0] not in kept


def test_whoever_waits_is_reminded_once_in_the_last_week(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock
) -> None:
    mail(window)
    asked = asked_at(engine, BOTH[0])
    (node,) = about(engine, asked)
    answering.submit(engine, token=asked.token, node_id=node, answers=all_of(TEACHER), clock=clock)
    clock.forward(days=13)
    assert actions.remind(engine, window_id=window, at=clock()) == 0
    clock.forward(days=1)
    assert [act for act, _ in windows.due(engine, clock())] == ["tell"]
    assert actions.remind(engine, window_id=window, at=clock()) == 1
    assert actions.remind(engine, window_id=window, at=clock()) == 0
    last = engine.rows("SELECT recipient, subject FROM outbox ORDER BY id")[-1]
    assert last["recipient"] == BOTH[1]
    assert last["subject"].startswith("Herinnering: ")


def test_nobody_is_reminded_of_what_they_got_yesterday(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock
) -> None:
    clock.forward(days=14)
    mail(window)
    clock.forward(days=1)
    assert actions.remind(engine, window_id=window, at=clock()) == 0
    clock.forward(days=2)
    assert actions.remind(engine, window_id=window, at=clock()) == 2


def test_at_the_end_every_address_is_forgotten(
    engine: SqliteEngine, window: str, mail: Mail, clock: Clock, named: tuple[Asked, Asked]
) -> None:
    mail(window)
    clock.forward(days=21)
    windows.count(engine, window_id=window, at=clock())
    assert set(addresses(engine)) == {None}


@pytest.mark.parametrize(
    ("school", "form", "days"),
    [
        ("nowhere", TEACHER, 0),
        (SCHOOL, "evaluation-ib-named", 0),
        (SCHOOL, "evaluation-ib-programme", 0),
        (SCHOOL, "reflection-kansencoach", 0),
        (SCHOOL, TEACHER, 21),
    ],
    ids=["no coach there", "named form", "programme form", "another form", "closed"],
)
def test_nobody_is_asked_what_cannot_be_asked(
    window: str, mail: Mail, clock: Clock, dump: Callable[[], object], school: str, form: str, days: int
) -> None:
    clock.forward(days=days)
    before = dump()
    with pytest.raises(actions.CannotInvite):
        mail(window, form=form, school=school)
    assert dump() == before


@pytest.mark.parametrize("number", [0, -1, 61])
def test_cards_come_in_sane_numbers(engine: SqliteEngine, window: str, clock: Clock, number: int) -> None:
    with pytest.raises(ValueError, match="1 to 60"):
        actions.make_cards(
            engine, window_id=window, school_id=SCHOOL, form=TEACHER, number=number, by=None, at=clock()
        )


def test_a_named_invitation_can_be_taken_back_until_it_is_answered(
    engine: SqliteEngine, named: tuple[Asked, Asked], lea: Member, clock: Clock
) -> None:
    own, _programme = named
    assert actions.take_back(engine, invitation_id=own.id, by=lea.id, at=clock()) is True
    assert actions.take_back(engine, invitation_id=own.id, by=lea.id, at=clock()) is False
    assert letters(engine) == [("", "")]
    assert addresses(engine) == [None]


def test_asking_more_people_brings_nothing_back_to_who_was_asked_before(
    engine: SqliteEngine,
    window: str,
    card: Callable[..., Asked],
    mail: Mail,
    clock: Clock,
    cleo: Member,
    school_of: Callable[..., str],
) -> None:
    both, one = card(school=OTHER), card()
    ana, _cleo = about(engine, both)
    answering.not_known(engine, token=both.token, node_id=ana, clock=clock)
    school_of(cleo, "De Kraanheide")
    mail(window)
    assert (len(about(engine, both)), len(about(engine, one))) == (1, 1)
    assert len(about(engine, asked_at(engine, BOTH[0]))) == 2


class TestLate:
    """An invitation nobody answered goes on in the next window that asks the same at that school."""

    @pytest.fixture
    def next(
        self, engine: SqliteEngine, window: str, mail: Mail, card: Callable[..., Asked], clock: Clock
    ) -> str:
        """A second window, opened after the first was counted."""
        mail(window)
        card()
        clock.forward(days=21)
        windows.count(engine, window_id=window, at=clock())
        clock.forward(days=10)
        closes = clock.at.replace(month=clock.at.month + 1)
        return windows.plan(
            engine, school_year="2025-2026", opens_at=clock(), closes_at=closes, by=None, at=clock()
        )

    def _first(self, engine: SqliteEngine, way: str) -> Asked:
        row = engine.one("SELECT id FROM evaluation_invitation WHERE way = :way ORDER BY id", {"way": way})
        assert row
        return Asked(row["id"])

    @pytest.mark.parametrize("way", ["mail", "card"])
    def test_a_late_answer_counts_in_the_next_window(
        self, engine: SqliteEngine, next: str, clock: Clock, client: object, way: str
    ) -> None:
        asked = self._first(engine, way)
        link = links.find(engine, asked.token, at=clock())
        assert link
        assert link.next
        for _ in range(2):
            answering.submit(
                engine, token=asked.token, node_id=link.next.node_id, answers=all_of(TEACHER), clock=clock
            )
        rows = engine.rows("SELECT window_id FROM sealed_ballot")
        assert [row["window_id"] for row in rows] == [next]
        after = links.find(engine, asked.token, at=clock())
        assert after
        assert after.next is None

    def test_the_window_before_keeps_its_numbers(
        self, engine: SqliteEngine, window: str, next: str, clock: Clock
    ) -> None:
        asked = self._first(engine, "mail")
        link = links.find(engine, asked.token, at=clock())
        assert link
        assert link.next
        answering.submit(
            engine, token=asked.token, node_id=link.next.node_id, answers=all_of(TEACHER), clock=clock
        )
        sql = (
            "SELECT count(*) AS n, sum(answered) AS said FROM evaluation_about "
            "JOIN evaluation_invitation ON id = invitation_id WHERE window_id = :window"
        )
        assert engine.one(sql, {"window": window}) == {"n": 3, "said": 0}
        assert engine.one(sql, {"window": next}) == {"n": 1, "said": 1}

    def test_nothing_tells_when_a_late_answer_came(
        self, engine: SqliteEngine, next: str, clock: Clock, dump: Callable[[], dict[str, list[object]]]
    ) -> None:
        clock.forward(hours=30)
        asked = self._first(engine, "card")
        link = links.find(engine, asked.token, at=clock())
        assert link
        assert link.next
        answering.submit(
            engine, token=asked.token, node_id=link.next.node_id, answers=all_of(TEACHER), clock=clock
        )
        moment = clock().isoformat()[:13]
        assert [table for table, rows in dump().items() if any(moment in str(row) for row in rows)] == []

    def test_who_is_asked_anew_has_one_link_only(
        self, engine: SqliteEngine, next: str, mail: Mail, clock: Clock
    ) -> None:
        old = [
            Asked(row["id"]) for row in engine.rows("SELECT id FROM evaluation_invitation WHERE way = 'mail'")
        ]
        mail(next)
        for asked in old:
            link = links.find(engine, asked.token, at=clock())
            assert link
            with pytest.raises(answering.Closed):
                answering.submit(engine, token=asked.token, node_id="", answers={}, clock=clock)

    def test_who_answered_late_is_not_asked_anew(
        self, engine: SqliteEngine, next: str, mail: Mail, clock: Clock
    ) -> None:
        for row in engine.rows("SELECT id FROM evaluation_invitation WHERE way = 'mail'"):
            link = links.find(engine, Asked(row["id"]).token, at=clock())
            assert link
            assert link.next
            answering.submit(
                engine,
                token=Asked(row["id"]).token,
                node_id=link.next.node_id,
                answers=all_of(TEACHER),
                clock=clock,
            )
        assert mail(next) == actions.Invited(0, known=2)

"""Inviting: one letter for each person, read as people paste them, and nobody twice."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from survey.evaluation import actions as windows
from survey.evaluation.answering import actions as answering
from survey.evaluation.invitation import actions
from survey.evaluation.invitation.addresses import read
from tests.conftest import Clock, Member
from tests.survey.evaluation.conftest import (
    BOTH,
    OTHER,
    SCHOOL,
    TEACHER,
    Asked,
    Mail,
    about,
    addresses,
    all_of,
    asked_at,
    letters,
)


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

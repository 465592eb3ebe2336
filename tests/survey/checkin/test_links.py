"""A link: who may make it, what the database knows of it, when it works."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import actions, links, reports
from survey.config import Settings
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.web.links import TOKEN_BYTES
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Clock, Member, scope_of
from tests.survey.checkin.conftest import ANSWERS, Asked

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Ask = Callable[..., Asked]


def test_a_token_has_128_bits_and_fits_in_an_address(link: Asked) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", link.token)
    assert TOKEN_BYTES * 8 == 128


def test_the_coach_can_derive_the_token_again(link: Asked) -> None:
    assert links.token_of(link.id) == link.token


def test_another_secret_makes_another_token(app: Flask, link: Asked) -> None:
    app.secret_key = "another secret of at least 32 characters"
    assert links.token_of(link.id) != link.token


def test_after_a_change_of_the_secret_the_coach_is_not_shown_a_dead_qr_code(
    app: Flask, engine: SqliteEngine, ana: Member, link: Asked
) -> None:
    scope = scope_of(ana)
    before = reports.asked(engine, scope, link.id, at=START)
    app.secret_key = "another secret of at least 32 characters"
    after = reports.asked(engine, scope, link.id, at=START)
    assert before is not None
    assert after is not None
    assert (before.state, after.state) == (reports.State.OPEN, reports.State.CLOSED)


def test_the_database_file_does_not_hold_the_token(
    link: Asked, settings: Settings, client: HouseClient
) -> None:
    client.post(link.path, data=ANSWERS)
    files = list(Path(settings.DATABASE).parent.glob("test.db*"))
    stored = b"".join(path.read_bytes() for path in files)
    assert link.id.encode() in stored
    assert link.token.encode() not in stored


def test_a_qr_code_is_black_on_white_without_styles_or_text(link: Asked) -> None:
    svg = reports.qr(link.id)
    assert svg.startswith("<svg")
    assert 'fill="#fff"' in svg
    assert 'stroke="#000"' in svg
    assert "style" not in svg
    assert link.token not in svg


def test_ten_thousand_links_are_ten_thousand_tokens(engine: SqliteEngine, ana: Member, link: Asked) -> None:
    made = actions.ask_many(
        engine,
        informant_ids=[link.informant] * 10_000,
        form="relationship-parent",
        version="1.0",
        by=ana.id,
        at=START,
    )
    assert len({token for _, token in made}) == 10_000
    last = links.find(engine, made[-1][1], at=START)
    assert last is not None
    assert last.id == made[-1][0]


def _refused(engine: SqliteEngine, informant: str, by: Member, form: str = "relationship-parent") -> None:
    with pytest.raises(actions.MayNotAsk):
        actions.ask(engine, informant_id=informant, form=form, version="1.0", by=by.id, at=START)


def test_another_coach_may_not_ask(engine: SqliteEngine, cleo: Member, link: Asked, dump: Dump) -> None:
    before = dump()
    _refused(engine, link.informant, cleo)
    assert dump() == before


def test_a_parent_is_not_asked_the_form_of_a_pupil(engine: SqliteEngine, ana: Member, link: Asked) -> None:
    _refused(engine, link.informant, ana, "relationship-pupil")


def test_a_pupil_is_not_asked_before_the_parents_agree(
    engine: SqliteEngine, ana: Member, case_id: str, dump: Dump
) -> None:
    pupil = cases.add_informant(engine, case_id=case_id, who=Who("pupil", 1))
    before = dump()
    _refused(engine, pupil, ana, "relationship-pupil")
    assert dump() == before


def test_one_refused_link_refuses_them_all(
    engine: SqliteEngine, ana: Member, case_id: str, link: Asked, dump: Dump
) -> None:
    before = dump()
    with pytest.raises(actions.MayNotAsk):
        actions.ask_many(
            engine,
            informant_ids=[link.informant, "nobody"],
            form="relationship-parent",
            version="1.0",
            by=ana.id,
            at=START,
        )
    assert dump() == before


def test_a_link_works_until_its_last_second(engine: SqliteEngine, link: Asked, clock: Clock) -> None:
    clock.forward(hours=72, seconds=-1)
    assert links.find(engine, link.token, at=clock()) is not None
    clock.forward(seconds=1)
    assert links.find(engine, link.token, at=clock()) is None


def test_a_link_of_a_coach_who_left_is_closed(engine: SqliteEngine, ana: Member, link: Asked) -> None:
    people.leave(engine, person_id=ana.id, by=ana.id, at=START)
    assert links.find(engine, link.token, at=START) is None


def test_links_of_a_pupil_close_when_the_parents_take_back_their_agreement(
    engine: SqliteEngine, ana: Member, case_id: str, ask: Ask
) -> None:
    pupil, parent = ask("pupil"), ask("parent")
    cases.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    assert links.find(engine, pupil.token, at=START) is None
    assert links.find(engine, parent.token, at=START) is not None


def test_a_new_agreement_does_not_bring_old_links_back(
    engine: SqliteEngine, ana: Member, case_id: str, ask: Ask
) -> None:
    pupil = ask("pupil")
    cases.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    cases.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=START)
    assert links.find(engine, pupil.token, at=START) is None


@pytest.mark.parametrize("token", ["", "x", "a" * 22, "é" * 11, "' OR 1=1 --", "\ud800", "a" * 5000])
def test_a_token_that_nobody_made_finds_nothing(engine: SqliteEngine, link: Asked, token: str) -> None:
    assert links.find(engine, token, at=START) is None

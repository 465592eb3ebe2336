"""What was just noted is said where it is seen, and counts elsewhere on the pages of cases."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from survey.case import actions
from survey.database import SqliteEngine
from survey.talk import actions as talks
from tests.client import HouseClient, every, parsed, words
from tests.conftest import BOTH_AGREE, START, Member
from tests.survey.case.asking import case_id, section

BOTH = {"age_band": "under_12", "first_parent": "yes", "second_parent": "yes", "agreed_on": "2026-01-20"}
NOT_ASKED = {"first_parent": None, "second_parent": None}


def said(page: str) -> list[str]:
    """The status lines of a page."""
    return [words(line) for line in every(parsed(page), "p") if line.get("role") == "status"]


def test_an_agreement_that_was_noted_is_confirmed_and_so_is_taking_it_back(
    coach: HouseClient, code: str
) -> None:
    noted = coach.post(f"/trajecten/{code}/akkoord", data=BOTH, follow_redirects=True)
    assert said(noted.text) == ["Genoteerd wat zij zeggen."]
    withdrawn = coach.post(f"/trajecten/{code}/akkoord/intrekken", follow_redirects=True)
    assert said(withdrawn.text) == ["Genoteerd: het akkoord is ingetrokken."]


def test_a_goal_that_was_chosen_is_confirmed(coach: HouseClient, code: str) -> None:
    chosen = {"who": "parent-1", "goal": "calm_start"}
    kept = coach.post(f"/trajecten/{code}/doel", data=chosen, follow_redirects=True)
    assert said(kept.text) == ["Het doel is bewaard."]


@pytest.mark.parametrize("kept", ["", "akkoor", "<b>doel</b>"])
def test_nothing_is_confirmed_that_was_not_kept(coach: HouseClient, code: str, kept: str) -> None:
    page = coach.get(f"/trajecten/{code}", query_string={"bewaard": kept}).text
    assert said(page) == []
    assert "<b>doel" not in page


def test_a_refused_agreement_is_not_confirmed(coach: HouseClient, code: str) -> None:
    reply = coach.post(f"/trajecten/{code}/akkoord?bewaard=akkoord", data=BOTH | {"agreed_on": "gisteren"})
    assert reply.status_code == 422
    assert said(reply.text) == []


@pytest.mark.parametrize(
    ("answers", "home"),
    [
        ({"first_parent": "yes", "second_parent": "yes"}, "Thuis doet mee"),
        ({"first_parent": "no", "second_parent": None}, "Thuis doet mee"),
        (NOT_ASKED, "Thuis nog niet in beeld"),
        ({"first_parent": None, "second_parent": "not_applicable"}, "Thuis nog niet in beeld"),
    ],
)
def test_a_parent_who_answered_about_the_agreement_is_in_the_picture(
    coach: HouseClient,
    engine: SqliteEngine,
    ana: Member,
    code: str,
    answers: dict[str, Any],
    home: str,
) -> None:
    given = replace(BOTH_AGREE, **answers)
    actions.note_agreement(engine, case_id=case_id(engine, code), given=given, by=ana.id, at=START)
    assert home in section(coach.get(f"/trajecten/{code}").text, "both-sides")


def test_closed_cases_stand_by_the_day_they_were_closed_newest_first(
    coach: HouseClient, engine: SqliteEngine, ana: Member, code: str
) -> None:
    codes = [code, *(_open(engine, ana) for _ in range(2))]
    for name, day in zip(codes, ("2026-02-02", "2026-02-03", "2026-02-01"), strict=True):
        engine.run(
            'UPDATE "case" SET closed_at = :at WHERE code = :code',
            {"at": f"{day}T12:00:00+00:00", "code": name},
        )
    page = coach.get("/trajecten").text
    assert sorted(codes, key=page.index) == [codes[1], codes[0], codes[2]]


def _open(engine: SqliteEngine, by: Member) -> str:
    return actions.open_case(engine, school_id="school-De Kraanheide", by=by.id, at=START)


@pytest.mark.parametrize(
    ("kind", "heading"), [("pupil", "En daarna: noteer het gesprek"), ("team", "Noteer")]
)
def test_noting_a_talk_comes_after_something_only_where_something_comes_before(
    coach: HouseClient, engine: SqliteEngine, ana: Member, kind: str, heading: str, code: str
) -> None:
    engine.run('UPDATE "case" SET kind = :kind', {"kind": kind})
    key = talks.plan(
        engine,
        case_id=case_id(engine, code),
        kind="meeting",
        with_=["parent-1"],
        day=date(2026, 1, 20),
        starts_at=None,
        by=ana.id,
        at=START,
    )
    text = section(coach.get(f"/trajecten/{code}/gesprek/{key}").text, "note")
    assert text.startswith(heading)

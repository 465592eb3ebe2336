"""Sharing growth: on and off by the coach alone, seen by that trainer alone, gone at once."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from survey.access.permissions import Role, Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member, scope_of

Reflected = Callable[..., str]
As = Callable[[Member], HouseClient]
FOCUS = {"uses_feedback": "Elke keer vragen aan Pien."}
LINE = "Het gesprek op dinsdag."


@pytest.fixture
def grown(ana: Member, cohorts: Cohorts, reflected: Reflected) -> None:
    """Ana has a line, a focus with an aim, and a private line."""
    reflected(ana, cohorts.bens, days=130, level=2)
    reflected(ana, cohorts.bens, days=60, level=3, focus=FOCUS, line=LINE)


def share(client: HouseClient, trainer: Member, wish: str = "on") -> Any:
    return client.post(f"/groei/delen/{trainer.id}", data={"share": wish})


def test_nothing_is_shared_until_the_coach_says_so(
    as_: As, as_ana: HouseClient, ana: Member, ben: Member, grown: None
) -> None:
    text = as_ana.get("/groei").text
    assert 'aria-checked="false">Ben mag mijn groei zien' in text
    assert "Niemand deelt nu" in as_(ben).get("/gedeeld").text
    assert as_(ben).get(f"/gedeeld/{ana.id}").status_code == 404
    assert as_(ben).get(f"/gedeeld/{ana.id}/kansencoach.json").status_code == 404


def test_the_trainer_sees_the_lines_and_the_names_of_focus_points(
    as_: As, as_ana: HouseClient, ana: Member, ben: Member, grown: None
) -> None:
    assert share(as_ana, ben).status_code == 303
    assert 'aria-checked="true">Ben mag mijn groei zien' in as_ana.get("/groei").text
    assert f'href="/gedeeld/{ana.id}"' in as_(ben).get("/gedeeld").text
    page = as_(ben).get(f"/gedeeld/{ana.id}").text
    assert "<figcaption>" in page
    assert "<li>Leren van antwoorden</li>" in page
    assert as_(ben).get(f"/gedeeld/{ana.id}/kansencoach.json").status_code == 200


def test_the_trainer_reads_about_the_coach_and_is_not_spoken_to_as_the_coach(
    as_: As, as_ana: HouseClient, ana: Member, ben: Member, grown: None
) -> None:
    share(as_ana, ben)
    assert "Uw houding, vaardigheden en kennis groeiden" in as_ana.get("/groei").text
    page = as_(ben).get(f"/gedeeld/{ana.id}").text
    assert "Bij houding, vaardigheden en kennis zien we meer groei dan toeval kan verklaren." in page
    figure = page.split("<figure", 1)[1].split("</figure>", 1)[0]
    assert not re.search(r"\b(u|uw|uzelf)\b", re.sub(r"<[^>]+>", " ", figure), re.IGNORECASE)


def test_today_tells_a_trainer_how_many_share(as_: As, as_ana: HouseClient, ben: Member, grown: None) -> None:
    assert "/gedeeld" not in as_(ben).get("/vandaag").text
    share(as_ana, ben)
    assert "1 coach laat u de eigen groei zien" in as_(ben).get("/vandaag").text


def test_no_aim_no_private_line_and_no_answer_is_shared(
    as_: As, as_ana: HouseClient, ana: Member, ben: Member, grown: None
) -> None:
    share(as_ana, ben)
    own = as_ana.get("/groei").text
    assert "Elke keer vragen aan Pien." in own
    for path in (f"/gedeeld/{ana.id}", f"/gedeeld/{ana.id}/kansencoach.json"):
        seen = as_(ben).get(path).text
        assert "Pien" not in seen
        assert LINE not in seen
        assert "Ik doe dit zelf" not in seen


def test_switched_off_it_is_gone_at_once(
    as_: As, as_ana: HouseClient, ana: Member, ben: Member, grown: None
) -> None:
    trainer = as_(ben)
    share(as_ana, ben)
    assert trainer.get(f"/gedeeld/{ana.id}").status_code == 200
    share(as_ana, ben, "off")
    assert trainer.get(f"/gedeeld/{ana.id}").status_code == 404
    assert trainer.get(f"/gedeeld/{ana.id}/kansencoach.json").status_code == 404
    assert ana.name not in trainer.get("/gedeeld").text.split("<main", 1)[1]


def test_sharing_twice_is_sharing_once_and_so_is_stopping(
    as_ana: HouseClient, engine: SqliteEngine, ben: Member, grown: None
) -> None:
    for wish in ("on", "on", "off", "off", "on"):
        assert share(as_ana, ben, wish).status_code == 303
    rows = engine.rows("SELECT ended_at FROM growth_share ORDER BY shared_at, id")
    assert sorted(row["ended_at"] is None for row in rows) == [False, True]


@pytest.mark.parametrize("wish", ["", "maybe"])
def test_a_wish_that_is_none_is_refused(
    as_ana: HouseClient, ben: Member, grown: None, dump: Callable[[], Any], wish: str
) -> None:
    before = dump()
    assert share(as_ana, ben, wish).status_code == 400
    assert dump() == before


def test_only_with_an_own_trainer(
    as_ana: HouseClient,
    ana: Member,
    cleo: Member,
    dora: Member,
    lea: Member,
    grown: None,
    dump: Callable[[], Any],
) -> None:
    before = dump()
    for other in (dora, lea, cleo, ana):
        assert share(as_ana, other).status_code == 404
    assert dump() == before


def test_another_trainer_sees_nothing(
    as_: As, as_ana: HouseClient, ana: Member, ben: Member, dora: Member, lea: Member, grown: None
) -> None:
    share(as_ana, ben)
    assert as_(dora).get(f"/gedeeld/{ana.id}").status_code == 404
    assert as_(lea).get(f"/gedeeld/{ana.id}").status_code == 404
    assert as_ana.get(f"/gedeeld/{ana.id}").status_code == 404


def _no_longer_trains(engine: SqliteEngine, cohorts: Cohorts, ana: Member, ben: Member) -> None:
    engine.run("DELETE FROM cohort_trainer WHERE person_id = :ben", {"ben": ben.id})


def _left_the_cohort(engine: SqliteEngine, cohorts: Cohorts, ana: Member, ben: Member) -> None:
    cohorts_of.leave_cohort(engine, cohort_id=cohorts.bens, person_id=ana.id, until=START.date())


def _left(engine: SqliteEngine, cohorts: Cohorts, ana: Member, ben: Member) -> None:
    engine.run(
        "UPDATE person SET status = 'left', left_at = '2026-01-19T10:00:00+00:00' WHERE id = :ana",
        {"ana": ana.id},
    )


@pytest.mark.parametrize("change", [_no_longer_trains, _left_the_cohort, _left])
def test_who_trains_a_coach_no_more_sees_nothing_any_more(
    as_: As,
    as_ana: HouseClient,
    engine: SqliteEngine,
    cohorts: Cohorts,
    ana: Member,
    ben: Member,
    grown: None,
    change: Callable[[SqliteEngine, Cohorts, Member, Member], None],
) -> None:
    trainer = as_(ben)
    share(as_ana, ben)
    assert trainer.get(f"/gedeeld/{ana.id}").status_code == 200
    change(engine, cohorts, ana, ben)
    assert trainer.get(f"/gedeeld/{ana.id}").status_code == 404


def _dismissed(engine: SqliteEngine, cohorts: Cohorts, ana: Member, ben: Member, by: Scope) -> None:
    people.dismiss(engine, cohort_id=cohorts.bens, person_id=ben.id, by=by, at=START)


def _stepped_out(engine: SqliteEngine, cohorts: Cohorts, ana: Member, ben: Member, by: Scope) -> None:
    people.step_out(engine, cohort_id=cohorts.bens, person_id=ana.id, by=by, at=START)


def _out_of_the_programme(
    engine: SqliteEngine, cohorts: Cohorts, ana: Member, ben: Member, by: Scope
) -> None:
    people.leave(engine, person_id=ana.id, by=by.person_id, at=START)


def _begins_later(engine: SqliteEngine, cohorts: Cohorts, ana: Member, ben: Member, by: Scope) -> None:
    engine.run("DELETE FROM reflection")
    people.move_start(
        engine,
        cohort_id=cohorts.bens,
        person_id=ana.id,
        since=START.date() + timedelta(days=3),
        by=by,
        at=START,
    )


@pytest.mark.parametrize("over", [_dismissed, _stepped_out, _out_of_the_programme, _begins_later])
def test_a_share_that_is_over_ends_at_once_and_never_comes_back_by_itself(
    as_: As,
    as_ana: HouseClient,
    engine: SqliteEngine,
    cohorts: Cohorts,
    ana: Member,
    ben: Member,
    lea: Member,
    grown: None,
    over: Callable[[SqliteEngine, Cohorts, Member, Member, Scope], None],
) -> None:
    share(as_ana, ben)
    by = scope_of(lea, Role.LEAD)
    over(engine, cohorts, ana, ben, by)
    assert as_(ben).get(f"/gedeeld/{ana.id}").status_code == 404
    (ended,) = engine.rows("SELECT person_id, object FROM audit WHERE act = 'growth-share-ended'")
    assert ended == {"person_id": lea.id, "object": f"{ana.id} {ben.id}"}
    engine.run("DELETE FROM cohort_trainer WHERE cohort_id = :id", {"id": cohorts.bens})
    cohorts_of.add_trainer(engine, cohort_id=cohorts.bens, person_id=ben.id)
    engine.run("UPDATE person SET status = 'active', left_at = NULL WHERE id = :id", {"id": ana.id})
    engine.run("UPDATE cohort_member SET since = '2025-09-01', until = NULL")
    assert as_(ben).get(f"/gedeeld/{ana.id}").status_code == 404
    share(as_(ana), ben)
    assert as_(ben).get(f"/gedeeld/{ana.id}").status_code == 200


def test_a_trainer_of_two_cohorts_of_a_coach_still_sees_after_one(
    as_: As,
    as_ana: HouseClient,
    engine: SqliteEngine,
    cohorts: Cohorts,
    ana: Member,
    ben: Member,
    lea: Member,
    grown: None,
) -> None:
    other = cohorts_of.add_cohort(engine, name="twee", profile="kansencoach", started_on=date(2025, 9, 1))
    cohorts_of.join(engine, cohort_id=other, person_id=ana.id, since=date(2025, 9, 1))
    cohorts_of.add_trainer(engine, cohort_id=other, person_id=ben.id)
    share(as_ana, ben)
    people.step_out(engine, cohort_id=other, person_id=ana.id, by=scope_of(lea, Role.LEAD), at=START)
    assert as_(ben).get(f"/gedeeld/{ana.id}").status_code == 200


def test_a_trainer_sees_only_the_profile_they_train(
    as_: As,
    as_ana: HouseClient,
    engine: SqliteEngine,
    ana: Member,
    ben: Member,
    grown: None,
    reflected: Reflected,
) -> None:
    other = cohorts_of.add_cohort(engine, name="team", profile="schoolcoach", started_on=date(2025, 9, 1))
    cohorts_of.join(engine, cohort_id=other, person_id=ana.id, since=date(2025, 9, 1))
    for days in (110, 50):
        reflected(ana, other, days=days, profile="schoolcoach")
    share(as_ana, ben)
    assert len(re.findall("<figcaption>", as_ana.get("/groei").text)) >= 2
    assert len(re.findall("<figcaption>", as_(ben).get(f"/gedeeld/{ana.id}").text)) == 1
    assert as_(ben).get(f"/gedeeld/{ana.id}/schoolcoach.json").status_code == 404


def test_sharing_and_every_look_stand_in_the_audit_log(
    as_: As, as_ana: HouseClient, engine: SqliteEngine, ana: Member, ben: Member, grown: None
) -> None:
    share(as_ana, ben)
    as_(ben).get(f"/gedeeld/{ana.id}")
    as_(ben).get(f"/gedeeld/{ana.id}/kansencoach.json")
    as_(ben).get(f"/gedeeld/{ana.id}/nobody.json")
    share(as_ana, ben, "off")
    as_(ben).get(f"/gedeeld/{ana.id}")
    rows = engine.rows("SELECT act, person_id, object FROM audit WHERE act LIKE '%growth%' ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [
        ("growth-shared", ana.id, ben.id),
        ("shared-growth-seen", ben.id, ana.id),
        ("shared-growth-seen", ben.id, ana.id),
        ("growth-share-ended", ana.id, ben.id),
    ]


def test_a_coach_without_a_trainer_sees_no_switch(
    as_ana: HouseClient, engine: SqliteEngine, grown: None
) -> None:
    engine.run("DELETE FROM cohort_trainer")
    assert "Delen met uw trainer" not in as_ana.get("/groei").text


def test_a_trainer_who_left_cannot_be_shared_with(
    as_ana: HouseClient, engine: SqliteEngine, ben: Member, grown: None
) -> None:
    people.leave(engine, person_id=ben.id, at=START, by=None)
    assert share(as_ana, ben).status_code == 404

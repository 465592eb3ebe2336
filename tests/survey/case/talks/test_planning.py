"""Planning a talk: one small form, moved, called off, begun on its day."""

from collections.abc import Callable
from datetime import date

from survey.talk.reports import Talk
from tests.client import HouseClient
from tests.conftest import Clock, Member
from tests.survey.case.talks.conftest import COMING, HELD, TODAY, filled

As = Callable[[Member], HouseClient]


def test_a_talk_is_planned_in_one_small_form(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    made = coach.post(f"{page}/gesprek/plan", data=COMING)
    assert (made.status_code, made.location) == (303, f"{page}#talks")
    (talk,) = noted()
    assert (talk.kind, talk.with_, str(talk.day), str(talk.starts_at)) == (
        "meeting",
        ("parent-1", "teacher-1"),
        "2026-01-27",
        "15:15:00",
    )
    text = coach.get(page).text
    assert "dinsdag 27 januari, 15.15 uur" in text
    assert "Gesprek op school met ouder en leerkracht" in text


def test_a_planned_talk_of_today_is_begun_noted_and_put_right(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING | {"day": TODAY})
    assert "Begin dit gesprek" in coach.get(page).text
    (talk,) = noted()
    address = f"{page}/gesprek/{talk.id}"
    form = coach.get(address).text
    assert filled(form, "who") == ["parent-1", "teacher-1"]
    assert coach.post(address, data=HELD).location == address
    assert [(one.id, one.state, one.with_) for one in noted()] == [(talk.id, "done", ("parent-1",))]
    put_right = coach.get(address).text
    assert (filled(put_right, "line"), filled(put_right, "agreed")) == (["Rustig aan"], ["change_pace"])
    coach.post(address, data=HELD | {"kind": "home_visit", "day": "2026-01-19", "line": ""})
    (talk,) = noted()
    assert (talk.kind, talk.day, talk.line) == ("home_visit", date(2026, 1, 19), None)


def test_a_planned_talk_that_was_forgotten_waits_to_be_noted(
    coach: HouseClient, as_: As, ana: Member, page: str, clock: Clock
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING)
    assert "Bekijk of verzet" in coach.get(page).text
    clock.forward(days=9)
    assert "Noteer dit gesprek" in as_(ana).get(page).text


def test_a_planned_talk_is_moved_and_called_off(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/plan", data=COMING)
    address = f"{page}/gesprek/{noted()[0].id}"
    moved = {"new-who": "ib", "new-kind": "phone", "new-day": "2026-02-10", "new-starts_at": ""}
    wrong = coach.post(f"{address}/verzet", data=moved | {"new-day": "2026-01-10"})
    assert wrong.status_code == 422
    assert "Deze dag is al geweest." in wrong.text
    assert filled(wrong.text, "new-who") == ["ib"]
    coach.post(f"{address}/verzet", data=moved)
    (talk,) = noted()
    assert (talk.with_, str(talk.day), talk.starts_at) == (("ib",), "2026-02-10", None)
    coach.post(f"{address}/afzeggen")
    assert [talk.state for talk in noted()] == ["cancelled"]
    text = coach.get(page).text
    assert "ging niet door" in text
    assert "Er is nu geen gesprek gepland." in text
    assert coach.post(f"{address}/afzeggen").status_code == 409

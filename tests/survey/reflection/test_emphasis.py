"""Where the hours went: asked after handing in, task by task, nothing needed, seen by the coach alone."""

import re
from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Clock, Member
from tests.survey.assignment.conftest import assigned as assigned
from tests.survey.reflection.conftest import finish, tap

TASKS = ["short_lines", "practical_tips"]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def said(engine: SqliteEngine) -> dict[str, str]:
    return {
        row["task"]: row["emphasis"]
        for row in engine.rows(
            "SELECT e.task, e.emphasis FROM task_emphasis e JOIN reflection f ON f.id = e.reflection_id "
            "WHERE f.revision = 1"
        )
    }


@pytest.fixture
def done(as_ana: HouseClient, ana: Member, round_id: str, assigned: Callable[..., str]) -> HouseClient:
    """Ana, with two tasks, handed in her reflection."""
    assigned(ana, TASKS)
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    return as_ana


def test_the_tasks_of_all_schools_are_asked_once_each(
    done: HouseClient, ana: Member, round_id: str, assigned: Callable[..., str]
) -> None:
    assigned(ana, ["short_lines", "group_dynamics"], school="Het Wollegras")
    assert f'href="/reflectie/{round_id}/uren"' in done.get(f"/reflectie/{round_id}").text
    page = done.get(f"/reflectie/{round_id}/uren").text
    asked = re.findall(r'name="(\w+)" value="much"', page)
    assert asked == ["short_lines", "practical_tips", "group_dynamics"]
    assert page.count("Sla dit over") == 2


def test_what_is_chosen_is_kept_and_shown_back_and_can_be_changed(
    done: HouseClient, round_id: str, engine: SqliteEngine
) -> None:
    address = f"/reflectie/{round_id}/uren"
    reply = done.post(address, data={"short_lines": "much", "practical_tips": "none"})
    assert (reply.status_code, reply.location) == (303, f"/reflectie/{round_id}#uren")
    assert said(engine) == {"short_lines": "much", "practical_tips": "none"}
    page = done.get(f"/reflectie/{round_id}").text
    assert re.findall(r"<b>(Uren: \w+)</b>", page) == ["Uren: veel", "Uren: geen"]
    assert 'value="much" checked' in done.get(address).text
    done.post(address, data={"practical_tips": "some"})
    assert said(engine) == {"practical_tips": "some"}
    done.post(address)
    assert said(engine) == {}


def test_correcting_the_reflection_leaves_it_as_it_was(
    done: HouseClient, round_id: str, engine: SqliteEngine
) -> None:
    done.post(f"/reflectie/{round_id}/uren", data={"short_lines": "much"})
    done.post(f"/reflectie/{round_id}/verbeteren")
    finish(done, round_id, revision=2)
    done.post(f"/reflectie/{round_id}/uren", data={"short_lines": "some"})
    assert said(engine) == {"short_lines": "some"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"short_lines": "all"}, 422), ({"group_dynamics": "much"}, 303), ({"cooking": "much"}, 303)],
)
def test_only_tasks_and_amounts_of_the_page_are_stored(
    sent: dict[str, str], status: int, done: HouseClient, round_id: str, engine: SqliteEngine
) -> None:
    assert done.post(f"/reflectie/{round_id}/uren", data=sent).status_code == status
    assert said(engine) == {}


def test_it_is_not_asked_before_handing_in_nor_without_tasks(
    as_ana: HouseClient, ana: Member, round_id: str, assigned: Callable[..., str]
) -> None:
    address = f"/reflectie/{round_id}/uren"
    tap(as_ana, round_id, uses_feedback="3")
    assert as_ana.get(address).status_code == 404
    finish(as_ana, round_id)
    assert as_ana.get(address).status_code == 404
    assert "/uren" not in as_ana.get(f"/reflectie/{round_id}").text
    assigned(ana, TASKS)
    assert as_ana.get(address).status_code == 200


def test_after_the_round_closed_it_can_be_read_and_not_changed(
    done: HouseClient,
    as_: Callable[[Member], HouseClient],
    ana: Member,
    round_id: str,
    clock: Clock,
    dump: Dump,
) -> None:
    done.post(f"/reflectie/{round_id}/uren", data={"short_lines": "much"})
    clock.forward(days=20)
    anas, before = as_(ana), dump()
    reply = anas.post(f"/reflectie/{round_id}/uren", data={"short_lines": "none"})
    assert reply.status_code == 409
    assert 'value="none" checked' in reply.text
    assert anas.get(f"/reflectie/{round_id}/uren").status_code == 302
    assert "Uren: veel" in anas.get(f"/reflectie/{round_id}").text
    assert dump() == before


def test_nobody_else_gets_to_see_it(
    done: HouseClient, as_: Callable[[Member], HouseClient], cleo: Member, lea: Member, round_id: str
) -> None:
    done.post(f"/reflectie/{round_id}/uren", data={"short_lines": "much"})
    for member in (cleo, lea):
        assert as_(member).get(f"/reflectie/{round_id}/uren").status_code == 404

"""The page of the tree: a coach is moved before opening, and never after."""

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Dump, Member
from tests.survey.evaluation.conftest import tree


def test_a_coach_is_moved_on_the_page_of_the_tree(
    lea_at: HouseClient, engine: SqliteEngine, planned: str, lea: Member, cleo: Member, dump: Dump
) -> None:
    path, before = f"/evaluatie/{planned}/indeling", dump()
    reply = lea_at.post(f"{path}/{cleo.id}", data={"cluster": "  "})
    assert reply.status_code == 422
    assert "Vul een naam in" in reply.text
    assert lea_at.post(f"{path}/none", data={"cluster": "Zuid"}).status_code == 404
    assert dump() == before
    assert lea_at.post(f"{path}/{cleo.id}", data={"cluster": " Zuid\n"}).status_code == 303
    assert tree(engine, planned, lea)["Cleo"] == "Zuid"
    lea_at.post(path)
    assert tree(engine, planned, lea)["Cleo"] == "Heidemeer"


def test_after_opening_the_tree_is_shown_and_not_to_be_changed(
    lea_at: HouseClient, window: str, cleo: Member, dump: Dump
) -> None:
    before = dump()
    assert "Andere cluster" not in lea_at.get(f"/evaluatie/{window}/indeling").text
    reply = lea_at.post(f"/evaluatie/{window}/indeling/{cleo.id}", data={"cluster": "Zuid"})
    assert "Dat kan niet meer." in lea_at.get(reply.location).text
    assert dump() == before

"""Who may open which address: every route says so, and the table is run in full."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlite_utils.utils import sqlite3
from werkzeug.routing import Rule

from survey.access.permissions import Allow, Permission, Public, allow, mark_of
from survey.config import Settings
from survey.database import Row, SqliteEngine
from tests.client import HouseClient
from tests.conftest import Member, build
from tests.survey.access.table import Line, lines

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
COOKIE = "groeispiegel"
SMALL = 6  # to bring everyone to their devices costs as much as to open so many addresses
CHART_PAGES = {"/cohorten/<cohort_id>", "/inzet"}  # Ana answered nothing, so her growth has no chart yet


def _routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def _unmarked(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if mark_of(app.view_functions[rule.endpoint]) is None]


def _fix(app: Flask, rule: Rule) -> str:
    view = app.view_functions[rule.endpoint]
    return (
        f"{rule.rule} says nothing about access and is closed. Put @allow(Permission.…) or "
        f"@public('why anyone may come in') under the route decorator of {view.__module__}.{view.__name__}."
    )


def test_every_route_says_who_may_come_in(app: Flask) -> None:
    assert not _unmarked(app), "\n".join(_fix(app, rule) for rule in _unmarked(app))


def test_every_open_route_says_why(app: Flask) -> None:
    marks = [mark_of(view) for view in app.view_functions.values()]
    reasons = [mark.reason for mark in marks if isinstance(mark, Public)]
    assert all(len(reason.split()) >= 4 for reason in reasons), reasons


def test_every_permission_opens_something(app: Flask) -> None:
    marks = [mark_of(view) for view in app.view_functions.values()]
    assert {mark.permission for mark in marks if isinstance(mark, Allow)} == set(Permission)


def test_every_route_stands_in_the_table(app: Flask) -> None:
    routes, declared = _routes(app), {(line.method, line.address) for line in lines()}
    missing, gone = sorted(routes - declared), sorted(declared - routes)
    assert not missing, f"add a line to the table in table.py for each of {missing}: who gets which status?"
    assert not gone, f"take these lines out of table.py, there are no such routes: {gone}"
    assert len(lines()) == len(declared), "a route stands in the table twice"


def _rooms(method: str) -> dict[str, list[Line]]:
    """The addresses one can open, or send to, by their first word; small rooms together."""
    rooms = defaultdict(list)
    for line in lines():
        if line.method == method:
            rooms[line.address.split("/")[1]].append(line)
    small = [word for word, there in rooms.items() if len(there) < SMALL]
    rooms["small"] = [line for word in small for line in rooms.pop(word)]
    return rooms


@pytest.mark.parametrize("room", _rooms("GET"))
def test_each_role_opens_what_the_table_says(
    room: str, clients: dict[str, FlaskClient], values: dict[str, str]
) -> None:
    """And of these pages only those with a chart load the script that draws."""
    told, got = dict[str, Mapping[str, str]](), defaultdict[str, dict[str, str]](dict)
    loading, drawing = set(), set()
    for line in _rooms("GET")[room]:
        told[line.address] = line.cells
        for name in line.cells:
            got[line.address][name], page = _answer(clients[name], line, values)
            loading |= {line.address} if "chart.js" in page else set()
            drawing |= {line.address} if "data-figure" in page else set()
            assert not re.search(r'<script[^>]* src="/plotly', page), "chart.js fetches it"
    assert got == told
    assert drawing <= loading == CHART_PAGES & told.keys()


@pytest.mark.parametrize("room", _rooms("POST"))
def test_each_role_sends_to_what_the_table_says(
    room: str,
    clients: dict[str, FlaskClient],
    values: dict[str, str],
    dump: Dump,
    engine: SqliteEngine,
    settings: Settings,
    tmp_path: Path,
) -> None:
    """Each address finds everything as it was before what was sent to the others."""
    engine.backup(tmp_path / "before.db")
    told, got = dict[str, Mapping[str, str]](), defaultdict[str, dict[str, str]](dict)
    for line in _rooms("POST")[room]:
        told[line.address] = line.cells
        untouched = dump(), _living(engine)
        for name in sorted(line.cells, key=lambda who: line.cells[who] not in {"in", "-"}):  # refusals first
            got[line.address][name], _ = _answer(_same_device(clients[name]), line, values)
            now = dump(), _living(engine)
            if got[line.address][name] in {"in", "-"}:
                assert now == untouched, f"a refusal of {name} at {line.address} changed something"
            untouched = now
        _put_back(tmp_path / "before.db", settings.DATABASE)
    assert got == told


def _same_device(client: FlaskClient) -> FlaskClient:
    """A device that holds what this one holds: whoever signs out on it, signs out on no other."""
    device = client.application.test_client()
    if held := client.get_cookie(COOKIE):
        device.set_cookie(COOKIE, held.value)
    return device


def _put_back(saved: Path, database: Path) -> None:
    with closing(sqlite3.connect(saved)) as source, closing(sqlite3.connect(database)) as target:
        source.backup(target)


def _answer(client: FlaskClient, line: Line, values: dict[str, str]) -> tuple[str, str]:
    """What the table would say, and the page where one opened."""
    with client.open(_path(line, values), method=line.method) as reply:
        opened = reply.status_code == 200 and reply.mimetype == "text/html"
        cell = _cell(line.method, reply.status_code, reply.location or "")
        return cell, reply.get_data(as_text=True) if opened else ""


def _path(line: Line, values: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], line.address)


def _living(engine: SqliteEngine) -> list[Row]:
    """The sessions that have not ended."""
    return engine.rows("SELECT token_hash FROM session WHERE revoked_at IS NULL ORDER BY token_hash")


def _cell(method: str, status: int, location: str) -> str:
    asks_to_sign_in = status == 401 if method == "POST" else location.startswith("/inloggen")
    if asks_to_sign_in:
        return "in"
    return "-" if status == 404 else str(status)


class TestNewPage:
    @pytest.fixture
    def house(self, settings: Settings) -> Flask:
        return build(settings)

    def test_a_route_that_forgets_is_found(self, app: Flask) -> None:
        def forgetful() -> str:
            return ""

        app.add_url_rule("/vergeten", view_func=forgetful)
        (rule,) = _unmarked(app)
        assert "/vergeten says nothing about access" in _fix(app, rule)
        assert _fix(app, rule).endswith("test_routes.forgetful.")

    def test_a_role_without_the_permission_gets_nothing_from_a_new_page(
        self, app: Flask, as_: Signed, ana: Member, ben: Member, lea: Member
    ) -> None:
        for permission in Permission:
            app.add_url_rule(
                f"/nieuw/{permission}", f"new-{permission}", allow(permission)(lambda: {"open": True})
            )
        opened = {
            member.name: {p for p in Permission if as_(member).get(f"/nieuw/{p}").status_code == 200}
            for member in (ana, ben, lea)
        }
        assert opened["Ana"] & opened["Ben"] & opened["Lea"] == {
            Permission.SEE_TODAY,
            Permission.KEEP_ACCOUNT,
        }
        assert opened["Ana"] | opened["Ben"] | opened["Lea"] == set(Permission)

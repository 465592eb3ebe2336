"""Who may open which address: every route says so, and the table is run in full."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from survey.access.permissions import Allow, Permission, Public, allow, mark_of
from survey.config import Settings
from survey.database import Row, SqliteEngine
from tests.client import HouseClient
from tests.conftest import Member, build
from tests.survey.access.table import Line, lines

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
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


def _rooms() -> dict[str, list[Line]]:
    """The addresses one can open, by their first word."""
    rooms = defaultdict(list)
    for line in lines():
        if line.method == "GET":
            rooms[line.address.split("/")[1]].append(line)
    return rooms


@pytest.mark.parametrize("room", _rooms())
def test_each_role_opens_what_the_table_says(
    room: str, clients: dict[str, FlaskClient], values: dict[str, str]
) -> None:
    told, got = dict[str, Mapping[str, str]](), dict[str, Mapping[str, str]]()
    for line in _rooms()[room]:
        told[line.address] = line.cells
        got[line.address] = {name: _answer(clients[name], line, values) for name in line.cells}
    assert got == told


@pytest.mark.parametrize(
    "line", [line for line in lines() if line.method == "POST"], ids=lambda line: f"{line.address}"
)
def test_each_role_sends_to_what_the_table_says(
    line: Line,
    clients: dict[str, FlaskClient],
    values: dict[str, str],
    dump: Dump,
    engine: SqliteEngine,
) -> None:
    got, untouched = dict[str, str](), (dump(), _living(engine))
    for name in sorted(line.cells, key=lambda who: line.cells[who] not in {"in", "-"}):  # refusals first
        got[name] = _answer(clients[name], line, values)
        if got[name] in {"in", "-"}:
            assert (dump(), _living(engine)) == untouched, f"a refusal of {name} changed something"
        else:
            untouched = (dump(), _living(engine))
    assert {name: got[name] for name in line.cells} == line.cells


def _answer(client: FlaskClient, line: Line, values: dict[str, str]) -> str:
    with client.open(_path(line, values), method=line.method) as reply:
        return _cell(line.method, reply.status_code, reply.location or "")


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


def test_only_pages_with_a_chart_load_the_script_that_draws(
    clients: dict[str, FlaskClient], values: dict[str, str]
) -> None:
    loading, drawing, pages = set(), set(), 0
    for line in lines():
        for name in ("visitor", "ana", "ben", "lea"):
            if line.method != "GET" or line.cells[name] != "200":
                continue
            with clients[name].get(_path(line, values)) as reply:
                if reply.mimetype == "text/html":
                    text = reply.get_data(as_text=True)
                    pages += 1
                    loading |= {line.address} if "chart.js" in text else set()
                    drawing |= {line.address} if "data-figure" in text else set()
                    assert not re.search(r'<script[^>]* src="/plotly', text), "chart.js fetches it"
    assert pages > 20
    assert drawing <= loading == CHART_PAGES

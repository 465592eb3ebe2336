"""The commands around the region: loading, refusing, starting afresh, fresh links."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from survey.database import Row, SqliteEngine
from survey.demo import actions, store
from survey.demo.commands import where_to_click
from survey.demo.simulate import SEED
from survey.questionnaire import catalog
from tests.client import HouseClient
from tests.conftest import Dump, Member
from tests.survey.demo.conftest import Loaded

Flasked = Callable[..., Result]


@pytest.fixture
def flask(app: Flask) -> Flasked:
    """Runs a command as an operator does."""
    return lambda *words, **options: app.test_cli_runner().invoke(args=words, **options)


class TestEmpty:
    """A database without anybody in it."""

    def test_demo_loads_the_region_of_today_and_says_how_much(
        self, flask: Flasked, engine: SqliteEngine
    ) -> None:
        result = flask("demo")
        assert result.exit_code == 0
        assert result.stdout.startswith("Veenrand: 43 people, ")
        assert store.counts(engine)["cases"] == 960
        assert json.loads(_mark(engine)) == {"seed": SEED, "day": "2026-01-20"}

    def test_if_new_loads_too_with_the_day_and_seed_asked_for(
        self, flask: Flasked, engine: SqliteEngine
    ) -> None:
        assert flask("demo", "--if-new", "--day", "2025-06-02", "--seed", "9").exit_code == 0
        assert json.loads(_mark(engine)) == {"seed": 9, "day": "2025-06-02"}

    def test_reset_deletes_nothing_without_the_demo_mark(self, flask: Flasked, dump: Dump) -> None:
        before = dump()
        result = flask("demo", "--reset", "--yes")
        assert result.exit_code == 1
        assert "Nothing was deleted" in result.stderr
        assert dump() == before

    def test_links_ask_for_the_demo_first(self, flask: Flasked, dump: Dump) -> None:
        before = dump()
        result = flask("demo-links", "--checks", "3")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "flask demo" in result.stderr
        assert dump() == before

    def test_what_breaks_off_leaves_nothing_behind(
        self, flask: Flasked, dump: Dump, tables: Mapping[str, list[Row]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = dump()
        monkeypatch.setattr(actions, "simulate", lambda _catalog, **_: tables)
        monkeypatch.setattr(store, "counts", _broken)
        assert flask("demo").exit_code == 1
        assert dump() == before


class TestRealPeople:
    """A database that somebody uses."""

    @pytest.mark.parametrize("words", [(), ("--reset", "--yes")])
    def test_the_demo_does_not_touch_them(
        self, flask: Flasked, dump: Dump, ana: Member, words: tuple[str, ...]
    ) -> None:
        before = dump()
        result = flask("demo", *words)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: ")
        assert dump() == before

    def test_if_new_does_nothing_and_says_nothing(self, flask: Flasked, dump: Dump, ana: Member) -> None:
        before = dump()
        result = flask("demo", "--if-new")
        assert (result.exit_code, result.output) == (0, "")
        assert dump() == before

    def test_the_server_names_no_demo(self, app: Flask, engine: SqliteEngine, ana: Member) -> None:
        with app.app_context():
            assert where_to_click(engine, "http://127.0.0.1:8000") == []

    def test_links_are_refused(self, flask: Flasked, ana: Member) -> None:
        assert flask("demo-links").exit_code == 1


class TestRegion:
    """A database with the region in it."""

    @pytest.fixture
    def template_database(self, region: Loaded) -> Path:
        return region.path

    def test_the_server_says_where_to_click(self, app: Flask, engine: SqliteEngine) -> None:
        with app.app_context():
            said = where_to_click(engine, "http://127.0.0.1:8000")
        assert said == ["Choose who you are: http://127.0.0.1:8000/demo"]

    def test_a_second_load_is_refused_with_what_to_do(self, flask: Flasked, dump: Dump) -> None:
        before = dump()
        result = flask("demo")
        assert result.exit_code == 1
        assert "flask demo --reset" in result.stderr
        assert dump() == before

    def test_reset_says_what_it_deletes_and_takes_no_for_an_answer(self, flask: Flasked, dump: Dump) -> None:
        before = dump()
        result = flask("demo", "--reset", input="n\n")
        assert result.exit_code == 1
        assert "This deletes everything in this database: 43 people" in result.stdout
        assert "960 cases" in result.stdout
        assert dump() == before

    def test_reset_asks_once_and_loads_the_same_rows_with_the_same_keys_again(
        self, flask: Flasked, dump: Dump, engine: SqliteEngine
    ) -> None:
        before = dump()
        flask("demo-links", "--checks", "5")
        engine.run("DELETE FROM checkin_answer WHERE value = 4")
        assert dump() != before
        result = flask("demo", "--reset", input="y\n")
        assert result.exit_code == 0
        assert result.stdout.count("?") == 1
        assert dump() == before

    def test_reset_and_if_new_contradict_each_other(self, flask: Flasked) -> None:
        assert flask("demo", "--reset", "--if-new").exit_code == 2

    def test_links_are_one_json_object_and_nothing_else(self, flask: Flasked) -> None:
        links = json.loads(flask("demo-links").stdout)
        assert list(links) == ["coach", "trainer", "lead", "parent_check"]
        assert all(
            links[who].startswith("http://localhost/inloggen/") for who in ("coach", "trainer", "lead")
        )
        assert links["parent_check"].startswith("http://localhost/c/")

    @pytest.mark.parametrize("who", ["coach", "trainer", "lead"])
    def test_a_sign_in_link_works_once(self, flask: Flasked, client: HouseClient, who: str) -> None:
        url = json.loads(flask("demo-links").stdout)[who]
        assert client.post(url).status_code == 303
        assert client.post(url).status_code == 404

    def test_every_check_is_fresh_and_can_be_answered(self, flask: Flasked, client: HouseClient) -> None:
        links = json.loads(flask("demo-links", "--checks", "4").stdout)
        urls = [links["parent_check"], *links["checks"]]
        assert len(set(urls)) == 5
        form = catalog.load().get("relationship-parent")
        for url in urls:
            assert client.get(url).status_code == 200
            assert client.post(url, data={item.key: "3" for item in form.items}).status_code == 303

    def test_ten_thousand_checks_take_less_than_ten_seconds(self, flask: Flasked) -> None:
        started = time.process_time()
        links = json.loads(flask("demo-links", "--checks", "10000").stdout)
        assert time.process_time() - started < 10
        assert len(set(links["checks"])) == 10_000


@pytest.mark.parametrize("words", [("demo",), ("demo", "--if-new"), ("demo", "--reset", "--yes")])
@pytest.mark.parametrize("held", ["nothing", "the region"])
def test_an_installation_that_others_reach_takes_no_demo(
    app: Flask, flask: Flasked, engine: SqliteEngine, dump: Dump, words: tuple[str, ...], held: str
) -> None:
    if held == "the region":
        engine.insert("setting", {"name": store.MARK, "value": "{}"})
    _open_to_others(app)
    before = dump()
    result = flask(*words)
    assert result.exit_code == 1
    assert "The demo runs on this machine only" in result.stderr
    assert dump() == before


def test_an_installation_that_others_reach_gives_no_links_into_a_demo(
    app: Flask, flask: Flasked, engine: SqliteEngine, dump: Dump
) -> None:
    engine.insert("setting", {"name": store.MARK, "value": "{}"})
    _open_to_others(app)
    before = dump()
    result = flask("demo-links", "--checks", "2")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "The demo runs on this machine only" in result.stderr
    assert dump() == before


def _open_to_others(app: Flask) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], BASE_URL="https://groei.example.org")


def _mark(engine: SqliteEngine) -> str:
    row = engine.one("SELECT value FROM setting WHERE name = 'demo'")
    return str(row["value"]) if row else ""


def _broken(engine: SqliteEngine) -> None:
    raise KeyError("broken off")

"""The page on which visitors choose who they are."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from survey.config import Settings
from survey.database import SqliteEngine
from survey.demo import names, reports
from tests.client import HouseClient
from tests.conftest import Dump, Member
from tests.survey.demo.conftest import Loaded

ELSEWHERE = "https://groei.example.org"


class TestRegion:
    """With demo data."""

    @pytest.fixture
    def template_database(self, region: Loaded) -> Path:
        return region.path

    def test_the_page_lists_everybody_with_what_to_try(self, client: HouseClient) -> None:
        page = client.get("/demo")
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert "<h1>Kies wie u bent</h1>" in text
        for persona in names.PERSONAS:
            assert persona.name in text
            assert f'action="/demo/{persona.key}"' in text

    @pytest.mark.parametrize("persona", names.PERSONAS, ids=lambda persona: persona.key)
    def test_choosing_signs_in_and_starts_at_today(self, client: HouseClient, persona: names.Persona) -> None:
        reply = client.post(f"/demo/{persona.key}")
        assert (reply.status_code, reply.location) == (303, "/")
        today = client.get("/", follow_redirects=True)
        assert today.status_code == 200
        assert persona.name in today.get_data(as_text=True)

    @pytest.mark.parametrize(
        ("key", "path", "draws"),
        [
            ("coach", "/groei", True),
            ("coach", "/vandaag", False),
            ("coach", "/reflectie", False),
            ("coach", "/trajecten", False),
            ("trainer", "/cohorten", True),
            ("trainer", "/vandaag", False),
            ("lead", "/mensen", False),
        ],
    )
    def test_only_a_page_with_a_chart_loads_what_draws_it(
        self, client: HouseClient, key: str, path: str, draws: bool
    ) -> None:
        client.post(f"/demo/{key}")
        text = client.get(path, follow_redirects=True).text
        assert ("data-figure" in text, "chart.js" in text) == (draws, draws)

    def test_choosing_again_makes_somebody_else_of_you(self, client: HouseClient) -> None:
        client.post("/demo/coach")
        client.post("/demo/lead")
        assert names.LEAD.name in client.get("/", follow_redirects=True).get_data(as_text=True)

    def test_opening_the_address_of_a_persona_signs_nobody_in(self, client: HouseClient, dump: Dump) -> None:
        before = dump()
        assert client.get("/demo/coach").status_code in {404, 405}
        assert _is_signed_out(client)
        assert dump() == before

    @pytest.mark.parametrize("key", ["nobody", "Coach", "coach%00", "marit.voss@veenrand.example"])
    def test_an_unknown_persona_is_not_there(self, client: HouseClient, key: str) -> None:
        assert client.post(f"/demo/{key}").status_code == 404

    def test_who_left_is_no_longer_a_persona(self, client: HouseClient, engine: SqliteEngine) -> None:
        engine.run(
            "UPDATE person SET status = 'left', left_at = '2026-01-19T09:00:00+00:00' WHERE email = :email",
            {"email": names.COACH.email},
        )
        assert client.post("/demo/coach").status_code == 404

    def test_a_form_of_another_site_signs_nobody_in(
        self, app: Flask, client: HouseClient, dump: Dump
    ) -> None:
        app.config["WTF_CSRF_ENABLED"] = True
        reply = client.post(
            "/demo/coach", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://a.example"}
        )
        assert reply.status_code == 403
        assert _is_signed_out(client)

    def test_the_form_of_the_page_carries_what_is_needed(self, app: Flask, client: HouseClient) -> None:
        app.config["WTF_CSRF_ENABLED"] = True
        text = client.get("/demo").get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', text)
        assert token
        assert client.post("/demo/coach", data={"csrf_token": token[1]}).status_code == 303

    def test_the_sign_in_page_points_the_way(self, client: HouseClient) -> None:
        assert 'href="/demo"' in client.get("/inloggen").text

    def test_the_region_is_known_to_be_here(self, app: Flask, engine: SqliteEngine) -> None:
        with app.app_context():
            assert reports.loaded(engine)


class TestRealPeople:
    """Without demo data there is no such page."""

    def test_the_sign_in_page_knows_no_demo(self, client: HouseClient) -> None:
        assert "/demo" not in client.get("/inloggen").text

    def test_the_page_does_not_exist(self, client: HouseClient, ana: Member) -> None:
        assert client.get("/demo").status_code == 404

    def test_nobody_signs_in_by_it(self, client: HouseClient, dump: Dump) -> None:
        before = dump()
        for persona in names.PERSONAS:
            assert client.post(f"/demo/{persona.key}").status_code == 404, persona.key
        assert dump() == before

    def test_a_person_with_the_address_of_a_persona_is_not_one(
        self, client: HouseClient, engine: SqliteEngine, ana: Member
    ) -> None:
        engine.run("UPDATE person SET email = :email", {"email": names.COACH.email})
        assert client.post("/demo/coach").status_code == 404

    def test_the_region_is_known_to_be_absent(self, app: Flask, engine: SqliteEngine) -> None:
        with app.app_context():
            assert not reports.loaded(engine)


class TestElsewhere:
    """An installation that others reach has no demo, even with the region in its database."""

    @pytest.fixture
    def template_database(self, region: Loaded) -> Path:
        return region.path

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, BASE_URL=ELSEWHERE, SMTP_HOST="mail.example.org")

    def test_there_is_no_page_to_choose_on(self, client: HouseClient) -> None:
        assert client.get("/demo", base_url=ELSEWHERE).status_code == 404

    def test_nobody_signs_in_by_it(self, client: HouseClient, dump: Dump) -> None:
        before = dump()
        for persona in names.PERSONAS:
            reply = client.post(f"/demo/{persona.key}", base_url=ELSEWHERE)
            assert reply.status_code == 404, persona.key
        assert dump() == before

    def test_the_sign_in_page_knows_no_demo(self, client: HouseClient) -> None:
        page = client.get("/inloggen", base_url=ELSEWHERE)
        assert page.status_code == 200
        assert "/demo" not in page.text


def _is_signed_out(client: HouseClient) -> bool:
    return client.get("/", follow_redirects=True).request.path == "/inloggen"

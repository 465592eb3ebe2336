"""Every note of the region's advices opens the view in which its number stands."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from survey.database import Row, SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.survey.demo.conftest import Loaded


@pytest.fixture
def template_database(region: Loaded) -> Path:
    return region.path


@pytest.fixture
def lead(client: HouseClient) -> HouseClient:
    assert client.post("/demo/lead").status_code == 303
    return client


@pytest.fixture
def told(engine: SqliteEngine) -> list[Row]:
    """The drafted sentences of every advice that say where their number stands."""
    return engine.rows(
        "SELECT line.key, line.words, line.fields, line.source FROM advice_sentence AS line "
        "WHERE line.source <> '' AND line.key IS NOT NULL ORDER BY line.id"
    )


def opened(client: HouseClient, sources: Iterable[str]) -> dict[str, Element]:
    """The page behind each note, with what the note points at; every page is opened once."""
    anchors: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        address, _, anchor = source.partition("#")
        anchors[address].add(anchor)
    found: dict[str, Element] = {}
    for address, pointed in anchors.items():
        reply = client.get(address)
        assert reply.status_code == 200, address
        for anchor in pointed - {""}:
            assert f'id="{anchor}"' in reply.text, f"{address} has no {anchor}"
        found[address] = parsed(reply.text)
    return found


def test_every_note_leads_to_a_page_with_what_it_points_at(lead: HouseClient, told: list[Row]) -> None:
    sources = {row["source"] for row in told}
    assert {re.split(r"[/?#]", source)[1] for source in sources} == {"inzet", "evaluatie"}
    assert opened(lead, sources)


def test_a_share_stands_on_that_page_beside_its_statement(lead: HouseClient, told: list[Row]) -> None:
    shares = [row for row in told if row["key"].endswith("_share")]
    assert len({row["source"] for row in shares}) > 3
    assert any("groep=" in row["source"] for row in shares)
    pages = opened(lead, {row["source"] for row in shares})
    for row in shares:
        page, fields = pages[row["source"].partition("#")[0]], json.loads(row["fields"])
        percent = re.match(r"\d+", fields["share"])
        assert percent
        rows = [words(one) for one in every(page, "tr")]
        said = [one for one in rows if fields["statement"] in one and f"{percent[0]}%" in one]
        assert said, row["words"]
        assert any(fields["n"] in one for one in said), row["words"]

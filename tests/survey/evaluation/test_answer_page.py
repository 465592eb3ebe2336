"""The page behind a link: in every language, light, and the same for whoever is signed in."""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from survey.current import catalog
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Member, Signed
from tests.survey.evaluation.conftest import PARENT, Asked
from tests.survey.evaluation.sending import Card


@pytest.mark.parametrize("lang", ["nl", "en", "ar", "uk", "pl", "tr", "ti"])
def test_every_language_asks_parents_the_same_with_dutch_beside_it(
    client: HouseClient, engine: SqliteEngine, card: Card, lang: str
) -> None:
    asked = card(form=PARENT)
    page = client.get(f"{asked.path}?taal={lang}").text
    form = catalog().get(PARENT)
    assert all(item.text[lang] in page and item.text["nl"] in page for item in form.items)
    assert ('dir="rtl"' in page.split("<head>")[0]) == (lang == "ar")
    assert all(f'name="{item.key}"' in page for item in form.items)
    assert "textarea" not in page


@pytest.mark.parametrize("lang", ["nl", "ar", "ti"])
def test_the_page_is_light(plain: FlaskClient, card: Card, lang: str) -> None:
    packed = {"Accept-Encoding": "gzip"}
    page = plain.get(f"{card(form=PARENT).path}?taal={lang}", headers=packed)
    html = gzip.decompress(page.data).decode()
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    sizes = [len(page.data), *(len(plain.get(address, headers=packed).data) for address in addresses)]
    assert "<script" not in html
    assert (len(sizes), sum(sizes) <= 14 * 1024) == (2, True)


def test_a_coach_who_reads_along_is_nobody_here(
    client: HouseClient, as_: Signed, ana: Member, asked: Asked
) -> None:
    assert as_(ana).get(asked.path).text == client.get(asked.path).text

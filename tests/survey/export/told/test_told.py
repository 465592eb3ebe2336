"""What others wrote about a coach goes along as the pages of that coach show it: the same words, no more."""

from collections.abc import Iterator
from typing import Any

import pytest

from survey.database import SqliteEngine
from survey.start_agreement import reports
from survey.start_agreement.signing import actions as signing
from survey.start_agreement.signing import links
from tests.client import HouseClient, parsed, words
from tests.conftest import START, Member, Signed, scope_of, stamp
from tests.survey.export.conftest import unpacked
from tests.survey.export.test_own import PAGE, tables
from tests.survey.export.told.conftest import ABOUT_ANA, ABOUT_CLEO
from tests.survey.start_agreement import making

FORMS, AGREEMENTS = "formulieren-op-naam", "startafspraken"


def taken(client: HouseClient, table: str) -> list[dict[str, str]]:
    """The rows of one table of the own data, their words on one line each."""
    found = tables(client.get(f"{PAGE}/gegevens.zip").data).get(table, [])
    return [{name: " ".join(value.split()) for name, value in row.items()} for row in found]


def on_forms(client: HouseClient) -> Iterator[tuple[str, str]]:
    """Each question with its answer on the pages of own forms."""
    for link in parsed(client.get("/mijn-inzet/op-naam").text).xpath("//main//ul/li/a/@href"):
        page = parsed(client.get(link).text)
        for row in page.xpath("//ul[@class='rows pairs']/li"):
            question, answer = row
            yield words(question), words(answer)
        for line in page.xpath("//p[@class='kept']"):
            yield words(line.xpath("preceding-sibling::h2[1]")[0]), words(line)


def in_document(page: Any) -> Iterator[str]:
    """The texts of an agreement on its page."""
    for one in page.xpath("//article//p | //article//li | //article//tbody/tr"):
        yield " · ".join(map(words, one)) if one.tag == "tr" else words(one)


def test_forms_with_a_name_are_those_of_the_page(as_: Signed, ana: Member, said: None) -> None:
    client = as_(ana)
    shown, found = list(on_forms(client)), taken(client, FORMS)
    assert [(row["vraag"], row["antwoord"]) for row in found] == shown
    assert {(row["naam"], row["rol"]) for row in found} == {
        ("Joris", "intern begeleider"),
        ("Mira", "directeur"),
    }
    assert sum(row["antwoord"] == ABOUT_ANA for row in found) == 2


def test_the_day_they_talked_stands_with_it(as_: Signed, ana: Member, said: None) -> None:
    client = as_(ana)
    link = parsed(client.get("/mijn-inzet/op-naam").text).xpath("//main//ul/li/a/@href")[0]
    client.post(link, data={"day": "2026-01-19"})
    assert {row["besproken op"] for row in taken(client, FORMS)} == {"2026-01-19", ""}


def test_agreements_are_those_of_the_page_in_every_version(
    as_: Signed, ana: Member, agreed: dict[str, str]
) -> None:
    client = as_(ana)
    found = taken(client, AGREEMENTS)
    address = f"/inzet/{agreed['De Kraanheide']}/startafspraak"
    for version in ("1", "2"):
        page = parsed(client.get(f"{address}?versie={version}").text)
        assert [row["zin"] for row in found if row["versie"] == version] == list(in_document(page))
    assert any("Op de ouderavond." in row["zin"] for row in found), "what was said looking back"
    assert {row["versie"] for row in found} == {"1", "2"}


def test_a_colleague_is_never_in_it(
    as_: Signed, ana: Member, cleo: Member, said: None, agreed: dict[str, str]
) -> None:
    theirs = {ana: (ABOUT_CLEO, "De Kraanheide"), cleo: (ABOUT_ANA, "Het Baken")}
    for who, (words_of_another, school) in theirs.items():
        client = as_(who)
        data = unpacked(client.get(f"{PAGE}/gegevens.zip").data)
        assert words_of_another.encode() not in data
        assert {row["school"] for row in taken(client, AGREEMENTS)} == {school}
        assert taken(client, FORMS)


def test_a_lead_takes_along_nothing_of_coaches(
    as_: Signed, lea: Member, said: None, agreed: dict[str, str]
) -> None:
    found = tables(as_(lea).get(f"{PAGE}/gegevens.zip").data)
    assert not {FORMS, AGREEMENTS} & found.keys()


def test_who_has_no_such_pages_any_more_takes_none_along(
    engine: SqliteEngine, as_: Signed, ana: Member, said: None, agreed: dict[str, str]
) -> None:
    client = as_(ana)
    engine.run("UPDATE role_grant SET role = 'trainer' WHERE person_id = :id", {"id": ana.id})
    assert client.get("/mijn-inzet/op-naam").status_code == 404
    found = tables(client.get(f"{PAGE}/gegevens.zip").data)
    assert not {FORMS, AGREEMENTS} & found.keys()


def test_what_only_a_lead_sees_is_not_in_it_and_the_page_says_so(
    engine: SqliteEngine, as_: Signed, ana: Member, lea: Member, agreed: dict[str, str]
) -> None:
    row = {"id": "c", "at": stamp(START), "changed_by": lea.id, "field": "employer", "before": None}
    change = {"placement_id": agreed["De Kraanheide"], "after": "Bestuur Veenrand"}
    engine.insert("placement_change", row | change)
    client = as_(ana)
    assert b"Bestuur Veenrand" not in unpacked(client.get(f"{PAGE}/gegevens.zip").data)
    sentence = "wie wanneer iets aan uw plek wijzigde. Dat ziet alleen de programmaleider."
    assert sentence in client.get(PAGE).text
    assert client.get(f"/inzet/{agreed['De Kraanheide']}").status_code == 404
    assert sentence not in as_(lea).get(PAGE).text


@pytest.mark.parametrize("state", ["draft", "asked"])
def test_a_remark_goes_along_while_the_page_shows_it(
    engine: SqliteEngine, as_: Signed, ana: Member, agreed: dict[str, str], state: str
) -> None:
    place, coach, remark = agreed["De Kraanheide"], scope_of(ana), "Graag ook de bovenbouw."
    asked, *_ = making.asked(engine, place, coach)
    signing.remark(engine, token=links.token_of(asked), words=remark, clock=lambda: START)
    if state == "draft":
        one = reports.open_version(engine, coach, place)
        assert one is not None
        signing.withdraw(engine, agreement_id=one.id, by=coach, at=START)
    client = as_(ana)
    assert remark in client.get(f"/inzet/{place}/startafspraak").text
    assert [row["onderdeel"] for row in taken(client, AGREEMENTS) if row["zin"] == remark] == ["Opmerkingen"]

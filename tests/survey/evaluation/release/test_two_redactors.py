"""Two leads who redact the same lines: nothing of either is lost in silence, and nothing unseen goes out."""

from collections.abc import Callable, Sequence

import pytest

from survey.access.permissions import Role
from survey.current import catalog
from survey.database import SqliteEngine
from survey.evaluation.release import stands
from survey.people import actions as people
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Dump, Member, Signed, scope_of
from tests.survey.evaluation.ballots import Ballots

Counted = Callable[[Sequence[Ballots]], str]
FORM = "evaluation-teacher"
WORDS = ("Juf Els weet het.", "Goed zo.", "Meer uren.", "Rust in de klas.", "Bel eerder.", "Kom vaker.")
Fields = dict[str, str]


@pytest.fixture
def address(counted: Counted) -> str:
    window = counted([Ballots("Ana", (3,), line=one) for one in WORDS])
    return f"/evaluatie/{window}/{FORM}/zinnen"


@pytest.fixture
def els(engine: SqliteEngine, address: str, lea: Member) -> str:
    """The line that names somebody."""
    window = address.split("/")[2]
    found = stands.lines(engine, scope_of(lea, Role.LEAD), window, catalog().get(FORM)).found
    return next(line.id for line in found if "Els" in line.words)


@pytest.fixture
def lead(address: str, as_: Signed, lea: Member) -> HouseClient:
    return as_(lea)


@pytest.fixture
def other(engine: SqliteEngine, address: str, as_: Signed) -> HouseClient:
    roles = (Role.LEAD,)
    key = people.add_person(engine, name="Mara", email="mara@example.org", roles=roles, by=None, at=START)
    return as_(Member(key, "Mara", "mara@example.org"))


def fields(page: str, **changes: str) -> Fields:
    """What the form with the lines sends as it stands, each kept where nothing was chosen, with changes."""
    found: Fields = {}
    for control in every(parsed(page), "textarea"):
        found[control.get("name")] = control.text or ""
    for control in every(parsed(page), "input"):
        name, kind = control.get("name"), control.get("type")
        is_shown = (name or "").startswith("gezien-")
        is_chosen = kind == "radio" and (control.get("checked") is not None or name not in found)
        if is_shown or is_chosen:
            found[name] = control.get("value")
    return found | changes


def button(page: str) -> Fields:
    """What the button sends that lets the lines out."""
    return {
        control.get("name"): control.get("value")
        for control in every(parsed(page), "input")
        if control.get("name") == "gezien"
    }


def text(client: HouseClient, address: str) -> str:
    return client.get(address).text


def save(client: HouseClient, address: str, sent: Fields) -> int:
    return client.post(address, data=sent).status_code


def test_a_line_the_other_redacted_does_not_come_back_with_an_older_page(
    lead: HouseClient, other: HouseClient, address: str, els: str
) -> None:
    assert save(lead, address, fields(text(lead, address))) == 303
    old = fields(text(other, address))
    assert save(lead, address, fields(text(lead, address), **{f"tekst-{els}": "Iemand weet het."})) == 303
    assert save(other, address, old) == 303
    assert "Iemand weet het." in text(lead, address)


def test_two_who_change_one_line_differently_are_told(
    lead: HouseClient, other: HouseClient, address: str, els: str, dump: Dump
) -> None:
    page = text(other, address)
    assert save(lead, address, fields(text(lead, address), **{f"tekst-{els}": "Iemand weet het."})) == 303
    before = dump()
    reply = other.post(address, data=fields(page, **{f"tekst-{els}": "Zij weet het."}))
    assert reply.status_code == 409
    said = words(parsed(reply.text))
    assert "Iemand anders koos hier net iets. Nu staat er: Iemand weet het." in said
    assert fields(reply.text)[f"tekst-{els}"] == "Zij weet het."
    assert dump() == before
    assert save(other, address, fields(reply.text)) == 303
    assert "Zij weet het." in text(lead, address)


def test_one_who_leaves_out_what_the_other_kept_is_told(
    lead: HouseClient, other: HouseClient, address: str, els: str
) -> None:
    page = text(other, address)
    assert save(lead, address, fields(text(lead, address), **{f"keuze-{els}": "weg"})) == 303
    reply = other.post(address, data=fields(page))
    assert reply.status_code == 409
    assert "Iemand anders koos hier net iets. Nu staat er: weglaten" in words(parsed(reply.text))


def test_a_mistake_does_not_hide_what_the_other_did(
    lead: HouseClient, other: HouseClient, address: str, els: str
) -> None:
    wrong = other.post(address, data=fields(text(other, address), **{f"tekst-{els}": ""}))
    assert wrong.status_code == 422
    assert save(lead, address, fields(text(lead, address), **{f"tekst-{els}": "Iemand weet het."})) == 303
    assert save(other, address, fields(wrong.text, **{f"tekst-{els}": "Zij weet het."})) == 409


def test_what_another_put_back_meanwhile_does_not_go_out_unseen(
    lead: HouseClient, other: HouseClient, address: str, els: str, dump: Dump
) -> None:
    out = f"{address}/vrijgeven"
    assert save(lead, address, fields(text(lead, address), **{f"keuze-{els}": "weg"})) == 303
    ready = button(text(lead, address))
    assert save(other, address, fields(text(other, address), **{f"keuze-{els}": "houd"})) == 303
    before = dump()
    reply = lead.post(out, data=ready)
    assert reply.status_code == 409
    assert "Iemand anders koos net iets bij een zin" in words(parsed(reply.text))
    assert dump() == before
    assert lead.post(out, data=button(reply.text)).status_code == 303

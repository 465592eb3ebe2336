"""Somebody signs while another lead writes: nothing of the advice changes, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.advice import actions
from survey.advice.actions import Chosen
from survey.advice.document import Advice
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.advice.conftest import JUNE, line_of

TYPED = "Van mij: de ouderraad <leest> mee."
SENT = {
    "change": {"act": "save", "words": TYPED},
    "add": {"section": "limits", "words": TYPED},
    "choose": {"choice": "continue", "hours": "4", "reason": TYPED},
}
ON = Chosen("continue", "De school en de coach willen samen verder.", 4.5)


@pytest.fixture
def paths(written: str, read: Callable[[str], Advice]) -> dict[str, str]:
    line = line_of(read(written), "placement_running").id
    text = f"/advies/{written}/tekst"
    return {"change": f"{text}/{line}", "add": text, "choose": f"/advies/{written}/keuze"}


@pytest.fixture
def sign(engine: SqliteEngine, lead: Scope, written: str) -> Callable[..., None]:
    def signed(*_: object, **__: object) -> None:
        actions.choose(engine, advice_id=written, chosen=ON, shown=None, by=lead, at=JUNE)
        actions.sign(engine, advice_id=written, shown=None, by=lead, at=JUNE)

    return signed


@pytest.mark.parametrize("what", list(SENT))
def test_what_was_typed_is_shown_to_take_along(
    as_: Callable[[Member], HouseClient],
    lea: Member,
    written: str,
    read: Callable[[str], Advice],
    paths: dict[str, str],
    sign: Callable[..., None],
    what: str,
) -> None:
    sign()
    before = read(written)
    reply = as_(lea).post(paths[what], data=SENT[what])
    assert reply.status_code == 409
    assert "Dit advies is net ondertekend" in reply.text
    assert ">Van mij: de ouderraad &lt;leest&gt; mee.</textarea>" in reply.text
    assert read(written) == before


@pytest.mark.parametrize(("what", "act"), [("change", "edit"), ("add", "add"), ("choose", "choose")])
def test_also_when_it_is_signed_between_reading_and_writing(
    monkeypatch: pytest.MonkeyPatch,
    as_: Callable[[Member], HouseClient],
    lea: Member,
    written: str,
    read: Callable[[str], Advice],
    paths: dict[str, str],
    sign: Callable[..., None],
    what: str,
    act: str,
) -> None:
    late = getattr(actions, act)

    def first_somebody_signs(*args: Any, **told: Any) -> None:
        monkeypatch.setattr(actions, act, late)
        sign()
        late(*args, **told)

    client = as_(lea)
    monkeypatch.setattr(actions, act, first_somebody_signs)
    reply = client.post(paths[what], data=SENT[what])
    assert reply.status_code == 409
    assert "de ouderraad &lt;leest&gt; mee.</textarea>" in reply.text
    assert read(written).is_signed
    assert TYPED not in {one.words for one in read(written).lines} | {read(written).reason}


def test_renewing_what_was_signed_just_now_shows_the_signed_one(
    monkeypatch: pytest.MonkeyPatch,
    as_: Callable[[Member], HouseClient],
    lea: Member,
    written: str,
    sign: Callable[..., None],
) -> None:
    late = actions.renew

    def first_somebody_signs(*args: Any, **told: Any) -> None:
        sign()
        late(*args, **told)

    client = as_(lea)
    monkeypatch.setattr(actions, "renew", first_somebody_signs)
    reply = client.post(f"/advies/{written}/bijwerken")
    assert (reply.status_code, reply.location) == (303, f"/advies/{written}")

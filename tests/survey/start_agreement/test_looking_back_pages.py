"""Looking back on a start agreement on the page."""

from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from tests.conftest import Clock, Member, Signed
from tests.survey.start_agreement import making
from tests.survey.start_agreement.conftest import shown_in


def test_a_coach_looks_back_in_words(
    app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope,
    clock: Clock,
) -> None:  # fmt: skip
    with app.app_context():
        found = making.signed(engine, place, coach)
    clock.forward(days=30)
    own = as_(ana)
    assert "terugkijken, afgesproken voor 12 februari 2026" in own.get("/vandaag").text
    path = f"{url}/terugkijken/halverwege"
    data = {"shown": shown_in(own.get(path).text), "on": "12-2-2026", "again_on": "4-6-2026"}
    data |= {f"note-{found.yields[0].id}": "Twaalf ouders.", "what_works": "De vaste dag."}
    reply = own.post(path, data=data)
    assert reply.status_code == 422
    assert "Twaalf ouders." in reply.text
    data |= {f"word-{one.id}": "seen" for one in found.yields}
    assert own.post(path, data=data).status_code == 303
    assert "Al te zien. Twaalf ouders." in own.get(url).text
    assert "terugkijken, afgesproken" not in own.get("/vandaag").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"on": ""}, "Kies de dag waarop u terugkeek."),
        ({"on": "21-1-2026"}, "Deze dag moet nog komen."),
        ({"again_on": ""}, "Kies de dag waarop u weer terugkijkt."),
        ({"what_works": "x" * 501}, "501 tekens, hooguit 500"),
    ],
)
def test_what_misses_something_comes_back(
    app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope,
    change: dict[str, str], said: str,
) -> None:  # fmt: skip
    with app.app_context():
        found = making.signed(engine, place, coach)
    data = {
        "on": "20-1-2026",
        "again_on": "4-6-2026",
        **{f"word-{one.id}": "seen" for one in found.yields},
    }
    reply = as_(ana).post(f"{url}/terugkijken/halverwege", data={**data, **change})
    assert reply.status_code == 422
    assert said in reply.text


def test_two_who_note_at_once_see_both(
    app: Any, as_: Signed, ana: Member, lea: Member, url: str, engine: SqliteEngine, place: str,
    coach: Scope,
) -> None:  # fmt: skip
    with app.app_context():
        found = making.signed(engine, place, coach)
    own, path = as_(ana), f"{url}/terugkijken/eind"
    data = {"shown": shown_in(own.get(path).text), "on": "20-1-2026"}
    data |= {f"word-{one.id}": "seen" for one in found.yields}
    assert as_(lea).post(path, data={**data, "what_works": "Van de lead."}).status_code == 303
    reply = own.post(path, data={**data, "what_works": "Van de coach."})
    assert reply.status_code == 409
    assert "Van de lead." in reply.text
    assert "Van de coach." in reply.text

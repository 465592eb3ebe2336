"""A start agreement as tests want it: written, asked for, signed."""

from collections.abc import Collection
from datetime import date
from typing import Any

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.start_agreement import actions, reports
from survey.start_agreement.agreement import END, HALFWAY, Agreement, line_of
from survey.start_agreement.parts import PLAN, TALK, TASKS, YIELDS, Content, Part, Wanted
from survey.start_agreement.signing import actions as signing
from survey.start_agreement.signing import links
from tests.conftest import START

TEAM = line_of("introduction_prompt", "team")
CONTENT: dict[Part, Content] = {
    TALK: Content(
        {"talked_on": date(2025, 9, 4)},
        {"partner": frozenset({"coach", "director", "parent"})},
        {"school_asks": "Meer contact met ouders.\nEn rust.", "parents_ask": "Weten wie er is."},
    ),
    YIELDS: Content(
        yields=(
            Wanted("contact_with_parents", "Meer ouders komen naar een gesprek", "de lijsten van oktober"),
            Wanted("teacher_support", "Leerkrachten staan er niet alleen voor.", ""),
        )
    ),
    TASKS: Content(
        chosen={"role": frozenset({"connector"}), "task": frozenset()},
        lines={"not_done": "De coach lost niet elke ruzie op."},
    ),
    PLAN: Content(
        {"review_on": date(2026, 2, 12)},
        {"checklist": frozenset({"team_knows_why"})},
        {TEAM: "In de vergadering van 10 september."},
    ),
}


def draft(
    engine: SqliteEngine, placement_id: str, by: Scope, parts: Collection[Part] = tuple(CONTENT)
) -> str:
    """A draft with these parts written, by default all; its id."""
    key = actions.begin(engine, placement_id=placement_id, profile="kansencoach", by=by, at=START)
    for part in parts:
        actions.save(engine, agreement_id=key, part=part, content=CONTENT[part], by=by, at=START)
    return key


def asked(
    engine: SqliteEngine, placement_id: str, by: Scope, partners: Collection[str] = ("coach", "director")
) -> list[str]:
    """Ask these to sign the version at hand, making one where there is none: the ids of what they sign."""
    one = reports.open_version(engine, by, placement_id)
    key = one.id if one else draft(engine, placement_id, by)
    signing.ask(engine, agreement_id=key, partners=dict.fromkeys(partners), by=by, at=START)
    found = reports.open_version(engine, by, placement_id)
    assert found is not None
    return [each.id for each in found.signatures if each.counts]


def sign(engine: SqliteEngine, signature_id: str, name: str = "Rosa Timmer") -> None:
    """Sign by link."""
    signing.sign(engine, token=links.token_of(signature_id), name=name, clock=lambda: START)


def signed(engine: SqliteEngine, placement_id: str, by: Scope) -> Agreement:
    """A version that everyone signed."""
    for signature_id in asked(engine, placement_id, by):
        sign(engine, signature_id)
    found = reports.of_placement(engine, by, placement_id)
    assert found is not None
    assert found.state == "signed"
    return found


def looked(agreement: Agreement, moment: str = HALFWAY, word: str = "partly", **more: Any) -> dict[str, Any]:
    """What people say when they look back, for `actions.look_back`."""
    said = {one.id: actions.Said(word, "Op de ouderavond.") for one in agreement.yields}
    again = None if moment == END else date(2026, 6, 4)
    return {
        "agreement_id": agreement.id,
        "moment": moment,
        "looked": actions.LookedBack(date(2026, 1, 15), said, {"what_works": "De vaste dag."}, again),
        "at": START,
        **more,
    }

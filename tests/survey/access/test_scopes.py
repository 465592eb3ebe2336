"""What a store tells about people it tells to someone: what reads asks for the scope of the reader."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = Path(__file__).parents[3] / "survey"
STORES = sorted(ROOMS.rglob("store.py"))
NOTHING = {"None", "int", "bool"}  # writes, counts and whether something is so
WITHOUT_A_READER = {
    "access": "decides who reads",
    "demo": "everybody in it is invented",
    "mail": "the courier reads the outbox",
    "web": "counts hits of hashed addresses",
    "health": "writes a heartbeat",
    "retention": "counts what an operator deletes",
    "erasing": "as retention, of one person",
    "rhythm": "plans for cohorts and names nobody but the lead who moved one; its tick tells nobody whom it "
    "announces to",
    "research": "reads for an operator, without names, what coaches let research read",
}
# Functions of other rooms that read for nobody in particular, and why that is right.
WITHOUT_A_SCOPE = {
    "answering.about": "part of answering: whom an invitation asks about, for whoever holds the token",
    "answering.about_late": "as answering.about",
    "answering.by_token": "the token is the authority of a respondent",
    "answering.going_on_from": "as answering.by_token",
    "answering.open_window": "names a window and no person",
    "evaluation.nodes": "the tree everybody's result is published by: labels, and no answer",
    "evaluation.overlapping": "as answering.open_window",
    "evaluation.places": "part of laying the tree: who works where, as the register of the lead has it",
    "evaluation.sealed": "part of counting: nobody can read what is sealed",
    "evaluation.to_count": "as answering.open_window",
    "evaluation.to_open": "as answering.open_window",
    "evaluation.versions": "names forms and no person",
    "evaluation.window": "as answering.open_window",
    "evaluation.windows": "as answering.open_window",
    "invitation.address_anew": "part of inviting: where to mail who did not answer, by a code",
    "invitation.asked": "part of inviting: codes that tell nothing of an address",
    "invitation.delete_named": "part of taking back: whose mail goes",
    "invitation.late": "as invitation.asked",
    "invitation.silent": "as invitation.asked",
    "invitation.to_write_to": "part of mailing: whom to write to",
    "case.code": "part of opening a case: finds only cases of who opens it",
    "case.in_force": "part of noting an agreement: finds only in cases of who notes it",
    "case.informant": "part of asking for a check: the act has looked at the case with the scope",
    "bands.in_force": "holds for everyone alike and names no person",
    "bands.who_submitted": "for an operator; never whose they are on a screen",
    "card.card_by_token": "the token is the authority of whoever holds the card",
    "card.open_link_of": "part of opening a card: what waits for whoever holds it",
    "checkin.answer": "compares a second answer with the first, for whoever holds the token",
    "checkin.revoke_link": "tells the act which link it closed, so that its mail goes too",
    "checkin.revoke_links_of": "as revoke_link",
    "checkin.revoke_links_of_case": "as revoke_link",
    "checkin.revoke_links_to_pupils": "as revoke_link",
    "checkin.waiting_of": "part of stopping: whose mails go, for whoever holds the token",
    "checkin.link_by_token": "the token is the authority of a respondent",
    "cohort.cohort_by_name": "names a cohort and no person, for an operator",
    "cohort.round_opening": "counts for an operator who withdraws a round, and names no person",
    "ending.left_behind": "part of passing cases on: tells nobody which cases it moves",
    "coaching.entry_on": "part of noting a phase: finds only in open cases of who notes it",
    "event.cohorts_of_event": "part of an act on an event: names cohorts and no person",
    "event.event_row": "as cohorts_of_event",
    "event.members": "part of noting attendance by an operator",
    "event.themes_of_event": "as cohorts_of_event",
    "hint.pairs": "two sums at a time, for an operator; never whose they are",
    "hint.thresholds": "holds for everyone alike and names no person",
    "notice.change_of": "part of deciding who is told: a moment, and no person",
    "notice.closes_at": "tells until when a round is open, and no person",
    "notice.holders": "the signed token in a mail is the authority of its reader",
    "notice.holder_of_feed": "the token is the authority of whoever holds the address",
    "notice.reader": "part of writing a mail to that very person",
    "notice.to_be_mailed": "part of bundling: whose mail waits, for no reader",
    "people.address_change": "the token in a mail is the authority of its reader",
    "people.address_changes_until": "part of letting an address count: whose, for no reader",
    "people.take_address_change": "as people.address_changes_until",
    "people.addressee": "part of writing to that very person",
    "people.cohorts": "names cohorts and no person",
    "people.leads": "part of telling leads of an act: whom to write to",
    "people.memberships": "part of the act of leaving",
    "people.trainings": "as memberships",
    "release.answers": "part of computing a release: tells of numbers, for no reader",
    "release.asked": "as release.answers",
    "school.every_count": "part of holding a list against all schools: tells of numbers, and no person",
    "school.every_programme": "as every_count",
    "school.every_school": "as every_count",
    "school.holder": "part of an act on a school: names the other one, and no person",
    "said_done.published": "everybody reads what was published, also who holds a card",
    "sharing.over": "part of an act that ends what trainers may see: for no reader",
    "sharpening.every_level_in_two_wordings": "for an operator; never whose they are on a screen",
    "sharpening.every_proposal": "the lead reads what everybody proposed: they proposed it to the programme",
    "sharpening.members": "part of drawing halves for an operator: whom a round will ask",
    "sharpening.round_opening": "as cohort.round_opening",
    "signing.by_token": "the token is the authority of whoever was asked to sign",
    "signing.hashes": "part of showing links of an agreement that the page looked at with the scope",
    "signing.signed_of": "part of taking effect: the id of a version, and no person",
    "start_agreement.to_remind": "part of the tick: whom to tell of a day to look back, for no reader",
    "talk.incident_on": "part of noting an incident: finds only in open cases of who notes it",
    "talk.line": "part of writing a line: finds only lines of who writes it",
    "talk.talk_to_agree_on": "part of agreeing: finds only in open cases of who agrees",
}


def _functions(store: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(store.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def _reads(function: ast.FunctionDef) -> bool:
    return function.returns is not None and ast.unparse(function.returns) not in NOTHING


def _asks_for_a_scope(function: ast.FunctionDef) -> bool:
    arguments = function.args
    positional = arguments.posonlyargs + arguments.args
    required = positional[: len(positional) - len(arguments.defaults)]
    required += [
        argument
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default is None
    ]
    annotated = {argument.arg: argument.annotation for argument in required}
    annotation = annotated.get("scope")
    return annotation is not None and ast.unparse(annotation) == "Scope"


def _unscoped() -> set[str]:
    return {
        f"{store.parent.name}.{function.name}"
        for store in STORES
        for function in _functions(store)
        if store.parent.name not in WITHOUT_A_READER and _reads(function) and not _asks_for_a_scope(function)
    }


def test_what_is_read_from_a_store_is_read_by_someone() -> None:
    missing = _unscoped() - set(WITHOUT_A_SCOPE)
    assert not missing, f"take `scope: Scope` without a default, or say in WITHOUT_A_SCOPE why not: {missing}"


def test_no_exception_outlives_its_function() -> None:
    assert set(WITHOUT_A_SCOPE) <= _unscoped()
    assert {store.parent.name for store in STORES} >= set(WITHOUT_A_READER)


@pytest.mark.parametrize(
    ("signature", "asks"),
    [
        ("def f(engine: Engine, scope: Scope) -> Row: ...", True),
        ("def f(engine: Engine, *, at: str, scope: Scope) -> Row: ...", True),
        ("def f(engine: Engine, scope: Scope = EVERYONE) -> Row: ...", False),
        ("def f(engine: Engine, *, scope: Scope = EVERYONE) -> Row: ...", False),
        ("def f(engine: Engine, scope: Scope | None) -> Row: ...", False),
        ("def f(engine: Engine, person: str) -> Row: ...", False),
    ],
)
def test_a_scope_with_a_default_is_no_scope(signature: str, asks: bool) -> None:
    function = ast.parse(signature).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert _asks_for_a_scope(function) is asks

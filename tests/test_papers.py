"""The documents about privacy, security and accessibility say what the code does."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from analysis import shares
from analysis.published import PERSONS_FOR_A_DISTRIBUTION, PERSONS_IN_A_BAND
from survey.access import actions as access
from survey.access import lock
from survey.config import Settings
from survey.evaluation.release.actions import FEWEST_LINES
from survey.placement import hours
from survey.placement.forms import FAR_FROM_RULE
from survey.questionnaire.plain_words import forbidden_names_in
from survey.questionnaire.released import SMALLEST, SMALLEST_OF_FAMILIES
from survey.retention.store import RULES

DOCS = Path(__file__).parent.parent / "docs"
PAPERS = ("dpia.md", "normenkader-ibp.md", "toegankelijkheid.md")
METHOD = (DOCS / "method.md").read_text(encoding="utf-8")
DPIA, NORMS = ((DOCS / name).read_text(encoding="utf-8") for name in PAPERS[:2])


def test_the_papers_name_the_limits_of_the_code() -> None:
    idle = f"na {Settings.SESSION_IDLE_MINUTES} minuten stilte"
    assert timedelta(minutes=15) == access.LINK_WORKS
    assert lock.MISSES == 5
    for paper in (DPIA, NORMS):
        assert idle in paper
        assert "15 minuten" in paper
    assert f"groepen van minstens {SMALLEST}, van ouders minstens {SMALLEST_OF_FAMILIES}" in DPIA
    assert f"kleinste groepen {SMALLEST} en {SMALLEST_OF_FAMILIES}" in NORMS


def test_what_the_papers_say_is_deleted_has_its_rule() -> None:
    old = {rule.table: rule.old for rule in RULES}
    year, seven = dict.fromkeys(("case", "note", "reflection", "audit", "ballot"), ":year"), ":seven_years"
    for table, age in (year | {"placement": seven, "advice": seven}).items():
        assert age in old[table], table
    assert "evaluation_release" not in old


DELETED = {
    "case": "everything in a case",
    "note": "a coach's private line",
    "reflection": "reflections,",
    "micro_answer": "answers of short rounds",
    "growth_share": "with which trainer a coach shared growth",
    "event": "| meetings |",
    "shared_focus": "what coaches bring to an intervision",
    "attendance": "who was at a meeting",
    "assignment": "which roles and tasks a coach had",
    "placement": "a placement with its history, hours, start agreement",
    "proposal": "a proposed change to the profile",
    "wording_draw": "who was asked which words",
    "ballot": "answers and lines without a name",
    "ballot_line": "answers and lines without a name",
    "evaluation_invitation.address": "addresses that were asked for the yearly evaluation",
    "evaluation_invitation": "who was asked in the yearly evaluation, and answers with a name",
    "advice": "the advice of a school or the programme",
    "hours_plan": "a plan of hours",
    "evaluation_node.label": "which coach a group of a release was about",
    "notice": "what someone was told by mail",
    "mail_choice": "which mails someone wants",
    "calendar_feed": "the address of someone's own calendar",
    "audit": "the audit log",
    "outbox": "mails that were sent",
    "session": "sessions that ended",
    "signin_link": "sign-in links that no longer work",
    "signin_request": "sign-in links that no longer work",
    "rate_limit": "counts for limits",
}


def test_an_operator_reads_of_everything_when_it_is_deleted() -> None:
    told = (DOCS / "operation.md").read_text(encoding="utf-8").partition("## What is deleted when")[2]
    assert DELETED.keys() == {rule.what for rule in RULES}
    assert not [what for what, words in DELETED.items() if words not in told]


def test_the_method_says_how_an_evaluation_is_told_and_how_hours_are_counted() -> None:
    told = " ".join(METHOD.split())
    low, high = (round(100 * one) for one in shares.wilson(6 / 8, 8))
    share = shares.told(0.8, shares.step(70), shares.count(90))
    for words in (
        f"minstens {SMALLEST} mensen, van ouders minstens {SMALLEST_OF_FAMILIES}",
        f"stappen van {shares.STEP} procent",
        f"Boven {shares.HIGHEST} staat er",
        f"onder {shares.LOWEST} ‘",
        f"precies vanaf {shares.EXACT_FROM} mensen",
        f"Bij 6 van de 8 is dat {low} tot {high} procent",
        f"Bij {share.percent} procent van 70 tot 74 mensen",
        f"toeval {share.chance[0]} tot {share.chance[1]} en door wie niet antwoordde "
        f"{share.non_response[0]} tot {share.non_response[1]} procent",
        f"staat er vanaf {PERSONS_FOR_A_DISTRIBUTION} mensen",
        f"minstens {PERSONS_IN_A_BAND} mensen telt",
        f"leerlingen × {hours.RULE_HOURS} / {hours.RULE_PUPILS}",
    ):
        assert words in told, words
    assert (FEWEST_LINES, FAR_FROM_RULE) == (5, 0.5)
    assert sorted(hours.WITHOUT_SCHOOL) == [7, 8]


def test_no_paper_promises_what_the_code_does_not_have(app: Flask) -> None:
    assert "Geen tweede factor en geen passkey" in NORMS
    assert not [
        rule for rule in app.url_map.iter_rules() if "passkey" in rule.rule or "webauthn" in rule.rule
    ]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_says_what_a_person_has_to_fill_in(paper: str) -> None:
    text = (DOCS / paper).read_text(encoding="utf-8")
    assert re.search(r"[Vv]ul in", text)
    assert not forbidden_names_in(text)

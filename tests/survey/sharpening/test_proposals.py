"""Proposals from the field: who may propose, who answers, and nothing typed is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from survey.database import SqliteEngine, new_key
from survey.questionnaire.catalog import load
from survey.sharpening import actions, reports
from survey.sharpening.forms import LONGEST
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member, scope_of

PAGE, COLLECTED = "/voorstellen", "/voorstellen/verzameld"
ABOUT = "kansencoach:solution_focused"
WISH = "Zeg ‘wens’ in plaats van ‘doel’."
SENT = {"about": ABOUT, "change": WISH}
Signed = Callable[[Member], HouseClient]


def words(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def kept(engine: SqliteEngine) -> list[dict[str, object]]:
    return engine.rows("SELECT profile, item, change, state, answer FROM proposal ORDER BY id")


@pytest.fixture
def proposed(engine: SqliteEngine, ana: Member) -> Callable[..., str]:
    """A proposal of Ana."""

    def add(change: str = WISH, item: str | None = "solution_focused", profile: str = "kansencoach") -> str:
        by = scope_of(ana)
        return actions.propose(
            engine, by=by, profile=profile, item=item, change=change, at=START, key=new_key()
        )

    return add


def test_a_coach_proposes_and_finds_it_back_as_not_yet_discussed(
    as_: Signed, ana: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    client = as_(ana)
    assert client.post(PAGE, data=SENT).status_code == 303
    page = words(client.get(PAGE).text)
    assert "Oplossingsgericht werken Zeg ‘wens’ in plaats van ‘doel’." in page
    assert "nog niet besproken" in page
    assert kept(engine) == [
        {
            "profile": "kansencoach",
            "item": "solution_focused",
            "change": WISH,
            "state": "open",
            "answer": None,
        }
    ]


def test_a_proposal_may_be_about_the_profile_as_a_whole(
    as_: Signed, ana: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    as_(ana).post(PAGE, data={"about": "kansencoach:", "change": "Er mist iets over pauzes."})
    assert kept(engine)[0]["item"] is None


def test_a_link_may_name_the_competency(as_: Signed, ana: Member, cohorts: Cohorts) -> None:
    page = as_(ana).get(f"{PAGE}?profiel=kansencoach&over=solution_focused").text
    assert f'<option selected value="{ABOUT}">' in page
    assert "selected" not in as_(ana).get(f"{PAGE}?profiel=kansencoach&over=nothing").text


def test_a_coach_proposes_on_the_profile_of_the_own_cohort_and_on_no_other(
    as_: Signed, ana: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    client = as_(ana)
    assert "Profiel schoolcoach" not in client.get(PAGE).text
    reply = client.post(PAGE, data={"about": "schoolcoach:", "change": WISH})
    assert (reply.status_code, kept(engine)) == (422, [])


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"change": ""}, "Schrijf in een paar zinnen wat er beter kan."),
        ({"change": "  \n "}, "Schrijf in een paar zinnen wat er beter kan."),
        ({"change": "x" * (LONGEST + 7)}, "Maak dit 7 tekens korter."),
        ({"about": "kansencoach:nothing"}, "Kies uit de lijst."),
        ({"about": ""}, "Kies uit de lijst."),
    ],
)
def test_what_does_not_fit_is_said_and_stays_typed(
    as_: Signed, ana: Member, cohorts: Cohorts, engine: SqliteEngine, sent: dict[str, str], said: str
) -> None:
    reply = as_(ana).post(PAGE, data=SENT | sent)
    assert reply.status_code == 422
    assert said in words(reply.text)
    assert (SENT | sent)["change"].strip() in html.unescape(reply.text)
    assert kept(engine) == []


def test_five_hundred_signs_on_several_lines_fit(
    as_: Signed, ana: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    typed = "é" * 249 + "\r\n" + "ï" * 250
    assert as_(ana).post(PAGE, data=SENT | {"change": typed}).status_code == 303
    assert kept(engine)[0]["change"] == typed.replace("\r\n", "\n")


def test_a_form_sent_twice_is_one_proposal(
    as_: Signed, ana: Member, cohorts: Cohorts, engine: SqliteEngine
) -> None:
    client, once = as_(ana), {"once": new_key()}
    assert [client.post(PAGE, data=SENT | once).status_code for _ in range(2)] == [303, 303]
    assert len(kept(engine)) == 1


def test_a_proposal_is_shown_as_text(as_: Signed, ana: Member, proposed: Callable[..., str]) -> None:
    proposed("<script>alert(1)</script>")
    assert "<script>alert" not in as_(ana).get(PAGE).text


def test_nobody_sees_the_proposals_of_another_but_the_lead(
    as_: Signed, ana: Member, cleo: Member, ben: Member, lea: Member, proposed: Callable[..., str]
) -> None:
    proposed()
    assert all(WISH not in as_(other).get(PAGE).text for other in (cleo, ben))
    page = words(as_(lea).get(COLLECTED).text)
    assert "A2 · Oplossingsgericht werken" in page
    assert f"{WISH} Ana" in page


def test_proposals_stand_in_the_order_of_the_profile_and_those_on_what_is_gone_stay(
    engine: SqliteEngine, app: object, proposed: Callable[..., str]
) -> None:
    for item in ("knows_local_services", None, "solution_focused", "asked_long_ago"):
        proposed(f"over {item}", item)
    found = reports.collected(engine, catalog=load())
    assert [subject.competency.key if subject.competency else None for subject in found] == [
        None,
        "solution_focused",
        "knows_local_services",
    ]
    assert {one.change for one in found[0].proposals} == {"over None", "over asked_long_ago"}


@pytest.mark.parametrize(
    ("taken", "answer", "shown"),
    [
        ("taken", "Goed gezien.", "nemen we mee"),
        ("taken", "", "nemen we mee"),
        ("not_taken", "Doel is een woord van de stichting.", "nemen we niet mee"),
    ],
)
def test_who_proposed_reads_what_came_of_it(
    as_: Signed, ana: Member, lea: Member, proposed: Callable[..., str], taken: str, answer: str, shown: str
) -> None:
    key = proposed()
    reply = as_(lea).post(f"{PAGE}/{key}/besluit", data={f"{key}-taken": taken, f"{key}-answer": answer})
    assert reply.status_code == 303
    page = words(as_(ana).get(PAGE).text)
    assert shown in page
    assert answer in page
    assert "Trek in" not in page, "what was decided stays"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Kies een van de antwoorden."),
        ({"taken": "perhaps", "answer": "Nog niet zeker."}, "Kies een van de antwoorden."),
        ({"taken": "not_taken", "answer": " "}, "Schrijf waarom niet."),
        ({"taken": "taken", "answer": "y" * (LONGEST + 1)}, "Maak dit 1 tekens korter."),
    ],
)
def test_a_decision_that_is_not_whole_is_not_kept_and_stays_typed(
    as_: Signed,
    lea: Member,
    engine: SqliteEngine,
    proposed: Callable[..., str],
    sent: dict[str, str],
    said: str,
) -> None:
    key = proposed()
    reply = as_(lea).post(
        f"{PAGE}/{key}/besluit", data={f"{key}-{name}": text for name, text in sent.items()}
    )
    assert reply.status_code == 422
    assert said in words(reply.text)
    assert sent.get("answer", "").strip() in reply.text
    assert kept(engine)[0]["state"] == "open"


def test_a_second_decision_changes_nothing_and_its_answer_is_given_back(
    as_: Signed, lea: Member, engine: SqliteEngine, proposed: Callable[..., str]
) -> None:
    key, client = proposed(), as_(lea)
    client.post(f"{PAGE}/{key}/besluit", data={f"{key}-taken": "taken", f"{key}-answer": "Ja."})
    late = {f"{key}-taken": "not_taken", f"{key}-answer": "Bij nader inzien niet."}
    reply = client.post(f"{PAGE}/{key}/besluit", data=late)
    assert reply.status_code == 409
    assert "Bij nader inzien niet." in reply.text
    assert kept(engine)[0]["answer"] == "Ja."


def test_an_own_open_proposal_can_be_taken_back_and_nobody_elses(
    as_: Signed, ana: Member, cleo: Member, engine: SqliteEngine, proposed: Callable[..., str]
) -> None:
    key = proposed()
    assert as_(cleo).post(f"{PAGE}/{key}/intrekken").status_code == 404
    assert len(kept(engine)) == 1
    assert as_(ana).post(f"{PAGE}/{key}/intrekken").status_code == 303
    assert kept(engine) == []
    assert as_(ana).post(f"{PAGE}/{key}/intrekken").status_code == 404


def test_what_was_decided_cannot_be_taken_back(
    as_: Signed, ana: Member, lea: Member, engine: SqliteEngine, proposed: Callable[..., str]
) -> None:
    key = proposed()
    actions.decide(engine, by=scope_of(lea), proposal_id=key, taken=True, answer="Ja.", at=START)
    assert as_(ana).post(f"{PAGE}/{key}/intrekken").status_code == 404
    assert kept(engine)[0]["state"] == "taken"


def test_an_unknown_proposal_is_not_there(as_: Signed, lea: Member) -> None:
    assert as_(lea).post(f"{PAGE}/none/besluit", data={"none-taken": "taken"}).status_code == 404


def test_without_proposals_the_pages_say_so(as_: Signed, ana: Member, lea: Member, cohorts: Cohorts) -> None:
    assert "U stelde nog niets voor." in as_(ana).get(PAGE).text
    assert "Er is nog niets voorgesteld" in as_(lea).get(COLLECTED).text


def test_a_proposal_outlives_the_name_of_who_made_it(
    as_: Signed, lea: Member, engine: SqliteEngine, proposed: Callable[..., str]
) -> None:
    proposed()
    engine.run("UPDATE proposal SET person_id = NULL")
    assert "iemand die vertrokken is" in as_(lea).get(COLLECTED).text


def test_a_decision_is_in_the_audit_log_without_a_word_of_it(
    lea: Member, engine: SqliteEngine, proposed: Callable[..., str]
) -> None:
    key = proposed()
    actions.decide(engine, by=scope_of(lea), proposal_id=key, taken=False, answer="Geheim.", at=START)
    (line,) = engine.rows("SELECT * FROM audit WHERE act = 'proposal-decided'")
    assert (line["person_id"], line["object"]) == (lea.id, key)
    assert "Geheim" not in str(line)

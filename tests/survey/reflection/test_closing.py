"""Afronden: up to three focus points, one private line, submitted once, corrected beside the old one."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from survey.database import Refused, SqliteEngine
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.reflection import closing
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member
from tests.survey.reflection.conftest import JSON, finish, save, stored, tap

Dump = Callable[[], dict[str, Any]]

THREE = ["uses_feedback", "flexible_hours", "knows_local_services"]


def revisions(engine: SqliteEngine) -> list[tuple[int, bool, str | None]]:
    rows = engine.rows("SELECT revision, submitted_at, open_line FROM reflection ORDER BY revision")
    return [(row["revision"], row["submitted_at"] is not None, row["open_line"]) for row in rows]


def focus(engine: SqliteEngine, revision: int = 1) -> dict[str, str | None]:
    rows = engine.rows(
        "SELECT o.item, o.aim FROM focus o JOIN reflection f ON f.id = o.reflection_id "
        "WHERE f.revision = :revision",
        {"revision": revision},
    )
    return {row["item"]: row["aim"] for row in rows}


def shown_focus(text: str) -> list[str]:
    return re.findall(r'name="focus" value="(\w+)" checked', text)


def test_a_reflection_is_submitted_with_focus_aim_and_a_line(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    typed = {"focus": THREE, "aim-uses_feedback": " Vraag het meteen. ", "line": "De lach bij het hek."}
    reply = finish(as_ana, round_id, **typed)
    assert (reply.status_code, reply.location) == (303, f"/reflectie/{round_id}")
    assert revisions(engine) == [(1, True, "De lach bij het hek.")]
    assert focus(engine) == {
        "uses_feedback": "Vraag het meteen.",
        "flexible_hours": None,
        "knows_local_services": None,
    }


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([], "U hebt 17 zinnen nog niet beantwoord."),
        (["attitude", "skills"], "U hebt 3 zinnen nog niet beantwoord."),
    ],
)
def test_the_last_page_says_how_many_are_open_and_where(
    as_ana: HouseClient, form: Questionnaire, round_id: str, blocks: list[str], sentence: str
) -> None:
    for block in blocks:
        save(as_ana, round_id, block, **{item.key: "3" for item in form.in_block(block)})
    text = as_ana.get(f"/reflectie/{round_id}/afronden").text
    assert sentence in text
    assert f'href="/reflectie/{round_id}/knowledge"' in text
    assert (f'href="/reflectie/{round_id}/skills"' in text) is (not blocks)


def test_one_open_sentence_is_told_in_the_singular(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    tap(as_ana, round_id, **{item.key: "3" for item in form.items[1:]})
    assert "U hebt één zin nog niet beantwoord." in as_ana.get(f"/reflectie/{round_id}/afronden").text


def test_nothing_is_said_about_open_sentences_when_all_are_answered(
    as_ana: HouseClient, form: Questionnaire, round_id: str
) -> None:
    tap(as_ana, round_id, **{item.key: "NOT_MET_YET" for item in form.items})
    assert "nog niet beantwoord" not in as_ana.get(f"/reflectie/{round_id}/afronden").text


def test_later_keeps_focus_and_line_without_submitting(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    reply = finish(as_ana, round_id, focus=THREE[:1], line="Nog even.", go="later")
    assert reply.location == "/vandaag"
    assert revisions(engine) == [(1, False, "Nog even.")]
    again = as_ana.get(f"/reflectie/{round_id}/afronden").text
    assert shown_focus(again) == THREE[:1]
    assert "Nog even." in again


def test_a_script_keeps_the_last_page_too(as_ana: HouseClient, engine: SqliteEngine, round_id: str) -> None:
    data = {"revision": "1", "focus": THREE[:2], "go": "later"}
    reply = as_ana.post(f"/reflectie/{round_id}/afronden", data=data, headers=JSON)
    assert reply.json == {"message": "Bewaard om 11.00 uur"}
    assert sorted(focus(engine)) == sorted(THREE[:2])


def test_back_leads_to_the_last_block(as_ana: HouseClient, round_id: str) -> None:
    assert finish(as_ana, round_id, go="back").location == f"/reflectie/{round_id}/knowledge"


WRONG = [
    ({"focus": [*THREE, "develops_method"]}, "U hebt er al drie gekozen."),
    ({"focus": ["nobody_asked_this"]}, "Kies focuspunten uit deze lijst"),
    ({"focus": ["uses_feedback", "uses_feedback"]}, "elk één keer"),
    ({"focus": ["uses_feedback"], "aim-uses_feedback": "a" * 281}, "hooguit 280 tekens"),
    ({"line": "a" * 501}, "hooguit 500 tekens"),
    ({"revision": "twee"}, "Er kwam iets binnen"),
    ({"revision": "9" * 5000}, "Er kwam iets binnen"),
    ({"revision": ""}, "Er kwam iets binnen"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG)
@pytest.mark.parametrize("go", ["", "later"])
def test_a_wrong_last_page_is_refused_and_stays_filled_in(
    as_ana: HouseClient, dump: Dump, round_id: str, wrong: dict[str, Any], sentence: str, go: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    before = dump()
    reply = finish(as_ana, round_id, **{"line": "Dit blijft staan.", "go": go, **wrong})
    assert reply.status_code == 422
    assert sentence in reply.text
    assert str(wrong.get("line", "Dit blijft staan.")) in reply.text
    assert dump() == before


def test_a_reflection_without_any_answer_is_not_submitted(
    as_ana: HouseClient, dump: Dump, round_id: str
) -> None:
    before = dump()
    reply = finish(as_ana, round_id, line="Alleen deze regel.")
    assert reply.status_code == 422
    assert "Beantwoord eerst minstens één zin." in reply.text
    assert "Alleen deze regel." in reply.text
    assert dump() == before


def test_a_double_submit_lands_on_the_result(as_ana: HouseClient, dump: Dump, round_id: str) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id, focus=THREE, line="Eén keer.")
    before = dump()
    reply = finish(as_ana, round_id, focus=THREE, line="Eén keer.")
    assert (reply.status_code, reply.location) == (303, f"/reflectie/{round_id}")
    assert dump() == before


def submit_first(client: HouseClient, round_id: str, monkeypatch: pytest.MonkeyPatch, **typed: Any) -> None:
    """Let this client submit while another request has looked at the reflection and not yet written."""
    read = closing.read

    def read_slowly(*page: Any) -> Any:
        monkeypatch.setattr(closing, "read", read)
        assert finish(client, round_id, **typed).status_code == 303
        return read(*page)

    monkeypatch.setattr(closing, "read", read_slowly)


def test_two_submits_of_the_same_at_the_same_moment_both_land_on_the_result(
    as_ana: HouseClient,
    as_: Callable[[Member], HouseClient],
    ana: Member,
    engine: SqliteEngine,
    round_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    submit_first(as_(ana), round_id, monkeypatch, focus=THREE, line="Eén keer.")
    reply = finish(as_ana, round_id, focus=THREE, line="Eén keer.")
    assert (reply.status_code, reply.location) == (303, f"/reflectie/{round_id}")
    assert revisions(engine) == [(1, True, "Eén keer.")]


def test_who_submits_something_else_at_the_same_moment_is_told(
    as_ana: HouseClient,
    as_: Callable[[Member], HouseClient],
    ana: Member,
    engine: SqliteEngine,
    round_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    submit_first(as_(ana), round_id, monkeypatch, line="De eerste.")
    reply = finish(as_ana, round_id, line="De tweede.")
    assert reply.status_code == 409
    assert "De tweede." in reply.text
    assert revisions(engine) == [(1, True, "De eerste.")]


def test_another_tab_that_submits_something_else_is_told_and_sees_what_it_typed(
    as_ana: HouseClient, dump: Dump, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id, line="De eerste.")
    before = dump()
    reply = finish(as_ana, round_id, focus=["uses_feedback"], line="De tweede.")
    assert reply.status_code == 409
    assert "De tweede." in reply.text
    assert "Leren van antwoorden" in reply.text
    assert dump() == before


def test_a_save_after_submit_is_409_and_shows_what_was_chosen(
    as_ana: HouseClient, dump: Dump, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    before = dump()
    page = save(as_ana, round_id, "skills", uses_feedback="5")
    assert page.status_code == 409
    assert "Deze reflectie is al ingeleverd" in page.text
    assert "Ik geef dit door" in page.text
    short = tap(as_ana, round_id, uses_feedback="5")
    assert short.status_code == 409
    assert short.json == {"message": "Deze reflectie is al ingeleverd. Uw laatste keuze is niet bewaard."}
    assert dump() == before


@pytest.mark.parametrize("page", ["attitude", "knowledge", "afronden"])
def test_after_submitting_the_pages_lead_to_the_result(as_ana: HouseClient, round_id: str, page: str) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    assert as_ana.get(f"/reflectie/{round_id}/{page}").location == f"/reflectie/{round_id}"


def correct(client: HouseClient, round_id: str) -> Any:
    return client.post(f"/reflectie/{round_id}/verbeteren")


def test_a_correction_starts_as_a_copy_beside_the_old_one(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3", flexible_hours="NOT_MET_YET")
    finish(as_ana, round_id, focus=["uses_feedback"], line="Zo was het.")
    assert correct(as_ana, round_id).location == f"/reflectie/{round_id}/attitude"
    assert revisions(engine) == [(1, True, "Zo was het."), (2, False, "Zo was het.")]
    assert stored(engine, 2) == stored(engine, 1)
    assert focus(engine, 2) == {"uses_feedback": None}


def test_the_old_revision_counts_until_the_new_one_is_submitted(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    correct(as_ana, round_id)
    tap(as_ana, round_id, revision=2, uses_feedback="5")
    result = as_ana.get(f"/reflectie/{round_id}").text
    assert "U bent deze reflectie aan het verbeteren." in result
    assert "Ik doe dit zelf" in result
    assert "Ik geef dit door" not in result
    finish(as_ana, round_id, revision=2)
    result = as_ana.get(f"/reflectie/{round_id}").text
    assert "Ik doe dit zelf" not in result
    assert "Ik geef dit door" in result
    assert (stored(engine, 1), stored(engine, 2)) == ({"uses_feedback": 3}, {"uses_feedback": 5})


def test_correcting_twice_opens_one_revision(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    correct(as_ana, round_id)
    correct(as_ana, round_id)
    assert [revision for revision, _, _ in revisions(engine)] == [1, 2]


def test_a_page_of_the_old_revision_does_not_write_in_the_new_one(
    as_ana: HouseClient, dump: Dump, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    finish(as_ana, round_id)
    correct(as_ana, round_id)
    before = dump()
    assert save(as_ana, round_id, "skills", revision=1, uses_feedback="1").status_code == 409
    assert dump() == before


def test_the_database_itself_refuses_a_second_revision_with_the_same_number(
    as_ana: HouseClient, engine: SqliteEngine, round_id: str
) -> None:
    tap(as_ana, round_id, uses_feedback="3")
    row = engine.one("SELECT * FROM reflection")
    assert row is not None
    with pytest.raises(Refused):
        engine.insert("reflection", row | {"id": "another"})


@pytest.mark.parametrize("wait", [16, 17])
@pytest.mark.parametrize("path", ["skills", "afronden", "verbeteren"])
def test_a_round_that_closes_while_typing_says_when_and_shows_what_was_typed(
    as_: Callable[[Member], HouseClient],
    ana: Member,
    clock: Clock,
    dump: Dump,
    round_id: str,
    wait: float,
    path: str,
) -> None:
    tap(as_(ana), round_id, develops_method="2")
    clock.at = START + timedelta(days=wait)
    client = as_(ana)
    before = dump()
    data = {"revision": "1", "uses_feedback": "4", "line": "Net te laat.", "focus": "flexible_hours"}
    if path == "skills":
        data = {"revision": "1", "uses_feedback": "4"}
    reply = client.post(f"/reflectie/{round_id}/{path}", data=data)
    assert reply.status_code == 409
    assert "sloot op donderdag 5 februari om 11.00 uur" in reply.text
    assert "Wat al bewaard was, blijft voor u te zien." in reply.text
    assert ("Net te laat." in reply.text) is (path != "skills")
    assert "Ik kan dit ook als het lastig wordt" in reply.text
    assert dump() == before


def test_who_comes_after_the_last_day_reads_which_day_that_was(
    as_: Callable[[Member], HouseClient], engine: SqliteEngine, ana: Member, clock: Clock, round_id: str
) -> None:
    engine.run("UPDATE round SET closes_at = '2026-01-27T23:00:00+00:00'")
    clock.forward(days=16)
    reply = as_(ana).post(f"/reflectie/{round_id}/skills", data={"revision": "1", "uses_feedback": "4"})
    assert reply.status_code == 409
    assert "De ronde was open tot en met dinsdag 27 januari." in reply.text
    assert "0.00" not in reply.text


def test_a_tap_in_a_closed_round_says_so(
    as_: Callable[[Member], HouseClient], ana: Member, clock: Clock, round_id: str
) -> None:
    clock.forward(days=16)
    reply = tap(as_(ana), round_id, uses_feedback="4")
    assert reply.status_code == 409
    assert reply.json == {"message": "De ronde is gesloten. Uw laatste keuze is niet bewaard."}


def test_an_unfinished_reflection_stays_visible_after_closing(
    as_: Callable[[Member], HouseClient], ana: Member, clock: Clock, round_id: str
) -> None:
    tap(as_(ana), round_id, uses_feedback="5")
    clock.forward(days=30)
    client = as_(ana)
    assert "niet afgerond; uw antwoorden zijn bewaard" in client.get("/reflectie").text
    text = client.get(f"/reflectie/{round_id}").text
    assert "Ik geef dit door" in text
    assert "Verbeteren" not in text


def test_a_missed_round_says_so(
    as_: Callable[[Member], HouseClient], ana: Member, clock: Clock, round_id: str
) -> None:
    clock.forward(days=30)
    assert "U hebt deze ronde niet ingevuld" in as_(ana).get(f"/reflectie/{round_id}").text


@pytest.mark.parametrize("started", [False, True])
def test_a_round_that_closed_at_midnight_closed_on_its_last_day(
    as_: Callable[[Member], HouseClient],
    ana: Member,
    engine: SqliteEngine,
    clock: Clock,
    round_id: str,
    started: bool,
) -> None:
    engine.run("UPDATE round SET closes_at = '2026-01-27T23:00:00+00:00'")
    if started:
        tap(as_(ana), round_id, uses_feedback="5")
    clock.forward(days=30)
    text = as_(ana).get(f"/reflectie/{round_id}").text
    assert "De ronde sloot op 27 januari 2026." in text


EARLIER = {"uses_feedback": Answer(5), "flexible_hours": Answer(None, "NOT_MET_YET")}


def test_answers_of_last_time_stand_nowhere_before_submitting(
    as_ana: HouseClient,
    ana: Member,
    cohorts: Cohorts,
    form: Questionnaire,
    reflected: Callable[..., str],
    round_id: str,
) -> None:
    earlier = reflected(
        ana,
        cohorts.bens,
        days=120,
        but=EARLIER,
        focus={"uses_feedback": "Doel van toen"},
        line="Moment van toen",
    )
    for page in ("attitude", "skills", "knowledge", "afronden"):
        text = as_ana.get(f"/reflectie/{round_id}/{page}").text
        assert "checked" not in text
        assert not re.search(r'name="was-\w+" value="\w', text)
        assert "van toen" not in text
        assert earlier not in text
    today = as_ana.get("/vandaag").text + as_ana.get("/reflectie").text
    assert "Ik geef dit door" not in today
    assert "van toen" not in today


def test_after_submitting_both_times_stand_side_by_side_in_words(
    as_ana: HouseClient,
    ana: Member,
    cohorts: Cohorts,
    reflected: Callable[..., str],
    round_id: str,
) -> None:
    reflected(ana, cohorts.bens, days=400, level=1)
    reflected(ana, cohorts.bens, days=120, but={**EARLIER, "develops_method": None})
    tap(as_ana, round_id, uses_feedback="4", flexible_hours="3")
    finish(as_ana, round_id, focus=["uses_feedback"])
    text = re.sub(r"<[^>]+>|\s+", " ", as_ana.get(f"/reflectie/{round_id}").text)
    text = re.sub(r"\s+", " ", text)
    assert "september 2025: Ik geef dit door januari 2026: Ik kan dit ook als het lastig wordt" in text
    assert "september 2025: Nog niet meegemaakt januari 2026: Ik doe dit zelf" in text
    assert "september 2025: niet beantwoord januari 2026: niet beantwoord" in text
    assert "Ik verken dit" not in text


def test_a_first_reflection_has_nothing_to_stand_beside(as_ana: HouseClient, round_id: str) -> None:
    tap(as_ana, round_id, uses_feedback="4")
    finish(as_ana, round_id)
    assert "Dit is uw eerste reflectie." in as_ana.get(f"/reflectie/{round_id}").text


def test_the_private_line_is_read_by_nobody_else(
    as_: Callable[[Member], HouseClient],
    as_ana: HouseClient,
    ben: Member,
    lea: Member,
    round_id: str,
) -> None:
    tap(as_ana, round_id, uses_feedback="4")
    finish(as_ana, round_id, line="Alleen van mij.")
    assert "Alleen van mij." in as_ana.get(f"/reflectie/{round_id}").text
    for other in (ben, lea):
        assert as_(other).get(f"/reflectie/{round_id}").status_code == 404

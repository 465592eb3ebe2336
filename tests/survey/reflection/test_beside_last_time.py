"""Answers of last time stand nowhere before submitting, and side by side in words after it."""

import re
from collections.abc import Callable

from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from tests.client import HouseClient
from tests.conftest import Cohorts, Member
from tests.survey.reflection.conftest import finish, tap

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

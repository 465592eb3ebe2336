"""A short round is about the focus of its coach, and never a part of any score."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from survey.clock import stamp
from survey.cohort import reports as cohorts_read
from survey.cohort import store as cohort_store
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.reflection import reports
from tests.analysis.frames import TEXTS
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member, scope_of
from tests.survey.reflection.conftest import FOCUS, Reflected, Short
from tests.survey.reflection.short import answer, kept


def test_the_focus_is_that_of_the_newest_reflection_and_never_an_aim(
    engine: SqliteEngine, ana: Member, cohorts: Cohorts, focused: str, reflected: Reflected
) -> None:
    assert reports.focus_items(engine, scope_of(ana), "kansencoach") == tuple(sorted(FOCUS))
    reflected(ana, cohorts.bens, days=30, focus={"develops_method": "Iets anders."})
    assert reports.focus_items(engine, scope_of(ana), "kansencoach") == ("develops_method",)
    assert reports.focus_items(engine, scope_of(ana), "schoolcoach") == ()


def test_the_dots_stand_on_the_line_of_their_own_item(
    as_ana: HouseClient, focused: str, ana: Member, cohorts: Cohorts, reflected: Reflected, short: Short
) -> None:
    reflected(ana, cohorts.bens, days=30, level=3, focus=FOCUS)
    answer(as_ana, short(), uses_feedback="4", explains_behaviour="NOT_MET_YET")
    figure = as_ana.get("/groei/kansencoach/focus.json").get_json()["figure"]
    assert [(one["mode"], one["y"]) for one in figure["data"]] == [
        ("lines+markers", [2, 3]),
        ("markers", [4]),
        ("lines+markers", [2, 3]),
        ("markers", []),
    ]
    assert "nog niet meegemaakt" in as_ana.get("/groei").text


def test_nothing_of_a_short_round_enters_a_score_or_a_cohort(
    as_ana: HouseClient,
    engine: SqliteEngine,
    catalog: Catalog,
    ana: Member,
    ben: Member,
    cohorts: Cohorts,
    focused: str,
    reflected: Reflected,
    short: Short,
) -> None:
    reflected(ana, cohorts.bens, days=30, level=2, but={"uses_feedback": None}, focus=FOCUS)

    def seen() -> list[Any]:
        (own,) = reports.growths(engine, scope_of(ana), START, catalog=catalog, texts=TEXTS)
        assert own.chart is not None
        by, at = scope_of(ben), stamp(START + timedelta(days=60))
        (cohort,) = cohorts_read.trained(engine, by)
        answers = cohort_store.answers(engine, by, cohort_id=cohort.id, at=at)
        return [own.chart.json, own.chart.table, own.chart.sentence, answers]

    before = seen()
    answer(as_ana, short(), uses_feedback="5", explains_behaviour="5")
    assert kept(engine) == {"uses_feedback": 5, "explains_behaviour": 5}
    assert seen() == before


def test_no_store_of_scores_or_cohorts_reads_short_rounds_or_look_backs() -> None:
    rooms = Path(__file__).parents[3] / "survey"
    tables = re.compile(r"\b(FROM|JOIN) (micro_answer|lookback)\b")
    readers = {
        path.relative_to(rooms).parts[0 if len(path.relative_to(rooms).parts) < 3 else 1]
        for path in rooms.rglob("*.py")
        if tables.search(path.read_text(encoding="utf-8"))
    }
    assert {"micro", "lookback"} <= readers
    assert not readers & {"cohort", "reflection", "dashboard", "sharing", "rhythm", "notice", "today"}

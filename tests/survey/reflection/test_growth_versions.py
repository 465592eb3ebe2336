"""Growth over versions of a form: only items that were asked alike in every round count."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.charts import BuiltChart
from survey.clock import stamp
from survey.database import SqliteEngine, new_key
from survey.questionnaire.catalog import Catalog
from survey.reflection import reading, reports, screens
from tests.analysis.frames import TEXTS
from tests.conftest import START, Cohorts, Member, scope_of
from tests.survey.questionnaire.samples import Data, with_next

FORM, OLD, NEW = "reflection-kansencoach", "2.0-1.0", "2.1-1.0"
SAME = "We zien geen verandering die groter is dan toeval."
Reflect = Callable[..., str]


def add_item(profile: Data) -> None:
    profile["competencies"].append(
        profile["competencies"][0] | {"key": "brand_new", "code": "A9", "change": "new"}
    )


def reword(change: str) -> Callable[[Data], None]:
    def first(profile: Data) -> None:
        item = profile["competencies"][0]
        item["change"], item["text"] = change, {lang: f"{words} Ja." for lang, words in item["text"].items()}

    return first


@pytest.fixture
def reflect(engine: SqliteEngine, ana: Member, cohorts: Cohorts) -> Reflect:
    """A closed round of this version in which Ana put every item on two, unless told otherwise."""
    engine.run("UPDATE cohort_member SET since = '2024-09-01'")

    def add(catalog: Catalog, version: str, days: int, **levels: int) -> str:
        round_id, key, opens = new_key(), new_key(), START - timedelta(days=days)
        at, closes = stamp(opens), stamp(opens + timedelta(days=21))
        held = {"id": round_id, "cohort_id": cohorts.bens, "form": FORM, "version": version}
        engine.insert("round", held | {"opens_at": at, "closes_at": closes})
        made = {"id": key, "round_id": round_id, "person_id": ana.id, "revision": 1, "open_line": None}
        engine.insert("reflection", made | {"started_at": at, "saved_at": at, "submitted_at": at})
        items = [item.key for item in catalog.get(FORM, version).items]
        rows = [
            {
                "reflection_id": key,
                "item": item,
                "item_version": catalog.item_version(FORM, version, item),
                "value": levels.get(item, 2),
                "code": None,
                "answered_at": at,
            }
            for item in items
        ]
        engine.insert("reflection_answer", rows)
        return round_id

    return add


def chart(engine: SqliteEngine, ana: Member, catalog: Catalog) -> BuiltChart:
    (grown,) = reports.growths(engine, scope_of(ana), START, catalog=catalog, texts=TEXTS)
    assert grown.chart is not None
    return grown.chart


def test_a_new_item_fakes_no_growth_and_is_not_called_common(
    engine: SqliteEngine, ana: Member, tmp_path: Path, reflect: Reflect
) -> None:
    catalog = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", add_item)
    reflect(catalog, OLD, 120)
    reflect(catalog, NEW, 30, brand_new=5)
    built = chart(engine, ana, catalog)
    assert built.sentence == SAME
    assert [row[1:] for row in built.table.rows] == [("2,0 ± 0,3", "2,0 ± 0,3", "2,0 ± 0,4", "2,0 ± 0,2")] * 2
    assert built.source_line.endswith(
        "Versie 2.0-1.0 en 2.1-1.0: bij 17 van de 18 vragen bleef de tekst gelijk."
    )


@pytest.mark.parametrize(
    ("change", "common", "attitude"),
    [
        ("changed", "Versie 2.0-1.0 en 2.1-1.0: bij 16 van de 17 vragen bleef de tekst gelijk.", "2,0 ± 0,4"),
        ("editorial", "Versie 2.0-1.0 en 2.1-1.0: de tekst van alle 17 vragen bleef gelijk.", "2,5 ± 0,3"),
    ],
)
def test_a_changed_item_breaks_its_line_and_an_editorial_change_does_not(
    engine: SqliteEngine,
    ana: Member,
    tmp_path: Path,
    reflect: Reflect,
    change: str,
    common: str,
    attitude: str,
) -> None:
    catalog = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", reword(change))
    first = catalog.profile("kansencoach").competencies[0].key
    reflect(catalog, OLD, 120)
    reflect(catalog, NEW, 30, **{first: 5})
    built = chart(engine, ana, catalog)
    assert built.source_line.endswith(common)
    assert built.table.rows[1][1] == attitude


@pytest.mark.parametrize(("change", "reworded"), [("changed", True), ("editorial", False)])
def test_the_words_of_then_stand_beside_those_of_now_unless_the_item_changed(
    engine: SqliteEngine, ana: Member, tmp_path: Path, reflect: Reflect, change: str, reworded: bool
) -> None:
    catalog = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", reword(change))
    reflect(catalog, OLD, 120)
    standing = reading.standing(engine, reflect(catalog, NEW, 30), scope=scope_of(ana), at=START)
    assert standing is not None
    found = screens.result(engine, standing, catalog=catalog, scope=scope_of(ana), lang="nl", at=START)
    lines = [line for block in found.blocks.values() for line in block]
    assert [line.reworded for line in lines] == [reworded] + [False] * 16


def test_when_nothing_compares_each_round_stands_alone_and_no_change_is_named(
    engine: SqliteEngine, ana: Member, tmp_path: Path, reflect: Reflect
) -> None:
    def change_all(profile: Data) -> None:
        for item in profile["competencies"]:
            item["change"] = "changed"

    catalog = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", change_all)
    reflect(catalog, OLD, 120)
    reflect(catalog, NEW, 30)
    built = chart(engine, ana, catalog)
    assert built.drawn
    assert [row[1] for row in built.table.rows] == ["2,0 ± 0,3", "2,0 ± 0,3 (nieuwe formulering)"]
    assert built.sentence.startswith("De vragen kregen een nieuwe formulering.")
    assert not any(line.change for line in built.result.lines.values())


def test_two_rounds_with_few_answers_are_filled_in_but_make_no_line(
    engine: SqliteEngine, ana: Member, tmp_path: Path, reflect: Reflect
) -> None:
    catalog = with_next(tmp_path, "profile-kansencoach-2.0", "competencies", add_item)
    for days in (120, 30):
        reflect(catalog, OLD, days)
    engine.run("DELETE FROM reflection_answer WHERE item <> 'uses_feedback'")
    built = chart(engine, ana, catalog)
    assert not built.drawn
    assert [set(row[1:]) for row in built.table.rows] == [{"te weinig antwoorden"}] * 2

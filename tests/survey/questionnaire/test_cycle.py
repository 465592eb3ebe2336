"""A profile may bring a cycle of coaching: phases in order, names that are not official say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.finding import BrokenQuestionnaires

from .samples import Data, profile, reflection, said, write


def cycle(*officials: bool, **changes: Any) -> Data:
    phases = [
        {"key": f"p{n}", "order": n, "official": official, "label": said(f"fase {n}"), "hint": said("kijken")}
        for n, official in enumerate(officials, start=1)
    ]
    return {"key": "round", "source": "kader/4", "notice": said("nog niet"), "phases": phases, **changes}


def test_the_schoolcoach_goes_through_six_phases_that_a_programme_may_name(catalog: Catalog) -> None:
    found = catalog.profile("schoolcoach").cycle
    assert found is not None
    assert [(phase.key, phase.order, phase.official) for phase in found.phases] == [
        (f"phase_{n}", n, False) for n in range(1, 7)
    ]
    assert found.notice is not None
    assert "Uw programma" in found.notice["nl"]


def test_causes_are_looked_for_on_five_levels(catalog: Catalog) -> None:
    levels = [level.key for level in catalog.profile("schoolcoach").factor_levels]
    assert levels == ["child", "interaction", "teacher", "team", "school"]


def test_the_kansencoach_has_no_cycle(catalog: Catalog) -> None:
    found = catalog.profile("kansencoach")
    assert (found.cycle, found.factor_levels) == (None, ())


def test_the_schoolcoach_reflects_on_eleven_items_and_attends_for_one(catalog: Catalog) -> None:
    form = catalog.reflection("schoolcoach")
    assert (form.form, form.version) == ("reflection-schoolcoach", "1.0-1.0")
    assert {block: len(items) for block, items in form.items_by_block.items()} == {
        "attitude": 3,
        "skills": 7,
        "knowledge": 1,
    }
    assert catalog.common_items([(form.form, form.version), ("reflection-kansencoach", "2.0-1.0")]) == set()


def test_named_phases_need_no_notice(tmp_path: Path) -> None:
    named = cycle(True, True)
    del named["notice"]
    loaded = load(write(tmp_path, profile(cycle=named), reflection())).profile("coach")
    assert loaded.cycle is not None
    assert loaded.cycle.notice is None


def test_a_profile_may_have_no_tasks(tmp_path: Path) -> None:
    data = profile()
    del data["tasks"]
    assert load(write(tmp_path, data)).profile("coach").tasks == ()


def swapped(data: Data) -> None:
    data["cycle"]["phases"].reverse()


BROKEN: list[tuple[Callable[[Data], Any], str, str]] = [
    (swapped, "cycle", "phase-order"),
    (lambda data: data["cycle"].pop("notice"), "cycle", "notice-needed"),
    (lambda data: data["cycle"]["phases"][1].update(key="p1"), "cycle.phases.p1", "duplicate-key"),
    (lambda data: data["cycle"]["phases"][0].pop("hint"), "cycle.phases.p1.hint", "missing"),
    (
        lambda data: data["factor_levels"].append(data["factor_levels"][0]),
        "factor_levels.child",
        "duplicate-key",
    ),
]


@pytest.mark.parametrize(("change", "path", "rule"), BROKEN)
def test_a_broken_cycle_is_named(tmp_path: Path, change: Callable[[Data], Any], path: str, rule: str) -> None:
    level = {"key": "child", "label": said("kind"), "prompt": said("Wat zien wij?")}
    data = profile(cycle=cycle(False, True), factor_levels=[level])
    change(data)
    with pytest.raises(BrokenQuestionnaires) as broken:
        load(write(tmp_path, data))
    assert [(error.path, error.rule) for error in broken.value.errors] == [(path, rule)]

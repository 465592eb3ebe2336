"""A version says of every item what happened to it, and the checker holds it to that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.finding import BrokenQuestionnaires

from .samples import Data, check_in, competency, item, levels, profile, reflection, said, write

SAME = {"change": "same"}
OTHER_WORDS = [{"value": n, "label": said(f"stap {n}")} for n in range(5)]


def next_check(*items: Data, **changes: Any) -> Data:
    return check_in(version="1.1", items=[*items], **changes)


def half(key: str, *origin: str) -> Data:
    return item(key, change="split", origin=[*origin])


def whole(key: str, *origin: str) -> Data:
    return item(key, change="merged", origin=[*origin])


def findings(folder: Path) -> set[tuple[str, str]]:
    with pytest.raises(BrokenQuestionnaires) as broken:
        load(folder)
    return {(finding.path, finding.rule) for finding in broken.value.errors}


SOUND = {
    "split": next_check(half("a", "w1"), half("b", "w1"), item("w2", **SAME), dropped=["w1"]),
    "merged": next_check(whole("both", "w1", "w2"), dropped=["w1", "w2"]),
    "editorial on reworded levels": next_check(
        item("w1", change="editorial"), item("w2", change="editorial"), scales={"extent": OTHER_WORDS}
    ),
}


@pytest.mark.parametrize("newer", SOUND.values(), ids=SOUND)
def test_declared_changes_load(tmp_path: Path, newer: Data) -> None:
    assert load(write(tmp_path, check_in(), newer)).versions("talk-parent") == ("1.0", "1.1")


W1, W2 = item("w1", **SAME), item("w2", **SAME)
REFUSED: dict[str, tuple[Data, str, str]] = {
    "a split off two items": (
        next_check(half("a", "w1", "w2"), half("b", "w1"), dropped=["w1", "w2"]),
        *("items.a.origin", "split-from-none"),
    ),
    "a split that leaves no other part": (
        next_check(half("a", "w1"), W2, dropped=["w1"]),
        *("items.a.origin", "split-from-none"),
    ),
    "a split off nothing": (
        next_check(half("a"), half("b", "w1"), W2, dropped=["w1"]),
        *("items.a.origin", "split-from-none"),
    ),
    "a split off an item that is still asked": (
        next_check(half("a", "w1"), half("b", "w1"), W1, W2),
        *("items.a.origin", "false-origin"),
    ),
    "a split off an item that never was": (
        next_check(half("a", "w9"), half("b", "w9"), W1, W2),
        *("items.a.origin", "false-origin"),
    ),
    "a part that keeps the key of the whole": (
        next_check(half("w1", "w1"), half("b", "w1"), W2),
        *("items.w1.change", "new-but-known"),
    ),
    "merged out of one": (
        next_check(whole("both", "w1"), W2, dropped=["w1"]),
        *("items.both.origin", "merged-from-one"),
    ),
    "merged out of one named twice": (
        next_check(whole("both", "w1", "w1"), W2, dropped=["w1"]),
        *("items.both.origin", "merged-from-one"),
    ),
    "new with an origin": (
        next_check(W1, W2, item("w3", origin=["w1"])),
        *("items.w3.origin", "origin-without-split"),
    ),
    "editorial on another scale": (
        next_check(
            item("w1", change="editorial", scale="other"),
            W2,
            scales={"extent": levels(), "other": levels()},
        ),
        *("items.w1.change", "editorial-but-other-scale"),
    ),
    "editorial with other values": (
        next_check(
            *(item(key, change="editorial") for key in ("w1", "w2")), scales={"extent": levels(first=1)}
        ),
        *("items.w1.change", "editorial-but-other-scale"),
    ),
    "same on reworded levels": (
        next_check(W1, W2, scales={"extent": OTHER_WORDS}),
        *("items.w1.change", "same-but-different"),
    ),
    "an editorial scale that reads the same": (
        next_check(W1, W2, editorial_scales=["extent"]),
        *("editorial_scales.extent", "false-editorial-scale"),
    ),
    "an editorial scale that never was": (
        next_check(W1, W2, editorial_scales=["mood"]),
        *("editorial_scales.mood", "false-editorial-scale"),
    ),
}


@pytest.mark.parametrize(("newer", "path", "rule"), REFUSED.values(), ids=REFUSED)
def test_a_false_declaration_is_refused(tmp_path: Path, newer: Data, path: str, rule: str) -> None:
    assert (path, rule) in findings(write(tmp_path, check_in(), newer))


def test_a_scale_with_other_levels_has_no_mapping(tmp_path: Path) -> None:
    moved = reflection(version="1.1", scales={"skill": levels(first=2)}, editorial_scales=["skill"])
    assert ("editorial_scales.skill", "scale-without-mapping") in findings(
        write(tmp_path, reflection(), moved, profile())
    )


def reworded(**changes: Any) -> Data:
    return (
        reflection(version="1.1", scales={"skill": [*levels(1)[:4], {"value": 5, "label": said("top")}]})
        | changes
    )


@pytest.mark.parametrize(
    ("declared", "common"), [({}, set()), ({"editorial_scales": ["skill"]}, {"listen", "ask"})]
)
def test_a_scale_that_reads_otherwise_breaks_every_line_unless_each_level_means_the_same(
    tmp_path: Path, declared: Data, common: set[str]
) -> None:
    catalog = load(write(tmp_path, reflection(), reworded(**declared), profile()))
    form = "reflection-coach"
    assert catalog.common_items([(form, "1.0-1.0"), (form, "1.0-1.1")]) == common
    assert catalog.item_version(form, "1.0-1.1", "listen") == "1.0-1.1"


@pytest.fixture
def coaches(tmp_path: Path) -> Catalog:
    """Three versions of a profile: listen is edited and then changed, ask stays."""
    ask = competency("ask", "S2", change="same")
    return load(
        write(
            tmp_path,
            reflection(),
            profile(),
            profile(version="1.1", competencies=[competency("listen", "S1", change="editorial"), ask]),
            profile(version="1.2", competencies=[competency("listen", "S1", change="changed"), ask]),
        )
    )


@pytest.mark.parametrize(
    ("version", "item", "before"),
    [
        ("1.2-1.0", "listen", "1.1-1.0"),  # the newest words before the change
        ("1.1-1.0", "listen", None),  # an editorial change is no other question
        ("1.2-1.0", "ask", None),
    ],
)
def test_the_wording_before_a_change_is_found(
    coaches: Catalog, version: str, item: str, before: str | None
) -> None:
    assert coaches.wording_before("reflection-coach", version, item) == before

"""`flask diff-questionnaires`: what changed between two versions, in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.questionnaire.catalog import load
from survey.questionnaire.commands import diff_questionnaires
from survey.questionnaire.difference import difference

from .samples import check_in, competency, item, levels, profile, reflection, said, write

FIRST = check_in(
    items=[item(key) for key in ("stays", "edited", "asked_anew", "one", "two", "three", "gone")]
)
SECOND = check_in(
    version="1.1",
    items=[
        item("stays", change="same"),
        item("edited", change="editorial", text=said("Is dit goed zo?")),
        item("asked_anew", change="changed", text=said("Is het beter?")),
        item("left", change="split", origin=["one"]),
        item("right", change="split", origin=["one"]),
        item("both", change="merged", origin=["two", "three"]),
        item("fresh"),
    ],
    dropped=["one", "two", "three", "gone"],
)
KEPT = {"stays", "edited", "asked_anew", "left", "fresh"}
THIRD = check_in(
    version="2.0",
    items=[
        *({**one, "change": "same", "origin": []} for one in SECOND["items"] if one["key"] in KEPT),
        item("both", change="editorial"),
    ],
    dropped=["right"],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, FIRST, SECOND, THIRD)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(diff_questionnaires, [str(argument) for argument in arguments])


def kinds(folder: Path, old: str, new: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for step in difference(load(folder), "talk-parent", old, new).steps:
        found.setdefault(str(step.change), []).append(step.key)
    return {change: tuple(keys) for change, keys in found.items()}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            *("1.0", "1.1"),
            {
                "same": ("stays",),
                "editorial": ("edited",),
                "changed": ("asked_anew",),
                "split": ("left", "right"),
                "merged": ("both",),
                "new": ("fresh",),
                "dropped": ("gone",),
            },
        ),
        (
            *("1.0", "2.0"),  # over a version in between: what happened on the way still holds
            {
                "same": ("stays",),
                "editorial": ("edited",),
                "changed": ("asked_anew",),
                "split": ("left",),
                "new": ("fresh",),
                "merged": ("both",),
                "dropped": ("gone",),
            },
        ),
        (
            *("1.1", "2.0"),
            {
                "same": ("stays", "edited", "asked_anew", "left", "fresh"),
                "editorial": ("both",),
                "dropped": ("right",),
            },
        ),
    ],
)
def test_every_kind_of_change_is_told_apart(
    folder: Path, old: str, new: str, expected: dict[str, tuple[str, ...]]
) -> None:
    assert kinds(folder, old, new) == expected


def test_the_difference_reads_as_words_with_then_and_now(folder: Path) -> None:
    lines = run("talk-parent", "1.0", "1.1", folder).output.splitlines()
    assert lines[:6] == [
        "talk-parent 1.0 to 1.1",
        "1 same: the line goes on",
        "1 editorial: other words, the line goes on",
        "  edited",
        "    - Is edited goed?",
        "    + Is dit goed zo?",
    ]
    assert "  both (out of two, three)" in lines
    assert "    - Is two goed? | Is three goed?" in lines
    assert lines[-3:] == ["1 dropped", "  gone", "    - Is gone goed?"]
    assert not any("stays" in line for line in lines), "what is the same is only counted"


def test_scales_and_texts_are_part_of_the_difference(tmp_path: Path) -> None:
    newer = check_in(
        version="1.1",
        items=[item("w1", change="editorial"), item("w2", change="changed")],
        scales={"extent": [*levels()[:4], {"value": 4, "label": said("helemaal")}]},
    )
    newer["texts"] = {**newer["texts"], "intro": said("Welkom hier")}
    output = run("talk-parent", "1.0", "1.1", write(tmp_path, check_in(), newer)).output
    assert "scale extent: changed" in output
    assert "· 4 helemaal" in output
    assert "text intro: changed\n    - intro\n    + Welkom hier" in output


def test_a_profile_and_its_reflection_tell_the_same_and_attendance_only_stands_in_the_profile(
    tmp_path: Path,
) -> None:
    meets = competency("meets", "S3", measurement="attendance")
    del meets["scale"]
    older = profile(competencies=[competency("listen", "S1"), competency("ask", "S2"), meets])
    newer = profile(
        version="1.1",
        competencies=[
            competency("listen", "S1", change="same"),
            competency("ask", "S2", change="changed"),
            meets | {"change": "same"},
        ],
    )
    folder = write(tmp_path, reflection(), older, newer)
    of_profile, of_form = (
        run("coach", "1.0", "1.1", folder),
        run("reflection-coach", "1.0-1.0", "1.1-1.0", folder),
    )
    assert "2 same" in of_profile.output
    assert "1 same" in of_form.output
    assert "1 changed: its line breaks\n  ask" in of_profile.output
    assert "1 changed: its line breaks\n  ask" in of_form.output


def test_a_new_scale_changes_every_item_of_a_reflection(tmp_path: Path) -> None:
    again = reflection(version="1.1", scales={"skill": [*levels(1)[:4], {"value": 5, "label": said("top")}]})
    output = run(
        "reflection-coach", "1.0-1.0", "1.0-1.1", write(tmp_path, reflection(), again, profile())
    ).output
    assert "2 changed: its line breaks" in output
    assert "scale skill: changed" in output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("talk-nobody", "1.0", "1.1"), "There is no talk-nobody 1.0."),
        (("talk-parent", "1.0", "9.0"), "There is no talk-parent 9.0."),
        (("talk-parent", "1.1", "1.0"), "1.0 is not newer than 1.1"),
        (("talk-parent", "1.1", "1.1"), "1.1 is not newer than 1.1"),
    ],
)
def test_what_cannot_be_compared_is_said(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments, folder)
    assert result.exit_code == 1
    assert said in result.output

"""Every number comes from the release, of the smallest group that may be told, in its own words."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from survey.advice.drafting import Drafted
from survey.database import SqliteEngine
from survey.evaluation.release import content, store
from survey.evaluation.release.content import Cell, Content, Group, Number, Share, Withheld
from tests.conftest import Member
from tests.survey.advice.conftest import ITEMS, SCHOOL, Place, Release, said_in


def test_one_coach_is_told_by_the_own_number(
    drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
) -> None:
    release(80, 70)
    said = [one for one in drafted() if one.key == "teachers_share"]
    assert [one.fields["share"] for one in said] == ["70 procent", "70 procent"]
    assert {one.fields["level"] for one in said} == {"coach Ana"}
    assert said[0].n == "10 tot 14 antwoorden van 20 gevraagde mensen"
    assert said[0].source == "/evaluatie/w-2026/evaluation-teacher?groep=w-2026-a#group"


def test_without_an_own_number_it_is_the_programme(
    drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
) -> None:
    release(80)
    (first, _) = (one for one in drafted() if one.key == "teachers_share")
    assert (first.fields["share"], first.fields["level"]) == ("80 procent", "het hele programma")


def test_two_coaches_at_a_school_are_told_by_a_group_that_holds_both(
    drafted: Callable[..., tuple[Drafted, ...]],
    placed: str,
    place: Place,
    cleo: Member,
    release: Release,
) -> None:
    place(SCHOOL, cleo)
    release(80, 70)
    said = [one for one in drafted() if one.key == "teachers_share"]
    assert {one.fields["level"] for one in said} == {"het hele programma"}


@pytest.mark.parametrize(
    ("percent", "reads"), [(90, "90 procent of meer"), (10, "10 procent of minder"), (50, "50 procent")]
)
def test_unanimity_is_told_as_the_release_tells_it(
    drafted: Callable[..., tuple[Drafted, ...]],
    placed: str,
    release: Release,
    percent: int,
    reads: str,
) -> None:
    release(percent)
    assert {one.fields["share"] for one in drafted() if one.key == "teachers_share"} == {reads}


def test_small_numbers_are_told_in_steps(
    drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
) -> None:
    release(60, persons=5)
    assert {one.fields["n"] for one in drafted() if one.key == "teachers_share"} == {"5 tot 9"}
    asked = {one.fields["n_invited"] for one in drafted() if one.key == "share_nonresponse"}
    assert asked == {"10 tot 14"}


def test_never_more_answers_are_told_than_people_asked(
    engine: SqliteEngine, drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
) -> None:
    release(80, 70)
    (row,) = engine.rows("SELECT content FROM evaluation_release")
    made = content.from_json(row["content"])
    groups = [replace(one, invited=Number(12, 12)) if one.parent else one for one in made.groups]
    text = content.to_json(Content(made.k, made.items, tuple(groups), made.cells))
    engine.run("UPDATE evaluation_release SET content = :text", {"text": text})
    told = {one.n for one in drafted() if one.key == "teachers_share"}
    assert told == {"10 tot 12 antwoorden van 12 gevraagde mensen"}


def test_a_withheld_cell_climbs_to_a_group_that_may_be_told(
    engine: SqliteEngine,
    drafted: Callable[..., tuple[Drafted, ...]],
    placed: str,
    release: Release,
) -> None:
    window = release(80, 70)
    (row,) = engine.rows("SELECT content FROM evaluation_release")
    made = content.from_json(row["content"])
    hidden = [
        Cell(one.group, one.item, withheld=Withheld.WITH_OTHERS)
        if (one.group, one.item) == (f"{window}-a", "clear_role")
        else one
        for one in made.cells
    ]
    text = content.to_json(Content(made.k, made.items, made.groups, tuple(hidden)))
    engine.run("UPDATE evaluation_release SET content = :text", {"text": text})
    levels = [one.fields["level"] for one in drafted() if one.key == "teachers_share"]
    assert levels == ["coach Ana", "het hele programma"]


def test_nothing_to_tell_is_said_without_a_number(
    drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
) -> None:
    release(None, form="evaluation-parent")
    keys = [one.key for one in drafted() if one.section == "evaluation"]
    assert keys == ["too_few_answers"]
    assert "period_and_freeze" not in {one.key for one in drafted()}


def test_before_a_release_nothing_is_said_of_the_evaluation(
    drafted: Callable[..., tuple[Drafted, ...]], placed: str
) -> None:
    assert said_in(drafted(), "evaluation") == []


def test_a_release_of_another_year_is_not_told(
    drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
) -> None:
    release(80, 70, year="2024-2025")
    assert said_in(drafted(), "evaluation") == []


@pytest.mark.parametrize(
    ("before", "now", "key"), [(75, 80, "same_as_last_year"), (20, 80, "other_than_last_year")]
)
def test_last_year_stands_beside_it_with_what_chance_can_do(
    drafted: Callable[..., tuple[Drafted, ...]],
    placed: str,
    release: Release,
    before: int,
    now: int,
    key: str,
) -> None:
    release(before, year="2024-2025")
    release(now)
    said = [one.words for one in drafted() if one.key == key]
    assert len(said) == 2
    assert said[0].startswith(f"Vorig jaar was dit {before} procent.")


def test_a_school_without_coaches_hears_of_the_programme(
    drafted: Callable[..., tuple[Drafted, ...]], school: str, release: Release
) -> None:
    release(80, 70)
    levels = {one.fields["level"] for one in drafted() if one.key == "teachers_share"}
    assert levels == {"het hele programma"}


def test_supervisors_and_directors_are_told_for_the_programme_only(
    drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
) -> None:
    release(80, form="evaluation-ib-programme")
    assert said_in(drafted(), "evaluation") == []
    assert len([one for one in drafted(None) if one.key == "ib_director_share"]) == 2


def test_others_together_are_named_as_a_number_of_groups(
    engine: SqliteEngine, drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
) -> None:
    window = release(80)
    engine.insert(
        "evaluation_node",
        {
            "id": "other",
            "window_id": window,
            "parent_id": f"{window}-c",
            "level": "coach",
            "label": "Cleo",
            "person_id": None,
        },
    )
    everybody = Group(f"{window}-p", None, (f"{window}-c",), Number(95, 95), Number(190, 190))
    rest = Group("rest", f"{window}-p", (f"{window}-a", "other"), Number(12, 12), Number(20, 20))
    cells = tuple(
        Cell(group.key, item, Share(60, (40, 80), (30, 90), Number(10, 14)))
        for group in (everybody, rest)
        for item in ITEMS
    )
    text = content.to_json(Content(5, ITEMS, (everybody, rest), cells))
    engine.run("UPDATE evaluation_release SET content = :text", {"text": text})
    assert store.is_released(engine, window, "evaluation-teacher")
    levels = {one.fields["level"] for one in drafted() if one.key == "teachers_share"}
    assert levels == {"2 coaches samen"}

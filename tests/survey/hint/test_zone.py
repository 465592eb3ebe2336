"""The zone of a chart: all earlier checks, or those before a drop that stands; it never denies a hint."""

import pytest

from survey.hint import actions, reports
from tests.survey.hint.answering import Answering

W, U = "relationship", "wellbeing"


def usual(case: Answering, links: list[str]) -> int:
    return reports.usual_checks(case.hints(), links)


@pytest.mark.parametrize(
    ("family", "line", "makes_the_zone"),
    [
        (W, "4433 3434 4433", 2),
        (W, "4433 4433 2222 3232", 2),
        (W, "4433 4433 2222 4433", 3),
        (W, "4433 4433 2222 2222", 2),
        (W, "4433 4433 2222 2222 4433", 4),
        (W, "1333 4433", 1),
        (W, "4433 4433 1333 4433", 3),
        (W, "4444 4444 4444 4444 4444", 4),
        (U, "3322 3322 1111 1111", 2),
        (U, "3322 3322 1111 3322", 3),
        (U, "3322 3222 3322 3222 3322", 4),
    ],
)
def test_the_zone_ends_before_the_drop_that_stands(
    case: Answering, family: str, line: str, makes_the_zone: int
) -> None:
    assert usual(case, case.answers("parent-1", line, family=family)) == makes_the_zone


def test_a_drop_that_was_talked_about_still_stands(case: Answering) -> None:
    links = case.answers("parent-1", "4433 4433 2222")
    actions.talk_about(
        case.engine,
        case_id=case.id,
        link_id=links[-1],
        rules=["w_b"],
        agreed=["change_pace"],
        by=case.coach.id,
        at=case.clock(),
    )
    links += case.answers("parent-1", "2222")
    assert usual(case, links) == 2


def test_the_drop_of_one_person_moves_no_zone_of_another(case: Answering) -> None:
    case.answers("parent-1", "4433 4433 2222")
    assert usual(case, case.answers("parent-2", "4433 4433 4433 4433")) == 3
    assert usual(case, case.answers("parent-1", "3333 3333", family=U)) == 1


@pytest.mark.parametrize(
    "line",
    ["4433 4433 2222", "4433 2222 3322", "4433 4433 2222 2222", "4433 4433 3322 3322 4444 4444 4444 3333"],
)
def test_where_the_last_check_is_a_drop_the_chart_says_so(case: Answering, line: str) -> None:
    from analysis.case import own_zone

    links = case.answers("parent-1", line)
    sums = [sum(map(int, values)) for values in line.split()]
    zone = own_zone(sums[: usual(case, links)], (4, 3))
    fired = any(hint.link_id == links[-1] and hint.rule == "w_b" for hint in case.hints())
    assert zone is not None
    assert not (fired and zone.side(sums[-1]) != -1)

"""The lines of a coach on paper: inside the picture, with gaps where the screen has them."""

from datetime import date

import pytest

from analysis.coach import CoachGrowth, Line, Score
from analysis.drawing import HEIGHT, LEFT, WIDTH, Drawing, coach_growth


def growth(*values: float | None, segments: tuple[int, ...] = ()) -> CoachGrowth:
    scores = tuple(None if value is None else Score(value, value - 0.3, value + 0.3) for value in values)
    line = Line(scores, segments or (0,) * len(scores))
    flat = Line(tuple(Score(3, 2.5, 3.5) for _ in scores), (0,) * len(scores))
    days = tuple(date(2025 + number // 12, 1 + number % 12, 1) for number in range(len(scores)))
    return CoachGrowth(days, {"attitude": line, "skills": flat, "knowledge": flat, "total": flat})


def drawn(*values: float | None, segments: tuple[int, ...] = ()) -> Drawing:
    return coach_growth(growth(*values, segments=segments))


def test_higher_levels_stand_higher() -> None:
    first, last = drawn(2, 4).traces[0].points
    assert first[1] > last[1]
    heights = [height for height, _ in drawn(2, 4).levels]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize("values", [(1, 5), (1,) * 30, (None, 3, None, 5)])
def test_everything_lies_inside_the_picture(values: tuple[float | None, ...]) -> None:
    drawing = drawn(*values)
    for trace in drawing.traces:
        assert all(LEFT <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in trace.points)
        assert all(0 <= high <= low <= HEIGHT for _, low, high in trace.bands)
    assert all(LEFT < x < WIDTH for x, _ in drawing.rounds)


@pytest.mark.parametrize(
    ("values", "paths", "points"),
    [
        ((2, 3, 4), 1, 3),
        ((2, None, 4), 0, 2),
        ((2, 3, None, 4, 4), 2, 4),
        ((None, None), 0, 0),
        ((2,), 0, 1),
    ],
)
def test_a_missed_round_is_a_gap(values: tuple[float | None, ...], paths: int, points: int) -> None:
    trace = drawn(*values).traces[0]
    assert (len(trace.paths), len(trace.points), len(trace.bands)) == (paths, points, points)


def test_no_line_goes_over_a_change_of_wording() -> None:
    drawing = drawn(2, 3, 3, 4, segments=(0, 0, 1, 1))
    assert len(drawing.traces[0].paths) == 2
    (cut,) = drawing.breaks
    before, after = drawing.traces[1].points[1][0], drawing.traces[1].points[2][0]
    assert before < cut < after


def test_blocks_stand_beside_each_other() -> None:
    places = [trace.points[0][0] for trace in drawn(3, 3).traces]
    assert len({*places}) == 3


def test_many_rounds_are_not_all_named_and_the_last_is() -> None:
    named = [place for _, place in drawn(*[3.0] * 20).rounds]
    assert len(named) <= 6
    assert named[-1] == 19

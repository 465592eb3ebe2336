"""Numbers that were written down read as they were."""

import json
from datetime import date

import numpy as np
from msgspec.structs import replace

from analysis.distribution import Band, Distribution
from analysis.growth import CohortGrowth, Event, cohort_growth
from analysis.results import Asked
from analysis.stored import read, written
from analysis.tally import Share, Tally
from tests.analysis.simulate import Truth, cohort_frame, scores_of


def test_a_curve_with_all_that_hangs_on_it_reads_as_it_was() -> None:
    curve = cohort_growth(cohort_frame(*scores_of(Truth(), np.random.default_rng(4))))
    whole = replace(
        curve,
        earlier=(curve,),
        events=(Event(date(2026, 1, 2), 3.5, "werkplaats"),),
        asked=Asked(("1.0", "2.0"), 10, 12),
    )
    assert curve.points
    assert read(CohortGrowth, json.loads(json.dumps(written(whole)))) == whole


def test_counts_read_as_they_were() -> None:
    for one in (
        Tally(9, (("a", 4), ("b", 3)), 3),
        Share(9, 5, 9),
        Distribution({"skills": 12}, {"skills": (Band(1, 2, 6), Band(3, 5, 6))}),
    ):
        assert read(type(one), written(one)) == one


def test_a_curve_without_points_keeps_its_reason() -> None:
    curve = cohort_growth(cohort_frame(*scores_of(Truth(coaches=4), np.random.default_rng(4))))
    assert curve.reason
    assert read(CohortGrowth, written(curve)).reason is curve.reason

"""What a reader may see of a group when some of it share with that reader one by one. Counts only."""

from dataclasses import dataclass, replace

from analysis.distribution import PERSONS_FOR_A_DISTRIBUTION, Distribution
from analysis.growth import COACHES_FOR_A_CURVE, PERSONS_FOR_A_POINT, CohortGrowth
from analysis.results import Reason
from analysis.tally import PERSONS_FOR_A_SIDE, PERSONS_FOR_A_TALLY, Share, Tally


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many of a group share, or ever shared, with the reader; `everyone` when nobody else answered."""

    ever: int = 0
    everyone: bool = False


def may_show(persons: int, sharing: Sharing, enough: int) -> bool:
    """Whether a number over `persons` may be shown: those left without who shares are none, or `enough`.

    Whom the reader sees one by one hide nobody: take them out, and the number is about those who are left.
    """
    return sharing.everyone or persons - sharing.ever >= enough


def tally_for(found: Tally, sharing: Sharing) -> Tally:
    """The tally; or withheld, with the persons who are left."""
    ok = found.withheld or may_show(found.persons, sharing, PERSONS_FOR_A_TALLY)
    return found if ok else Tally(_left(found.persons, sharing))


def share_for(found: Share | None, sharing: Sharing) -> Share | None:
    """The share; None where too few are left."""
    return found if found and may_show(found.persons, sharing, PERSONS_FOR_A_TALLY) else None


def distribution_for(found: Distribution, sharing: Sharing) -> Distribution:
    """The distribution without blocks where too few are left, or one band may hold nearly all of them."""
    shown = {block: _bands_hide(found, block, sharing) for block in found.bands}
    return Distribution(
        {block: n if shown[block] else _left(n, sharing) for block, n in found.persons.items()},
        {block: bands if shown[block] else () for block, bands in found.bands.items()},
    )


def curve_for(curve: CohortGrowth, sharing: Sharing) -> CohortGrowth:
    """The curve with the lines before it; without points where too few are left in all, or in one point."""
    earlier = tuple(line for line in curve.earlier if _hides(line, sharing))
    if not curve.points or _hides(curve, sharing):
        return replace(curve, earlier=earlier)
    withheld = CohortGrowth(curve.measure, 0, 0, (), reason=Reason.FEW_COACHES)
    return replace(withheld, earlier=earlier, asked=curve.asked)


def _hides(curve: CohortGrowth, sharing: Sharing) -> bool:
    return may_show(curve.persons, sharing, COACHES_FOR_A_CURVE) and all(
        may_show(point.persons, sharing, PERSONS_FOR_A_POINT) for point in curve.points
    )


def _bands_hide(found: Distribution, block: str, sharing: Sharing) -> bool:
    persons = found.persons[block]
    if not sharing.ever or sharing.everyone:
        return True
    largest = max((band.persons for band in found.bands[block]), default=0)
    left = persons - sharing.ever
    return left >= PERSONS_FOR_A_DISTRIBUTION and largest <= left - PERSONS_FOR_A_SIDE


def _left(persons: int, sharing: Sharing) -> int:
    return max(persons - sharing.ever, 0)

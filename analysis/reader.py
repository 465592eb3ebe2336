"""What a reader may see of a group when some of it share with that reader one by one. Counts only."""

from msgspec import Struct
from msgspec.structs import replace

from analysis.distribution import PERSONS_FOR_A_DISTRIBUTION, Distribution
from analysis.growth import COACHES_FOR_A_CURVE, PERSONS_FOR_A_POINT, CohortGrowth
from analysis.results import Reason
from analysis.tally import PERSONS_FOR_A_SIDE, PERSONS_FOR_A_TALLY, Share, Tally


class Sharing(Struct, frozen=True):
    """How many of a group share, or ever shared, with the reader; `everyone` when nobody else answered."""

    ever: int = 0
    everyone: bool = False


def may_show(persons: int, sharing: Sharing, enough: int) -> bool:
    """Whether a number over `persons` may be shown: those left without who shares are none, or `enough`.

    Whom the reader sees one by one hide nobody: take them out, and the number is about those who are left.
    """
    return sharing.everyone or persons - sharing.ever >= enough


def tally_for(found: Tally, sharing: Sharing) -> Tally:
    """The tally, or withheld.

    The reader can take out what each of `ever` chose. So what they alone could make out of a number is not
    told: a number holds three others even if all of them are in it, and leaves three out even if none are.
    How many chose something else could be one of the others, so it is not told at all.
    """
    if found.withheld or sharing.everyone or not sharing.ever:
        return found
    shown = Tally(found.persons, seen=sharing.ever)
    if shown.withheld:
        return shown
    counts = tuple((key, min(n, shown.most)) for key, n in found.counts if n >= shown.least)
    return replace(shown, counts=counts)


def share_for(found: Share | None, sharing: Sharing) -> Share | None:
    """The share; None where too few are left, a wider bound where `ever` could be all of one side."""
    if found is None or sharing.everyone or not sharing.ever:
        return found
    if not may_show(found.persons, sharing, PERSONS_FOR_A_TALLY):
        return None
    side = PERSONS_FOR_A_SIDE + sharing.ever
    if found.persons < 2 * side - 1:
        return None
    if found.least < side:
        return Share(found.persons, 0, side - 1)
    if found.persons - found.most < side:
        return Share(found.persons, found.persons - side + 1, found.persons)
    return found


def distribution_for(found: Distribution, sharing: Sharing) -> Distribution:
    """The distribution; no bands where too few are left, or a band may hold few or nearly all of them."""
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
    withheld = CohortGrowth(curve.measure, 0, 0, (), reason=Reason.FEW_OTHERS)
    return replace(withheld, earlier=earlier, asked=curve.asked)


def _hides(curve: CohortGrowth, sharing: Sharing) -> bool:
    return may_show(curve.persons, sharing, COACHES_FOR_A_CURVE) and all(
        may_show(point.persons, sharing, PERSONS_FOR_A_POINT) for point in curve.points
    )


def _bands_hide(found: Distribution, block: str, sharing: Sharing) -> bool:
    persons = found.persons[block]
    if not sharing.ever or sharing.everyone:
        return True
    sizes = [band.persons for band in found.bands[block]]
    left = persons - sharing.ever
    hold_others = min(sizes, default=0) - sharing.ever >= PERSONS_FOR_A_SIDE
    return (
        left >= PERSONS_FOR_A_DISTRIBUTION
        and hold_others
        and max(sizes, default=0) <= left - PERSONS_FOR_A_SIDE
    )


def _left(persons: int, sharing: Sharing) -> int:
    return max(persons - sharing.ever, 0)

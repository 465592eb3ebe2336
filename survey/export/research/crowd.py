"""What enough coaches of an export share to be told of them: cohort, moments, experience. Pure rules."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final

CROWD: Final = 5  # coaches that share what an export tells of them

Alike = Mapping[str, Hashable]


def ways_of(ways: Sequence[Alike]) -> dict[str, int]:
    """By coach, which of these ways to tell of them is the first that hides them; who is in none is left out.

    `ways`, from most to least told: by coach what would be told. Whom a way hides are at least CROWD who are
    told alike in it, counting none of whom more is told: that would set them apart. Where nothing more is
    told of anybody and all are alike in the last way, nobody stands out, however few they are.
    """
    found: dict[str, int] = {}
    left = set(ways[-1])
    for place, told in enumerate(ways):
        sizes = Counter(told[coach] for coach in left)
        here = {coach for coach in left if sizes[told[coach]] >= CROWD}
        found |= dict.fromkeys(here, place)
        left -= here
    if not found and len(set(ways[-1].values())) == 1:
        found = dict.fromkeys(ways[-1], len(ways) - 1)
    return found


def bands(group_of: Alike, band_of: Mapping[str, str]) -> dict[str, str]:
    """By coach the band that is told; empty where too few of the same group share it.

    Those without a told band are none or at least CROWD, so that nobody is what is left: the smallest told
    band goes there too where they would be fewer.
    """
    members: dict[Hashable, list[str]] = {}
    for coach, group in group_of.items():
        members.setdefault(group, []).append(coach)
    told = {group: _told(Counter(band_of[coach] for coach in coaches)) for group, coaches in members.items()}
    return {
        coach: band_of[coach] if band_of[coach] in told[group] else "" for coach, group in group_of.items()
    }


def _told(sizes: Counter[str]) -> frozenset[str]:
    large = [band for band, size in sizes.most_common() if band and size >= CROWD]
    rest = sizes.total() - sum(sizes[band] for band in large)
    if large and 0 < rest < CROWD:
        large.pop()
    return frozenset(large)


def calendars(held: Iterable[tuple[str, Hashable]]) -> dict[str, frozenset[Hashable]]:
    """By cohort everything it held, from pairs of a cohort and one thing it held."""
    found: dict[str, set[Hashable]] = {}
    for cohort, one in held:
        found.setdefault(cohort, set()).add(one)
    return {cohort: frozenset(things) for cohort, things in found.items()}

"""What enough coaches of an export share to be told of them: cohort, moments, experience. Pure rules."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final

CROWD: Final = 5  # coaches that share what an export tells of them

Alike = Mapping[str, Hashable]


def ways_of(ways: Sequence[Alike]) -> dict[str, int]:
    """For each coach the first of these ways to tell of them in which a crowd is told the same.

    `ways` go from telling most to telling least; each holds by coach what it would tell. A way is a coach's
    when at least CROWD coaches are told the same in it. Coaches with an earlier way do not count: more is
    told of them, which sets them apart. Coaches without a way are left out.
    """
    found: dict[str, int] = {}
    left = set(ways[-1])
    for place, told in enumerate(ways):
        sizes = Counter(told[coach] for coach in left)
        here = {coach for coach in left if sizes[told[coach]] >= CROWD}
        found |= dict.fromkeys(here, place)
        left -= here
    return found


def bands(group_of: Alike, band_of: Mapping[str, str]) -> dict[str, str]:
    """By coach the band that is told; empty where fewer than CROWD of the same group are in it.

    In a group the coaches without a told band are none, or at least CROWD: where they would be fewer, the
    smallest band is not told either. Else they could be found by subtracting.
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


def sets(pairs: Iterable[tuple[str, Hashable]]) -> dict[str, frozenset[Hashable]]:
    """By the first of each pair, every second one it stands with."""
    found: dict[str, set[Hashable]] = {}
    for key, one in pairs:
        found.setdefault(key, set()).add(one)
    return {key: frozenset(every) for key, every in found.items()}

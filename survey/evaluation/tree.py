"""The tree of a window: the programme, clusters of coaches, coaches. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from survey.database import Row


class Leaf(Struct, frozen=True, order=True):
    """A coach and the cluster they stand in."""

    cluster: str
    name: str
    person_id: str


def laid(places: Iterable[Row], kept: Mapping[str, str]) -> list[Leaf]:
    """Each coach who works somewhere, in the cluster of the municipality with most of their hours.

    `places` are rows of person_id, name, municipality and hours; without hours every place counts the same.
    `kept` is the cluster by person that somebody chose before: it stays.
    """
    hours: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    names: dict[str, str] = {}
    for place in places:
        names[place["person_id"]] = place["name"]
        hours[place["person_id"]][place["municipality"]] += place["hours"] or 0.0
    return sorted(Leaf(kept.get(who) or _most(by_town), names[who], who) for who, by_town in hours.items())


def _most(hours: Mapping[str, float]) -> str:
    """The municipality with most hours; of two with as many, the first by name."""
    return min(hours, key=lambda town: (-hours[town], town))

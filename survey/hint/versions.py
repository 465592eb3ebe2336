"""Versions of the thresholds: the first from the data files, later ones from answers, each since a moment."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from survey.clock import moment, stamp
from survey.database import Engine, Row
from survey.hint import store
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.vocabulary import Family


class Version(Struct, frozen=True):
    """Thresholds for one kind of respondent and one family, and how often each rule fires by chance.

    `zone` and `item_zone` hold a width after one earlier check and one after more, in the unit of the sum
    and of one answer. `since` is None for the first version.
    """

    number: int
    zone: tuple[int, int]
    item_zone: tuple[int, int]
    sd: float
    rates: Mapping[str, float]
    since: datetime | None = None
    pairs: int = 0


class Versions:
    """Every version, by kind of respondent and family."""

    def __init__(self, catalog: Catalog, rows: Sequence[Row]) -> None:
        rules = catalog.hint_rules
        self._found = {
            (respondent.value, family): [_first(catalog, family)]
            for respondent in rules.respondents
            for family in Family
        }
        for row in sorted(rows, key=lambda row: row["version"]):
            self._found[row["respondent"], Family(row["family"])].append(_later(row))

    def newest(self, respondent: str, family: Family) -> Version:
        """The version in force for answers that come now."""
        return self._found[respondent, family][-1]

    def in_force(self, respondent: str, family: Family, at: datetime) -> Version:
        """The version that was in force at a moment: what it coloured stays as it was."""
        found = [one for one in self._found[respondent, family] if one.since is None or one.since <= at]
        return found[-1]

    @property
    def lines(self) -> list[tuple[str, Family]]:
        """Each kind of respondent with each family."""
        return list(self._found)


def read(engine: Engine, *, catalog: Catalog) -> Versions:
    """All versions of this programme."""
    return Versions(catalog, store.thresholds(engine))


def as_row(version: Version, respondent: str, family: Family) -> Row:
    """A later version as it is stored."""
    assert version.since is not None  # the first version is never stored
    return {
        "respondent": respondent,
        "family": str(family),
        "version": version.number,
        "threshold_after_one": version.zone[0],
        "threshold": version.zone[1],
        "item_after_one": version.item_zone[0],
        "item_threshold": version.item_zone[1],
        "sd": version.sd,
        "pairs": version.pairs,
        "rates": json.dumps(dict(version.rates), sort_keys=True),
        "in_force_from": stamp(version.since),
    }


def _first(catalog: Catalog, family: Family) -> Version:
    rules = catalog.hint_rules.of(family)
    return Version(
        number=catalog.hint_rules.version,
        zone=(rules.after_one, rules.threshold),
        item_zone=(rules.item_after_one, rules.item_threshold),
        sd=rules.sd,
        rates=rules.rates,
    )


def _later(row: Row) -> Version:
    return Version(
        number=row["version"],
        zone=(row["threshold_after_one"], row["threshold"]),
        item_zone=(row["item_after_one"], row["item_threshold"]),
        sd=row["sd"],
        rates=json.loads(row["rates"]),
        since=moment(row["in_force_from"]),
        pairs=row["pairs"],
    )

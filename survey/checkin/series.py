"""Answered checks of a case, and which of them make a line: one person, one family, one meaning."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct

from survey.access.permissions import Scope
from survey.checkin import store
from survey.clock import moment
from survey.database import Engine, Row
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.vocabulary import Family


class Check(Struct, frozen=True):
    """One answered check: the value of each item, and the own goal (its key, 0..10) when it was answered."""

    link_id: str
    informant_id: str
    form: str
    version: str
    answered_at: datetime
    values: Mapping[str, int]
    goal: tuple[str, int] | None = None

    @property
    def family(self) -> Family:
        """Which of the two check-ins it is."""
        return Family.of(self.form)

    @property
    def total(self) -> int:
        """The sum of the items, 0..16; the goal is never in it."""
        return sum(self.values.values())


class Series(Struct, frozen=True):
    """The checks of one person and one family that compare with their newest one, oldest first.

    `kind` is the kind of person: parent, pupil, teacher. `items` are the questions of the newest form;
    `before_break` checks asked other questions, or more or fewer: their sums are no sums of these.
    """

    informant_id: str
    kind: str
    family: Family
    items: tuple[str, ...]
    checks: tuple[Check, ...]
    before_break: int


def checks(engine: Engine, scope: Scope, case_id: str) -> list[Check]:
    """Every answered check in a case of this coach, newest first."""
    rows = store.answers(engine, case_id=case_id, scope=scope)
    return [_check(list(answers)) for _, answers in groupby(rows, key=lambda row: row["link_id"])]


def series(newest_first: Iterable[Check], catalog: Catalog) -> list[Series]:
    """The checks of a case in lines, person by person and family by family; never over persons."""
    grouped: dict[tuple[str, Family], list[Check]] = {}
    for check in newest_first:
        grouped.setdefault((check.informant_id, check.family), []).append(check)
    return [_line(catalog, found) for found in grouped.values()]


def _line(catalog: Catalog, newest_first: Sequence[Check]) -> Series:
    newest = newest_first[0]
    form = catalog.get(newest.form, newest.version)
    versions = {one.version for one in newest_first}
    asked = {version: catalog.questions(newest.form, version) for version in versions}
    kept = tuple(one for one in reversed(newest_first) if asked[one.version] == asked[newest.version])
    return Series(
        informant_id=newest.informant_id,
        kind=form.respondent,
        family=newest.family,
        items=tuple(item.key for item in form.items),
        checks=kept,
        before_break=len(newest_first) - len(kept),
    )


def _check(rows: Sequence[Row]) -> Check:
    first = rows[0]
    return Check(
        link_id=first["link_id"],
        informant_id=first["informant_id"],
        form=first["form"],
        version=first["version"],
        answered_at=moment(first["answered_at"]),
        values={row["item"]: row["value"] for row in rows},
        goal=None if first["goal"] is None else (first["goal"], first["goal_value"]),
    )

"""What coaches see of hints: what follows from the answers of each person, and what was done with it.

A hint is derived when it is read, from the checks of one person and one family that asked the same, by the
thresholds in force when the answer came. Nothing is ever taken over persons or languages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from math import sqrt
from statistics import stdev
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from analysis.case import Measure as Measure
from analysis.chance import Chance as Chance
from analysis.chance import chance
from analysis.hints import IN_A_ROW as IN_A_ROW
from analysis.hints import UNANSWERED as UNANSWERED
from analysis.hints import Ask, Found, Kind, Outcome, Seen, Thresholds, silences
from analysis.hints import Rule as Rule
from analysis.hints import hints as hints_in
from survey.access.permissions import Scope
from survey.clock import moment, moment_or_none
from survey.database import Engine, Row
from survey.hint import store, versions
from survey.hint.calibration import PAIRS_NEEDED as PAIRS_NEEDED
from survey.hint.calibration import Calibration as Calibration
from survey.hint.versions import Version, Versions
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.hints import FamilyRules
from survey.questionnaire.vocabulary import Family

if TYPE_CHECKING:
    from analysis.hint_rates import Estimate

_family_of = cache(Family.of)
_KINDS: Mapping[Family, Kind] = {Family.RELATIONSHIP: "relationship", Family.WELLBEING: "wellbeing"}
_ORDER = list(Rule)
_DROPS = frozenset({Rule.W_A, Rule.W_B, Rule.U_A, Rule.U_B})

Asked = frozenset[tuple[str, str]]  # the questions of a form, each with the version since which it compares


class State(StrEnum):
    """What became of a hint."""

    OPEN = "open"
    TALKED = "talked"
    RECOVERED = "recovered"
    NOT_RECOVERED = "not_recovered"


class Hint(Struct, frozen=True):
    """One hint: the rule, on which check of whom, what became of it, and the numbers for its sentence.

    `at`: when the answer came, of silence when the second link expired. `total` against `mean` of `earlier`
    checks. `talked_at` and `agreed` (keys) are empty while nobody talked about it.
    """

    rule: Rule
    link_id: str
    code: str
    informant_id: str
    kind: str
    number: int
    family: Family
    at: datetime
    state: State
    talked_at: datetime | None
    agreed: tuple[str, ...]
    total: int | None
    mean: float | None
    earlier: int
    chance: Chance | None


class Decision(Struct, frozen=True):
    """A decision about more or less help: what was considered, which way, and why."""

    considered: str
    decision: str
    reason: str
    decided_at: datetime


def hints(engine: Engine, scope: Scope, case_id: str, *, catalog: Catalog, at: datetime) -> list[Hint]:
    """Every hint in a case of this coach, newest first, and of one check what asks most first."""
    asked = store.asked_in(engine, case_id, scope=scope)
    talked = store.talked_in(engine, case_id, scope=scope)
    return _hints(asked, talked, _Measure(engine, catalog), at)


def open_hints(engine: Engine, scope: Scope, *, catalog: Catalog, at: datetime) -> list[Hint]:
    """Every hint in the open cases of this coach that waits to be talked about, newest first."""
    asked = store.asked_in_open_cases(engine, scope=scope)
    talked = store.talked_in_open_cases(engine, scope=scope)
    found = _hints(asked, talked, _Measure(engine, catalog), at)
    return [one for one in found if one.state is State.OPEN]


def decisions(engine: Engine, scope: Scope, case_id: str) -> list[Decision]:
    """What was decided about more or less help in a case of this coach, newest first."""
    return [
        Decision(row["considered"], row["decision"], row["reason"], moment(row["decided_at"]))
        for row in store.decisions(engine, case_id, scope=scope)
    ]


def measure(
    engine: Engine, *, catalog: Catalog, respondent: str, family: Family, at: datetime, usual: int
) -> Measure:
    """What a chart of one person and family holds answers against, as in force at a moment.

    Of a relationship check it is the sum that is drawn, of a wellbeing check each answer apart: there the
    sum serves the words alone. `usual`: see `usual_checks`.
    """
    version = versions.read(engine, catalog=catalog).in_force(respondent, family, at)
    if family is Family.RELATIONSHIP:
        return Measure(version.zone, rates=version.rates, usual=usual)
    return Measure(version.item_zone, start=version.zone[1], rates=version.rates, usual=usual)


def usual_checks(found: Iterable[Hint], link_ids: Sequence[str]) -> int:
    """How many of these checks of one line, oldest first, show what is usual in a chart.

    All but the last; where a drop stands that did not pass, those before it, as its outcome is decided. Of
    several drops it is the one that fell from the highest mean.
    """
    place = {link_id: number for number, link_id in enumerate(link_ids)}
    standing = [
        hint
        for hint in found
        if hint.rule in _DROPS and hint.state is not State.RECOVERED and place.get(hint.link_id)
    ]
    if not standing:
        return len(link_ids) - 1
    return place[max(standing, key=lambda hint: (hint.mean, -place[hint.link_id])).link_id]


class _Measure:
    """What checks are held against: which of them asked the same, and the thresholds of their day."""

    def __init__(self, engine: Engine, catalog: Catalog) -> None:
        self.versions: Versions = versions.read(engine, catalog=catalog)
        self._catalog = catalog
        self._asked: dict[tuple[str, str], Asked] = {}

    def asked(self, form: str, version: str) -> Asked:
        """The questions of a form in their meaning: checks compare where these are equal."""
        if (form, version) not in self._asked:
            self._asked[form, version] = self._catalog.questions(form, version)
        return self._asked[form, version]

    def seen(self, row: Row) -> Seen:
        """An answered check as the rules look at it."""
        at = moment(row["answered_at"])
        in_force = self.versions.in_force(row["kind"], _family_of(row["form"]), at)
        return Seen(row["link_id"], at, row["total"], row["lowest"], Thresholds(*in_force.zone))


def _hints(asked: Iterable[Row], talked: Iterable[Row], measure: _Measure, at: datetime) -> list[Hint]:
    done = {(row["link_id"], row["rule"]): row for row in talked}
    rows = {row["link_id"]: row for row in asked}
    found = [
        _hint(one, rows[one.key], done.get((one.key, one.rule)), measure.versions)
        for one in _found(list(rows.values()), measure, at)
    ]
    found.sort(key=lambda hint: _ORDER.index(hint.rule))
    return sorted(found, key=lambda hint: (hint.at, hint.link_id), reverse=True)


def _found(rows: Sequence[Row], measure: _Measure, at: datetime) -> Iterator[Found]:
    answered: dict[tuple[str, Family, Asked], list[Seen]] = defaultdict(list)
    asks: dict[tuple[str, Family], list[Ask]] = defaultdict(list)
    for row in rows:
        family = _family_of(row["form"])
        if row["answered_at"]:
            same = measure.asked(row["form"], row["version"])
            answered[row["informant_id"], family, same].append(measure.seen(row))
        if row["answered_at"] or _stayed_silent(row, at):
            asks[row["informant_id"], family].append(
                Ask(row["link_id"], moment(row["created_at"]), row["answered_at"] is not None)
            )
    for (_who, family, _same), checks in answered.items():
        yield from hints_in(_KINDS[family], checks)
    stopped = {row["informant_id"] for row in rows if row["stopped_at"]}
    for (informant_id, _family), line in asks.items():
        if informant_id not in stopped:
            yield from silences(line)


def _stayed_silent(row: Row, at: datetime) -> bool:
    """Whether a link ran out without an answer; one that was taken back in time asks nothing."""
    expires_at, revoked_at = moment(row["expires_at"]), moment_or_none(row["revoked_at"])
    return expires_at <= at and not (revoked_at and revoked_at < expires_at)


def _hint(found: Found, row: Row, talked: Row | None, in_force: Versions) -> Hint:
    family = _family_of(row["form"])
    at = moment(row["answered_at"] or row["expires_at"])
    rates: Mapping[str, float] = in_force.in_force(row["kind"], family, at).rates
    return Hint(
        rule=found.rule,
        link_id=found.key,
        code=row["code"],
        informant_id=row["informant_id"],
        kind=row["kind"],
        number=row["number"],
        family=family,
        at=at,
        state=_state(found.outcome, talked is not None),
        talked_at=moment(talked["talked_at"]) if talked else None,
        agreed=tuple(talked["agreed"].split()) if talked else (),
        total=found.total,
        mean=found.usual.mean if found.usual else None,
        earlier=found.usual.checks if found.usual else 0,
        chance=chance(found.rule, rates),
    )


def _state(outcome: Outcome | None, is_talked: bool) -> State:
    """Recovery needs no talk; what did not recover stays open until it was talked about."""
    if outcome is Outcome.RECOVERED:
        return State.RECOVERED
    if not is_talked:
        return State.OPEN
    return State.TALKED if outcome is None else State.NOT_RECOVERED


def calibrations(engine: Engine, *, catalog: Catalog, at: datetime) -> list[Calibration]:
    """For each kind of respondent and family: what all pairs of consecutive checks so far lead to."""
    measure = _Measure(engine, catalog)
    differences: dict[tuple[str, Family], list[int]] = defaultdict(list)
    for row in store.pairs(engine):
        if measure.asked(row["form"], row["version"]) == measure.asked(row["form"], row["version_before"]):
            line = row["kind"], _family_of(row["form"])
            differences[line].append(row["total"] - row["total_before"])
    return [
        _calibration(catalog, respondent, family, measure.versions, differences[respondent, family], at)
        for respondent, family in measure.versions.lines
    ]


def _calibration(
    catalog: Catalog,
    respondent: str,
    family: Family,
    known: Versions,
    differences: Sequence[int],
    at: datetime,
) -> Calibration:
    old = known.newest(respondent, family)
    found = Calibration(respondent, family, old, len(differences))
    if len(differences) < PAIRS_NEEDED or len(set(differences)) == 1:
        return found
    sd = round(stdev(differences) / sqrt(2), 2)
    try:
        estimated = _estimate(catalog.hint_rules.of(family), family, sd)
    except ValueError:
        return replace(found, is_beyond=True)
    new = Version(
        number=old.number + 1,
        zone=(estimated.thresholds.after_one, estimated.thresholds.threshold),
        item_zone=(estimated.items.after_one, estimated.items.threshold),
        sd=sd,
        rates={name: round(rate, 3) for name, rate in estimated.rates.items()},
        since=at,
        pairs=len(differences),
    )
    return replace(found, new=new)


def _estimate(rules: FamilyRules, family: Family, sd: float) -> Estimate:
    from analysis.answer_model import Model
    from analysis.hint_rates import Drops, estimate

    model = Model(rules.model.mean, rules.model.person, rules.model.talk, rules.model.item)
    return estimate(_KINDS[family], model, sd, Drops(rules.drop_to, rules.deep_drop_to))

"""What pages and other rooms ask of start agreements. A lead reads all, a coach those of own placements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from survey.access.permissions import Scope
from survey.clock import day_or_none, local_day, moment, moment_or_none
from survey.current import catalog
from survey.database import Engine, Row, portions
from survey.start_agreement import store
from survey.start_agreement.agreement import CHECKLIST, PARTNERS
from survey.start_agreement.agreement import Agreement as Agreement
from survey.start_agreement.agreement import Review as Review
from survey.start_agreement.agreement import Signature as Signature
from survey.start_agreement.agreement import Yield as Yield
from survey.start_agreement.paper import blocks as blocks

OPEN = frozenset({"draft", "asked"})
REMINDED_FOR = timedelta(weeks=4)  # after the day; from then on it only stands on Vandaag


class Brief(NamedTuple):
    """A version in a list of what waits; `day` is the one to look back, or on which it was saved last."""

    id: str
    placement_id: str
    school: str
    coach: str | None
    day: date


class Reminder(NamedTuple):
    """A day to look back that has come, and who is still to be told."""

    agreement_id: str
    school: str
    day: date
    person_ids: tuple[str, ...]


def of_placement(engine: Engine, scope: Scope, placement_id: str) -> Agreement | None:
    """What holds for a placement: the newest signed version, and before there is one its draft."""
    return of_placements(engine, scope, [placement_id]).get(placement_id)


def of_placements(engine: Engine, scope: Scope, placement_ids: Iterable[str]) -> Mapping[str, Agreement]:
    """What holds for each of these placements, by its id; one without any is left out."""
    found = dict[str, Agreement]()
    for ids in portions(placement_ids):
        rows = store.of_placements(engine, ids, scope)
        held = dict[str, Row]()
        for row in sorted(rows, key=lambda row: row["state"] != "signed"):
            held.setdefault(row["placement_id"], row)
        found |= {one.placement_id: one for one in _agreements(engine, list(held.values()), scope)}
    return found


def open_version(engine: Engine, scope: Scope, placement_id: str) -> Agreement | None:
    """The version of a placement that is being written or signed now."""
    rows = store.of_placements(engine, [placement_id], scope)
    return _one(engine, next((row for row in rows if row["state"] in OPEN), None), scope)


def versions(engine: Engine, scope: Scope, placement_id: str) -> tuple[Agreement, ...]:
    """Every version of a placement, the newest first."""
    return _agreements(engine, store.of_placements(engine, [placement_id], scope), scope)


def one(engine: Engine, scope: Scope, agreement_id: str) -> Agreement | None:
    """One version, for who may know."""
    return _one(engine, store.one(engine, agreement_id, scope), scope)


def to_look_back(engine: Engine, scope: Scope, day: date) -> tuple[Brief, ...]:
    """The signed agreements whose day to look back has come while the place runs, the oldest first."""
    rows = store.to_look_back(engine, day.isoformat(), scope)
    return tuple(Brief(**{**row, "day": date.fromisoformat(row["day"])}) for row in rows)


def to_remind(engine: Engine, day: date, kind: str) -> tuple[Reminder, ...]:
    """For the tick: who is to be told, with a notice of this kind, that a day to look back has come."""
    since = (day - REMINDED_FOR).isoformat()
    rows = store.to_remind(engine, since=since, day=day.isoformat(), kind=kind)
    return tuple(
        Reminder(*about, tuple(row["person_id"] for row in those))
        for about, those in groupby(
            rows, key=lambda row: (row["id"], row["school"], date.fromisoformat(row["day"]))
        )
    )


def reminder(engine: Engine, scope: Scope, agreement_id: str, day: date) -> Reminder | None:
    """What this person is told of an agreement on a day, whatever roles the scope brings; or nothing."""
    row = store.reminder(engine, agreement_id, day.isoformat(), scope)
    if row is None:
        return None
    return Reminder(row["id"], row["school"], date.fromisoformat(row["day"]), (scope.person_id,))


def waiting(engine: Engine, scope: Scope) -> tuple[Brief, ...]:
    """The versions that wait for a signature, the longest waiting first."""
    return tuple(map(_saved, store.waiting(engine, scope)))


def remarked(engine: Engine, scope: Scope) -> tuple[Brief, ...]:
    """The versions not signed yet to which somebody remarked something, the longest waiting first."""
    return tuple(map(_saved, store.remarked(engine, scope)))


def _saved(row: Row) -> Brief:
    told = {**row}
    return Brief(day=local_day(moment(told.pop("saved_at"))), **told)


def _one(engine: Engine, row: Row | None, scope: Scope) -> Agreement | None:
    return _agreements(engine, [row], scope)[0] if row else None


def _agreements(engine: Engine, rows: Sequence[Row], scope: Scope) -> tuple[Agreement, ...]:
    """These versions with all that is written in them, asked of all at once."""
    if not rows:
        return ()
    ids = [row["id"] for row in rows]
    asked = (store.choices, store.lines, store.yields, store.reviews, store.signatures)
    parts = [_by_agreement(ask(engine, ids, scope)) for ask in asked]
    return tuple(_agreement(row, *(part[row["id"]] for part in parts)) for row in rows)


def _by_agreement(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    found = defaultdict[str, list[Row]](list)
    for row in rows:
        found[row.pop("agreement_id")].append(row)
    return found


def _agreement(
    row: Row,
    choices: Sequence[Row],
    lines: Sequence[Row],
    yields: Sequence[Row],
    reviews: Sequence[Row],
    signatures: Sequence[Row],
) -> Agreement:
    chosen: defaultdict[str, set[str]] = defaultdict(set)
    for choice in choices:
        chosen[choice["kind"]].add(choice["key"])
    profile = catalog().profile(row["profile"], row["profile_version"])
    days: dict[str, date | None] = {
        name: day_or_none(row[name]) for name in ("talked_on", "review_on", "again_on")
    }
    times = {"saved_at": moment(row["saved_at"]), "signed_at": moment_or_none(row["signed_at"])}
    return Agreement(
        **{**row, **days, **times},
        partners=_ordered(chosen["partner"], (one.key for one in catalog().choices(PARTNERS))),
        checklist=_ordered(chosen["checklist"], (one.key for one in catalog().choices(CHECKLIST))),
        roles=_ordered(chosen["role"], (one.key for one in profile.roles)),
        tasks=_ordered(chosen["task"], (one.key for one in profile.tasks)),
        lines={line["prompt"]: line["words"] for line in lines},
        yields=_yields(yields, reviews),
        signatures=_signatures(signatures),
    )


def _yields(rows: Iterable[Row], reviews: Iterable[Row]) -> tuple[Yield, ...]:
    said: defaultdict[str, dict[str, Review]] = defaultdict(dict)
    for row in reviews:
        day = date.fromisoformat(row["reviewed_on"])
        said[row["yield_id"]][row["moment"]] = Review(row["word"], row["note"], day, row["noted_by"])
    return tuple(Yield(**row, reviews=dict(said[row["id"]])) for row in rows)


def _signatures(rows: Iterable[Row]) -> tuple[Signature, ...]:
    """Who was asked, in the order of their functions."""
    place = {one.key: number for number, one in enumerate(catalog().choices(PARTNERS))}
    found = [_signature(row) for row in rows]
    return tuple(sorted(found, key=lambda one: (place.get(one.partner, len(place)), one.id)))


def _signature(row: Row) -> Signature:
    times = {name: moment_or_none(row[name]) for name in ("signed_at", "remarked_at", "revoked_at")}
    return Signature(**{**row, **times, "expires_at": moment(row["expires_at"])})


def _ordered(chosen: set[str], listed: Iterable[str]) -> tuple[str, ...]:
    """What was chosen in the order of its list; what the list knows no more comes last."""
    known = [key for key in listed if key in chosen]
    return (*known, *sorted(chosen - set(known)))

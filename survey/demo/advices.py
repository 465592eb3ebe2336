"""Advices of Veenrand: last year signed, this year drafted, in sentences the application drafts."""

import json
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from survey.access.permissions import Role, Scope
from survey.advice import reports as advice
from survey.clock import school_year, stamp, year_before
from survey.database import Engine, Row
from survey.demo import names, store
from survey.demo.calendar import end_of_work, workday
from survey.demo.chance import Chance

MADE, SIGNED = (7, 6), (7, 10)  # month and day: the hours of June are written down
OWN: Final = "De directeur wil in september samen met de ouderraad kiezen wat eerst komt."
EDITED: Final = " Zo staat het ook in de startafspraak."


class Choice(Struct, frozen=True):
    """What the lead chose, with what belongs to it: so many hours more than are agreed."""

    choice: str
    reason: str
    more: float | None = None
    partners: str = ""
    find_coach: bool = False


SIGNED_OF: Final = (  # schools by name; None is the programme
    ("De Kraanheide", Choice("continue", "Team en ouders willen zo door. De rol is duidelijk.", 0.0)),
    ("Het Wollegras", Choice("more_hours", "De school vraagt meer tijd met ouders in de ochtend.", 1.0)),
    ("De Gagelhof", Choice("analysis", "We weten nog te weinig. Eerst samen kijken.", None, "director ib")),
    (None, Choice("continue", "De hulp blijft op alle scholen die meedoen. Vacatures gaan voor.", 0.0)),
)  # fmt: skip
DRAFTS: Final = ("De Kraanheide", None)


def add(engine: Engine, tables: dict[str, list[Row]], *, seed: int, at: date) -> None:
    """Write the advices; each says what was known on its day."""
    lead = next(row["id"] for row in tables["person"] if row["name"] == names.LEAD.name)
    by = Scope(lead, names.LEAD.name, frozenset({Role.LEAD}))
    ids = {row["name"]: row["id"] for row in tables["school"]}
    running = school_year(at)
    last = year_before(running)
    for name, choice in SIGNED_OF:
        made = date(int(last[5:]), *MADE)
        row = _row(Chance(seed, "advice", last, str(name)), name and ids[name], last, made, by)
        agreed = _agreed(tables["placement"], row)
        row |= _chosen(choice, agreed, date(int(last[5:]), *SIGNED), by)
        _write(engine, seed, row, made, by, is_edited=name == SIGNED_OF[0][0])
    for name in DRAFTS:
        made = workday(at - timedelta(days=4))
        if school_year(made) == running:
            row = _row(Chance(seed, "advice", running, str(name)), name and ids[name], running, made, by)
            _write(engine, seed, row, made, by, is_edited=False)


def _row(chance: Chance, school_id: str | None, year: str, made: date, by: Scope) -> Row:
    made_at = end_of_work(made)
    row = {"id": chance.key(made_at), "school_id": school_id, "school_year": year}
    empty = dict.fromkeys(("choice", "choice_hours", "choice_on", "chosen_by", "chosen_at"))
    empty |= dict.fromkeys(("signed_by", "signed_as", "signed_at"))
    rest = {"choice_with": "", "find_coach": 0, "reason": "", "revision": 1}
    return {**row, "made_by": by.person_id, "made_at": stamp(made_at), **empty, **rest}


def _agreed(placements: list[Row], advice: Row) -> float:
    """The hours a week of coaches who worked until the end of the year, at the school or everywhere."""
    hours: list[float] = [
        row["hours_agreed"]
        for row in placements
        if row["school_year"] == advice["school_year"]
        and advice["school_id"] in {None, row["school_id"]}
        and row["person_id"]
        and row["end_reason"] in {None, "end_of_school_year"}
    ]
    return sum(hours)


def _chosen(choice: Choice, agreed: float, signed: date, by: Scope) -> Row:
    at = stamp(end_of_work(workday(signed)))
    return {
        "choice": choice.choice,
        "choice_hours": None if choice.more is None else agreed + choice.more,
        "choice_with": choice.partners,
        "find_coach": int(choice.find_coach),
        "reason": choice.reason,
        "chosen_by": by.person_id,
        "chosen_at": at,
        "revision": 6,
        "signed_by": by.person_id,
        "signed_as": by.name,
        "signed_at": at,
    }


def _write(engine: Engine, seed: int, row: Row, made: date, by: Scope, *, is_edited: bool) -> None:
    """The advice, then the sentences that its facts allow, with those of a person."""
    store.insert(engine, {"advice": [row]})
    chance, at = Chance(seed, "sentences", row["id"]), end_of_work(made)
    drafted = advice.drafted_now(engine, by, advice.known(engine, by, row["id"]), made)
    lines = [
        {
            "id": chance.key(at),
            "advice_id": row["id"],
            "section": one.section,
            "position": position,
            "key": one.key,
            "about": one.about,
            "words": one.words,
            "drafted": None,
            "fields": json.dumps(dict(one.fields)),
            "n": one.n,
            "period": one.period,
            "source": one.source,
            "changed_by": None,
            "changed_at": None,
            "left_out_at": None,
        }
        for position, one in enumerate(drafted)
    ]
    if is_edited:
        _edit(lines, chance, at + timedelta(days=1), by)
    store.insert(engine, {"advice_sentence": lines})


def _edit(lines: list[Row], chance: Chance, at: datetime, by: Scope) -> None:
    """A person adds to the first sentence about the place, and writes one about the hours."""
    marked = {"changed_by": by.person_id, "changed_at": stamp(at)}
    first = next(row for row in lines if row["section"] == "placement")
    first |= {"drafted": first["words"], "words": first["words"] + EDITED, **marked}
    own = dict.fromkeys(first) | {"id": chance.key(at), "advice_id": first["advice_id"], "about": ""}
    own |= {"section": "hours", "position": len(lines), "words": OWN, **marked}
    lines.append(own)

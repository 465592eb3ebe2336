"""Start agreements of Veenrand: most signed and looked back on, some being signed or written."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from survey.clock import days_of_school_year, stamp
from survey.database import Row
from survey.demo import names, start_words
from survey.demo.calendar import end_of_work, midnight, open_day, workday
from survey.demo.chance import Chance
from survey.demo.schools import staff
from survey.demo.world import World

HAS_ONE: Final = 0.3
LINK_WORKS: Final = timedelta(weeks=6)
PARTNERS: Final = ("coach", "director", "ib", "teacher", "parent", "programme_lead")
SIGNERS: Final = ("director", "ib", "parent")
WORDS: Final = (("seen", "partly", "not_yet"), (35, 45, 20))
LOOKED_BACK: Final = 0.7  # of those whose day to look back half-way has come
DRAFTED: Final = 0.15
HALFWAY, END = (2, 3), (6, 12)  # month and day


class Version(Struct, frozen=True):
    """One version to write: of which placement, and how far it came."""

    row: Row
    chance: Chance
    talked_on: date
    state: str
    version: int = 1

    @property
    def signed_on(self) -> date:
        """The day of the last signature."""
        return workday(self.talked_on + timedelta(days=12))


def add(world: World) -> None:
    """Rows of every version with its choices, lines, yields, reviews and signatures."""
    own = {row["id"]: row["name"] for row in world.tables["person"]}
    profiles = world.profiles()
    versions = [one for row in world.tables["placement"] for one in _versions(world, row, own)]
    for one in versions:
        _write(world, one, profiles[one.row["person_id"]])


def _versions(world: World, row: Row, own: dict[str, str]) -> Iterator[Version]:
    """What there is of a placement; visitors have one signed, one that waits and one that is written."""
    calendar = world.calendar
    if row["status"] not in {"active", "ended"} or row["person_id"] is None:
        return
    chance = world.chance("start agreement", row["id"])
    talked = open_day(date.fromisoformat(row["starts_on"]) + timedelta(days=chance.randint(16, 30)))
    running, name = row["school_year"] == calendar.years[-1], own[row["person_id"]]
    if name == names.STARTER.name:
        yield Version(row, chance, calendar.yesterday, "draft")
    elif name == names.COACH.name and running:
        yield from _of_the_tour(world, row, chance, talked)
    elif row["school_year"] in calendar.years[-2:] and talked + timedelta(days=20) < _end(row, calendar.day):
        yield from _drawn(row, chance, talked, running=running, surely=name == names.COACH.name)


def _drawn(row: Row, chance: Chance, talked: date, *, running: bool, surely: bool) -> Iterator[Version]:
    """By chance one that is signed, or only written; or one that a second version replaced."""
    if not (chance.happens(HAS_ONE) or surely):
        return
    other = chance.happens(DRAFTED)
    if running:
        yield Version(row, chance, talked, "draft" if other else "signed")
    else:
        if other:
            yield Version(row, chance, talked - timedelta(days=5), "replaced")
        yield Version(row, chance, talked, "signed", 2 if other else 1)


def _end(row: Row, day: date) -> date:
    return min(day, date.fromisoformat(row["ends_on"])) if row["ends_on"] else day


def _of_the_tour(world: World, row: Row, chance: Chance, talked: date) -> Iterator[Version]:
    """At the first school the day to look back has come; at the second a parent did not sign in time."""
    first = next(one for one in world.tables["placement"] if one["person_id"] == row["person_id"])
    late = world.calendar.day - LINK_WORKS - timedelta(days=9)
    if talked + timedelta(days=20) >= world.calendar.day:
        yield Version(row, chance, world.calendar.yesterday, "draft")
    elif row["school_id"] == first["school_id"]:
        yield Version(row, chance, talked, "signed")
    elif late > date.fromisoformat(row["starts_on"]):
        yield Version(row, chance, late, "asked")


def _write(world: World, one: Version, profile: str) -> None:
    key = one.chance.key(midnight(one.talked_on))
    lead = world.person(names.LEAD.name)
    last = one.signed_on if one.state != "draft" else one.talked_on
    review_on = _review_on(world, one)
    looked_back = _looked_back(world, one, review_on)
    world.tables["start_agreement"].append(
        {
            "id": key,
            "placement_id": one.row["id"],
            "version": one.version,
            "state": one.state,
            "profile": profile,
            "profile_version": world.catalog.profile(profile).version,
            "talked_on": one.talked_on.isoformat(),
            "review_on": review_on.isoformat(),
            "again_on": _day(one.row, END).isoformat() if looked_back else None,
            "made_by": lead if one.chance.happens(0.3) else one.row["person_id"],
            "made_at": stamp(end_of_work(min(one.talked_on, world.calendar.yesterday))),
            "saved_at": stamp(end_of_work(last)),
            "signed_at": stamp(end_of_work(last)) if one.state in {"signed", "replaced"} else None,
            "revision": 4,
        }
    )
    _choose(world, one, key, profile)
    _say(world, one, key, looked_back)
    if one.state != "draft":
        _sign(world, one, key)


def _day(row: Row, month_and_day: tuple[int, int]) -> date:
    return date(int(row["school_year"][5:]), *month_and_day)


def _review_on(world: World, one: Version) -> date:
    """Half-way the school year; for the tour a day that has just come."""
    day = max(_day(one.row, HALFWAY), one.talked_on + timedelta(weeks=10))
    tour = world.person(names.COACH.name)
    running = one.row["school_year"] == world.calendar.years[-1]
    if one.row["person_id"] == tour and running and one.state == "signed":
        day = min(day, world.calendar.yesterday)
    return min(open_day(day), days_of_school_year(one.row["school_year"])[1])


def _looked_back(world: World, one: Version, review_on: date) -> tuple[tuple[str, date], ...]:
    """The moments at which people looked back, with the day."""
    end = _day(one.row, END)
    if one.state != "signed" or review_on >= world.calendar.yesterday:
        return ()
    if one.row["school_year"] == world.calendar.years[-1]:
        return (("halfway", review_on),) if one.chance.happens(LOOKED_BACK) else ()
    left = one.row["ends_on"] and date.fromisoformat(one.row["ends_on"]) < end
    return (("halfway", review_on),) if left or review_on >= end else (("halfway", review_on), ("end", end))


def _choose(world: World, one: Version, key: str, profile: str) -> None:
    tasks, roles = _assigned(world, one, profile)
    partners = [who for who in PARTNERS if who in {"coach", *SIGNERS} or one.chance.happens(0.5)]
    points = [point.key for point in world.catalog.choices("start_checklist") if one.chance.happens(0.85)]
    for kind, keys in (("partner", partners), ("checklist", points), ("role", roles), ("task", tasks)):
        world.tables["start_choice"] += [
            {"agreement_id": key, "kind": kind, "key": chosen} for chosen in sorted(keys)
        ]


def _assigned(world: World, one: Version, profile: str) -> tuple[list[str], list[str]]:
    """Tasks and roles as they stand in the assignment; without one the first tasks of the profile."""
    held = {
        row["id"]
        for row in world.tables["assignment"]
        if (row["person_id"], row["school_id"]) == (one.row["person_id"], one.row["school_id"])
    }
    newest = max(held, default=None)
    tasks = [row["task"] for row in world.tables["assignment_task"] if row["assignment_id"] == newest]
    roles = [row["role"] for row in world.tables["assignment_role"] if row["assignment_id"] == newest]
    known = world.catalog.profile(profile)
    return tasks or [task.key for task in known.tasks[:5]], roles or [role.key for role in known.roles[:1]]


def _say(world: World, one: Version, key: str, looked_back: tuple[tuple[str, date], ...]) -> None:
    chance, lines = one.chance, dict[str, str]()
    lines["school_asks"] = chance.choice(start_words.SCHOOL_ASKS)
    lines["parents_ask"] = chance.choice(start_words.PARENTS_ASK)
    lines["not_done"] = chance.choice(start_words.NOT_DONE)
    for prompt, said in start_words.INTRODUCTION.items():
        if chance.happens(0.7):
            lines[f"introduction_prompt.{prompt}"] = chance.choice(said)
    for moment, _on in looked_back:
        for prompt, said in start_words.LOOKED_BACK.items():
            lines[f"{moment}.{prompt}"] = chance.choice(said)
    world.tables["start_line"] += [
        {"agreement_id": key, "prompt": prompt, "words": said} for prompt, said in lines.items()
    ]
    for position, (category, wanted, noticed) in enumerate(sorted(chance.sample(start_words.YIELDS, 3))):
        yield_id = chance.key(midnight(one.talked_on))
        row = {"id": yield_id, "agreement_id": key, "position": position, "category": category}
        world.tables["intended_yield"].append({**row, "wanted": wanted, "noticed_by": noticed})
        for moment, on in looked_back:
            world.tables["yield_review"].append(_review(one, yield_id, moment, workday(on)))


def _review(one: Version, yield_id: str, moment: str, on: date) -> Row:
    word = one.chance.choices(*WORDS)[0]
    return {
        "yield_id": yield_id,
        "moment": moment,
        "word": word,
        "note": one.chance.choice(start_words.SAID[word]),
        "reviewed_on": on.isoformat(),
        "noted_by": one.row["person_id"],
        "noted_at": stamp(end_of_work(on)),
    }


def _sign(world: World, one: Version, key: str) -> None:
    """Everyone signed, or a parent remarked something and did not."""
    who = staff(world, one.row["school_id"])
    asked_at = midnight(workday(one.talked_on + timedelta(days=2))) + timedelta(hours=10)
    for number, partner in enumerate(SIGNERS):
        waits = one.state == "asked" and partner == "parent"
        signed_at = end_of_work(one.signed_on) - timedelta(minutes=40 * (len(SIGNERS) - number - 1))
        world.tables["start_signature"].append(
            {
                "id": one.chance.key(asked_at),
                "agreement_id": key,
                "partner": partner,
                "token_hash": one.chance.unknown_hash(),
                "expires_at": stamp(asked_at + LINK_WORKS),
                "name": None if waits else who[partner],
                "signed_at": None if waits else stamp(signed_at),
                "remark": start_words.REMARK if waits else "",
                "remarked_at": stamp(signed_at) if waits else None,
                "revoked_at": None,
            }
        )

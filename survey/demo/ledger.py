"""Rows of what happens in a case: the people asked, talks with what was agreed, links, answers and goals."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from survey.clock import stamp
from survey.database import Row
from survey.demo.calendar import midnight, working_moment
from survey.demo.cases import Case
from survey.demo.chance import Chance
from survey.demo.plan import Ask, Asked, Course, Talk
from survey.demo.world import World
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.vocabulary import Family

LINK_WORKS: Final = timedelta(hours=72)
NOTES_KEPT: Final = timedelta(days=360)
TALK_LASTS: Final = timedelta(minutes=40)


def write(world: World, chance: Chance, case: Case, course: Course) -> list[Asked]:
    """Rows of one case; what was asked, in order, for the hints that follow from it."""
    book = _Book(world, chance, case, course)
    return [asked for talk in course.talks for asked in book.note(talk)]


class _Book:
    """What one case leaves behind."""

    def __init__(self, world: World, chance: Chance, case: Case, course: Course) -> None:
        self.world, self.chance, self.case, self.course = world, chance, case, course
        self.people = {who: self._informant(who) for who in course.people}
        world.tables["informant"] += self.people.values()

    def _informant(self, who: str) -> Row:
        kind, number = who.split("-")
        row: Row = {"id": self.chance.key(midnight(self.case.opened)), "case_id": self.case.id}
        row |= {"kind": kind, "number": int(number), "goal": self.course.goals.get(who)}
        return row | {"stopped_at": None}

    def note(self, talk: Talk) -> list[Asked]:
        """One talk, planned ones as they stand today, and the checks around it."""
        begins = working_moment(self.chance, talk.day)
        noted = begins + TALK_LASTS + timedelta(minutes=15)
        if talk.state == "planned":
            noted = working_moment(
                self.chance, min(self.world.calendar.yesterday, talk.day - timedelta(days=3))
            )
            noted = max(noted, midnight(self.case.opened) + timedelta(hours=17))
        key = self.chance.key(noted)
        self.world.tables["talk"].append(
            {
                "id": key,
                "case_id": self.case.id,
                "kind": talk.kind,
                "state": talk.state,
                "day": talk.day.isoformat(),
                "starts_at": talk.starts_at,
                "noted_at": stamp(noted),
            }
        )
        for table, column, listed in (
            ("talk_with", "who", talk.with_),
            ("talk_agreed", "choice", talk.agreed),
        ):
            self.world.tables[table] += [{"talk_id": key, column: entry} for entry in listed]
        write_line(self.world, self.chance, self.case, ("talk", key, talk.line), noted)
        return [self._ask(key, ask, begins) for ask in talk.asks]

    def _ask(self, talk_id: str, ask: Ask, begins: datetime) -> Asked:
        after = TALK_LASTS if ask.family is Family.RELATIONSHIP else timedelta(0)
        at = begins + after + timedelta(seconds=self.chance.randint(0, 200))
        form = self.world.catalog.get(ask.family.form_for(ask.who.partition("-")[0]))
        goal = self.course.goals.get(ask.who) if ask.family is Family.WELLBEING else None
        key = self.chance.key(at)
        self.world.tables["checkin_link"].append(
            {
                "id": key,
                "informant_id": self.people[ask.who]["id"],
                "form": form.form,
                "version": form.version,
                "token_hash": self.chance.unknown_hash(),
                "created_at": stamp(at),
                "expires_at": stamp(at + LINK_WORKS),
                "declined_at": stamp(at + timedelta(minutes=2)) if ask.declined else None,
                "revoked_at": None,
                "talk_id": talk_id,
                "goal": goal,
                "dose_reason": ask.dose_reason,
                "decline_reason": ask.reason,
            }
        )
        if ask.stops:
            self.people[ask.who]["stopped_at"] = stamp(at + timedelta(minutes=3))
        answered = at + timedelta(seconds=self.chance.randint(40, 600))
        if ask.values is not None:
            self._answer(form, key, ask.values, answered)
            self._answer_goal(goal, ask.goal)
        return Asked(key, ask.who, ask.family, answered, ask.values, ask.talked, ask.stops)

    def _answer(self, form: Questionnaire, link_id: str, values: Sequence[int], at: datetime) -> None:
        key = self.chance.key(at)
        self.world.tables["checkin"].append({"id": key, "link_id": link_id, "answered_at": stamp(at)})
        self.world.tables["checkin_answer"] += [
            {
                "checkin_id": key,
                "item": item.key,
                "item_version": self.world.item_version(form, item.key),
                "value": value,
            }
            for item, value in zip(form.items, values, strict=True)
        ]

    def _answer_goal(self, goal: str | None, value: int | None) -> None:
        """After the answers, to the same check."""
        if goal is not None and value is not None:
            checkin_id = self.world.tables["checkin"][-1]["id"]
            self.world.tables["goal_answer"].append({"checkin_id": checkin_id, "goal": goal, "value": value})


def write_line(world: World, chance: Chance, case: Case, said: tuple[str, str, str], at: datetime) -> None:
    """A private line by place, about and words, of who keeps the case now; what is too old is gone."""
    place, about, line = said
    day = at.date()
    kept = day > world.calendar.day - NOTES_KEPT and case.keeper_on(day) is case.keeper
    if line and kept:
        world.tables["note"].append(
            {
                "id": chance.key(at),
                "case_id": case.id,
                "place": place,
                "about": about,
                "line": line,
                "written_by": case.keeper.id,
                "written_at": stamp(at),
            }
        )

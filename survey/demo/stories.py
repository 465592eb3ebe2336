"""The cases visitors are shown first: laid down, not drawn. Days count back from today."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from msgspec import Struct, field

from survey.demo import names
from survey.demo.calendar import workday
from survey.demo.plan import Agreement, Ask, Course, Talk
from survey.questionnaire.vocabulary import Family

W, U = Family.RELATIONSHIP, Family.WELLBEING
PARENT, PUPIL, TEACHER = "parent-1", "pupil-1", "teacher-1"


class Told(Struct, frozen=True):
    """One talk of a story, so many days ago."""

    ago: int
    kind: str
    with_: tuple[str, ...]
    asks: tuple[Ask, ...] = ()
    agreed: tuple[str, ...] = ()
    line: str = ""
    state: str = "done"
    starts_at: str | None = None

    def on(self, today: date) -> Talk:
        """The same talk on its day; a talk that is planned falls on a working day to come."""
        day = today - timedelta(days=self.ago)
        if self.ago < 0:
            day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
        else:
            day = workday(day)
        return Talk(day, self.kind, self.with_, self.state, self.agreed, self.line, self.asks, self.starts_at)


class Story(Struct, frozen=True):
    """A case with its code, opened and closed so many days ago; without talks these are drawn by chance."""

    coach: str
    code: str
    kind: str
    theme: str
    opened: int
    closed: int | None = None
    phase: int = 0
    outcome: str | None = None
    goals: Mapping[str, str] = field(default_factory=dict)
    talks: tuple[Told, ...] = ()

    def course(self, today: date) -> Course:
        """The whole course, with parents who agree one after the other."""
        first, both = (workday(today - timedelta(days=self.opened - days)) for days in (3, 10))
        agreements = (
            Agreement(first, second_parent=None, ended=both, because="noted_again"),
            Agreement(both),
        )
        people = sorted({who for talk in self.talks for who in talk.with_ if "-" in who})
        return Course(people, self.goals, agreements, [talk.on(today) for talk in self.talks])


def of(coach: str) -> list[Story]:
    """The stories of one coach."""
    return [story for story in STORIES if story.coach == coach]


# With the parent the last talk went wrong, the pupil had a bad week; with the teacher it came right again.
TOUR: Final = Story(
    names.COACH.name,
    "KV-7Q4M",
    "pupil",
    "going_to_school",
    opened=126,
    goals={PARENT: "calm_start", PUPIL: "likes_school"},
    talks=(
        Told(
            119,
            "meeting",
            (PARENT,),
            (Ask(PARENT, U, (2, 2, 3, 2), 3), Ask(PARENT, W, (3, 3, 3, 4))),
            ("agree_again_next_talk",),
            "De ochtend is het moeilijkst. Begin de volgende keer met wat al lukt.",
        ),
        Told(
            105,
            "meeting",
            (TEACHER, "ib"),
            (Ask(TEACHER, U, (2, 1, 2, 2)), Ask(TEACHER, W, (3, 2, 2, 3))),
            ("try_something_else",),
            "De leerkracht probeert twee weken een vaste plek bij de deur.",
        ),
        Told(98, "home_visit", (PARENT,), (Ask(PARENT, W, (4, 3, 4, 3)),), ("talked_nothing_needed",)),
        Told(94, "meeting", (PUPIL,), (Ask(PUPIL, U, (3, 2, 2, 3), 5),)),
        Told(87, "incident", ()),
        Told(
            77,
            "meeting",
            (TEACHER,),
            (Ask(TEACHER, W, (2, 1, 2, 2), talked="change_way_of_talking"),),
            ("change_way_of_talking",),
            "Ik ging te snel naar een plan. Volgende keer eerst horen hoe de week was.",
        ),
        Told(
            70,
            "meeting",
            (PARENT,),
            (Ask(PARENT, U, (2, 3, 3, 2), 4), Ask(PARENT, W, (4, 3, 3, 4))),
            ("change_pace",),
        ),
        Told(
            63,
            "meeting",
            (PUPIL,),
            (Ask(PUPIL, U, (2, 3, 3, 2), 6), Ask(PUPIL, W, (3, 4, 3, 2))),
            ("try_something_else",),
            "Samen een kaart gemaakt voor de ochtend.",
        ),
        Told(
            56,
            "meeting",
            (TEACHER,),
            (Ask(TEACHER, U, (2, 2, 3, 2)), Ask(TEACHER, W, (3, 3, 3, 3))),
            ("agree_again_next_talk",),
        ),
        Told(49, "meeting", (PARENT, TEACHER), state="cancelled"),
        Told(42, "phone", (PARENT,), (Ask(PARENT, W, (3, 3, 3, 4)),), ("talked_nothing_needed",)),
        Told(35, "online", (PARENT,), (Ask(PARENT, U, declined=True, reason="no_time"),)),
        Told(28, "meeting", (PUPIL,), (Ask(PUPIL, W, (4, 4, 3, 3)),)),
        Told(
            14,
            "meeting",
            (TEACHER,),
            (Ask(TEACHER, U, (3, 2, 3, 3)), Ask(TEACHER, W, (4, 3, 3, 4))),
            ("talked_nothing_needed",),
        ),
        Told(6, "meeting", (PUPIL,), (Ask(PUPIL, U, (1, 1, 1, 2), 3), Ask(PUPIL, W, (3, 3, 3, 3)))),
        Told(
            1,
            "meeting",
            (PARENT, "ib"),
            (Ask(PARENT, U, (2, 2, 3, 2), 4), Ask(PARENT, W, (3, 2, 1, 3))),
            ("agree_again_next_talk",),
            "Het gesprek ging vooral over school. Ik heb te weinig gevraagd naar thuis.",
        ),
        Told(-8, "meeting", (PARENT, TEACHER), state="planned", starts_at="15:15"),
    ),
)

# At home it got harder and stayed so, while the talks were fine: in the end other help came.
SCALED_UP: Final = Story(
    names.COACH.name,
    "PW-3K9T",
    "pupil",
    "change_at_home",
    opened=330,
    closed=105,
    outcome="scaled_up",
    goals={PARENT: "bedtime"},
    talks=(
        Told(322, "meeting", (PARENT,), (Ask(PARENT, U, (3, 2, 3, 2), 5), Ask(PARENT, W, (3, 3, 3, 3)))),
        Told(310, "meeting", (TEACHER,), (Ask(TEACHER, U, (2, 2, 2, 2)), Ask(TEACHER, W, (3, 3, 2, 3)))),
        Told(
            288,
            "home_visit",
            (PARENT,),
            (Ask(PARENT, U, (3, 3, 2, 2), 5), Ask(PARENT, W, (4, 3, 3, 4))),
            ("try_something_else",),
        ),
        Told(
            254,
            "meeting",
            (PARENT, "ib"),
            (
                Ask(PARENT, U, (2, 0, 2, 1), 2, talked="invite_someone"),
                Ask(PARENT, W, (4, 3, 4, 3)),
            ),
            ("invite_someone",),
            "Er is thuis veel tegelijk. Niet nog een plan erbij leggen.",
        ),
        Told(
            220,
            "meeting",
            (PARENT,),
            (Ask(PARENT, U, (1, 0, 2, 1), 2, talked="scale_up_talk"), Ask(PARENT, W, (3, 4, 3, 4))),
            ("scale_up_talk", "ask_colleague"),
            "Besproken in de intervisie: dit is meer dan ik kan dragen.",
        ),
        Told(
            186,
            "meeting",
            (PARENT, TEACHER, "partner"),
            (Ask(PARENT, U, (1, 1, 2, 1), 2, talked="invite_someone"), Ask(PARENT, W, (3, 3, 4, 4))),
            ("invite_someone",),
        ),
        Told(152, "phone", (PARENT,), (Ask(PARENT, U, (2, 0, 2, 1), 3, talked="invite_someone"),)),
        Told(
            112, "meeting", (PARENT, "partner"), (Ask(PARENT, W, (4, 4, 3, 4)),), ("other_coach_or_person",)
        ),
    ),
)

# In class it is harder than at the start, twice running: something to think about with others.
STUCK: Final = Story(
    names.SCHOOL_COACH.name,
    "WJ-3X9C",
    "pupil",
    "home_and_school",
    opened=130,
    phase=6,
    talks=(
        Told(
            124,
            "meeting",
            (TEACHER,),
            (Ask(TEACHER, U, (3, 3, 2, 2)), Ask(TEACHER, W, (3, 3, 3, 3))),
            ("agree_again_next_talk",),
        ),
        Told(110, "meeting", (PARENT, TEACHER), (Ask(PARENT, W, (3, 3, 3, 4)),), ("invite_someone",)),
        Told(91, "phone", (TEACHER,), (Ask(TEACHER, U, (3, 2, 2, 3)), Ask(TEACHER, W, (3, 4, 3, 3)))),
        Told(
            52,
            "meeting",
            (TEACHER,),
            (
                Ask(TEACHER, U, (1, 1, 2, 1), talked="change_goal"),
                Ask(TEACHER, W, (4, 3, 3, 3)),
            ),
            ("change_goal",),
            "Het doel was te groot. We kiezen één moment op de dag.",
        ),
        Told(34, "home_visit", (PARENT,), (Ask(PARENT, W, (4, 3, 3, 3)),), ("talked_nothing_needed",)),
        Told(
            12,
            "meeting",
            (TEACHER, "ib"),
            (Ask(TEACHER, U, (1, 1, 1, 1)), Ask(TEACHER, W, (3, 3, 3, 4))),
            ("ask_colleague",),
        ),
        Told(-5, "meeting", (PARENT, TEACHER), state="planned", starts_at="14:45"),
    ),
)

STORIES: Final = (
    TOUR,
    SCALED_UP,
    Story(names.SCHOOL_COACH.name, "HN-4K7W", "teacher", "calm_and_focus", opened=24, phase=1),
    Story(names.SCHOOL_COACH.name, "CR-9T3V", "team", "way_of_teaching", opened=60, phase=3),
    Story(names.SCHOOL_COACH.name, "MK-7H4P", "group", "group_atmosphere", opened=88, phase=5),
    STUCK,
    Story(names.SCHOOL_COACH.name, "FG-T7R4", "teacher", "way_of_teaching", opened=300, closed=160, phase=6),
)

"""What was answered in the windows of Veenrand, as counting leaves it behind, and what was said by name."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from survey.clock import stamp
from survey.database import Row
from survey.demo import evaluation_words, names
from survey.demo.calendar import end_of_work, workday
from survey.demo.chance import Chance
from survey.demo.evaluations import Window, invitations
from survey.demo.world import World
from survey.evaluation.reports import FORMS
from survey.questionnaire.definition import Questionnaire

REPLIES: Final = {"teacher": 0.62, "parent": 0.5, "ib": 0.8, "director": 0.7}
ABOUT_ANOTHER: Final = 0.9  # of coaches at the same school
CANNOT_JUDGE: Final = 0.06
MEAN, SPREAD = 3.1, 1.0  # levels run from 0 to 4
APART: Final = 0.3  # how far coaches, and how far statements, lie from each other
HIGHEST: Final = 4
NAMED_LINE: Final = 0.5
TALKED: Final = 0.7
WAITING: Final = "evaluation-parent"  # its newest lines are still to be redacted


def add(world: World, windows: Sequence[Window]) -> None:
    """Rows of ballots with answers and lines, of named forms, and of what is done about it."""
    for window in windows:
        chance = world.chance("answers", window.school_year)
        forms = {form: world.catalog.get(form) for form in FORMS}
        for invitation, about in invitations(world, window):
            form = forms[invitation["form"]]
            if not chance.happens(REPLIES[FORMS[form.form].respondent]):
                continue
            respondent = f"{chance.getrandbits(128):032x}"
            for number, row in enumerate(about):
                if number and not chance.happens(ABOUT_ANOTHER):
                    continue
                row["answered"] = 1
                if FORMS[form.form].is_named:
                    _answer_named(world, chance, window, form, row)
                else:
                    _answer(world, chance, window, form, row["node_id"], respondent)
        _add_lines(world, chance, window, newest=window is windows[-1])
        _add_said_done(world, chance, window, newest=window is windows[-1])
    for table in ("ballot", "ballot_line"):
        world.tables[table].sort(key=lambda row: row["id"])
    world.tables["ballot_answer"].sort(key=lambda row: (row["ballot_id"], row["item"]))


def _values(world: World, chance: Chance, form: Questionnaire, node_id: str) -> list[Row]:
    """An answer to every item; answers about one coach lie near each other, and so do those to one item."""
    coach = world.chance("mood", node_id).gauss(MEAN, APART)
    found = []
    for item in form.items:
        judged = not chance.happens(CANNOT_JUDGE)
        middle = coach + world.chance("statement", item.key).gauss(0, APART)
        level = min(HIGHEST, max(0, round(chance.gauss(middle, SPREAD))))
        row = {"item": item.key, "item_version": world.item_version(form, item.key)}
        found.append({**row, "value": level if judged else None, "code": None if judged else "CANNOT_JUDGE"})
    return found


def _answer(
    world: World, chance: Chance, window: Window, form: Questionnaire, node_id: str, respondent: str
) -> None:
    key = f"{chance.getrandbits(128):032x}"
    ballot = {"id": key, "window_id": window.id, "form": form.form, "node_id": node_id}
    world.tables["ballot"].append({**ballot, "respondent": respondent})
    world.tables["ballot_answer"] += [
        {"ballot_id": key, **row} for row in _values(world, chance, form, node_id)
    ]


def _answer_named(world: World, chance: Chance, window: Window, form: Questionnaire, about: Row) -> None:
    key = {"invitation_id": about["invitation_id"], "node_id": about["node_id"]}
    world.tables["named_answer"] += [{**key, **row} for row in _values(world, chance, form, about["node_id"])]
    if chance.happens(NAMED_LINE):
        words = chance.choice(evaluation_words.NAMED_LINES)
        world.tables["named_line"].append({**key, "words": words})
    coach = next(who for who, node in window.nodes.items() if node == about["node_id"])
    if chance.happens(TALKED):
        day = workday(window.closes + timedelta(days=chance.randint(2, 12)))
        talk = {"talked_on": _before_summer(day).isoformat(), "noted_by": coach}
        world.tables["named_talk"].append({**key, **talk})


def _before_summer(day: date) -> date:
    return min(day, date(day.year, 6, 26))


def _add_lines(world: World, chance: Chance, window: Window, *, newest: bool) -> None:
    """Lines of the newest window: redacted, but for those of parents. Older ones were published together."""
    for form, lines in evaluation_words.LINES.items():
        waits = newest and form == WAITING
        kept = [line.redacted for line in lines if line.redacted]
        for line in lines:
            state = "waiting" if waits or len(kept) < 5 else "kept" if line.redacted else "left_out"
            row = {"id": f"{chance.getrandbits(128):032x}", "window_id": window.id, "form": form}
            redacted = line.redacted if state == "kept" else None
            world.tables["ballot_line"].append(
                {**row, "words": line.words, "state": state, "redacted": redacted}
            )


def _add_said_done(world: World, chance: Chance, window: Window, *, newest: bool) -> None:
    """Published after both windows, in every language it was written in; one more waits for the lead."""
    lead = world.person(names.LEAD.name)
    for number, point in enumerate(evaluation_words.POINTS):
        at = end_of_work(workday(window.closes + timedelta(days=20 + number)))
        key, waits = chance.key(at), newest and point.form == WAITING
        published = None if waits else stamp(at)
        row = {"id": key, "window_id": window.id, "form": point.form, "position": 1}
        world.tables["said_done"].append({**row, "published_at": published, "made_by": lead})
        world.tables["said_done_words"] += [
            {"said_done_id": key, "language": language, "said": said, "done": done}
            for language, (said, done) in point.words.items()
        ]

"""What the parents of Veenrand answer when they are asked whether their child may be asked."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from survey.clock import stamp
from survey.demo.calendar import end_of_work, workday
from survey.demo.cases import Case
from survey.demo.chance import Chance
from survey.demo.plan import FROM_12, NO, NOT_APPLICABLE, YES, Agreement
from survey.demo.world import World

OLDER, ALONE = 0.12, 0.18  # pupils from 12 years on, and parents who decide alone
ONE_FIRST: Final = 0.15  # one parent is asked first, the other one later
TAKEN_BACK: Final = 0.06
WITHOUT_QUESTIONS: Final = {
    "given": 40,
    "none": 28,
    "one_missing": 12,
    "refused": 10,
    "pupil_no": 5,
    "withdrawn": 5,
}


def plan(chance: Chance, case: Case, *, asks_pupil: bool) -> list[Agreement]:
    """What is noted from old to new; only in a case about one pupil, and never after it closed."""
    if case.kind != "pupil":
        return []
    found = _asked(chance, case) if asks_pupil else _not_asked(chance, case)
    return _handed_over(chance, case, [one for one in found if one.noted < case.until])


def _complete(chance: Chance, noted: date) -> Agreement:
    second = NOT_APPLICABLE if chance.happens(ALONE) else YES
    given = Agreement(noted, second_parent=second)
    return replace(given, age_band=FROM_12, pupil=YES) if chance.happens(OLDER) else given


def _asked(chance: Chance, case: Case) -> Iterator[Agreement]:
    noted = _after(case.opened, chance.randint(1, 8))
    given = _complete(chance, noted)
    if chance.happens(ONE_FIRST) and given.second_parent == YES:
        again = _after(noted, chance.randint(4, 11))
        if again >= case.until:
            yield replace(given, second_parent=None)
            return
        yield replace(given, second_parent=None, ended=again, because="noted_again")
        given = replace(given, noted=again)
    yield _withdrawn(chance, case, given) if chance.happens(TAKEN_BACK) else given


def _not_asked(chance: Chance, case: Case) -> Iterator[Agreement]:
    how = chance.choices([*WITHOUT_QUESTIONS], [*WITHOUT_QUESTIONS.values()])[0]
    given = _complete(chance, _after(case.opened, chance.randint(1, 20)))
    if how == "withdrawn":
        yield _withdrawn(chance, case, given)
    elif how != "none":
        answers: dict[str, dict[str, str | None]] = {
            "one_missing": {"second_parent": None},
            "refused": {"second_parent": NO},
            "pupil_no": {"age_band": FROM_12, "pupil": NO},
        }
        yield replace(given, **answers.get(how, {}))


def _withdrawn(chance: Chance, case: Case, given: Agreement) -> Agreement:
    """Taken back somewhere in the second half of the case."""
    days = (case.until - given.noted).days
    day = workday(given.noted + timedelta(days=round(days * chance.uniform(0.5, 0.95))))
    return replace(given, ended=day, because="withdrawn") if day > given.noted else given


def _handed_over(chance: Chance, case: Case, found: list[Agreement]) -> list[Agreement]:
    """What counted ends with the handover; the successor asks the parents again."""
    if case.handed is None or not found or found[-1].ended:
        return found
    ended = replace(found[-1], ended=case.handed.on, because="handed_over")
    again = _after(case.handed.on, chance.randint(3, 12))
    return [*found[:-1], ended, *([replace(found[-1], noted=again)] if again < case.until else [])]


def _after(day: date, days: int) -> date:
    """A working day, and never the same one."""
    later = workday(day + timedelta(days=days))
    return later if later > day else day + timedelta(days=3)


def add(world: World, chance: Chance, case: Case, agreements: Sequence[Agreement]) -> None:
    """Rows of what was noted in one case."""
    for given in agreements:
        noted_at = end_of_work(given.noted)
        handed = case.handed is not None and given.because == "handed_over"
        ended_at = end_of_work(given.ended) - timedelta(hours=8 * handed) if given.ended else None
        world.tables["agreement"].append(
            {
                "id": chance.key(noted_at),
                "case_id": case.id,
                "age_band": given.age_band,
                "first_parent": given.first_parent,
                "second_parent": given.second_parent,
                "pupil": given.pupil,
                "agreed_on": given.noted.isoformat(),
                "noted_by": case.keeper_on(given.noted).id,
                "noted_at": stamp(noted_at),
                "ended_at": stamp(ended_at) if ended_at else None,
                "ended_because": given.because,
            }
        )

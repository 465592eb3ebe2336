"""The choice of an advice: a person chooses, with a reason; numbers never do."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.advice.actions import Changed, Chosen
from tests.conftest import Dump
from tests.survey.advice.conftest import ON, Read


@pytest.mark.parametrize(
    ("chosen", "reads"),
    [
        (ON, "Voorstel: ga in schooljaar 2026–2027 door met 4,5 uur per week."),
        (
            Chosen("more_hours", "Er is meer vraag.", 6.0),
            "Voorstel: ga in schooljaar 2026–2027 door met meer uren, namelijk 6,0 uur per week.",
        ),
        (
            Chosen("fewer_hours", "Er is minder vraag.", 2.25),
            "Voorstel: ga in schooljaar 2026–2027 door met minder uren, namelijk 2,25 uur per week.",
        ),
        (
            Chosen("other_role", "De rol is niet helder.", before=date(2026, 10, 1)),
            "Voorstel: bespreek vóór 1 oktober 2026 opnieuw wat de coach wel en niet doet.",
        ),
        (
            Chosen("analysis", "De vragen zijn groot.", partners=("municipality", "director")),
            "Voorstel: maak met gemeente en directeur een plan voor vragen die te groot zijn "
            "voor de uren van de coach.",
        ),
    ],
)
def test_each_choice_becomes_its_proposal(
    act: Callable[..., Any], written: str, read: Read, chosen: Chosen, reads: str
) -> None:
    act("choose", chosen=chosen)
    advice = read(written)
    assert [one.words for one in advice.in_section("proposal")] == [reads]
    assert (advice.choice, advice.reason, advice.chosen_by) == (chosen.choice, chosen.reason, "Lea")


def test_another_choice_comes_in_its_place(act: Callable[..., Any], written: str, read: Read) -> None:
    act("choose", chosen=ON)
    act("choose", chosen=Chosen("analysis", "De vragen zijn groot.", partners=("municipality",)))
    advice = read(written)
    assert [one.key for one in advice.in_section("proposal")] == ["propose_wider_plan"]
    assert (advice.choice_hours, advice.choice_with) == (None, ("municipality",))


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (Chosen("stop", "Waarom niet."), "choice"),
        (Chosen("", "Waarom niet."), "choice"),
        (Chosen("continue", "Waarom niet."), "hours"),
        (Chosen("other_role", "Waarom niet."), "before"),
        (Chosen("analysis", "Waarom niet."), "partners"),
        (Chosen("continue", "", 4.5), "empty"),
        (Chosen("continue", "Dankzij de coach.", 4.5), "cause"),
        (Chosen("continue", "a" * 501, 4.5), "long"),
    ],
)
def test_a_choice_that_misses_something_is_refused(
    act: Callable[..., Any], dump: Dump, chosen: Chosen, field: str
) -> None:
    before = dump()
    with pytest.raises(ValueError, match=field):
        act("choose", chosen=chosen)
    assert dump() == before


def test_who_saw_another_choice_changes_nothing(
    act: Callable[..., Any], written: str, read: Read, dump: Dump
) -> None:
    shown = read(written).mark_of_choice
    act("choose", chosen=ON, shown=shown)
    before = dump()
    with pytest.raises(Changed):
        act("choose", chosen=Chosen("more_hours", "Meer vraag.", 6.0), shown=shown)
    assert dump() == before

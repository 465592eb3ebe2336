"""The form of the choice: nothing is chosen beforehand, and what was typed stays."""

import pytest

from tests.client import HouseClient, every, parsed
from tests.survey.advice.conftest import SCHOOL, Place, Read, texts


def test_nothing_is_chosen_beforehand(lea_at: HouseClient, written: str) -> None:
    tree = parsed(lea_at.get(f"/advies/{written}/keuze").text)
    assert not [one for one in every(tree, "input") if one.get("checked") is not None]


def test_a_choice_becomes_the_title_and_the_proposal(lea_at: HouseClient, written: str) -> None:
    sent = {"choice": "continue", "hours": "4,5", "reason": "De school wil verder."}
    reply = lea_at.post(f"/advies/{written}/keuze", data=sent)
    assert reply.status_code == 303
    page = lea_at.get(reply.location).text
    assert "Advies: ga door met 4,5 uur per week" in page
    assert "De reden: De school wil verder. Keuze van Lea, 9 juni 2026." in texts(page)
    chosen = [
        one.get("value")
        for one in every(parsed(lea_at.get(f"/advies/{written}/keuze").text), "input")
        if one.get("checked") is not None
    ]
    assert chosen == ["continue"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"choice": "continue", "hours": ""}, "Vul in hoeveel uur per week"),
        ({"choice": "continue", "hours": "veel"}, "Vul in hoeveel uur per week"),
        ({"choice": "more_hours", "hours": "60"}, "hele kwartieren in, hooguit 40"),
        ({"choice": "more_hours", "hours": "-1"}, "hele kwartieren"),
        ({"choice": "more_hours", "hours": "nan"}, "hele kwartieren"),
        ({"choice": "fewer_hours", "hours": "2,1"}, "hele kwartieren"),
        ({"choice": "other_role"}, "Vul in vóór welke dag."),
        ({"choice": "other_role", "before": "2020-01-01"}, "Kies een dag die nog komt."),
        ({"choice": "other_role", "before": "morgen"}, "Dit is geen dag."),
        ({"choice": "analysis"}, "Kies met welke partners."),
        ({"choice": "analysis", "partners": "nobody"}, "Kies uit wat hier staat."),
        ({"choice": "stop"}, "Kies wat u voorstelt."),
        ({}, "Kies wat u voorstelt."),
        ({"choice": "continue", "hours": "4", "reason": ""}, "Dit is nog leeg."),
        (
            {"choice": "continue", "hours": "4", "reason": "Dat is het effect."},
            "Haal dit eruit: ‘effect’.",
        ),
        ({"choice": "continue", "hours": "4", "reason": "a" * 501}, "hooguit 500 tekens"),
    ],
)
def test_a_choice_that_misses_something_keeps_what_was_typed(
    lea_at: HouseClient, written: str, read: Read, sent: dict[str, str], says: str
) -> None:
    before = read(written)
    reply = lea_at.post(f"/advies/{written}/keuze", data={"reason": "Omdat het past.", **sent})
    assert reply.status_code == 422
    assert says in reply.text
    assert sent.get("reason", "Omdat het past.") in reply.text
    assert read(written) == before


def test_who_saw_another_choice_reads_both(lea_at: HouseClient, written: str, read: Read) -> None:
    sent = {
        "choice": "continue",
        "hours": "4",
        "reason": "Van een ander.",
        "shown": read(written).mark_of_choice,
    }
    assert lea_at.post(f"/advies/{written}/keuze", data=sent).status_code == 303
    reply = lea_at.post(f"/advies/{written}/keuze", data={**sent, "reason": "Van mij."})
    assert reply.status_code == 409
    assert "De reden: Van een ander." in reply.text
    assert "Van mij.</textarea>" in reply.text


def test_finding_a_coach_is_offered_only_where_a_place_is_open(
    lea_at: HouseClient, written: str, place: Place
) -> None:
    assert "Zoek ook een nieuwe coach" not in lea_at.get(f"/advies/{written}/keuze").text
    place(SCHOOL, status="vacant_funded")
    assert "Zoek ook een nieuwe coach" in lea_at.get(f"/advies/{written}/keuze").text

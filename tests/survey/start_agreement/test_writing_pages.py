"""Writing a start agreement on the page: a mistake, or two at once, loses no word."""

from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from tests.conftest import Member, Signed
from tests.survey.start_agreement import making
from tests.survey.start_agreement.conftest import shown_in


def test_a_lead_and_a_coach_write_one_together(
    as_: Signed, lea: Member, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
) -> None:
    lead, own = as_(lea), as_(ana)
    assert "Nog geen startafspraak" in own.get(url).text
    assert lead.post(url).status_code == 422, "Ana is in no cohort, so which profile is asked"
    assert lead.post(url, data={"profile": "kansencoach"}).status_code == 303
    shown = shown_in(own.get(f"{url}/deel/gesprek").text)
    reply = own.post(
        f"{url}/deel/gesprek",
        data={
            "shown": shown,
            "talked_on": "4-9-2025",
            "partner": ["coach", "ib"],
            "school_asks": "Meer rust.\r\n\r\nMeer ouders.",
            "then": "on",
        },
    )
    assert reply.location.endswith("/deel/opbrengsten")
    text = lead.get(url).text
    assert "Besproken op 4 september 2025 met: coach, intern begeleider." in text
    assert "Meer rust.\nMeer ouders." in text


@pytest.mark.parametrize(
    ("part", "data", "said"),
    [
        ("gesprek", {"talked_on": "gisteren"}, "Dit is geen dag."),
        ("gesprek", {"talked_on": "1-1-1999"}, "Kijk het jaartal na."),
        ("gesprek", {"school_asks": "x" * 501}, "501 tekens, hooguit 500"),
        ("gesprek", {"partner": "minister"}, "een keuze tussen die hier niet hoort"),
        ("opbrengsten", {"wanted-0": "Meer ouders."}, "Kies waar het over gaat."),
        ("opbrengsten", {"category-0": "early_help"}, "Schrijf op wat u wilt bereiken"),
        ("opbrengsten", {"category-0": "x", "wanted-0": "y" * 281}, "281 tekens, hooguit 280"),
        ("taken", {"task": "x"}, "een keuze tussen die hier niet hoort"),
        ("afspraken", {"review_on": "32-1-2026"}, "Dit is geen dag."),
        ("afspraken", {"review_on": "19-1-2026"}, "Deze dag is al voorbij."),
    ],
)
def test_a_mistake_is_told_and_everything_typed_stays(
    app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope,
    part: str, data: dict[str, str], said: str,
) -> None:  # fmt: skip
    with app.app_context():
        making.draft(engine, place, coach, parts=())
    own = as_(ana)
    shown = shown_in(own.get(f"{url}/deel/{part}").text)
    extra = {"not_done": "Geen ruzies oplossen."} if part == "taken" else {"parents_ask": "Rust."}
    reply = own.post(f"{url}/deel/{part}", data={"shown": shown, **extra, **data})
    assert reply.status_code == 422
    assert said in reply.text
    for name, typed in data.items():
        if not name.startswith(("category", "partner", "task")):
            assert typed in reply.text
    if part in {"taken", "gesprek"}:
        assert next(iter(extra.values())) in reply.text


def test_two_who_write_the_same_part_see_both_texts(
    app: Any, as_: Signed, ana: Member, lea: Member, url: str, engine: SqliteEngine, place: str,
    coach: Scope,
) -> None:  # fmt: skip
    with app.app_context():
        making.draft(engine, place, coach, parts=())
    own, lead = as_(ana), as_(lea)
    shown = shown_in(own.get(f"{url}/deel/gesprek").text)
    lead.post(f"{url}/deel/gesprek", data={"shown": shown, "school_asks": "Van de lead."})
    reply = own.post(f"{url}/deel/gesprek", data={"shown": shown, "school_asks": "Van de coach."})
    assert reply.status_code == 409
    assert "Van de lead." in reply.text
    assert "Van de coach." in reply.text
    again = {"shown": shown_in(reply.text), "school_asks": "Van beiden."}
    assert own.post(f"{url}/deel/gesprek", data=again).status_code == 303
    assert "Van beiden." in lead.get(url).text


def test_what_is_typed_while_people_sign_is_given_back(as_: Signed, ana: Member, url: str, link: str) -> None:
    reply = as_(ana).post(f"{url}/deel/gesprek", data={"shown": "", "school_asks": "Een laatste zin."})
    assert reply.status_code == 409
    assert "Een laatste zin." in reply.text
    assert "ligt klaar om te tekenen" in reply.text


def test_what_is_typed_while_everyone_signed_is_given_back_and_fits_the_next_version(
    app: Any, as_: Signed, ana: Member, url: str, engine: SqliteEngine, place: str, coach: Scope
) -> None:
    with app.app_context():
        making.signed(engine, place, coach)
    own, typed = as_(ana), {"school_asks": "Een laatste zin."}
    reply = own.post(f"{url}/deel/gesprek", data={"shown": "", **typed})
    assert reply.status_code == 409
    assert "Een laatste zin." in reply.text
    assert "Iemand anders wijzigde dit intussen" in reply.text
    own.post(f"{url}/nieuw")
    assert own.post(f"{url}/deel/gesprek", data={"shown": shown_in(reply.text), **typed}).status_code == 303
    assert "Een laatste zin." in own.get(url).text


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("gesprek", {"school_asks": "Een laatste zin."}),
        ("opbrengsten", {"category-0": "teacher_support", "wanted-0": "Een laatste zin."}),
        ("taken", {"role": "connector", "not_done": "Een laatste zin."}),
        ("afspraken", {"review_on": "12-2-2026", "introduction_prompt.team": "Een laatste zin."}),
    ],
)
def test_what_is_typed_while_the_first_draft_is_thrown_away_is_given_back_and_fits_the_next(
    app: Any, as_: Signed, ana: Member, lea: Member, url: str, engine: SqliteEngine, place: str, coach: Scope,
    part: str, typed: dict[str, str],
) -> None:  # fmt: skip
    with app.app_context():
        making.draft(engine, place, coach, parts=())
    own = as_(ana)
    shown = shown_in(own.get(f"{url}/deel/{part}").text)
    as_(lea).post(f"{url}/weg")
    reply = own.post(f"{url}/deel/{part}", data={"shown": shown, **typed})
    assert reply.status_code == 409
    assert "Dit concept is intussen weggegooid." in reply.text
    for text in typed.values():
        assert text in reply.text
    assert reply.text.count(" checked>") == ("role" in typed)
    own.post(url, data={"profile": "kansencoach"})
    again = own.post(f"{url}/deel/{part}", data={**typed, "shown": shown_in(reply.text)})
    assert again.status_code == 303
    assert "Een laatste zin." in own.get(url).text


@pytest.mark.parametrize("address", ["deel/iets", "?versie=7", "terugkijken/ooit", "terugkijken/eind"])
def test_what_is_not_there_is_not_found(as_: Signed, lea: Member, url: str, link: str, address: str) -> None:
    path = f"{url}{address}" if address.startswith("?") else f"{url}/{address}"
    assert as_(lea).get(path).status_code == 404

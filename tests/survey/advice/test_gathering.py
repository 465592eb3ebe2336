"""What an advice says is what stands in the register, in words and in numbers held against sums in SQL."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from survey.access.permissions import Role, Scope
from survey.advice import reports
from survey.advice.drafting import Drafted
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.placement.actions import Overlaps
from tests.conftest import Member
from tests.survey.advice.conftest import JUNE, TODAY, YEAR, Place, said_in


def test_the_register_is_told_in_words(drafted: Callable[..., tuple[Drafted, ...]], agreement: str) -> None:
    found = drafted()
    assert said_in(found, "placement") == [
        "De coach werkt sinds 1 augustus 2025 op De Kraanheide. De afspraak loopt tot en met 31 juli 2026.",
        "De school koos de rol van verbinder. In de startafspraak staan 2 taken: "
        "helpen dat ouders, leerkracht en kind elkaar snel spreken en vaak te zien zijn op school.",
        "Bij het startgesprek waren deze partners: directeur en intern begeleider.",
    ]
    assert said_in(found, "hours") == [
        "De regel geeft 3,0 uur per week. Afgesproken is 4,5 uur. "
        "De reden die erbij staat: veel of zware vragen op de school.",
        "De coach schreef voor 35 van de 39 weken uren op. Gemiddeld was dat 4,2 uur per week.",
        "De school vraagt om 5,0 uur per week. "
        "Als reden noemt zij: extra overleg omdat meer scholen samenwerken.",
    ]
    assert said_in(found, "yields") == [
        "Bij de start kozen school en partners waar de inzet over moet gaan: "
        "contact met ouders en eerder hulp.",
        "Op 14 januari 2026 keken school en coach terug op ‘contact met ouders’. "
        "Hun oordeel was: deels te zien.",
        "Over ‘eerder hulp’ is dit jaar nog niet teruggekeken.",
    ]


def test_names_and_notes_of_an_agreement_never_stand_in_an_advice(
    drafted: Callable[..., tuple[Drafted, ...]], agreement: str
) -> None:
    assert not [one for one in drafted() if "Jolanda" in one.words]


def test_a_sentence_about_weeks_counts_the_weeks_until_now(
    engine: SqliteEngine, drafted: Callable[..., tuple[Drafted, ...]], placed: str
) -> None:
    """Of a year that still runs, weeks to come are no weeks without hours."""
    (found,) = (one for one in drafted() if one.key == "hours_used")
    months = [f"2025-{month:02}" for month in (9, 10, 11, 12)] + [f"2026-{month:02}" for month in range(1, 6)]
    days = [date(2025, 8, 1) + timedelta(days=day) for day in range(365)]
    mondays = [day for day in days if day.weekday() == 0 and f"{day:%Y-%m}" in months]
    logged = {row["month"] for row in engine.rows("SELECT month FROM hours_log")}
    assert found.fields["weeks_total"] == str(len(mondays))
    assert found.fields["weeks_logged"] == str(len([day for day in mondays if f"{day:%Y-%m}" in logged]))
    assert found.period == "1 augustus 2025 tot en met 31 mei 2026"


@pytest.mark.parametrize("seed", range(4))
def test_numbers_of_the_programme_equal_sums_in_sql(
    engine: SqliteEngine, lead: Scope, place: Place, drafted: Callable[..., tuple[Drafted, ...]], seed: int
) -> None:
    _random_region(engine, place, random.Random(seed))
    day = {"day": TODAY.isoformat(), "year": YEAR}
    runs = "school_year = :year AND starts_on <= :day AND (ends_on IS NULL OR ends_on >= :day)"
    active = f"{runs} AND (status = 'active' OR (status = 'ended' AND person_id IS NOT NULL))"

    def number(sql: str) -> float:
        (row,) = engine.rows(sql, day)
        return float(row["n"] or 0)

    facts = reports.facts(engine, lead, school_id=None, school_year=YEAR, today=TODAY).programme
    assert facts is not None
    distinct = "SELECT count(DISTINCT school_id) AS n FROM placement"
    assert facts.schools == number(f"{distinct} WHERE school_year = :year")
    assert facts.covered == number(f"{distinct} WHERE {active}")
    assert facts.vacant == number(f"{distinct} WHERE {runs} AND status = 'vacant_funded'")
    assert facts.places == number(f"SELECT count(*) AS n FROM placement WHERE {active}")
    total = "SELECT sum(hours_agreed) AS n FROM placement"
    assert facts.hours_agreed == pytest.approx(number(f"{total} WHERE {active}"))
    assert facts.hours_vacant == pytest.approx(number(f"{total} WHERE {runs} AND status = 'vacant_funded'"))
    rule = (
        "SELECT sum(pupils * 4.0 / 150) AS n FROM school_count WHERE school_year = :year "
        f"AND school_id IN (SELECT school_id FROM placement WHERE {active})"
    )
    assert facts.hours_rule == pytest.approx(number(rule))
    said = {one.key: one.fields for one in drafted(None)}
    assert said["programme_coverage"]["covered"] == f"{facts.covered}"


def _random_region(engine: SqliteEngine, place: Place, chance: random.Random) -> None:
    for number in range(12):
        key = f"s{number}"
        engine.insert("school", {"id": key, "name": f"School {number}", "place": "Veenrand"})
        if chance.random() < 0.8:
            pupils = chance.randrange(40, 300)
            engine.insert("school_count", {"school_id": key, "school_year": YEAR, "pupils": pupils})
        coach = Member(
            people.add_person(
                engine,
                name=f"Coach {number}",
                email=f"c{number}@example.org",
                roles=[Role.COACH],
                by=None,
                at=JUNE,
            ),
            "",
            "",
        )
        for _ in range(chance.randrange(3)):
            first = date(2025, 8, 1) + timedelta(days=chance.randrange(300))
            last = chance.choice([None, first + timedelta(days=chance.randrange(60))])
            status = chance.choice(["active", "active", "ended", "vacant_funded", "wanted", "paused"])
            told: dict[str, Any] = {"starts_on": first, "ends_on": last, "status": status}
            told["hours_agreed"] = chance.choice([None, *(quarters / 4 for quarters in range(4, 24))])
            if status == "ended" and last is None:
                told["ends_on"] = date(2026, 7, 31)
            _add(place, key, None if status in {"vacant_funded", "wanted"} else coach, told)


def _add(place: Place, school: str, coach: Member | None, told: dict[str, Any]) -> None:
    try:
        place(school, coach, **told)
    except Overlaps:
        return

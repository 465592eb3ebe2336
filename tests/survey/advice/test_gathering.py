"""What an advice says is what stands in the register, held against sums in SQL, and in the release."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from survey.access.permissions import Role, Scope
from survey.advice import reports
from survey.advice.drafting import Drafted
from survey.database import SqliteEngine
from survey.evaluation.release import content, store
from survey.evaluation.release.content import Cell, Content, Group, Number, Share, Withheld
from survey.people import actions as people
from survey.placement import actions as placements
from tests.conftest import Member
from tests.survey.advice.conftest import ITEMS, JUNE, SCHOOL, YEAR, Place, Release

TODAY = JUNE.date()


@pytest.fixture
def drafted(engine: SqliteEngine, lead: Scope) -> Callable[..., tuple[Drafted, ...]]:
    def now(school: str | None = SCHOOL, year: str = YEAR) -> tuple[Drafted, ...]:
        return reports.drafted(engine, lead, school_id=school, school_year=year, today=TODAY)

    return now


def words(found: tuple[Drafted, ...], section: str) -> list[str]:
    return [one.words for one in found if one.section == section]


def test_the_register_is_told_in_words(drafted: Callable[..., tuple[Drafted, ...]], agreement: str) -> None:
    found = drafted()
    assert words(found, "placement") == [
        "De coach werkt sinds 1 augustus 2025 op De Kraanheide. De afspraak loopt tot en met 31 juli 2026.",
        "De school koos de rol van verbinder. In de startafspraak staan 2 taken: "
        "helpen dat ouders, leerkracht en kind elkaar snel spreken en vaak te zien zijn op school.",
        "Bij het startgesprek waren deze partners: directeur en intern begeleider.",
    ]
    assert words(found, "hours") == [
        "De regel geeft 3,0 uur per week. Afgesproken is 4,5 uur. "
        "De reden die erbij staat: veel of zware vragen op de school.",
        "De coach schreef voor 35 van de 39 weken uren op. Gemiddeld was dat 4,2 uur per week.",
        "De school vraagt om 5,0 uur per week. "
        "Als reden noemt zij: extra overleg omdat meer scholen samenwerken.",
    ]
    assert words(found, "yields") == [
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
    from survey.placement.actions import Overlaps

    try:
        place(school, coach, **told)
    except Overlaps:
        return


class TestHoursOfASchool:
    """Hours are those of all places of a school that run; a reason stands once."""

    def test_two_coaches_count_together(
        self,
        drafted: Callable[..., tuple[Drafted, ...]],
        school: str,
        place: Place,
        ana: Member,
        cleo: Member,
    ) -> None:
        place(school, ana, hours_agreed=2.0, agreed_because="many_questions")
        place(school, cleo, hours_agreed=1.5, agreed_because="many_questions")
        (found,) = (one for one in drafted() if one.key == "hours_differ_from_rule")
        assert (found.fields["hours_agreed"], found.fields["hours_rule"]) == ("3,5", "3,0")
        assert found.fields["reason"] == "veel of zware vragen op de school"

    def test_a_vacancy_after_a_leave_keeps_the_hours_visible(
        self,
        engine: SqliteEngine,
        lead: Scope,
        drafted: Callable[..., tuple[Drafted, ...]],
        school: str,
        place: Place,
        ana: Member,
    ) -> None:
        key = place(school, ana, agreed_because="start_up")
        placements.end(
            engine,
            placement_id=key,
            ends_on=date(2026, 2, 28),
            reason="coach_absent",
            vacancy=True,
            by=lead,
            at=JUNE,
        )
        said = " ".join(one.words for one in drafted())
        assert "Sinds 1 maart 2026 heeft de school geen coach. Het geld voor deze plek is er nog." in said
        assert "Afgesproken is 4,5 uur." in said
        assert "afwezig" not in said

    def test_a_reason_of_their_own_words_is_said_in_those_words(
        self, drafted: Callable[..., tuple[Drafted, ...]], school: str, place: Place, ana: Member
    ) -> None:
        place(school, ana, agreed_because="other", agreed_note="Drie talen <b>{coach}</b>")
        (found,) = (one for one in drafted() if one.key == "hours_differ_from_rule")
        assert found.words.endswith("De reden die erbij staat: drie talen <b>{coach}</b>.")

    def test_without_pupils_nothing_is_held_against_the_rule(
        self, engine: SqliteEngine, drafted: Callable[..., tuple[Drafted, ...]], placed: str
    ) -> None:
        engine.run("DELETE FROM school_count")
        assert "hours_differ_from_rule" not in {one.key for one in drafted()}

    def test_a_place_that_nobody_continued_still_has_its_coach(
        self, drafted: Callable[..., tuple[Drafted, ...]], school: str, place: Place, ana: Member
    ) -> None:
        place(school, ana, starts_on=date(2024, 9, 1), ends_on=None)
        keys = {one.key for one in drafted()}
        assert "no_placement" not in keys
        assert "placement_running" in keys


class TestRelease:
    """Every number comes from the release, of the smallest group that may be told, in its own words."""

    def test_one_coach_is_told_by_the_own_number(
        self, drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
    ) -> None:
        release(80, 70)
        said = [one for one in drafted() if one.key == "teachers_share"]
        assert [one.fields["share"] for one in said] == ["70 procent", "70 procent"]
        assert {one.fields["level"] for one in said} == {"coach Ana"}
        assert said[0].n == "10 tot 14 antwoorden van 20 gevraagde mensen"
        assert said[0].source == "/evaluatie/w-2026/evaluation-teacher#works_in_practice"

    def test_without_an_own_number_it_is_the_programme(
        self, drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
    ) -> None:
        release(80)
        (first, _) = (one for one in drafted() if one.key == "teachers_share")
        assert (first.fields["share"], first.fields["level"]) == ("80 procent", "het hele programma")

    def test_two_coaches_at_a_school_are_told_by_a_group_that_holds_both(
        self,
        drafted: Callable[..., tuple[Drafted, ...]],
        placed: str,
        place: Place,
        cleo: Member,
        release: Release,
    ) -> None:
        place(SCHOOL, cleo)
        release(80, 70)
        said = [one for one in drafted() if one.key == "teachers_share"]
        assert {one.fields["level"] for one in said} == {"het hele programma"}

    @pytest.mark.parametrize(
        ("percent", "reads"), [(90, "90 procent of meer"), (10, "10 procent of minder"), (50, "50 procent")]
    )
    def test_unanimity_is_told_as_the_release_tells_it(
        self,
        drafted: Callable[..., tuple[Drafted, ...]],
        placed: str,
        release: Release,
        percent: int,
        reads: str,
    ) -> None:
        release(percent)
        assert {one.fields["share"] for one in drafted() if one.key == "teachers_share"} == {reads}

    def test_small_numbers_are_told_in_steps(
        self, drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
    ) -> None:
        release(60, persons=5)
        assert {one.fields["n"] for one in drafted() if one.key == "teachers_share"} == {"5 tot 9"}
        asked = {one.fields["n_invited"] for one in drafted() if one.key == "share_nonresponse"}
        assert asked == {"10 tot 14"}

    def test_a_withheld_cell_climbs_to_a_group_that_may_be_told(
        self,
        engine: SqliteEngine,
        drafted: Callable[..., tuple[Drafted, ...]],
        placed: str,
        release: Release,
    ) -> None:
        window = release(80, 70)
        (row,) = engine.rows("SELECT content FROM evaluation_release")
        made = content.from_json(row["content"])
        hidden = [
            Cell(one.group, one.item, withheld=Withheld.WITH_OTHERS)
            if (one.group, one.item) == (f"{window}-a", "clear_role")
            else one
            for one in made.cells
        ]
        text = content.to_json(Content(made.k, made.items, made.groups, tuple(hidden)))
        engine.run("UPDATE evaluation_release SET content = :text", {"text": text})
        levels = [one.fields["level"] for one in drafted() if one.key == "teachers_share"]
        assert levels == ["coach Ana", "het hele programma"]

    def test_nothing_to_tell_is_said_without_a_number(
        self, drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
    ) -> None:
        release(None, form="evaluation-parent")
        keys = [one.key for one in drafted() if one.section == "evaluation"]
        assert keys == ["too_few_answers"]
        assert "period_and_freeze" not in {one.key for one in drafted()}

    def test_before_a_release_nothing_is_said_of_the_evaluation(
        self, drafted: Callable[..., tuple[Drafted, ...]], placed: str
    ) -> None:
        assert words(drafted(), "evaluation") == []

    def test_a_release_of_another_year_is_not_told(
        self, drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
    ) -> None:
        release(80, 70, year="2024-2025")
        assert words(drafted(), "evaluation") == []

    @pytest.mark.parametrize(
        ("before", "now", "key"), [(75, 80, "same_as_last_year"), (20, 80, "other_than_last_year")]
    )
    def test_last_year_stands_beside_it_with_what_chance_can_do(
        self,
        drafted: Callable[..., tuple[Drafted, ...]],
        placed: str,
        release: Release,
        before: int,
        now: int,
        key: str,
    ) -> None:
        release(before, year="2024-2025")
        release(now)
        said = [one.words for one in drafted() if one.key == key]
        assert len(said) == 2
        assert said[0].startswith(f"Vorig jaar was dit {before} procent.")

    def test_a_school_without_coaches_hears_of_the_programme(
        self, drafted: Callable[..., tuple[Drafted, ...]], school: str, release: Release
    ) -> None:
        release(80, 70)
        levels = {one.fields["level"] for one in drafted() if one.key == "teachers_share"}
        assert levels == {"het hele programma"}

    def test_supervisors_and_directors_are_told_for_the_programme_only(
        self, drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
    ) -> None:
        release(80, form="evaluation-ib-programme")
        assert words(drafted(), "evaluation") == []
        assert len([one for one in drafted(None) if one.key == "ib_director_share"]) == 2

    def test_others_together_are_named_as_a_number_of_groups(
        self, engine: SqliteEngine, drafted: Callable[..., tuple[Drafted, ...]], placed: str, release: Release
    ) -> None:
        window = release(80)
        engine.insert(
            "evaluation_node",
            {
                "id": "other",
                "window_id": window,
                "parent_id": f"{window}-c",
                "level": "coach",
                "label": "Cleo",
                "person_id": None,
            },
        )
        everybody = Group(f"{window}-p", None, (f"{window}-c",), Number(95, 95), Number(190, 190))
        rest = Group("rest", f"{window}-p", (f"{window}-a", "other"), Number(12, 12), Number(20, 20))
        cells = tuple(
            Cell(group.key, item, Share(60, (40, 80), (30, 90), Number(10, 14)))
            for group in (everybody, rest)
            for item in ITEMS
        )
        text = content.to_json(Content(5, ITEMS, (everybody, rest), cells))
        engine.run("UPDATE evaluation_release SET content = :text", {"text": text})
        assert store.is_released(engine, window, "evaluation-teacher")
        levels = {one.fields["level"] for one in drafted() if one.key == "teachers_share"}
        assert levels == {"2 coaches samen"}

"""A school year of one cohort on a clock that moves: from the plan of the lead to a sharpened profile."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from survey.access.permissions import Role
from survey.clock import local_day, moment, stamp
from survey.cohort import actions as cohorts
from survey.database import Row, SqliteEngine, new_key
from survey.people import actions as people
from survey.questionnaire import catalog
from tests.browser.database import inside
from tests.browser.moved_server import Moved, moved_server
from tests.browser.pages import DESKTOP
from tests.server import Server

NewPage = Callable[..., Page]
BEGIN = datetime(2026, 8, 25, 9, 0, tzinfo=UTC)
YEAR, NEXT_YEAR = "2026-2027", "2027-2028"
COACH, TRAINER, LEAD = "wies@veenrand.example", "ineke@veenrand.example", "gerard@veenrand.example"
OTHERS = 9
BLOCKS = (6, 8, 3)
CHANGED = "uses_own_position"
WORDS = "Ik gebruik dat ik van buiten naar het team kijk."


@dataclass
class Programme:
    """A programme of one cohort on a server whose time the test sets."""

    moved: Moved
    others: tuple[str, ...]
    chance: Random = field(default_factory=lambda: Random(11))

    @property
    def server(self) -> Server:
        return self.moved.server

    def at(self, when: datetime) -> str:
        return self.moved.at(when)

    def enter(self, page: Page, email: str) -> None:
        self.moved.enter(page, email)

    def rounds(self, table: str = "round") -> list[Row]:
        return self.moved.rows(f"SELECT * FROM {table} ORDER BY opens_at")

    def others_answer(self, number: int) -> None:
        """The other coaches hand in the round of this number, a little higher than before."""
        held = self.rounds()[number]
        form = catalog.load(Path(self.server.environment["FORMS"])).get(held["form"], held["version"])
        at = stamp(moment(held["opens_at"]) + timedelta(days=2))
        with inside(self.server) as engine, engine.atomic():
            for place, person in enumerate(self.others):
                key = new_key()
                engine.insert(
                    "reflection",
                    {"id": key, "round_id": held["id"], "person_id": person, "revision": 1}
                    | {"started_at": at, "saved_at": at, "submitted_at": at},
                )
                for item in form.items:
                    level = 2 + (place + number + self.chance.randint(0, 1)) % 3
                    engine.insert(
                        "reflection_answer",
                        {"reflection_id": key, "item": item.key, "item_version": held["version"]}
                        | {"value": level, "answered_at": at},
                    )


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Programme]:
    others = list[str]()
    with moved_server(tmp_path, BEGIN, lambda engine: others.extend(_people(engine))) as moved:
        yield Programme(moved, tuple(others))


def _people(engine: SqliteEngine) -> tuple[str, ...]:
    began = date(2026, 8, 20)
    cohort = cohorts.add_cohort(engine, name="augustus 2026", profile="kansencoach", started_on=began)
    for email, role in ((LEAD, Role.LEAD), (TRAINER, Role.TRAINER), (COACH, Role.COACH)):
        key = _person(engine, email, role)
        if role is Role.TRAINER:
            cohorts.add_trainer(engine, cohort_id=cohort, person_id=key)
        if role is Role.COACH:
            cohorts.join(engine, cohort_id=cohort, person_id=key, since=began)
    found = []
    for number in range(OTHERS):
        found.append(_person(engine, f"coach{number}@veenrand.example", Role.COACH))
        cohorts.join(engine, cohort_id=cohort, person_id=found[-1], since=began)
    return tuple(found)


def _person(engine: SqliteEngine, email: str, role: Role) -> str:
    name = email.partition("@")[0].capitalize()
    return people.add_person(engine, name=name, email=email, roles=[role], by=None, at=BEGIN)


def reflect(page: Page, level: int, *, focus: str) -> None:
    """Answer the three pages on one level and hand in."""
    page.get_by_role("link", name="Begin met reflecteren").click()
    for items in BLOCKS:
        sets = page.locator("fieldset")
        expect(sets).to_have_count(items)
        for number in range(items):
            sets.nth(number).locator(".seg label").nth(level - 1).click()
        expect(page.get_by_role("status")).to_contain_text("Bewaard om")
        page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_label(focus).check()
    page.get_by_role("button", name="Rond af").click()


def during(row: Row, days: int = 1) -> datetime:
    """At ten in the morning, so many days after something opens."""
    opens = local_day(moment(row["opens_at"])) + timedelta(days=days)
    return datetime(opens.year, opens.month, opens.day, 9, 0, tzinfo=UTC)


@pytest.mark.long
def test_a_cohort_goes_from_plan_to_a_sharpened_profile(programme: Programme, new_page: NewPage) -> None:
    page = new_page(viewport=DESKTOP)
    programme.enter(page, LEAD)
    page.goto(f"{programme.server.url}/jaarplan")
    page.get_by_role("link", name="Maak een plan").first.click()
    page.get_by_role("button", name="Maak dit plan").click()
    expect(page.get_by_role("status")).to_contain_text("Het plan staat")
    rounds, short = programme.rounds(), programme.rounds("micro_round")
    assert [local_day(row["opens_at"]).month for row in rounds] == [9, 1, 6]
    assert [row["lookback"] for row in rounds] == [0, 0, 1]
    assert len(short) >= 5

    mails = programme.at(during(rounds[0]))
    assert mails.count(f"To: {COACH}") == 1
    assert f"To: {LEAD}" not in mails
    assert f"To: {COACH}" not in programme.at(during(rounds[0]))
    programme.enter(page, COACH)
    reflect(page, 2, focus="Helpen zonder overnemen")
    expect(page.get_by_role("heading", name="Klaar, dank u wel")).to_be_visible()
    programme.others_answer(0)

    between = next(row for row in short if row["opens_at"] > rounds[0]["closes_at"])
    programme.at(during(between))
    programme.enter(page, COACH)
    page.goto(f"{programme.server.url}/reflectie/kort")
    expect(page.locator("fieldset")).to_have_count(1)
    page.locator("fieldset").locator(".seg label").nth(2).click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard om")

    for number, level in ((1, 3), (2, 4)):
        assert f"To: {COACH}" in programme.at(during(rounds[number]))
        programme.enter(page, COACH)
        reflect(page, level, focus="Helpen zonder overnemen")
        programme.others_answer(number)
    expect(page.get_by_role("heading", name="Terugblik op september")).to_be_visible()
    page.locator("fieldset").locator(".seg label").nth(0).click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard om")
    page.goto(f"{programme.server.url}/groei")
    expect(page.get_by_role("heading", name="Terugblik")).to_be_visible()

    programme.at(during(rounds[2], days=30))
    programme.enter(page, TRAINER)
    page.goto(f"{programme.server.url}/cohorten")
    expect(page.locator("figure").first).to_be_visible()
    expect(page.get_by_text("10 coaches").first).to_be_visible()

    sharpen(programme, page)


def sharpen(programme: Programme, page: Page) -> None:
    """The field proposes, the lead decides, other words are published, and the next round asks them."""
    programme.enter(page, COACH)
    page.goto(f"{programme.server.url}/voorstellen")
    page.get_by_label("Wat kan er beter, en waarom?").fill("Zeg het korter.")
    page.get_by_role("button", name="Stuur mijn voorstel").click()
    programme.enter(page, LEAD)
    page.goto(f"{programme.server.url}/voorstellen/verzameld")
    expect(page.get_by_text("Zeg het korter.")).to_be_visible()

    draft = programme.moved.told.with_name("voorstel.toml")
    draft.write_text(sharper(Path(programme.server.environment["FORMS"])), encoding="utf-8")
    said = programme.moved.run("publish-questionnaire", str(draft), programme.server.environment["FORMS"])
    assert "1 changed: its line breaks" in said
    programme.moved.restart()
    page.goto(f"{programme.server.url}/jaarplan")
    page.get_by_role("link", name="Maak een plan").last.click()
    page.get_by_role("button", name="Maak dit plan").click()
    fresh = next(row for row in programme.rounds() if row["opens_at"] > "2027-08")
    programme.at(during(fresh))
    programme.enter(page, COACH)
    page.get_by_role("link", name="Begin met reflecteren").click()
    expect(page.get_by_text(WORDS)).to_be_visible()


def sharper(folder: Path) -> str:
    """The profile with other words for one competency, as a draft of its next version."""
    text = (folder / "profile-kansencoach-2.0.toml").read_text(encoding="utf-8")
    text = text.replace('version = "2.0"', 'version = "2.1"', 1).replace('change = "new"', 'change = "same"')
    before, here, after = text.partition(f'key = "{CHANGED}"')
    after = after.replace('change = "same"', 'change = "changed"', 1)
    first, _, rest = after.partition("\ntext = ")
    rest = rest.partition("\n")[2]
    words = f'\ntext = {{ nl = "{WORDS}", en = "I use that I look at the team from outside." }}\n'
    return f'status = "draft"\n{before}{here}{first}{words}{rest}'

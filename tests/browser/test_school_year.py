"""A school year of one cohort on a clock that moves: from the plan of the lead to a sharpened profile."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page, expect

from survey.access import actions as access
from survey.access.permissions import Role
from survey.clock import local_day, moment, stamp
from survey.cohort import actions as cohorts
from survey.database import Row, SqliteDatabase, SqliteEngine, new_key
from survey.database.migrate import migrate
from survey.people import actions as people
from survey.questionnaire import catalog
from survey.questionnaire.files import FOLDER
from tests.browser.conftest import DESKTOP, inside
from tests.server import Server, command, start

NewPage = Callable[..., Page]
APPLICATION = "tests.browser.moved:create_app()"
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

    server: Server
    told: Path
    others: tuple[str, ...]
    chance: Random = field(default_factory=lambda: Random(11))

    def at(self, when: datetime) -> str:
        """Move the clock, let the planning run and the mail go; returns the mails."""
        self.told.write_text(stamp(when), encoding="utf-8")
        self.run("tick")
        return self.run("send-mail")

    def run(self, *arguments: str) -> str:
        return command(self.server.environment, *arguments, application=APPLICATION)

    def rows(self, sql: str) -> list[Row]:
        with inside(self.server) as engine:
            return engine.rows(sql)

    def rounds(self, table: str = "round") -> list[Row]:
        return self.rows(f"SELECT * FROM {table} ORDER BY opens_at")

    def enter(self, page: Page, email: str) -> None:
        """Sign in with a link as in the mail."""
        page.context.clear_cookies()
        with inside(self.server) as engine:
            at = moment(self.told.read_text(encoding="utf-8"))
            token = access.issue_link_to(engine, email=email, at=at)
        page.goto(f"{self.server.url}/inloggen/{token}")
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_url("**/vandaag")

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

    def restart(self) -> None:
        """The server again, with the questionnaires as they are now."""
        self.server.stop()
        environment = self.server.environment
        kept = {name: environment[name] for name in ("MOMENT", "FORMS", "PORT")}
        self.server = start(Path(environment["DATABASE"]), application=APPLICATION, **kept)


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Programme]:
    path, told, forms = tmp_path / "year.db", tmp_path / "moment", tmp_path / "questionnaires"
    shutil.copytree(FOLDER, forms)
    told.write_text(stamp(BEGIN), encoding="utf-8")
    database = SqliteDatabase(path)
    migrate(database)
    with database.session() as engine:
        others = _people(engine)
    database.close()
    made = Programme(start(path, application=APPLICATION, MOMENT=str(told), FORMS=str(forms)), told, others)
    yield made
    made.server.stop()


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

    draft = programme.told.with_name("voorstel.toml")
    draft.write_text(sharper(Path(programme.server.environment["FORMS"])), encoding="utf-8")
    said = programme.run("publish-questionnaire", str(draft), programme.server.environment["FORMS"])
    assert "1 changed: its line breaks" in said
    programme.restart()
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

"""A year of placement on a clock that moves: from a list of schools to a signed advice."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from survey.access.permissions import Role
from survey.cohort import actions as cohorts
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.browser.moved_server import Moved, moved_server
from tests.browser.pages import DESKTOP

NewPage = Callable[..., Page]
BEGIN = datetime(2026, 8, 25, 9, 0, tzinfo=UTC)
PLANNED, OPENED, COUNTED = (
    datetime(2027, 5, 10, 9, 0, tzinfo=UTC),
    datetime(2027, 5, 12, 9, 0, tzinfo=UTC),
    datetime(2027, 6, 3, 9, 0, tzinfo=UTC),
)
FIRST_DAY, LAST_DAY = date(2027, 5, 12), date(2027, 6, 2)
LEAD, COACH = "gerard@veenrand.example", "wies@veenrand.example"
SCHOOL = "De Proefschool"
LIST = (
    "BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;PLAATSNAAM;GEMEENTENAAM;leerlingen\n"
    f"98XY;98XY00;{SCHOOL};VEENRAND;VEENRAND;150\n"
    "98XY;98XY01;De Proefhoek;ZANDHOEK;ZANDHOEK;90\n"
)
TEACHERS = 6
LINK = re.compile(r"https?://[^\s?]+/e/[\w-]{22}")
OWN = "De ouderraad denkt mee over de dagen."


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Moved]:
    with moved_server(tmp_path, BEGIN, _people) as made:
        yield made


def _people(engine: SqliteEngine) -> None:
    began = date(2026, 8, 20)
    cohort = cohorts.add_cohort(engine, name="augustus 2026", profile="kansencoach", started_on=began)
    for email, role in ((LEAD, Role.LEAD), (COACH, Role.COACH)):
        name = email.partition("@")[0].capitalize()
        key = people.add_person(engine, name=name, email=email, roles=[role], by=None, at=BEGIN)
        if role is Role.COACH:
            cohorts.join(engine, cohort_id=cohort, person_id=key, since=began)


def take_in(page: Page, url: str, file: Path) -> None:
    """The list of schools, all of which take part."""
    file.write_text(LIST, encoding="iso-8859-1")
    page.goto(f"{url}/inzet/scholen/importeren")
    page.get_by_label("Bestand", exact=True).set_input_files(file)
    page.get_by_role("button", name="Bekijk de lijst").click()
    page.get_by_label("alle nieuwe scholen").check()
    page.get_by_role("button", name="Neem de lijst over").click()
    expect(page.get_by_role("status")).to_contain_text("2")


def place(page: Page, url: str) -> None:
    """A coach at one of the schools, for as many hours as the rule gives."""
    page.goto(f"{url}/inzet/nieuw")
    page.get_by_label("School", exact=True).select_option(label=f"{SCHOOL}, Veenrand")
    page.get_by_label("Hoe staat het ervoor?").select_option("active")
    page.get_by_label("Coach of kandidaat").select_option(label="Wies")
    page.get_by_label("Eerste dag").fill("2026-08-31")
    page.get_by_label("Afgesproken uren per week").fill("4")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("heading", name=SCHOOL)).to_be_visible()


def invite(page: Page, url: str) -> list[str]:
    """Plan the evaluation and ask everybody at the school; the addresses on the cards of parents."""
    page.goto(f"{url}/evaluatie/nieuw")
    page.get_by_label("Eerste dag").fill(FIRST_DAY.isoformat())
    page.get_by_label("Laatste dag").fill(LAST_DAY.isoformat())
    page.get_by_role("button", name="Plan deze evaluatie").click()
    page.get_by_role("link", name=SCHOOL).click()
    school = page.url
    mail = page.get_by_role("region", name="Nodig uit met een mail")
    mail.get_by_label("leerkrachten").check()
    mail.get_by_label("Mailadressen").fill("\n".join(f"juf{n}@school.example" for n in range(TEACHERS)))
    mail.get_by_role("button", name="Nodig uit").click()
    for title, name in (("Intern begeleider", "Ids Lisdonk"), ("Directeur", "Hetty Praamsma")):
        by_name = page.get_by_role("region", name="Intern begeleider of directeur")
        by_name.get_by_label(title).check()
        by_name.get_by_label("Naam").fill(name)
        by_name.get_by_label("Mailadres").fill(f"{name.partition(' ')[0].lower()}@school.example")
        by_name.get_by_role("button", name="Nodig uit").click()
        expect(page.get_by_role("status")).to_contain_text("uitgenodigd")
    page.goto(school)
    cards = page.get_by_role("region", name="Of geef kaarten mee")
    cards.get_by_label("ouders").check()
    cards.get_by_label("Hoeveel kaarten?").fill("2")
    cards.get_by_role("button", name="Maak de kaarten").click()
    return LINK.findall(page.locator("main").inner_text())


def links_by_person(mails: str) -> dict[str, list[str]]:
    """The links in each mail by its address."""
    found: dict[str, list[str]] = {}
    for mail in mails.split("\nTo: ")[1:]:
        found[mail.partition("\n")[0].strip()] = list(dict.fromkeys(LINK.findall(mail)))
    return found


def answer(page: Page, link: str, level: int, form: str) -> None:
    """Every question of a form on one level, as a person taps it."""
    page.goto(link)
    expect(page.get_by_text(form).first).to_be_visible()
    for question in page.locator("fieldset").all():
        question.get_by_role("radio").nth(level).check()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", name="Dank u wel")).to_be_visible()


def others_answer(page: Page, links: Sequence[str]) -> None:
    """The other teachers send the same form."""
    for link in links:
        shown = page.request.get(link).text()
        node = re.search(r'name="over" value="(\w+)"', shown)
        assert node
        said = dict.fromkeys(re.findall(r'type="radio" id="[^"]+" name="(\w+)"', shown), "3")
        reply = page.request.post(link, form={"over": node[1], **said})
        assert "Dank u wel" in reply.text()


def release(page: Page, url: str, form: str) -> None:
    """Publish one form for good and read what it says."""
    page.goto(f"{url}/evaluatie")
    page.get_by_role("link", name="Bekijk de evaluatie").first.click()
    stands = page.url.partition("?")[0]
    page.goto(f"{stands}/{form}/vrijgeven")
    page.get_by_role("button", name="Geef deze uitkomst vrij").click()
    page.goto(f"{stands}/{form}")


def advise(page: Page, url: str) -> None:
    """Draft an advice for the school, add a sentence, choose and sign."""
    page.goto(f"{url}/advies?jaar=2026-2027")
    page.get_by_role("button", name=f"Maak een concept voor {SCHOOL}").click()
    expect(page.get_by_text("De school heeft 150 leerlingen.")).to_be_visible()
    page.get_by_role("link", name="Tekst wijzigen").click()
    page.get_by_text("Voeg een zin toe").first.click()
    page.get_by_label("Uw zin").first.fill(OWN)
    page.get_by_role("button", name="Voeg toe").first.click()
    expect(page.get_by_text("toegevoegd door Gerard")).to_be_visible()
    page.get_by_role("link", name="Lees het hele advies").click()
    page.get_by_role("link", name="Kies wat u voorstelt").first.click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_label("Zo doorgaan").check()
    page.get_by_label("Uren per week").fill("4")
    page.get_by_label("Waarom?").fill("Team en ouders willen zo door.")
    page.get_by_role("button", name="Bewaar de keuze").click()
    page.get_by_role("link", name="Ondertekenen").click()
    page.get_by_role("button", name="Onderteken").click()


@pytest.mark.long
def test_a_lead_goes_from_a_list_of_schools_to_a_signed_advice(
    year: Moved, new_page: NewPage, tmp_path: Path
) -> None:
    page, phone, url = new_page(viewport=DESKTOP), new_page(), year.server.url
    year.enter(page, LEAD)
    take_in(page, url, tmp_path / "scholen.csv")
    place(page, url)

    year.move(PLANNED)
    year.enter(page, LEAD)
    cards = invite(page, url)
    asked = links_by_person(year.at(OPENED))
    assert len(asked) == TEACHERS + 2
    for who, form in (("ids", "Uw naam staat erbij"), ("hetty", "Uw naam staat erbij")):
        answer(phone, asked[f"{who}@school.example"][0], 3, form)
    teachers = [asked[f"juf{n}@school.example"][0] for n in range(TEACHERS)]
    answer(phone, teachers[0], 3, "Niemand ziet wat u zelf kiest.")
    answer(phone, cards[0], 4, "Niemand ziet wat u zelf kiest.")
    assert phone.context.cookies() == []
    others_answer(phone, teachers[1:])
    assert year.rows("SELECT id FROM ballot") == []

    year.move(COUNTED)
    year.run("tick")
    assert len(year.rows("SELECT id FROM ballot")) == TEACHERS + 1
    assert year.rows("SELECT id FROM sealed_ballot") == []
    phone.goto(cards[1])
    expect(phone.get_by_role("heading", name="gesloten")).to_be_visible()
    year.enter(page, LEAD)
    release(page, url, "evaluation-teacher")
    expect(page.get_by_text("90% of meer").first).to_be_visible()
    release(page, url, "evaluation-parent")
    expect(page.get_by_text("te weinig mensen", exact=False).first).to_be_visible()

    advise(page, url)
    expect(page.get_by_text("Gerard").first).to_be_visible()
    assert year.rows("SELECT signed_as FROM advice") == [{"signed_as": "Gerard"}]
    year.enter(page, COACH)
    page.goto(f"{url}/mijn-inzet")
    page.get_by_role("link", name="Inzetadvies").click()
    expect(page.get_by_text(OWN)).to_be_visible()

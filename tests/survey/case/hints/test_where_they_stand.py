"""A hint that waits stands on every page where its coach would look for it."""

from collections.abc import Callable

from survey.case import actions as cases
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Member
from tests.survey.case.asking import section
from tests.survey.case.hints.conftest import LOWER, settle
from tests.survey.hint.answering import Answering

As = Callable[[Member], HouseClient]


def test_hints_stand_on_the_path_of_a_case(case: Answering, coach: Callable[[], HouseClient]) -> None:
    *_, link_id = case.answers("parent-1", LOWER)
    client = coach()
    assert "Lager dan anders, ouder nog te bespreken" in section(client.get(case.page).text, "path").replace(
        " · ", " "
    )
    settle(client, case, link_id, "change_pace")
    assert "Besproken op" in section(client.get(case.page).text, "path")


def test_the_page_of_the_answers_shows_their_hint(case: Answering, coach: Callable[[], HouseClient]) -> None:
    first, *_, last = case.answers("parent-1", LOWER)
    client = coach()
    text = client.get(f"{case.page}/check/{last}").text
    assert "De som was 8 van 16." in text
    assert "1 op de 16" in text
    assert "Lager dan anders" not in client.get(f"{case.page}/check/{first}").text


def test_today_names_what_waits_to_be_talked_about(
    case: Answering, coach: Callable[[], HouseClient], as_: As, cleo: Member
) -> None:
    assert "Om samen te bespreken" not in coach().get("/vandaag").text
    *_, link_id = case.answers("parent-1", LOWER)
    text = section(coach().get("/vandaag").text, "hints")
    assert case.code in text
    assert "Ouder" in text
    assert "Lager dan anders" in text
    assert "Om samen te bespreken" not in as_(cleo).get("/vandaag").text
    settle(coach(), case, link_id, "change_pace")
    assert "Om samen te bespreken" not in coach().get("/vandaag").text


def test_today_shows_five_and_says_how_many_more(case: Answering, coach: Callable[[], HouseClient]) -> None:
    for number in range(1, 5):
        case.answers(f"parent-{number}", "1333 1333")
    rows = section(coach().get("/vandaag").text, "hints")
    assert rows.count("Gesprekspunt") == 5
    assert "En nog 3, bij uw trajecten" in rows


def test_the_list_of_cases_marks_where_something_waits(
    case: Answering, coach: Callable[[], HouseClient], school_of: Callable[..., str], ana: Member
) -> None:
    other = cases.open_case(case.engine, school_id=school_of(ana, "Elders"), by=ana.id, at=START)
    case.answers("parent-1", LOWER)
    rows = [words(row) for row in every(parsed(coach().get("/trajecten").text), "li")]
    marked = {code for code in (case.code, other) for row in rows if code in row and "aandachtspunt" in row}
    assert marked == {case.code}

"""The line of a talk: what may tell who someone is waits for a second decision."""

from collections.abc import Callable
from datetime import date

from survey.talk.reports import Talk
from tests.client import HouseClient, every, parsed
from tests.survey.case.talks.conftest import HELD, filled

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
DANGEROUS = "Bel Samira op 06-12345678"


def test_a_line_that_may_tell_who_someone_is_waits_for_a_second_decision(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]], dump: Dump
) -> None:
    before = dump()
    asked = coach.post(f"{page}/gesprek/noteer", data=HELD | {"line": DANGEROUS})
    assert asked.status_code == 422
    assert "Staat hier een telefoonnummer? ‘06-12345678’" in asked.text
    assert "Staat hier een naam? ‘Samira’" in asked.text
    assert dump() == before
    assert filled(asked.text, "line")[0].strip() == DANGEROUS
    assert filled(asked.text, "agreed") == ["change_pace"]
    (decision,) = [
        one.get("value") for one in every(parsed(asked.text), "button") if one.get("name") == "anyway"
    ]
    coach.post(f"{page}/gesprek/noteer", data=HELD | {"line": DANGEROUS, "anyway": decision})
    assert [talk.line for talk in noted()] == [DANGEROUS]


def test_a_second_decision_holds_for_what_was_named_and_no_more(
    coach: HouseClient, page: str, dump: Dump
) -> None:
    before = dump()
    more = HELD | {"line": f"{DANGEROUS}, geb. 3-4-2015", "anyway": "06-12345678\r\nSamira"}
    asked = coach.post(f"{page}/gesprek/noteer", data=more)
    assert asked.status_code == 422
    assert "geb. 3-4-2015" in asked.text
    assert dump() == before


def test_words_that_were_kept_are_not_asked_about_again(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    typed = HELD | {"line": DANGEROUS, "anyway": "06-12345678\r\nSamira"}
    address = coach.post(f"{page}/gesprek/noteer", data=typed).location
    assert coach.post(address, data=HELD | {"line": DANGEROUS, "day": "2026-01-19"}).status_code == 303
    assert coach.post(address, data=HELD | {"line": f"{DANGEROUS} thuis"}).status_code == 422
    assert [(talk.line, talk.day) for talk in noted()] == [(DANGEROUS, date(2026, 1, 19))]


def test_a_line_of_280_signs_fits_and_one_more_says_how_many_to_drop(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    fits = "é\r\n" * 139 + "xyz"  # 139 signs and 139 line ends, as a browser sends them, then two more
    refused = coach.post(f"{page}/gesprek/noteer", data=HELD | {"line": fits})
    assert refused.status_code == 422
    assert "Haal ten minste 1 tekens weg." in refused.text
    assert noted() == []
    assert coach.post(f"{page}/gesprek/noteer", data=HELD | {"line": fits[:-1]}).status_code == 303
    assert [len(talk.line or "") for talk in noted()] == [280]

"""The agreement: what each holder of authority says, and the pupil who is locked until all agree."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from survey.case import actions, reports
from survey.case.agreement import words as agreed
from survey.case.agreement.rules import Given
from survey.checkin import actions as checkins
from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import BOTH_AGREE, START, Dump, Member, scope_of
from tests.survey.case.agreeing import note, section
from tests.survey.case.asking import case_id


def test_nothing_is_noted_at_first_and_the_pupil_is_locked(
    coach: HouseClient, code: str, ask: Callable[[], str], dump: Dump
) -> None:
    text = section(coach, code)
    assert "De ouders zijn nog niet gevraagd." in text
    assert "leerling nog niet vragen" in text
    with pytest.raises(checkins.MayNotAsk):
        ask()
    assert dump()["checkin_link"] == []


def test_a_whole_agreement_opens_the_pupil_and_says_who_noted_it(
    coach: HouseClient, client: HouseClient, code: str, ask: Callable[[], str]
) -> None:
    assert note(coach, code) == 303
    text = section(coach, code)
    assert "Beide ouders zijn akkoord." in text
    assert "Genoteerd op 20 januari 2026 door Ana." in text
    assert "leerling vragen mag" in text
    assert client.get(ask()).status_code == 200


# What each says (- is not asked yet), and the sentence on the page; "" where the pupil may be asked.
SENTENCES = """
under_12 yes yes -   |
under_12 yes n/a -   |
12_to_15 yes yes yes |
12_to_15 yes n/a yes |
under_12 -   -   -   | De ouders zijn nog niet gevraagd.
under_12 yes -   -   | De andere ouder is nog niet gevraagd.
under_12 -   yes -   | De ene ouder is nog niet gevraagd.
under_12 -   n/a -   | De ouder is nog niet gevraagd.
under_12 no  n/a -   | De ouder vindt het niet goed.
under_12 no  yes -   | Een ouder vindt het niet goed.
under_12 yes no  -   | De andere ouder vindt het niet goed.
under_12 no  no  -   | De ouders vinden het niet goed.
under_12 no  -   -   | Een ouder vindt het niet goed.
12_to_15 yes yes -   | De leerling zelf is nog niet gevraagd.
12_to_15 yes -   -   | De andere ouder is nog niet gevraagd. De leerling zelf is nog niet gevraagd.
12_to_15 -   -   -   | De ouders zijn nog niet gevraagd. De leerling zelf is nog niet gevraagd.
12_to_15 yes yes no  | De leerling wil het zelf niet.
12_to_15 no  yes no  | Een ouder vindt het niet goed. De leerling wil het zelf niet.
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_the_page_says_exactly_what_is_missing_or_who_said_no(
    coach: HouseClient, code: str, ask: Callable[[], str], line: str
) -> None:
    said, sentence = (part.strip() for part in line.split("|"))
    values = {"-": "", "n/a": "not_applicable"}
    band, *answers = (values.get(word, word) for word in said.split())
    first, second, pupil = answers
    assert note(coach, code, age_band=band, first_parent=first, second_parent=second, pupil=pupil) == 303
    text = section(coach, code)
    if sentence:
        assert f"leerling te vragen {sentence} Genoteerd" in text
        with pytest.raises(checkins.MayNotAsk):
            ask()
    else:
        assert "leerling vragen mag" in text
        assert ask()


@given(
    st.builds(
        Given,
        age_band=st.sampled_from(["under_12", "12_to_15"]),
        first_parent=st.sampled_from([None, "yes", "no"]),
        second_parent=st.sampled_from([None, "yes", "no", "not_applicable"]),
        pupil=st.sampled_from([None, "yes", "no"]),
        agreed_on=st.just(START.date()),
    )
)
def test_a_lock_always_has_a_reason(answers: Given) -> None:
    assert answers.allows == (not answers.missing and not answers.refused)


def test_only_a_case_about_one_pupil_has_an_agreement(
    coach: HouseClient, engine: SqliteEngine, ana: Member, school_of: Callable[..., str], dump: Dump
) -> None:
    code = actions.open_case(engine, school_id=school_of(ana, "De Zwerm"), kind="group", by=ana.id, at=START)
    assert "Akkoord" not in coach.get(f"/trajecten/{code}").text
    before = dump()
    assert note(coach, code) == 409
    assert dump() == before


def test_nobody_notes_an_agreement_in_a_case_that_is_not_theirs(
    engine: SqliteEngine, code: str, cleo: Member, dump: Dump
) -> None:
    before = dump()
    with pytest.raises(actions.NotYours):
        actions.note_agreement(engine, case_id=case_id(engine, code), given=BOTH_AGREE, by=cleo.id, at=START)
    assert dump() == before


def test_the_history_stands_in_the_path(
    coach: HouseClient, engine: SqliteEngine, code: str, ana: Member
) -> None:
    note(coach, code, first_parent="no")
    note(coach, code)
    coach.post(f"/trajecten/{code}/akkoord/intrekken")
    case = reports.case(engine, scope_of(ana), code)
    assert case is not None
    assert [one.ended_because for one in case.agreements] == ["withdrawn", "noted_again"]
    page = parsed(coach.get(f"/trajecten/{code}").text)
    steps = [words(item) for item in every(page, "li")]
    for what in ("Geen akkoord", "Akkoord genoteerd", "Akkoord ingetrokken"):
        assert [step for step in steps if what in step], what


def test_what_was_noted_is_put_in_words_in_both_ages(app: Flask) -> None:
    with app.test_request_context():
        young = agreed.answers(BOTH_AGREE)
        older = agreed.answers(Given("12_to_15", "yes", "not_applicable", "yes", START.date()))
    assert young == "ouder: akkoord · andere ouder: akkoord"
    assert older == "ouder: akkoord · andere ouder: niet van toepassing · leerling: akkoord"

"""The agreement: what each holder of authority says, and the pupil who is locked until all agree."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from survey.case import actions, reports
from survey.case.agreement import words as agreed
from survey.case.agreement.rules import Given
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.current import catalog
from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import BOTH_AGREE, START, Clock, Member, scope_of
from tests.survey.case.asking import case_id

As = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
AGREED = {"age_band": "under_12", "first_parent": "yes", "second_parent": "yes", "agreed_on": "2026-01-20"}


def seen(coach: HouseClient, code: str) -> str:
    """The agreement in force as the page of the case shows it to this tab."""
    boxes = every(parsed(coach.get(f"/trajecten/{code}").text), "input")
    return next((str(box.get("value")) for box in boxes if box.get("name") == "seen"), "")


def note(coach: HouseClient, code: str, **answers: str) -> int:
    sent = {"seen": seen(coach, code), **AGREED, **answers}
    return coach.post(f"/trajecten/{code}/akkoord", data=sent).status_code


def section(coach: HouseClient, code: str) -> str:
    """What the page says about the agreement."""
    page = parsed(coach.get(f"/trajecten/{code}").text)
    return next(words(part) for part in every(page, "section") if part.get("aria-labelledby") == "agreement")


@pytest.fixture
def ask(app: Flask, engine: SqliteEngine, code: str, ana: Member, clock: Clock) -> Callable[[], str]:
    """Ask the pupil and return the address of the form."""

    def ask() -> str:
        pupil = actions.add_informant(engine, case_id=case_id(engine, code), who=Who("pupil", 1))
        with app.app_context():
            form = catalog().get("relationship-pupil")
            _link, token = checkins.ask(
                engine, informant_id=pupil, form=form.form, version=form.version, by=ana.id, at=clock()
            )
        return f"/c/{token}"

    return ask


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


# What is sent instead of a good answer, and what the page says.
REFUSED = [
    ({"age_band": ""}, "Kies hoe oud de leerling is."),
    ({"age_band": "16"}, "Kies hoe oud de leerling is."),
    ({"first_parent": "not_applicable"}, "Kies een van de antwoorden."),
    ({"second_parent": "maybe"}, "Kies een van de antwoorden."),
    ({"pupil": "not_applicable"}, "Kies een van de antwoorden."),
    ({"agreed_on": "2026-01-21"}, "Deze dag komt nog."),
    ({"agreed_on": "2024-01-01"}, "Deze dag is te lang geleden."),
    ({"agreed_on": "gisteren"}, "Dit is geen dag."),
    ({"agreed_on": "31-02-2026"}, "Dit is geen dag."),
]


@pytest.mark.parametrize(("sent", "said"), REFUSED)
def test_a_mistake_is_named_and_what_was_chosen_stays(
    coach: HouseClient, code: str, dump: Dump, sent: dict[str, str], said: str
) -> None:
    before = dump()
    page = coach.post(f"/trajecten/{code}/akkoord", data={**AGREED, **sent})
    assert page.status_code == 422
    assert said in page.text
    assert len(re.findall(r'checked id="agreed-(?:first|second)_parent-0"', page.text)) >= 1
    if "agreed_on" in sent:
        assert f'value="{sent["agreed_on"]}"' in page.text
    assert dump() == before


def test_an_empty_day_is_today_and_a_typed_one_is_read(
    coach: HouseClient, engine: SqliteEngine, code: str
) -> None:
    note(coach, code, agreed_on="")
    note(coach, code, agreed_on="7-1-2026", second_parent="not_applicable")
    noted = engine.rows("SELECT agreed_on FROM agreement ORDER BY id")
    assert [row["agreed_on"] for row in noted] == ["2026-01-20", "2026-01-07"]


def test_a_pupil_below_12_is_not_asked_for_a_word(
    coach: HouseClient, engine: SqliteEngine, code: str
) -> None:
    assert note(coach, code, pupil="no") == 303
    assert engine.rows("SELECT pupil FROM agreement") == [{"pupil": None}]


@pytest.mark.parametrize("day", ["2026-01-20", "2026-01-21", ""])
def test_the_same_again_changes_nothing_and_keeps_the_first_day(
    coach: HouseClient, code: str, clock: Clock, as_: As, ana: Member, dump: Dump, day: str
) -> None:
    note(coach, code)
    clock.forward(hours=24)
    coach = as_(ana)
    before = dump()
    assert note(coach, code, agreed_on=day) == 303
    assert dump() == before
    assert "Genoteerd op 20 januari 2026" in section(coach, code)


def test_a_wrong_day_is_put_right(coach: HouseClient, engine: SqliteEngine, code: str) -> None:
    note(coach, code)
    note(coach, code, agreed_on="2026-01-12")
    days = engine.rows("SELECT agreed_on FROM agreement WHERE ended_at IS NULL")
    assert days == [{"agreed_on": "2026-01-12"}]


def test_the_form_starts_from_what_was_noted_and_from_today(
    coach: HouseClient, code: str, clock: Clock, as_: As, ana: Member
) -> None:
    note(coach, code, age_band="12_to_15", first_parent="no", second_parent="not_applicable", pupil="")
    clock.forward(days=2)
    page = parsed(as_(ana).get(f"/trajecten/{code}").text)
    fields = {
        box.get("name"): box.get("value")
        for form in every(page, "form")
        if form.get("class") == "consent"
        for box in every(form, "input")
        if box.get("type") != "radio" or box.get("checked") is not None
    }
    for name in ("csrf_token", "seen"):
        fields.pop(name)
    assert fields == {
        "age_band": "12_to_15",
        "first_parent": "no",
        "second_parent": "not_applicable",
        "pupil": "",
        "agreed_on": "2026-01-22",
    }


def test_other_answers_are_noted_beside_the_earlier_ones(
    coach: HouseClient, code: str, clock: Clock, as_: As, ana: Member
) -> None:
    note(coach, code, second_parent="")
    clock.forward(days=2)
    coach = as_(ana)
    note(coach, code, agreed_on="2026-01-22")
    text = section(coach, code)
    assert "Genoteerd op 22 januari 2026 door Ana." in text
    assert "1 eerdere notitie 20 januari 2026, Ana" in text
    assert "ouder: akkoord · andere ouder: nog niet gevraagd. Daarna opnieuw genoteerd." in text


def test_an_answer_that_turns_to_no_stops_open_questions(
    coach: HouseClient, client: HouseClient, code: str, ask: Callable[[], str], clock: Clock
) -> None:
    note(coach, code)
    address = ask()
    clock.forward(minutes=1)
    note(coach, code, second_parent="no")
    assert client.get(address).status_code == 404
    clock.forward(minutes=1)
    note(coach, code)
    assert client.get(address).status_code == 404


def test_withdrawing_locks_again_and_stops_open_questions_for_good(
    coach: HouseClient, client: HouseClient, code: str, ask: Callable[[], str], clock: Clock
) -> None:
    note(coach, code)
    address = ask()
    clock.forward(hours=1)
    assert coach.post(f"/trajecten/{code}/akkoord/intrekken").status_code == 303
    assert client.get(address).status_code == 404
    assert "Het akkoord is ingetrokken op 20 januari 2026." in section(coach, code)
    with pytest.raises(checkins.MayNotAsk):
        ask()
    note(coach, code)
    assert client.get(address).status_code == 404
    assert client.get(ask()).status_code == 200


def test_withdrawing_asks_once_and_says_what_it_ends(coach: HouseClient, code: str) -> None:
    note(coach, code)
    page = parsed(coach.get(f"/trajecten/{code}").text)
    (asked,) = [words(part) for part in every(page, "details") if "Akkoord intrekken" in words(part)]
    assert "Open vragen aan de leerling stoppen meteen." in asked
    assert "Trek het akkoord in" in asked


def test_withdrawing_what_was_never_given_changes_nothing(coach: HouseClient, code: str, dump: Dump) -> None:
    before = dump()
    assert coach.post(f"/trajecten/{code}/akkoord/intrekken").status_code == 303
    assert dump() == before


# Why what was noted no longer counts, and what the page says.
ENDED = {
    "handed_over": "Vraag de ouders opnieuw: er is een nieuwe coach.",
    "to_confirm": "Vraag na wie akkoord gaf en noteer het opnieuw.",
    "withdrawn": "Het akkoord is ingetrokken op 20 januari 2026.",
}


@pytest.mark.parametrize("because", ENDED)
def test_an_agreement_that_ended_says_what_to_do(
    coach: HouseClient, engine: SqliteEngine, code: str, because: str
) -> None:
    note(coach, code)
    engine.run(
        "UPDATE agreement SET ended_at = '2026-01-20T11:00:00+00:00', ended_because = :because",
        {"because": because},
    )
    text = section(coach, code)
    assert ENDED[because] in text
    assert "leerling nog niet vragen" in text
    assert "Noteer wat zij zeggen" in text


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


def test_a_closed_case_keeps_its_agreement_as_it_was(
    coach: HouseClient, engine: SqliteEngine, code: str, ana: Member, dump: Dump
) -> None:
    note(coach, code)
    engine.run("UPDATE \"case\" SET closed_at = '2026-01-20T12:00:00+00:00'")
    text = section(coach, code)
    assert "Beide ouders zijn akkoord." in text
    assert "Wijzig" not in text
    before = dump()
    assert note(coach, code, first_parent="no") == 409
    assert coach.post(f"/trajecten/{code}/akkoord/intrekken").status_code == 409
    assert dump() == before
    with pytest.raises(actions.NotYours):
        actions.note_agreement(
            engine,
            case_id=case_id(engine, code),
            given=Given("under_12", "no", "yes", None, date(2026, 1, 20)),
            by=ana.id,
            at=START,
        )


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

"""What is warned about in a private line, and what is left alone: each spelling a coach may use."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.talk.warnings import Kind, Warning, is_bsn, warnings

TODAY = date(2026, 1, 20)

FOUND = """
mail       | Stuur het naar juf@school.example vandaag       | juf@school.example
mail       | mail j.de-vries+x@mail.example.org              | j.de-vries+x@mail.example.org
mail       | ouder (at) example.org                          | ouder (at) example.org
phone      | bel 0612345678                                  | 0612345678
phone      | bel 06-12345678 na vier uur                     | 06-12345678
phone      | 06 12 34 56 78                                  | 06 12 34 56 78
phone      | 06.12.65.43.21                                  | 06.12.65.43.21
phone      | 06 – 1234 5678                                  | 06 - 1234 5678
phone      | school: 0592-123456                             | 0592-123456
phone      | (0592) 12 34 56                                 | (0592) 12 34 56
phone      | 020 - 123 45 67                                 | 020 - 123 45 67
phone      | +31612345678                                    | +31612345678
phone      | +31 6 12345678                                  | +31 6 12345678
phone      | +31 (0)6-12 34 56 78                            | +31 (0)6-12 34 56 78
phone      | 0031 6 12345678                                 | 0031 6 12345678
phone      | app 31612345678                                 | 31612345678
bsn        | 111222333                                       | 111222333
bsn        | nummer 123456782 dus                            | 123456782
bsn        | 1234.56.782                                     | 1234.56.782
bsn        | 123 456 782                                     | 123 456 782
bsn        | 12 34 56 782                                    | 12 34 56 782
bsn        | groep 5 123456782                               | 123456782
bsn        | acht cijfers: 10000008                          | 10000008
birth_date | 3-4-2015                                        | 3-4-2015
birth_date | 03/04/2015                                      | 03/04/2015
birth_date | 3.4.2015                                        | 3.4.2015
birth_date | 3 - 4 - 2015                                    | 3 - 4 - 2015
birth_date | 3-4-15                                          | 3-4-15
birth_date | is van 3 april 2015                             | 3 april 2015
birth_date | 3 apr. 2015                                     | 3 apr. 2015
birth_date | 3 april ’15                                     | 3 april ’15
birth_date | 2015-04-03                                      | 2015-04-03
birth_date | 20150403                                        | 20150403
birth_date | 03042015                                        | 03042015
birth_date | geb. 3-4                                        | geb. 3-4
birth_date | geboren in 2015                                 | geboren in 2015
birth_date | Geboortedatum: 3 april                          | Geboortedatum: 3 april
birth_date | vader is van 12-5-1981                          | 12-5-1981
name       | Morgen belt Samira terug                        | Samira
name       | de moeder (Samira) belt                         | Samira
name       | moeder van Jan van der Berg kwam                | Jan van der Berg
name       | we bellen mevrouw El-Idrissi                    | El-Idrissi
mail       | mail jan @ gmail . com                          | jan @ gmail . com
mail       | mail jan@gmail. com                             | jan@gmail. com
mail       | j.jansen apestaart gmail.com                    | j.jansen apestaart gmail.com
mail       | jan apestaartje gmail punt com                  | jan apestaartje gmail punt com
name       | gesprek met Şeyma                               | Şeyma
name       | gesprek met Łukasz                              | Łukasz
name       | gesprek met Оксана                              | Оксана
name       | gesprek met Ş. Yılmaz                           | Ş. Yılmaz
name       | J.P. de Vries belt                              | J.P. de Vries
name       | bij D’Angelo thuis                              | D’Angelo
name       | moeder: Fatima                                  | Fatima
name       | “Fatima” kwam                                   | Fatima
name       | vader zei 'Fatima komt'                         | Fatima
name       | FATIMA was boos                                 | FATIMA
name       | 🙂 Fatima                                       | Fatima
name       | moeder/Fatima belt                              | Fatima
name       | afspraak - Fatima belt                          | Fatima
"""

NOT_FOUND = [
    "",
    "Wij bellen elke vrijdag om 15.15 uur",
    "Afspraak 17-2-2026 om half vier",
    "Volgende keer 17-2-26",
    "op 3 april bellen we weer",
    "tussen 10-11 en 12-13 januari",
    "groep 5-6-7-8 samen, 4 x 30 minuten",
    "bel na 5 dagen, 12 weken en 2 keer 24 uur",
    "gebeld, 3 keer geen gehoor",
    "123456783",
    "000000000",
    "Samira belt zelf",
    "Dat ging goed. Moeder kwam. Vader ook: Beiden blij",
    "de IB-er en de GGD kijken mee",
    "zij leert Nederlands, wij vragen Veilig Thuis om raad",
    "1-2-3 in de maat",
    "Afgesproken: Elke dag samen lezen",
    "vader zei: “Ik kom morgen”",
    "- Moeder belt\n- Vader komt",
    "dat wil hij NIET, en ADHD is nooit genoemd",
    "gesprek @ school. Daarna thuis",
    "Goed zo! Morgen weer… Straks ook.",
]


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("kind", "line", "quote"), rows(FOUND), ids=lambda cell: cell)
def test_what_may_tell_who_someone_is_is_quoted(kind: str, line: str, quote: str) -> None:
    assert warnings(line, today=TODAY) == (Warning(Kind(kind), quote),)


@pytest.mark.parametrize("line", NOT_FOUND)
def test_what_tells_nothing_is_left_alone(line: str) -> None:
    assert warnings(line, today=TODAY) == ()


def test_everything_in_one_line_is_found_once() -> None:
    line = "Bel Samira, geb. 3-4-2015, op 06-12345678 of a@b.example. Weer 06-12345678. Nummer 111222333"
    assert [(one.kind.value, one.quote) for one in warnings(line, today=TODAY)] == [
        ("mail", "a@b.example"),
        ("phone", "06-12345678"),
        ("birth_date", "geb. 3-4-2015"),
        ("bsn", "111222333"),
        ("name", "Samira"),
    ]


# Worked by hand: 9·1 + 8·1 + 7·1 + 6·2 + 5·2 + 4·2 + 3·3 + 2·3 − 3 = 66 = 6 · 11.
@pytest.mark.parametrize(("digits", "is_one"), [("111222333", True), ("111222334", False), ("0", False)])
def test_the_test_of_eleven(digits: str, is_one: bool) -> None:
    assert is_bsn(digits) is is_one


@given(st.integers(1, 99_999_999))
def test_one_last_digit_at_most_makes_a_citizen_number(head: int) -> None:
    assert sum(is_bsn(f"{head:08}{last}") for last in range(10)) <= 1


@given(st.text(max_size=280))
def test_any_line_can_be_looked_at_and_every_quote_says_something(line: str) -> None:
    assert all(one.quote for one in warnings(line, today=TODAY))


@pytest.mark.parametrize(("year", "warned"), [(2023, True), (2024, False), (1936, True), (1935, False)])
def test_a_date_can_be_of_a_birth_from_three_to_ninety_years_ago(year: int, warned: bool) -> None:
    assert bool(warnings(f"3-4-{year}", today=TODAY)) is warned

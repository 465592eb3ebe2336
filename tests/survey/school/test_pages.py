"""The pages of schools: finding, adding, correcting, pupils, taking part and closing."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.school import actions, reports
from survey.school.reports import Count, Filter, School
from tests.client import HouseClient
from tests.conftest import START, Member, scope_of

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
LIST = "/inzet/scholen"
WHOLE = {
    "name": "De Kraanheide",
    "place": "Veenrand",
    "municipality": "Veenrand",
    "brin": "12ab",
    "branch": "",
    "board": "Stichting Turfstreek",
    "street": "Veenweg 3",
    "postcode": "7811ab",
    "programmes": "Ruzie uitpraten\nBuiten spelen\n",
}


def names(page: str) -> list[str]:
    """The schools of a list, in its order."""
    return [unescape(name) for name in re.findall(r'scope="row"><a href="[^"]+">([^<]+)</a>', page)]


def test_a_school_is_added_and_shown(leas: HouseClient, find: Callable[[str], School]) -> None:
    reply = leas.post(f"{LIST}/nieuw", data=WHOLE)
    school = find("De Kraanheide")
    assert (reply.status_code, reply.location) == (303, f"{LIST}/{school.id}")
    assert (school.code, school.postcode) == ("12AB00", "7811 AB")
    page = leas.get(reply.location).text
    for told in ("12AB00", "Veenweg 3 7811 AB", "Stichting Turfstreek", "Buiten spelen, Ruzie uitpraten"):
        assert told in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": " "}, "De naam ontbreekt."),
        ({"place": ""}, "De plaats ontbreekt."),
        ({"brin": "ABCD"}, "“ABCD” is geen BRIN-nummer."),
        ({"branch": "1234"}, "“1234” is geen vestiging."),
        ({"postcode": "12"}, "“12” is geen postcode. Schrijf een postcode zo: 7811 AB."),
        ({"name": "x" * 201}, "Maak dit korter: hooguit 200 tekens."),
        ({"board": "=1+1"}, "Hier staat een formule."),
        ({"programmes": "x" * 81}, "korter: hooguit 80 tekens."),
        ({"programmes": "\n".join(f"p{n}" for n in range(13))}, "Noem er hooguit 12."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_cannot_be_noted_stays_as_it_was_typed(
    leas: HouseClient, dump: Dump, typed: dict[str, str], says: str
) -> None:
    before = dump()
    reply = leas.post(f"{LIST}/nieuw", data={**WHOLE, **typed})
    assert (reply.status_code, says in unescape(reply.text)) == (422, True)
    assert "Veenweg 3" in reply.text
    assert dump() == before


@pytest.mark.parametrize(
    ("there", "typed"),
    [({"brin": "12AB"}, {"name": "Anders"}), ({}, {"brin": ""})],
    ids=["number", "name and place"],
)
def test_a_school_stands_in_the_register_once(
    leas: HouseClient,
    add_school: Callable[..., str],
    dump: Dump,
    there: dict[str, str],
    typed: dict[str, str],
) -> None:
    key = add_school(**there)
    before = dump()
    reply = leas.post(f"{LIST}/nieuw", data={**WHOLE, **typed})
    assert reply.status_code == 409
    assert "Dit is al een andere school: De Kraanheide, Veenrand." in reply.text
    assert f'href="{LIST}/{key}"' in reply.text
    assert dump() == before


def test_a_school_is_corrected(
    leas: HouseClient, add_school: Callable[..., str], find: Callable[[str], School]
) -> None:
    key = add_school("De Kraanheuvel", programmes=("Oud",))
    shown = re.search(r'name="shown" value="(\w+)"', leas.get(f"{LIST}/{key}/wijzigen").text)
    assert shown
    reply = leas.post(f"{LIST}/{key}/wijzigen", data={**WHOLE, "shown": shown[1]})
    assert (reply.status_code, reply.location) == (303, f"{LIST}/{key}")
    assert find("De Kraanheide").programmes == ("Buiten spelen", "Ruzie uitpraten")


def test_what_someone_else_changed_meanwhile_is_shown_beside_what_was_typed(
    leas: HouseClient, add_school: Callable[..., str], dump: Dump
) -> None:
    key = add_school(board="Veenkracht", programmes=("Oud",))
    before = dump()
    reply = leas.post(f"{LIST}/{key}/wijzigen", data={**WHOLE, "shown": "another"})
    assert reply.status_code == 409
    for told in ("Iemand anders wijzigde dit net", "bestuur Veenkracht", "Oud", "Stichting Turfstreek"):
        assert told in reply.text
    assert dump() == before


def test_pupils_are_noted_by_school_year(
    leas: HouseClient, add_school: Callable[..., str], find: Callable[[str], School]
) -> None:
    key = add_school()

    def note(year: str, pupils: str, weighting: str) -> int:
        data = {"school_year": year, "pupils": pupils, "weighting": weighting}
        return leas.post(f"{LIST}/{key}/leerlingen", data=data).status_code

    assert note("2024-2025", "105", "") == 303
    assert note("2025-2026", "112", "31,4") == 303
    assert find("De Kraanheide").counts == (Count("2025-2026", 112, 31.4), Count("2024-2025", 105, None))
    assert "31,4" in leas.get(f"{LIST}/{key}").text
    assert note("2025-2026", "", "") == 303
    assert find("De Kraanheide").counts == (Count("2024-2025", 105, None),)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"pupils": "5001"}, "5001 kan niet. Het ligt tussen 0 en 5000."),
        ({"pupils": "-1"}, "-1 kan niet."),
        ({"pupils": "twaalf"}, "“twaalf” is geen heel getal."),
        ({"weighting": "101"}, "101 kan niet. Het ligt tussen 0 en 100."),
        ({"school_year": "1990-1991"}, "Kies een schooljaar uit de lijst."),
    ],
    ids=["too many", "negative", "words", "too heavy", "another century"],
)
def test_pupils_that_cannot_be_are_refused(
    leas: HouseClient, add_school: Callable[..., str], dump: Dump, typed: dict[str, str], says: str
) -> None:
    key = add_school()
    before = dump()
    reply = leas.post(f"{LIST}/{key}/leerlingen", data={"school_year": "2025-2026", "pupils": "112", **typed})
    assert (reply.status_code, says in unescape(reply.text)) == (422, True)
    assert dump() == before


def test_a_school_that_takes_part_no_more_is_no_choice(
    leas: HouseClient, add_school: Callable[..., str], engine: SqliteEngine, lea: Member
) -> None:
    key, scope = add_school(), scope_of(lea, Role.LEAD)
    assert reports.choices(engine, scope) == {key: "De Kraanheide, Veenrand"}
    assert leas.post(f"{LIST}/{key}/meedoen", data={"doet_mee": "nee"}).status_code == 303
    assert reports.choices(engine, scope) == {}
    leas.post(f"{LIST}/{key}/meedoen", data={"doet_mee": "ja"})
    assert key in reports.choices(engine, scope)


def test_a_school_that_closed_can_be_read_and_opened_again(
    leas: HouseClient, add_school: Callable[..., str], engine: SqliteEngine, lea: Member
) -> None:
    key, scope = add_school(), scope_of(lea, Role.LEAD)
    assert leas.post(f"{LIST}/{key}/sluiten", data={"last_day": "31-7-2026"}).status_code == 303
    assert reports.choices(engine, scope) == {}
    assert "Gesloten op 31 juli 2026" in leas.get(f"{LIST}/{key}").text
    assert leas.get(f"{LIST}/{key}/sluiten").status_code == 404
    assert names(leas.get(f"{LIST}?welke=closed").text) == ["De Kraanheide"]
    assert leas.post(f"{LIST}/{key}/heropenen").status_code == 303
    assert key in reports.choices(engine, scope)


@pytest.mark.parametrize("day", ["", "morgen", "1-1-2031", "1-1-1999"])
def test_a_school_does_not_close_without_a_likely_day(
    leas: HouseClient, add_school: Callable[..., str], dump: Dump, day: str
) -> None:
    key = add_school()
    before = dump()
    assert leas.post(f"{LIST}/{key}/sluiten", data={"last_day": day}).status_code == 422
    assert dump() == before


def test_whoever_closes_a_school_reads_that_a_coach_still_works_there(
    leas: HouseClient, school_of: Callable[[Member], str], ana: Member
) -> None:
    page = leas.get(f"{LIST}/{school_of(ana)}/sluiten").text
    assert "Er werkt nu 1 coach. Die inzet stopt u zelf, bij Inzet." in page


SCHOOLS = [
    ("De Kraanheide", "Veenrand", "Veenrand", "Turfstreek"),
    ("zuid", "Kraanmeer", "Veenrand", "Écoles"),
    ("100% Noord", "Zandhoek", "Zandhoek", ""),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["100% Noord", "De Kraanheide", "zuid"]),
        ("zoek=kraan", ["De Kraanheide", "zuid"]),
        ("zoek=kraan+veenrand", ["De Kraanheide"]),
        ("zoek=ÉCOLES+zuid", ["zuid"]),
        ("zoek=écoles", ["zuid"]),
        ("zoek=0%25", ["100% Noord"]),
        ("zoek=1_0", []),
        ("zoek=%25+_", []),
        ("zoek='+OR+1=1", []),
        ("gemeente=Veenrand", ["De Kraanheide", "zuid"]),
        ("gemeente=Veenrand&zoek=zuid&welke=closed", []),
        ("welke=nonsense&blad=9999", ["100% Noord", "De Kraanheide", "zuid"]),
        ("blad=-1", ["100% Noord", "De Kraanheide", "zuid"]),
    ],
)
def test_schools_are_found_by_words_and_municipality(
    leas: HouseClient, add_school: Callable[..., str], asked: str, found: list[str]
) -> None:
    for name, place, municipality, board in SCHOOLS:
        add_school(name, place, municipality=municipality, board=board)
    assert names(leas.get(f"{LIST}?{asked}").text) == found


def test_a_long_list_comes_in_pages(
    leas: HouseClient, engine: SqliteEngine, add_school: Callable[..., str]
) -> None:
    for number in range(51):
        add_school(f"School {number:02}")
    first, second = leas.get(LIST).text, leas.get(f"{LIST}?blad=2").text
    assert (len(names(first)), names(second)) == (50, ["School 50"])
    assert "blad 1 van 2" in first
    assert "blad=2" in first


def test_an_empty_list_says_what_to_do(leas: HouseClient) -> None:
    assert "Er staan nog geen scholen in" in leas.get(LIST).text


def test_who_did_what_to_a_school_is_in_the_log(
    engine: SqliteEngine, lea: Member, leas: HouseClient, add_school: Callable[..., str]
) -> None:
    key = add_school()
    leas.post(f"{LIST}/{key}/meedoen", data={"doet_mee": "nee"})
    leas.get(f"{LIST}/lijst.csv")
    acts = engine.rows(
        "SELECT act FROM audit WHERE person_id = :id AND act LIKE 'school%' ORDER BY id", {"id": lea.id}
    )
    assert [row["act"] for row in acts] == ["school-added", "school-takes-part-no-more", "schools-exported"]


def test_a_coach_knows_the_schools_of_own_places_and_no_other(
    engine: SqliteEngine,
    school_of: Callable[..., str],
    ana: Member,
    cleo: Member,
    lea: Member,
) -> None:
    anas, cleos = school_of(ana, "De Kraanheide"), school_of(cleo, "Zuid")
    for key in (anas, cleos):
        actions.count(
            engine,
            school_id=key,
            counted=Count("2025-2026", 80, None),
            by=scope_of(lea, Role.LEAD),
            at=START,
        )
    scope = scope_of(ana)
    assert reports.find(engine, scope, cleos) is None
    assert reports.choices(engine, scope) == {anas: "De Kraanheide, Veenrand"}
    assert set(reports.counts(engine, scope, "2025-2026")) == {anas}
    found = reports.page(engine, scope, looked_for=Filter(), school_year="2025-2026", number=1)
    assert [school.id for school in found.schools] == [anas]
    with pytest.raises(actions.NoSchool):
        actions.take_part(engine, school_id=cleos, on=False, by=scope, at=START)

"""Comparing cohorts: what a trainer may lay side by side, and which cells nobody may see."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from survey.access.permissions import Role
from survey.cohort import actions
from survey.cohort.comparison import choosing, reports
from survey.cohort.numbers.release import forget_fits
from survey.cohort.rounds import Cohort
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member
from tests.survey.cohort.conftest import Answer

Signed = Callable[[Member], HouseClient]
PAGE = "/cohorten/vergelijk"


@pytest.fixture
def grown(
    engine: SqliteEngine, ben: Member, answer: Answer, add_round: Callable[..., str]
) -> Callable[..., str]:
    """Another cohort of Ben with two closed rounds: so many coaches, and who of them rose one level."""

    def add(name: str, coaches: int = 9, rising: int = 3, experience: str | None = None) -> str:
        key = actions.add_cohort(engine, name=name, profile="kansencoach", started_on=date(2025, 9, 1))
        actions.add_trainer(engine, cohort_id=key, person_id=ben.id)
        rounds = add_round(key, days=135), add_round(key, days=40)
        for number in range(coaches):
            email = f"{name.replace(' ', '')}{number}@example.org"
            person = people.add_person(
                engine, name=f"{name} {number}", email=email, roles=[Role.COACH], by=None, at=START
            )
            actions.join(engine, cohort_id=key, person_id=person, since=date(2025, 9, 1))
            if experience:
                engine.run(
                    "UPDATE person SET experience = :band WHERE id = :id", {"band": experience, "id": person}
                )
            answer(rounds[0], person, 2 + number % 2)
            answer(rounds[1], person, 2 + number % 2 + (number < rising))
        return key

    return add


def asking(*cohorts: str) -> str:
    return f"{PAGE}?{'&'.join(f'met={key}' for key in cohorts)}"


def test_two_cohorts_alike_have_no_proven_difference_and_the_page_says_what_it_could_see(
    as_: Signed, ben: Member, grown: Callable[..., str]
) -> None:
    client, path = as_(ben), asking(grown("oost", 9), grown("west", 10))
    text = client.get(path).text
    assert "Tussen oost en west is geen verschil in groei aangetoond" in text
    assert "Met 9 en 10 coaches zien we pas verschillen vanaf ongeveer" in text
    assert "oost (9 coaches)" in text
    for figure in ("verschil", "lijnen"):
        assert client.get(path.replace(PAGE, f"{PAGE}/{figure}.json")).status_code == 200


def test_cohorts_that_differ_are_called_different(
    as_: Signed, ben: Member, grown: Callable[..., str]
) -> None:
    text = as_(ben).get(asking(grown("oost", 12, rising=11), grown("west", 12, rising=1))).text
    assert "De groei bij oost was in 3 maanden ongeveer 0,8 niveau groter dan bij west" in text
    assert "Een verschil zegt niet waardoor het komt" in text


def test_cohorts_that_were_asked_the_same_have_the_lines_of_their_own_pages(
    as_: Signed,
    ben: Member,
    engine: SqliteEngine,
    grown: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = asking(grown("oost", 12, rising=11), grown("west", 10, rising=1))
    figures = [path.replace(PAGE, f"{PAGE}/{figure}.json") for figure in ("verschil", "lijnen")]
    alone = [as_(ben).get(figure).json for figure in figures]
    monkeypatch.setattr(reports, "asked_the_same", lambda *_: False)
    forget_fits()
    engine.run("DELETE FROM cohort_release")
    together = [as_(ben).get(figure).json for figure in figures]
    assert alone == together
    assert alone[0]


def test_three_cohorts_are_compared_in_pairs(as_: Signed, ben: Member, grown: Callable[..., str]) -> None:
    text = as_(ben).get(asking(grown("oost"), grown("west"), grown("noord"))).text
    assert "Tussen deze 3 groepen is geen verschil in groei aangetoond." in text
    assert "We vergelijken 3 keer tegelijk." in text


def test_a_cohort_of_seven_stays_out_of_a_comparison_and_the_page_says_why(
    as_: Signed, ben: Member, grown: Callable[..., str]
) -> None:
    client, path = as_(ben), asking(grown("oost"), grown("klein", 7))
    text = client.get(path).text
    assert "klein heeft nog geen lijn" in text
    assert "Verschil in groei" not in text
    assert client.get(path.replace(PAGE, f"{PAGE}/lijnen.json")).status_code == 404


def test_a_cohort_of_someone_else_is_not_there(
    as_: Signed, ben: Member, cohorts: Cohorts, grown: Callable[..., str]
) -> None:
    client, own = as_(ben), grown("oost")
    for path in (
        asking(own, cohorts.doras),
        asking(own, "nothing"),
        f"{PAGE}?profiel=niets",
        f"{PAGE}?naar=naam",
    ):
        assert client.get(path).status_code == 404
        assert client.get(path.replace(PAGE, f"{PAGE}/verschil.json")).status_code == 404


def test_one_cohort_or_five_are_asked_to_choose_again(
    as_: Signed, ben: Member, cohorts: Cohorts, grown: Callable[..., str]
) -> None:
    client, keys = as_(ben), [cohorts.bens, *(grown(name, 1) for name in ("a", "b", "c", "d"))]
    assert "Kies er nog een bij." in client.get(asking(keys[0])).text
    text = client.get(asking(*keys)).text
    assert "Kies er hooguit vier." in text
    assert text.count("checked") == 5


def test_where_only_two_can_be_compared_they_are(
    as_: Signed, ben: Member, cohorts: Cohorts, grown: Callable[..., str]
) -> None:
    grown("twee", 1)
    assert as_(ben).get(PAGE).text.count("checked") == 2
    grown("drie", 1)
    assert as_(ben).get(PAGE).text.count("checked") == 0


def test_a_trainer_of_one_cohort_reads_that_there_is_nothing_to_compare(
    as_: Signed, ben: Member, cohorts: Cohorts
) -> None:
    assert "Er valt nog niets te vergelijken" in as_(ben).get(PAGE).text


@pytest.mark.parametrize(
    ("bands", "shown"),
    [
        ({"none": 8, "over_3": 9}, True),
        ({"none": 8, "over_3": 7}, False),
        ({"none": 8, "over_3": 9, None: 2}, False),
        ({"none": 8, "over_3": 9, None: 8}, True),
        ({"none": 8, "under_1": 8, "1_to_3": 8, "over_3": 8, None: 8}, True),
        ({"none": 20}, False),
    ],
)
def test_experience_is_shown_only_where_no_band_is_small(
    as_: Signed, ben: Member, grown: Callable[..., str], bands: dict[str | None, int], shown: bool
) -> None:
    for place, (band, coaches) in enumerate(bands.items()):
        grown(f"groep {place}", coaches, experience=band)
    client = as_(ben)
    text = client.get(f"{PAGE}?naar=ervaring").text
    assert ("Verschil in groei" in text) == shown
    assert ("Naar ervaring kijken kan pas" in text) == (not shown)
    assert (client.get(f"{PAGE}/lijnen.json?naar=ervaring").status_code == 200) == shown
    if shown:
        assert "geen ervaring vooraf (8 coaches)" in text


def test_cohorts_on_different_profiles_are_never_compared() -> None:
    one = Cohort("1", "een", "kansencoach", date(2025, 9, 1))
    other = Cohort("2", "twee", "schoolcoach", date(2025, 9, 1))
    assert choosing.asked([one, other], ["1", "2"], "", "") is None
    assert choosing.asked([one, other], ["1"], "", "schoolcoach") is None
    found = choosing.asked([one, other], ["2", "2"], "", "")
    assert found is not None
    assert (found.profile, found.offered, found.chosen, found.is_whole) == (
        "schoolcoach",
        (other,),
        (other,),
        False,
    )


def test_a_first_comparison_after_an_erasure_shows_nothing_of_that_cohort(
    as_: Signed, engine: SqliteEngine, ben: Member, grown: Callable[..., str]
) -> None:
    oost, west, noord = grown("oost", 10), grown("west"), grown("noord")
    client = as_(ben)
    shown = client.get(f"/cohorten/{oost}").text
    assert "oost (10 coaches)" in client.get(asking(oost, west)).text
    _forget_first(engine, oost)
    text = client.get(asking(oost, noord)).text
    assert "oost leggen we niet naast een ander cohort" in text
    assert "oost (9 coaches)" not in text
    assert "oost (10 coaches)" in client.get(asking(oost, west)).text, "what was shown stays"
    assert client.get(f"/cohorten/{oost}").text.count("10 coaches") == shown.count("10 coaches")


def test_a_cohort_that_was_compared_first_stays_as_it_was_then(
    as_: Signed, engine: SqliteEngine, ben: Member, grown: Callable[..., str]
) -> None:
    oost, west = grown("oost", 10), grown("west")
    client = as_(ben)
    client.get(asking(oost, west))
    _forget_first(engine, oost)
    (kept,) = engine.rows(
        "SELECT content FROM cohort_release WHERE about = :about", {"about": f"cohort:{oost}"}
    )
    assert json.loads(kept["content"])["curve"]["persons"] == 10


def test_experience_is_not_first_compared_after_an_erasure(
    as_: Signed, engine: SqliteEngine, ben: Member, grown: Callable[..., str]
) -> None:
    oost, west = grown("oost", 10, experience="none"), grown("west", 10, experience="over_3")
    client = as_(ben)
    client.get(asking(oost, west))
    _forget_first(engine, oost)
    text = client.get(f"{PAGE}?naar=ervaring").text
    assert "Gemiddelde van elke groep" not in text


def _forget_first(engine: SqliteEngine, cohort: str) -> None:
    """Erase the reflections of one coach of this cohort."""
    engine.run(
        "DELETE FROM reflection WHERE person_id = (SELECT min(person_id) FROM cohort_member "
        "WHERE cohort_id = :cohort)",
        {"cohort": cohort},
    )

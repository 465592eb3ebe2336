"""Who finds a start agreement, and from where."""

from survey.start_agreement.parts import PARTS
from tests.conftest import Member, Signed


def test_another_coach_and_a_trainer_find_no_agreement(
    as_: Signed, cleo: Member, ben: Member, url: str, link: str
) -> None:
    for member in (cleo, ben):
        client = as_(member)
        for address in ("", "/word", "/tekenen", *(f"/deel/{part}" for part in PARTS)):
            assert client.get(f"{url}{address}").status_code == 404
        assert client.post(f"{url}/intrekken").status_code == 404


def test_a_lead_and_a_coach_find_it_from_the_placement(
    as_: Signed, lea: Member, ana: Member, place: str, url: str
) -> None:
    path = url.replace(" ", "%20")
    assert path in as_(lea).get(f"/inzet/{place}").text
    assert path in as_(ana).get("/mijn-inzet").text

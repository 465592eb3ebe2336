"""The page of a school in a window: addresses typed or in a file, and cards to print."""

from collections.abc import Callable
from io import BytesIO

import pytest

from tests.client import HouseClient
from tests.conftest import Dump
from tests.survey.evaluation.conftest import OTHER, SCHOOL, Asked


def test_wrong_addresses_are_named_and_nothing_typed_is_lost(
    lea_at: HouseClient, window: str, dump: Dump
) -> None:
    before, typed = dump(), "noa@school.nl\nJan Jansen"
    path = f"/evaluatie/{window}/school/{SCHOOL}"
    reply = lea_at.post(f"{path}/post", data={"a-form": "evaluation-teacher", "a-addresses": typed})
    assert reply.status_code == 422
    assert "Dit is geen mailadres: Jan Jansen." in reply.text
    assert typed in reply.text
    assert dump() == before


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (
            b"naam;mail\r\nNoa Smit;noa@school.nl\r\nPiet;piet@school.nl\r\n",
            303,
            "2 mensen zijn uitgenodigd.",
        ),
        ("naam,mail\nZoë,zoe@school.nl\n".encode("cp1252"), 303, "1 persoon is uitgenodigd."),
        (b"naam;klas\r\nNoa;3\r\n", 422, "In dit bestand staat geen mailadres."),
        (b"mail\nnoa@\n", 422, "Dit is geen mailadres: noa@."),
        (b"PK\x03\x04 no workbook", 422, "Dit Excel-bestand kunnen we niet lezen."),
    ],
    ids=["csv", "other encoding", "no address", "half an address", "broken"],
)
def test_a_file_with_addresses_is_read(
    lea_at: HouseClient, window: str, content: bytes, status: int, said: str
) -> None:
    sent = {"a-form": "evaluation-teacher", "bestand": (BytesIO(content), "lijst.csv")}
    path = f"/evaluatie/{window}/school/{SCHOOL}/post"
    reply = lea_at.post(path, data=sent, content_type="multipart/form-data")
    assert reply.status_code == status
    assert said in (lea_at.get(reply.location).text if status == 303 else reply.text)


def test_an_invitation_says_how_many_were_asked(lea_at: HouseClient, window: str) -> None:
    path = f"/evaluatie/{window}/school/{SCHOOL}"
    sent = {"a-form": "evaluation-teacher", "a-addresses": "noa@school.nl; piet@school.nl"}
    for said in ("2 mensen zijn uitgenodigd.", "2 mensen waren al uitgenodigd"):
        reply = lea_at.post(f"{path}/post", data=sent)
        assert said in lea_at.get(reply.location).text


def test_the_sheet_has_every_card_whether_used_or_not(
    lea_at: HouseClient,
    window: str,
    card: Callable[..., Asked],
    submit: Callable[..., None],
) -> None:
    used, fresh = card(), card()
    submit(used)
    page = lea_at.get(f"/evaluatie/{window}/school/{SCHOOL}/kaarten/evaluation-teacher").text
    assert used.path in page
    assert fresh.path in page
    assert lea_at.get(f"/evaluatie/{window}/school/{OTHER}/kaarten/evaluation-teacher").status_code == 404

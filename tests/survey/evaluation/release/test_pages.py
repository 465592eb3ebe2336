"""The page before a release says what will be shown and that it is for good; every refusal says why."""

from collections.abc import Callable, Sequence

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.evaluation.ballots import Ballots

Counted = Callable[[Sequence[Ballots]], str]
Signed = Callable[[Member], HouseClient]
FORM = "evaluation-teacher"


@pytest.fixture
def counted_window(counted: Counted) -> str:
    return counted([Ballots("Ana", (3,) * 6), Ballots("Cleo", (1,) * 6)])


def page(client: HouseClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_the_lead_reads_what_is_shown_to_whom_before_releasing(
    engine: SqliteEngine, counted_window: str, lea: Member, as_: Signed
) -> None:
    client, path = as_(lea), f"/evaluatie/{counted_window}/{FORM}/vrijgeven"
    assert path in page(client, f"/evaluatie/{counted_window}")
    before = page(client, path)
    for words in ("alleen bij 5 mensen of meer", "Wie het ziet", "Vrijgeven kan één keer en kan niet terug."):
        assert words in before
    assert client.post(path).status_code == 303
    assert len(engine.rows("SELECT id FROM evaluation_release")) == 1
    assert "vrijgegeven op" in page(client, f"/evaluatie/{counted_window}")


def test_a_second_release_is_refused_with_the_day_of_the_first(
    counted_window: str, lea: Member, as_: Signed, dump: Callable[[], object]
) -> None:
    client, path = as_(lea), f"/evaluatie/{counted_window}/{FORM}/vrijgeven"
    client.post(path)
    before = dump()
    reply = client.post(path)
    assert reply.status_code == 409
    assert "al vrijgegeven op" in reply.get_data(as_text=True)
    assert dump() == before


def test_a_form_nobody_answered_is_not_released(counted_window: str, lea: Member, as_: Signed) -> None:
    client, path = as_(lea), f"/evaluatie/{counted_window}/evaluation-parent/vrijgeven"
    assert path not in page(client, f"/evaluatie/{counted_window}")
    reply = client.post(path)
    assert reply.status_code == 409
    assert "Er zijn geen antwoorden" in reply.get_data(as_text=True)


def test_a_window_that_is_open_is_not_released(window: str, lea: Member, as_: Signed) -> None:
    client, path = as_(lea), f"/evaluatie/{window}/{FORM}/vrijgeven"
    assert "nog niet geteld" in page(client, path)
    assert client.post(path).status_code == 409
    assert path not in page(client, f"/evaluatie/{window}")


@pytest.mark.parametrize("form", ["evaluation-ib-named", "evaluation-of-nobody"])
def test_what_is_not_anonymous_has_no_such_page(
    counted_window: str, lea: Member, as_: Signed, form: str
) -> None:
    client = as_(lea)
    assert client.get(f"/evaluatie/{counted_window}/{form}/vrijgeven").status_code == 404
    assert client.post(f"/evaluatie/{counted_window}/{form}/vrijgeven").status_code == 404

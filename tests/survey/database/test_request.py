"""One connection for each request, given back whatever happens."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.access.permissions import public
from survey.config import Settings
from survey.database import SqliteDatabase
from survey.database.request import engine as current_engine
from tests.client import HouseClient
from tests.conftest import Cohorts, Member, build


class Ledger:
    """How often a connection was borrowed, and how many are out."""

    def __init__(self, database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
        self.borrowed = self.out = 0
        borrow, give_back = database.borrow, database.give_back

        def noted_borrow() -> object:
            self.borrowed += 1
            self.out += 1
            return borrow()

        def noted_return(engine: object) -> None:
            self.out -= 1
            give_back(engine)  # type: ignore[arg-type]

        monkeypatch.setattr(database, "borrow", noted_borrow)
        monkeypatch.setattr(database, "give_back", noted_return)


@pytest.fixture
def ledger(app: Flask, cohorts: Cohorts, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Ledger]:
    return lambda: Ledger(app.extensions["database"], monkeypatch)


@pytest.mark.parametrize(
    "path", ["/vandaag", "/reflectie", "/groei", "/trajecten", "/trajecten/nieuw", "/mensen"]
)
def test_a_page_of_a_coach_takes_one_connection(
    as_: Callable[[Member], HouseClient], ana: Member, ledger: Callable[[], Ledger], path: str
) -> None:
    client, book = as_(ana), ledger()
    client.get(path)
    assert (book.borrowed, book.out) == (1, 0)


@pytest.mark.parametrize("page", ["", "/deelname.json", "/groei.json"])
def test_a_page_of_a_trainer_takes_one_connection(
    as_: Callable[[Member], HouseClient],
    ben: Member,
    cohorts: Cohorts,
    ledger: Callable[[], Ledger],
    page: str,
) -> None:
    client, book = as_(ben), ledger()
    client.get(f"/cohorten/{cohorts.bens}{page}")
    assert (book.borrowed, book.out) == (1, 0)


def test_what_needs_no_database_takes_none(client: HouseClient, ledger: Callable[[], Ledger]) -> None:
    book = ledger()
    client.get("/static/groeispiegel.css").close()
    assert book.borrowed == 0


class TestBrokenPage:
    @pytest.fixture
    def house(self, settings: Settings) -> Flask:
        return build(settings)

    def test_an_error_half_way_gives_it_back(
        self, app: Flask, client: HouseClient, ledger: Callable[[], Ledger]
    ) -> None:
        @app.get("/stuk")
        @public("breaks in the middle of an act")
        def broken() -> str:
            with current_engine().atomic():
                raise ZeroDivisionError

        book = ledger()
        assert client.get("/stuk").status_code == 500
        assert (book.borrowed, book.out) == (1, 0)

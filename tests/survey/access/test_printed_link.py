"""An operator prints a link to sign in where mail does not come."""

import pytest
from flask import Flask

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import Member


def test_an_operator_can_print_a_link(
    app: Flask, client: HouseClient, ana: Member, engine: SqliteEngine
) -> None:
    code, printed = run(app, "signin-link", "Ana@example.org")
    assert code == 0
    path = printed.strip().removeprefix("http://localhost")
    assert client.post(path).status_code == 303
    assert engine.one("SELECT act FROM audit WHERE act = 'sign-in-link-printed'")


@pytest.mark.parametrize(
    ("address", "says"), [("vreemd@example.org", "Nobody who can sign in"), ("vreemd", "not a mail address")]
)
def test_an_operator_is_told_that_nobody_has_the_address(address: str, says: str, app: Flask) -> None:
    code, printed = run(app, "signin-link", address)
    assert code == 1
    assert says in printed

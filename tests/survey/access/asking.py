"""Asking for a link to sign in, and finding it in the mail."""

import re
from collections.abc import Callable
from typing import Any

from tests.client import HouseClient

Post = Callable[[], list[dict[str, Any]]]


def ask(client: HouseClient, mail: str, **more: str) -> Any:
    """Ask for a link on the page to sign in."""
    return client.post("/inloggen", data={"mail": mail, **more})


def link_in(mail: dict[str, Any]) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://localhost(/inloggen/\S+)", mail["body"])
    assert found, mail["body"]
    return found[1]

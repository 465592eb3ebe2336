"""Opened ballots become rows in the order of random keys: nothing tells how they came in."""

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct, field

from survey.database import Row
from survey.evaluation.ballot import Ballot

KEY_BYTES = 16


class Counted(Struct, frozen=True):
    """The rows of one window, each list in the order in which it is written."""

    ballots: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)


def count(ballots: Iterable[Ballot], *, window_id: str, item_version: Callable[[str, str], str]) -> Counted:
    """Rows for every ballot; `item_version(form, item)` says in which words an item was asked.

    Who answered gets a fresh code, so that nothing leads back to an invitation, not even with the secret.
    """
    codes: dict[str, str] = {}
    found = Counted()
    for ballot in ballots:
        key = secrets.token_hex(KEY_BYTES)
        common: dict[str, Any] = {"window_id": window_id, "form": ballot.form}
        code = codes.setdefault(ballot.respondent, secrets.token_hex(KEY_BYTES))
        found.ballots.append({"id": key, **common, "node_id": ballot.node_id, "respondent": code})
        found.answers.extend(
            {
                "ballot_id": key,
                "item": item,
                "item_version": item_version(ballot.form, item),
                "value": answer.value,
                "code": answer.code,
            }
            for item, answer in ballot.answers.items()
        )
        if ballot.line:
            found.lines.append({"id": secrets.token_hex(KEY_BYTES), **common, "words": ballot.line})
    found.ballots.sort(key=lambda row: row["id"])
    found.answers.sort(key=lambda row: (row["ballot_id"], row["item"]))
    found.lines.sort(key=lambda row: row["id"])
    return found

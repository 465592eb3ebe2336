"""Who wants to know what each of fifty people answered, and has every file: database, journal and backups.

He also has what a log of requests would tell, if there were one: who answered, in which order. Whatever he
finds stored in an order he lays beside that order, forwards and backwards, and beside every order of what is
kept about who was asked.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

Answers = tuple[int, ...]
PLAIN = "SELECT ballot_id, item, value FROM ballot_answer ORDER BY ballot_id, item"
ASKED = "SELECT id, token_hash, person_code FROM evaluation_invitation"


@dataclass(frozen=True)
class Evidence:
    """Copies of the database with what each file looked like, oldest first."""

    databases: tuple[Path, ...]
    files: tuple[bytes, ...]

    @classmethod
    def of(cls, *folders: Path) -> "Evidence":
        """Everything in these folders; a database is opened from there, with its journal."""
        paths = [path for folder in folders for path in sorted(folder.iterdir())]
        files = tuple(path.read_bytes() for path in paths)
        return cls(tuple(path for path in paths if path.suffix in {".db", ".backup"}), files)


def guesses(evidence: Evidence, log: Sequence[str]) -> Iterable[Mapping[str, Answers]]:
    """Every guess by invitation: one for each order of answers beside each order of people."""
    said = _ballots(evidence)
    for people, ballots in product(_of_people(evidence, log), _of_ballots(evidence, list(said))):
        for order in (ballots, ballots[::-1]):
            yield {person: said[ballot] for person, ballot in zip(people, order, strict=False)}


def best(evidence: Evidence, log: Sequence[str], truth: Mapping[str, Answers]) -> tuple[int, int]:
    """How many the best guess has right, and how many different guesses there were."""
    every = {tuple(sorted(guess.items())) for guess in guesses(evidence, log)}
    right = [sum(truth.get(person) == answers for person, answers in guess) for guess in every]
    return max(right, default=0), len(every)


def order_kept(evidence: Evidence, log: Sequence[str], truth: Mapping[str, Answers]) -> float:
    """How much of the order of the log is in any order of ballots: the largest rank correlation."""
    said, place = _ballots(evidence), {truth[person]: rank for rank, person in enumerate(log)}
    orders = [[place[said[ballot]] for ballot in order] for order in _of_ballots(evidence, list(said))]
    return max(abs(float(np.corrcoef(order, range(len(order)))[0, 1])) for order in orders)


def _rows(path: Path, sql: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(sql).fetchall()


def _ballots(evidence: Evidence) -> dict[str, Answers]:
    """Every ballot that any file holds in plain words."""
    found: dict[str, list[int]] = {}
    for key, _item, value in _rows(evidence.databases[-1], PLAIN):
        found.setdefault(key, []).append(int(value))
    return {key: tuple(values) for key, values in found.items()}


def _of_people(evidence: Evidence, log: Sequence[str]) -> list[list[str]]:
    """People as they answered, as their rows lie, and by whatever is kept about them."""
    rows = [row for row in _rows(evidence.databases[-1], ASKED) if row[0] in set(log)]
    orders = [list(log), [row[0] for row in rows]]
    orders += [[row[0] for row in sorted(rows, key=lambda row: row[place])] for place in range(3)]
    return orders + _positions(evidence, list(log))


def _of_ballots(evidence: Evidence, keys: list[str]) -> list[list[str]]:
    """Ballots as rows lie, by key, by respondent, and as their bytes lie in every file."""
    scans = [
        [row[0] for row in _rows(evidence.databases[-1], sql)]
        for sql in (
            "SELECT id FROM ballot",
            "SELECT id FROM ballot ORDER BY respondent",
            "SELECT id FROM ballot NOT INDEXED",
            "SELECT DISTINCT ballot_id FROM ballot_answer",
        )
    ]
    return scans + _positions(evidence, keys)


def _positions(evidence: Evidence, keys: list[str]) -> list[list[str]]:
    """The keys as they first and last occur in each file that holds them all; in a journal that is time."""
    orders = []
    for file in evidence.files:
        for find in (file.find, file.rfind):
            places = {key: find(key.encode()) for key in keys}
            if min(places.values(), default=-1) >= 0:
                orders.append(sorted(keys, key=lambda key: places[key]))
    return orders

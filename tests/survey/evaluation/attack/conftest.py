"""Fifty people who answer, each something else, in an order somebody noted."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.current import catalog
from survey.database import SqliteEngine
from survey.evaluation.invitation import actions as invitations
from tests.conftest import Clock
from tests.survey.evaluation.attack.matcher import Answers
from tests.survey.evaluation.conftest import SCHOOL, Asked, about

PEOPLE, FORM = 50, "evaluation-teacher"


@dataclass(frozen=True)
class Submitted:
    """Who answered, in which order, and what."""

    log: tuple[str, ...]
    truth: dict[str, Answers]

    @property
    def lines(self) -> tuple[str, ...]:
        """What everybody wrote in own words."""
        return tuple(line_of(answers) for answers in self.truth.values())


def line_of(answers: Answers) -> str:
    return "Woorden " + "".join("abcde"[value] for value in answers)


@pytest.fixture
def submit_all(app: Flask, engine: SqliteEngine, window: str, clock: Clock) -> Callable[[], Submitted]:
    """Fifty people send the form in a browser, some minutes apart."""

    def submit() -> Submitted:
        chance, items = random.Random(50), [item.key for item in catalog().get(FORM).items]
        keys = invitations.make_cards(
            engine, window_id=window, school_id=SCHOOL, form=FORM, number=PEOPLE, by=None, at=clock()
        )
        chance.shuffle(keys)
        answers: list[Answers] = chance.sample(list(product(range(5), repeat=len(items))), PEOPLE)
        truth = dict(zip(keys, answers, strict=True))
        client, node = FlaskClient(app), about(engine, Asked(keys[0]))[0]
        for key, values in truth.items():
            clock.forward(minutes=chance.randint(1, 90))
            fields = {item: str(value) for item, value in zip(sorted(items), values, strict=True)}
            sent = {"over": node, "regel": line_of(values), **fields}
            assert client.post(Asked(key).path, data=sent).status_code == 303
        return Submitted(tuple(keys), truth)

    return submit


@pytest.fixture
def seize(app: Flask, engine: SqliteEngine, tmp_path: Path) -> Callable[[str], Path]:
    """Copy every file of the database, and make a backup, into a folder of this name."""

    def now(name: str) -> Path:
        path, folder = app.extensions["database"].path, tmp_path / name
        folder.mkdir()
        engine.backup(folder / "copy.backup")
        for file in (path, path.with_name(f"{path.name}-wal")):
            if file.exists():
                shutil.copyfile(file, folder / file.name)
        return folder

    return now

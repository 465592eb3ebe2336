"""What an operator does with two wordings: set a round, and read the shift."""

from collections.abc import Callable
from datetime import UTC

import pytest
from click.testing import Result
from flask import Flask

from survey.database import Row, SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.two_wordings import two_wordings
from tests.conftest import Clock, Cohorts
from tests.survey.sharpening.conftest import CLOSED, EDITED, FORM, ITEM


@pytest.fixture
def run(app: Flask, clock: Clock) -> Callable[..., Result]:
    return lambda *words: app.test_cli_runner().invoke(args=[*words])


def test_the_operator_sets_a_round_and_reads_the_shift(
    run: Callable[..., Result], catalog: Catalog, cohorts: Cohorts, answered: Row, clock: Clock
) -> None:
    clock.at = CLOSED.astimezone(UTC)
    lines = run("shift", FORM).output.splitlines()
    assert lines[0] == f"{ITEM}, 2.0-1.0 to 2.1-1.0"
    assert lines[3].startswith("  shift +1.0")
    assert "95% interval +" in lines[3]
    assert run("shift", FORM, EDITED).output.startswith(f"No closed round asked {FORM} in two wordings.")
    assert run("shift", "reflection-nobody").exit_code == 1


def test_the_command_says_what_it_did_or_why_not(
    run: Callable[..., Result], engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, round_id: str
) -> None:
    name = engine.rows("SELECT name FROM cohort WHERE id = :id", {"id": cohorts.bens})[0]["name"]
    opens = ("--opens", "2026-03-02")
    assert "drawn at random" in run("ask-two-wordings", name, ITEM, *opens).output
    assert "everything in the new words" in run("ask-two-wordings", name, *opens).output
    many = [*two_wordings(catalog, FORM, "2.1-1.0")][:4]
    for arguments, said in (
        ((name, EDITED, *opens), f"Not in two wordings on the same levels: {EDITED}. These are: "),
        ((name, ITEM, "--opens", "2026-03-03"), "No round of"),
        (("Nergens", ITEM, *opens), "There is no cohort named Nergens."),
        ((name, *many, *opens), "A round asks at most 3 items in two wordings."),
    ):
        result = run("ask-two-wordings", *arguments)
        assert result.exit_code == 1
        assert said in result.output

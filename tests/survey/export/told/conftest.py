"""Ana and Cleo: of each somebody said something with a name, and each has an agreement of a place."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from survey.evaluation.invitation import actions as invitations
from survey.start_agreement import actions as agreements
from tests.conftest import START, Clock, Member, scope_of
from tests.survey.evaluation.conftest import OTHER, SCHOOL, Asked, _in_app, all_of, schools, submit, window
from tests.survey.start_agreement import making

ABOUT_ANA, ABOUT_CLEO = "Ana belt altijd terug.", "Cleo kent elke ouder."


@pytest.fixture
def said(engine: SqliteEngine, window: str, submit: Callable[..., None], clock: Clock) -> None:
    """Joris of the first school about Ana; Mira of the second about both."""
    for school, respondent, name in ((SCHOOL, "ib", "Joris"), (OTHER, "director", "Mira")):
        address = f"{name.lower()}@school.nl"
        told = {"window_id": window, "school_id": school, "respondent": respondent, "name": name}
        invitations.with_a_name(engine, **told, address=address, by=None, at=clock())
        (row,) = engine.rows(
            "SELECT id FROM evaluation_invitation WHERE form = :form",
            {"form": f"evaluation-{respondent}-named"},
        )
        answers = all_of(f"evaluation-{respondent}-named")
        submit(Asked(row["id"]), answers=answers, line=ABOUT_ANA)
        if school == OTHER:
            submit(Asked(row["id"]), answers=answers, line=ABOUT_CLEO, nth=1)


@pytest.fixture
def agreed(engine: SqliteEngine, schools: None, ana: Member, cleo: Member) -> dict[str, str]:
    """By school the place of an agreement: Ana's first school, looked back on, with a new draft; Cleo's."""
    mine, hers = f"{SCHOOL}-{ana.id}", f"{OTHER}-{cleo.id}"
    signed = making.signed(engine, mine, scope_of(ana))
    agreements.look_back(engine, **making.looked(signed), by=scope_of(ana))
    agreements.renew(engine, placement_id=mine, by=scope_of(ana), at=START)
    making.draft(engine, hers, scope_of(cleo))
    return {"De Kraanheide": mine, "Het Baken": hers}


__all__ = ["_in_app", "schools", "submit", "window"]

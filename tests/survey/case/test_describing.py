"""What a case is about is put right by its own coach, as long as nobody was asked by it."""

from collections.abc import Callable

import pytest

from survey.case import actions
from survey.case.informants import Who
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Member
from tests.survey.case.opening import ABOUT, REFUSED, open_case, opened

As = Callable[[Member], HouseClient]
SchoolOf = Callable[..., str]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def test_a_mistake_in_what_a_case_is_about_is_put_right(
    as_: As, ana: Member, engine: SqliteEngine, school_of: SchoolOf
) -> None:
    code = open_case(engine, ana, school_of)
    client = as_(ana)
    assert 'name="kind"' in client.get(f"/trajecten/{code}/wijzigen").text
    assert client.post(f"/trajecten/{code}/wijzigen", data=ABOUT).status_code == 303
    assert opened(engine) == {"profile": "kansencoach", **ABOUT}


@pytest.mark.parametrize(("sent", "field", "said"), REFUSED)
def test_a_mistake_while_changing_changes_nothing(
    as_: As,
    ana: Member,
    engine: SqliteEngine,
    school_of: SchoolOf,
    dump: Dump,
    sent: dict[str, str],
    field: str,
    said: str,
) -> None:
    code = open_case(engine, ana, school_of)
    client = as_(ana)
    before = dump()
    page = client.post(f"/trajecten/{code}/wijzigen", data={**ABOUT, **sent})
    assert page.status_code == 422
    assert f'<a href="#{field}">{said}' in page.text
    assert dump() == before


def test_a_case_with_a_pupil_in_it_stays_a_case_of_a_pupil(
    as_: As, ana: Member, engine: SqliteEngine, school_of: SchoolOf, dump: Dump
) -> None:
    code = open_case(engine, ana, school_of)
    (case,) = engine.rows('SELECT id FROM "case"')
    actions.add_informant(engine, case_id=case["id"], who=Who("pupil", 1))
    client = as_(ana)
    form = client.get(f"/trajecten/{code}/wijzigen").text
    assert 'name="kind"' not in form
    assert "De leerling is al iets gevraagd." in form
    before = dump()
    assert client.post(f"/trajecten/{code}/wijzigen", data=ABOUT).status_code == 409
    assert dump() == before
    assert client.post(f"/trajecten/{code}/wijzigen", data={**ABOUT, "kind": "pupil"}).status_code == 303
    assert opened(engine)["theme"] == "with_others"


def test_a_coach_changes_own_cases_only(
    engine: SqliteEngine, ana: Member, cleo: Member, school_of: SchoolOf, dump: Dump
) -> None:
    open_case(engine, ana, school_of)
    (case,) = engine.rows('SELECT id FROM "case"')
    before = dump()
    with pytest.raises(actions.NotYours):
        actions.describe(
            engine,
            case_id=case["id"],
            kind="group",
            signalled_by="ib",
            signalled_on=START.date(),
            theme=None,
            by=cleo.id,
            at=START,
        )
    assert dump() == before

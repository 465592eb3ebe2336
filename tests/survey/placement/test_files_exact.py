"""Words that begin with a quote come back from a file of the register with that quote."""

import pytest

from survey.database import SqliteEngine
from survey.placement import reports
from tests.client import HouseClient
from tests.conftest import Dump, Member
from tests.survey.placement.conftest import YEAR, Add
from tests.survey.placement.filing import send, told
from tests.survey.placement.sums import LEAD


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("words", ["=x", "'=x", "''=x", "'-veel", "'t Erf", "+31 6"])
def test_words_come_back_as_they_went_out(
    engine: SqliteEngine,
    as_lea: HouseClient,
    place: Add,
    kraanheide: str,
    ana: Member,
    dump: Dump,
    words: str,
    kind: str,
) -> None:
    key = place(kraanheide, ana, employer=words, agreed_note=words, agreed_because="many_questions")
    before = dump()
    data = as_lea.get(f"/inzet/inzet.{kind}?jaar={YEAR}").data
    status, shown = send(as_lea, data, f"inzet.{kind}")
    assert status == 200
    assert told(shown) == {"Nieuw": "0", "Verandert": "0", "Blijft zoals het is": "1", "Klopt niet": "0"}
    after = dump()
    assert {name for name in after if after[name] != before[name]} == {"audit"}
    found = reports.one(engine, LEAD, key)
    assert found
    assert (found.employer, found.agreed_note) == (words, words)

"""A programme page of many schools: a list stops where nobody reads on, and says how many more there are."""

import re

from survey.database import SqliteEngine
from survey.programme.views import MOST
from tests.conftest import START, Member, Signed


def test_a_long_list_names_a_hundred_and_counts_the_rest(
    as_: Signed, lea: Member, engine: SqliteEngine
) -> None:
    schools = [{"id": f"s{n:03}", "name": f"Meer {n:03}", "place": "Veenrand"} for n in range(MOST + 30)]
    engine.insert("school", schools)
    held = {"school_year": "2025-2026", "status": "vacant_funded", "hours_agreed": 2.0}
    first = {"starts_on": START.date().isoformat()}
    engine.insert(
        "placement", [{"id": f"p-{one['id']}", "school_id": one["id"], **held, **first} for one in schools]
    )
    page = as_(lea).get("/programma").text
    assert f"{MOST + 30} scholen zonder coach" in page
    assert "samen 260,0 uur per week" in page
    assert page.count("En nog 30.") == 2
    assert len(re.findall(r"<li>Meer \d+", page)) == MOST
    assert len(re.findall(r'href="/inzet/p-s\d+"', page)) == MOST

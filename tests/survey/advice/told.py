"""What a release tells a school or the programme, worked out from the answers themselves."""

import json
from functools import cache
from typing import Any

from statsmodels.stats.proportion import proportion_confint

from survey.advice.drafting import Drafted
from survey.database import SqliteEngine

OF_A_RELEASE = {"share", "n", "n_invited", "n_replied", "low", "high", "share_previous"}
HELD = """
SELECT p.*, substr(p.school_year, 6) || '-07-31' AS closes FROM placement p
WHERE p.school_year = :year OR (p.school_year < :year AND p.ends_on IS NULL AND p.status <> 'ended')
"""


Known = dict[tuple[str, str, str], dict[str, str]]
"""What the answers of a group come to, by form, group and statement: other schools are told the same."""


def check_release(
    engine: SqliteEngine, one: Drafted, school_id: str | None, told: dict[str, str], known: Known
) -> None:
    """The numbers about one statement are those of the ballots of the group it is told of."""
    form, item = one.about.split("/")
    (row,) = engine.rows(
        "SELECT r.window_id, r.content FROM evaluation_release r JOIN evaluation_window w "
        "ON w.id = r.window_id WHERE w.school_year = :year AND r.form = :form",
        {"year": told["year"], "form": form},
    )
    content = _read(row["content"])
    home = _home(engine, content, row["window_id"], school_id, told)
    group = _told_in(content, home, item)
    shown = "" if _is_top(content, group) else f"?groep={group}"
    assert one.source == f"/evaluatie/{row['window_id']}/{form}{shown}#group"
    if (form, group, item) not in known:
        known[form, group, item] = _share(engine, content, group, row["window_id"], form, item)
    share = dict(known[form, group, item])
    if "share_previous" in one.fields:
        share["share_previous"] = _percent(_before(engine, group, form, item, told))
    if one.key == "share_nonresponse":
        share |= {"low": share["least"], "high": share["utmost"], "n_replied": share["n"]}
    got = {name: value for name, value in one.fields.items() if name in OF_A_RELEASE}
    assert got == {name: share[name] for name in got}, one.words


def _home(
    engine: SqliteEngine, content: dict[str, Any], window: str, school_id: str | None, told: dict[str, str]
) -> str:
    """The smallest group with the answers about every coach of a school; the first for the programme."""
    nodes = engine.rows(
        f"""
        SELECT DISTINCT p.person_id, n.id FROM ({HELD}) p LEFT JOIN evaluation_node n
          ON n.person_id = p.person_id AND n.window_id = :window
        WHERE p.school_id = :school AND p.person_id IS NOT NULL AND (p.status <> 'click_conversation'
          OR p.ends_on < :day)
        """,
        {**told, "school": school_id or "", "window": window},
    )
    (top,) = [group["key"] for group in content["groups"] if group["parent"] is None]
    if not nodes or any(row["id"] is None for row in nodes):
        return str(top)
    parents = {group["key"]: group["parent"] for group in content["groups"]}
    home = {node: group["key"] for group in content["groups"] for node in (group["key"], *group["nodes"])}
    chains = list[list[str]]()
    for row in nodes:
        chain, at = list[str](), home[row["id"]]
        while at is not None:
            chain.append(at)
            at = parents[at]
        chains.append(chain)
    return next(key for key in chains[0] if all(key in chain for chain in chains))


@cache
def _read(content: str) -> dict[str, Any]:
    return dict(json.loads(content))


def _is_top(content: dict[str, Any], group: str) -> bool:
    return any(one["key"] == group and one["parent"] is None for one in content["groups"])


def _told_in(content: dict[str, Any], home: str, item: str) -> str:
    parents = {group["key"]: group["parent"] for group in content["groups"]}
    shares = {cell["group"] for cell in content["cells"] if cell["item"] == item and cell["share"]}
    while home not in shares:
        home = parents[home]
    return home


def _share(
    engine: SqliteEngine, content: dict[str, Any], group: str, window: str, form: str, item: str
) -> dict[str, str]:
    """A share as it is told, from the answers themselves."""
    (found,) = [one for one in content["groups"] if one["key"] == group]
    asked = {"window": window, "form": form, "nodes": json.dumps([group, *found["nodes"]])}
    below = """
    WITH RECURSIVE part(id) AS (SELECT value FROM json_each(:nodes)
      UNION SELECT n.id FROM evaluation_node n JOIN part ON n.parent_id = part.id)
    """
    (chosen,) = engine.rows(
        f"""
        {below} SELECT count(a.value) AS answers, coalesce(sum(a.value >= 3), 0) AS agree,
          count(DISTINCT CASE WHEN a.value IS NOT NULL THEN b.respondent END) AS persons,
          count(DISTINCT b.respondent) AS replied
        FROM ballot b JOIN ballot_answer a ON a.ballot_id = b.id AND a.item = :item
        WHERE b.window_id = :window AND b.form = :form AND b.node_id IN (SELECT id FROM part)
        """,
        {**asked, "item": item},
    )
    (invited,) = engine.rows(
        f"""
        {below} SELECT count(DISTINCT i.person_code) AS n FROM evaluation_about a
        JOIN evaluation_invitation i ON i.id = a.invitation_id
        WHERE i.window_id = :window AND i.form = :form AND a.node_id IN (SELECT id FROM part)
        """,
        asked,
    )
    percent = min(90, max(10, 5 * int(chosen["agree"] / chosen["answers"] * 20 + 0.5)))
    first = chosen["persons"] // 5 * 5
    exact = chosen["replied"] >= 10 and invited["n"] >= 10
    most = invited["n"] if invited["n"] >= 10 else invited["n"] // 5 * 5 + 4
    low, high = 0 if percent == 10 else percent, 100 if percent == 90 else percent
    chance = [proportion_confint(one / 100 * first, first, method="wilson") for one in (low, high)]
    return {
        "share": _percent(percent),
        "n": f"{first} tot {first + 4}",
        "n_invited": str(most) if exact else f"{most // 5 * 5} tot {most // 5 * 5 + 4}",
        "low": f"{_down(100 * chance[0][0])} procent",
        "high": f"{_up(100 * chance[1][1])} procent",
        "least": f"{_down(low * first / most)} procent",
        "utmost": f"{_up((high / 100 * first + most - first) / most * 100)} procent",
    }


def _before(engine: SqliteEngine, group: str, form: str, item: str, told: dict[str, str]) -> int:
    """What the release of the year before told of the same statement and the same coach, or everybody."""
    year = f"{int(told['year'][:4]) - 1}-{told['year'][:4]}"
    (row,) = engine.rows(
        "SELECT r.content, n.id FROM evaluation_release r JOIN evaluation_window w ON w.id = r.window_id "
        "JOIN evaluation_node n ON n.window_id = w.id JOIN evaluation_node now ON now.id = :group "
        "WHERE w.school_year = :year AND r.form = :form AND n.level = now.level "
        "AND coalesce(n.person_id, '') = coalesce(now.person_id, '')",
        {"year": year, "form": form, "group": group},
    )
    cells = json.loads(row["content"])["cells"]
    (cell,) = [one for one in cells if (one["group"], one["item"]) == (row["id"], item)]
    return int(cell["share"]["percent"])


def _percent(percent: int) -> str:
    return f"{percent} procent" + (" of meer" if percent == 90 else " of minder" if percent == 10 else "")


def _down(percent: float) -> int:
    return int(round(percent / 5, 9) // 1 * 5)


def _up(percent: float) -> int:
    return -_down(-percent)

"""Releases of the evaluation in Veenrand, by the rule the application publishes with."""

import json
from datetime import datetime, timedelta

from survey.clock import local_day, moment, stamp
from survey.database import Engine, Row
from survey.demo import names, store
from survey.demo.calendar import end_of_work, workday
from survey.demo.chance import Chance
from survey.evaluation import reports as evaluation
from survey.questionnaire.catalog import Catalog

AFTER = timedelta(days=8)  # counting
KEPT = timedelta(days=365)  # raw answers, after what was published of them


def add(engine: Engine, tables: dict[str, list[Row]], *, catalog: Catalog, seed: int, at: datetime) -> None:
    """Publish every anonymous form of the windows that were counted; erase answers that are too old."""
    lead = next(row["id"] for row in tables["person"] if row["name"] == names.LEAD.name)
    for window in tables["evaluation_window"]:
        if window["counted_at"] is None:
            continue
        chance = Chance(seed, "release", window["school_year"])
        released_at = end_of_work(workday(local_day(window["counted_at"]) + AFTER))
        for row in tables["evaluation_form"]:
            if row["window_id"] == window["id"] and not evaluation.FORMS[row["form"]].is_named:
                form = catalog.get(row["form"], row["version"])
                content = evaluation.to_json(evaluation.computed(engine, window["id"], form))
                told = {"id": chance.key(released_at), **row, "content": content}
                told |= {"released_at": stamp(released_at), "released_by": lead}
                store.insert(engine, {"evaluation_release": [told]})
                _publish_lines(engine, tables, chance, row, at=stamp(released_at), by=lead)
        if moment(stamp(released_at)) < at - KEPT:
            store.erase_answers(engine, window["id"])


def _publish_lines(
    engine: Engine, tables: dict[str, list[Row]], chance: Chance, form: Row, *, at: str, by: str
) -> None:
    """Every kept line of a form together, shuffled."""
    own = [row for row in tables["ballot_line"] if row["window_id"] == form["window_id"]]
    kept = [row["redacted"] for row in own if row["form"] == form["form"] and row["state"] == "kept"]
    if kept:
        chance.shuffle(kept)
        key = {"window_id": form["window_id"], "form": form["form"]}
        told = {"published_at": at, "published_by": by, "content": json.dumps(kept, ensure_ascii=False)}
        store.insert(engine, {"evaluation_lines": [{**key, **told}]})

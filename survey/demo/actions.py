"""Acts on the demo region: loading it, deleting it, and making fresh links into it."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from itertools import chain, cycle, islice
from typing import Final

from survey.access import actions as access
from survey.checkin import actions as checkin
from survey.checkin import reports as checkins
from survey.clock import stamp
from survey.database import Engine, Row
from survey.demo import advices, names, releases, reports, store
from survey.demo.calendar import midnight
from survey.demo.simulate import simulate
from survey.questionnaire.catalog import Catalog

PARENT_FORM: Final = "relationship-parent"


class NotEmpty(Exception):
    """There are people in this database; a demo does not belong among them."""


class NotDemo(Exception):
    """This database does not hold the demo region."""


def load(
    engine: Engine,
    *,
    catalog: Catalog,
    day: date,
    seed: int,
    replace: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Row:
    """Fill an empty database, or with `replace` one that holds the demo; returns how much there is now.

    One act: when it breaks off, everything is as it was. Raises NotEmpty or NotDemo. Runs inside an
    application, whose questionnaires these are: what was published and advised follows from all other rows.
    `progress` hears after each step how many rows went in, and of how many.
    """
    with engine.atomic():
        if replace:
            _clear(engine)
        if store.has_people(engine):
            raise NotEmpty
        tables = dict(simulate(catalog, day=day, seed=seed))
        mark = json.dumps({"seed": seed, "day": day.isoformat()})
        ticked = stamp(midnight(day))
        tables["setting"] = [{"name": store.MARK, "value": mark}, {"name": "last_tick", "value": ticked}]
        total = sum(len(rows) for rows in tables.values())
        store.insert(engine, tables, lambda done: progress(done, total))
        releases.add(engine, tables, catalog=catalog, seed=seed, at=midnight(day))
        advices.add(engine, tables, seed=seed, at=day)
        return store.counts(engine)


def _clear(engine: Engine) -> None:
    if not store.is_loaded(engine):
        raise NotDemo
    store.delete_all(engine)


def signin_url(engine: Engine, *, persona: names.Persona, at: datetime) -> str:
    """A fresh sign-in link of a persona; raises NotDemo."""
    key = reports.persona_id(engine, persona.key)
    if key is None:
        raise NotDemo
    return access.link_url(access.issue_link(engine, person_id=key, at=at))


def check_urls(engine: Engine, *, catalog: Catalog, number: int, at: datetime) -> list[str]:
    """Fresh relationship checks of parents: one in a case of the tour, the others elsewhere; raises NotDemo.

    Parents take turns, so somebody is asked more than once when there are more checks than parents.
    """
    tour = reports.persona_id(engine, names.COACH.key)
    if tour is None:
        raise NotDemo
    found = store.parents(engine)
    own = [row for row in found if row["coach_id"] == tour]
    others = [row for row in found if row["coach_id"] != tour]
    asked = list(islice(chain(own[:1], cycle(others or own)), number))
    form = catalog.get(PARENT_FORM)
    urls: list[str] = []
    with engine.atomic():
        for coach_id in Counter(row["coach_id"] for row in asked):
            made = checkin.ask_many(
                engine,
                informant_ids=[row["id"] for row in asked if row["coach_id"] == coach_id],
                form=form.form,
                version=form.version,
                by=coach_id,
                at=at,
            )
            urls += [checkins.address(link_id) for link_id, _token in made]
    return urls

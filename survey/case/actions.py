"""Acts on cases: opening one, noting the parents' agreement and its end, asking someone for a check."""

import secrets
from datetime import datetime

from survey.access import audit
from survey.case import store
from survey.case.agreement import Given
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.clock import local_day, stamp
from survey.database import Engine, Refused, new_key

# No vowels, so that no code is a word, and nothing that looks like another: B8 D0 I1 L1 O0 S5 U V Z2.
LETTERS = "CFGHJKMNPQRTVWXY"
SIGNS = LETTERS + "3479"
ATTEMPTS = 20


class NotPlaced(Exception):
    """The coach does not work at this school now."""


def open_case(engine: Engine, *, school_id: str, by: str, at: datetime) -> str:
    """Open a case at a school where the coach works and return its code; raises NotPlaced."""
    for _attempt in range(ATTEMPTS):
        try:
            return _open_as(engine, new_code(), school_id=school_id, by=by, at=at)
        except Refused:
            continue  # taken: only the database knows every code
    raise Refused("no free code found")


def new_code() -> str:
    """A random code such as KV-7Q4M: nothing about the pupil, easy to read aloud."""
    head = "".join(secrets.choice(LETTERS) for _ in range(2))
    tail = "".join(secrets.choice(SIGNS) for _ in range(4))
    return f"{head}-{tail}"


def note_agreement(engine: Engine, *, case_id: str, given: Given, by: str, at: datetime) -> None:
    """Note who agreed that the pupil is asked; what was noted before ends.

    Open questions to the pupil end too where the answers no longer allow them.
    """
    with engine.atomic():
        store.end_agreement(engine, case_id=case_id, because="noted_again", at=stamp(at))
        store.insert_agreement(engine, _row(given, case_id=case_id, by=by, at=at))
        if not given.allows:
            checkins.revoke_pupils(engine, case_id=case_id, at=at)
        audit.note(engine, act="agreement-noted", by=by, at=at, object=case_id)


def withdraw_agreement(engine: Engine, *, case_id: str, by: str, at: datetime) -> None:
    """The parents no longer agree: open questions to the pupil end now, also if they agree again later."""
    with engine.atomic():
        if store.end_agreement(engine, case_id=case_id, because="withdrawn", at=stamp(at)):
            checkins.revoke_pupils(engine, case_id=case_id, at=at)
            audit.note(engine, act="agreement-withdrawn", by=by, at=at, object=case_id)


def add_informant(engine: Engine, *, case_id: str, who: Who) -> str:
    """The id of a person in a case, added when new."""
    with engine.atomic():
        return store.informant(
            engine, {"id": new_key(), "case_id": case_id, "kind": who.kind, "number": who.number}
        )


def start_check(
    engine: Engine, *, case_id: str, who: Who, form: str, version: str, by: str, at: datetime
) -> str:
    """Ask someone for a check and return the link's id; an unanswered earlier link of theirs ends.

    Raises checkin.actions.MayNotAsk, and then nobody was added and no link ended.
    """
    with engine.atomic():
        informant_id = add_informant(engine, case_id=case_id, who=who)
        checkins.revoke_all_of(engine, informant_id=informant_id, at=at)
        link_id, _token = checkins.ask(
            engine, informant_id=informant_id, form=form, version=version, by=by, at=at
        )
    return link_id


def _open_as(engine: Engine, code: str, *, school_id: str, by: str, at: datetime) -> str:
    row = {"id": new_key(), "code": code, "coach_id": by, "school_id": school_id, "opened_at": stamp(at)}
    with engine.atomic():
        if not store.insert_case(engine, row, today=local_day(at).isoformat()):
            raise NotPlaced
        audit.note(engine, act="case-opened", by=by, at=at, object=row["id"])
    return code


def _row(given: Given, *, case_id: str, by: str, at: datetime) -> dict[str, str | None]:
    return {
        "id": new_key(),
        "case_id": case_id,
        "age_band": given.age_band,
        "first_parent": given.first_parent,
        "second_parent": given.second_parent,
        "pupil": given.pupil,
        "agreed_on": given.agreed_on.isoformat(),
        "noted_by": by,
        "noted_at": stamp(at),
    }

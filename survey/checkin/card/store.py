"""SQL of cards: by the hash of their token for who holds one, by the coach of the case for who prints it."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Scope
from survey.checkin.store import ANSWERED, CASE, IS_OPEN, LINK, MAY_BE_ASKED
from survey.database import Engine, Row

_ANSWERED_AT = """
SELECT max(checkin.answered_at) FROM checkin JOIN checkin_link ON checkin_link.id = checkin.link_id
WHERE checkin_link.informant_id = informant.id AND checkin_link.form =
"""
_DONE = "talk.case_id = informant.case_id AND talk.state = 'done' AND talk.day <= :today"
_INCIDENT_ON = f"SELECT max(talk.day) FROM talk WHERE {_DONE} AND talk.kind = 'incident'"  # noqa: S608 - a constant
_LAST_TALK = f"""
SELECT talk.id FROM talk JOIN talk_with ON talk_with.talk_id = talk.id
WHERE {_DONE} AND talk.kind <> 'incident' AND talk_with.who = informant.kind || '-' || informant.number
ORDER BY talk.day DESC, talk.noted_at DESC, talk.id DESC LIMIT 1
"""  # noqa: S608 - the parts are constants
_TAKEN_BACK_AT = """
SELECT checkin_link.revoked_at FROM checkin_link WHERE checkin_link.informant_id = informant.id
ORDER BY checkin_link.created_at DESC, checkin_link.id DESC LIMIT 1
"""
_HOLDER = f"""
SELECT informant.id AS informant_id, informant.kind, informant.goal, "case".coach_id,
  CASE WHEN {MAY_BE_ASKED} THEN 1 ELSE 0 END AS may_be_asked,
  ({_ANSWERED_AT} 'relationship-' || informant.kind) AS relationship_at,
  ({_ANSWERED_AT} 'wellbeing-' || informant.kind) AS wellbeing_at,
  ({_INCIDENT_ON}) AS incident_on, ({_TAKEN_BACK_AT}) AS taken_back_at,
  last_talk.id AS talk_id, last_talk.day AS talked_on
FROM card JOIN informant ON informant.id = card.informant_id {CASE}
LEFT JOIN talk AS last_talk ON last_talk.id = ({_LAST_TALK})
WHERE card.token_hash = :token_hash AND card.revoked_at IS NULL AND informant.stopped_at IS NULL
  AND "case".closed_at IS NULL AND coach.status <> 'left'
"""  # noqa: S608 - the parts are constants


def insert_card(engine: Engine, row: Mapping[str, Any], *, coach_id: str) -> bool:
    """Add the card of someone this coach may ask; Refused while an earlier one is in force."""
    sql = f"""
    INSERT INTO card (id, informant_id, token_hash, created_at)
    SELECT :id, informant.id, :token_hash, :created_at FROM informant {CASE}
    WHERE informant.id = :informant_id AND "case".coach_id = :coach AND {MAY_BE_ASKED}
    """  # noqa: S608 - the parts are constants of this module
    return engine.run(sql, {**row, "coach": coach_id}) == 1


def card(engine: Engine, informant_id: str, *, scope: Scope) -> Row | None:
    """The card in force of someone in a case of this coach."""
    return engine.one(
        """
        SELECT card.id, card.token_hash FROM card
        JOIN informant ON informant.id = card.informant_id JOIN "case" ON "case".id = informant.case_id
        WHERE informant.id = :informant AND "case".coach_id = :coach AND card.revoked_at IS NULL
        """,
        {"informant": informant_id, "coach": scope.person_id},
    )


def card_by_token(engine: Engine, token_hash: str, *, today: str) -> Row | None:
    """Who holds a card in force, and what decides on the check that is due for them."""
    return engine.one(_HOLDER, {"token_hash": token_hash, "today": today})


def open_link_of(engine: Engine, *, informant_id: str, at: str) -> Row | None:
    """The newest link of this person that can be answered."""
    return engine.one(
        f"SELECT link.id, link.token_hash {LINK} {ANSWERED} "
        f"WHERE link.informant_id = :informant AND checkin.id IS NULL AND {IS_OPEN} "
        "ORDER BY link.created_at DESC, link.id DESC LIMIT 1",
        {"informant": informant_id, "at": at},
    )

"""The act of trying again what failed."""

from datetime import datetime

from survey.access import audit
from survey.access.permissions import Scope
from survey.clock import stamp
from survey.database import Engine
from survey.mail.outbox import ATTEMPTS
from survey.mail.trouble import store


class NotInTrouble(LookupError):
    """No mail of this id can be tried again: it left meanwhile, or it has nothing to say any more."""


def retry(engine: Engine, *, mail_id: str, by: Scope, at: datetime) -> None:
    """Try a mail afresh that failed, at the address its person has now. Raises NotInTrouble."""
    with engine.atomic():
        if not store.retry(engine, mail_id, at=stamp(at), attempts=ATTEMPTS):
            raise NotInTrouble(mail_id)
        audit.note(engine, act="mail-tried-again", by=by.person_id, at=at, object=mail_id)

"""What others may know about the demo region: whether it is here, and who the personas are."""

from survey.access import accounts
from survey.current import settings
from survey.database import Engine, Row
from survey.demo import names, store


def loaded(engine: Engine) -> bool:
    """Whether this installation shows the demo region: on this machine only, where nobody else comes in."""
    return settings().local and store.is_loaded(engine)


def held(engine: Engine) -> Row:
    """How many people, cases, checks and reflections there are."""
    return store.counts(engine)


def persona_id(engine: Engine, key: str) -> str | None:
    """The person behind a persona; None for an unknown one, for one who left, and without demo data."""
    emails = {persona.key: persona.email for persona in names.PERSONAS}
    if key not in emails or not loaded(engine):
        return None
    account = accounts.with_address(engine, emails[key])
    return account.id if account and account.is_here else None

"""What others may know about the demo region: whether it is here, and who the personas are."""

from survey.database import Engine, Row
from survey.demo import names, store


def loaded(engine: Engine) -> bool:
    """Whether this database holds the demo region."""
    return store.is_loaded(engine)


def held(engine: Engine) -> Row:
    """How many people, cases, checks and reflections there are."""
    return store.counts(engine)


def persona_id(engine: Engine, key: str) -> str | None:
    """The person behind a persona; None for an unknown one, and without demo data."""
    if not store.is_loaded(engine):
        return None
    emails = {persona.key: persona.email for persona in names.PERSONAS}
    return store.person_id(engine, email=emails[key]) if key in emails else None

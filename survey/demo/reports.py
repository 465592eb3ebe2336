"""What others may know about the demo region, and the hints that follow from simulated answers."""

from collections.abc import Mapping, Sequence

from survey.access import accounts
from survey.current import settings
from survey.database import Engine, Row
from survey.demo import names, store
from survey.demo.plan import Asked
from survey.questionnaire.vocabulary import Family


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


def hints(asked: Sequence[Asked]) -> Mapping[str, list[str]]:
    """The rules that notice something, by link, in the checks of one person and one family."""
    from analysis import hints as rules

    thresholds = {Family.RELATIONSHIP: rules.Thresholds(4, 3), Family.WELLBEING: rules.Thresholds(5, 5)}
    seen = [
        rules.Seen(one.link_id, one.at, sum(one.values), min(one.values), thresholds[one.family])
        for one in asked
        if one.values is not None
    ]
    found = rules.hints(asked[0].family.value, seen)
    if not any(one.stops for one in asked):  # who wants no questions is not silent
        found += rules.silences(rules.Ask(one.link_id, one.at, one.values is not None) for one in asked)
    by_link: dict[str, list[str]] = {}
    for one in found:
        by_link.setdefault(one.key, []).append(one.rule)
    return by_link

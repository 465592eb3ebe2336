"""What a sheet holds before anyone answers: sentences that do not belong to the coach's assignment say so."""

from collections.abc import Mapping

from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.assignment import reports as assignments
from survey.clock import school_year
from survey.cohort.reports import Round
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.fields import Answer
from survey.questionnaire.profile import Profile
from survey.reflection import reading
from survey.reflection.reading import Sheet, Standing

NOT_MINE = Answer(None, "NOT_IN_ASSIGNMENT")


def profile_of(round: Round, catalog: Catalog) -> Profile:
    """The profile of a round in the version its form was made of."""
    return catalog.profile(round.profile, round.version.partition("-")[0])


def outside(engine: Engine, round: Round, *, catalog: Catalog, scope: Scope) -> frozenset[str]:
    """The items of a round that this coach's assignment of that school year says nothing asks for."""
    return assignments.outside(engine, scope, school_year(round.day), profile_of(round, catalog))


def beforehand(engine: Engine, round: Round, *, catalog: Catalog, scope: Scope) -> Mapping[str, Answer]:
    """What stands filled in before the first answer."""
    return dict.fromkeys(outside(engine, round, catalog=catalog, scope=scope), NOT_MINE)


def sheet(engine: Engine, standing: Standing, *, catalog: Catalog, scope: Scope) -> Sheet:
    """The latest sheet of a round; where nothing was answered yet, with what stands filled in beforehand."""
    found = reading.sheet(engine, standing.round, standing.latest, catalog=catalog, scope=scope)
    if found.answers or not standing.takes_answers:
        return found
    return replace(found, answers=beforehand(engine, standing.round, catalog=catalog, scope=scope))

"""What a coach is asked to look back on: focus items of this school year, once this round is handed in."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import school_year
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.reflection import reading
from survey.reflection import store as reflections
from survey.reflection.lookback import store
from survey.reflection.micro.pages import only
from survey.reflection.reading import Standing


class Ask(Struct, frozen=True):
    """The look-back of one round: its sentences, the round it is about, and what is answered of it."""

    standing: Standing
    about: Standing
    form: Questionnaire
    answers: Mapping[str, Answer]

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.form.items)

    @property
    def home(self) -> str:
        """The revision that holds the look-back: the first, so that correcting answers never touches it."""
        return str(self.standing.revisions[0]["id"])

    @property
    def is_open(self) -> bool:
        return self.standing.is_open

    @property
    def is_answered(self) -> bool:
        return all(item in self.answers for item in self.items)


def ask(engine: Engine, standing: Standing, *, scope: Scope, catalog: Catalog, at: datetime) -> Ask | None:
    """The look-back of a round that was handed in; None where there is none, or nothing to look back on.

    It is about the first round of the school year that this coach handed in, and asks about the focus this
    coach had until now, as far as it had a level then in words that still compare.
    """
    round = standing.round
    if standing.submitted is None or not store.is_asked(engine, round.id):
        return None
    year = school_year(round.day)
    earlier = [
        one
        for one in reading.standings(engine, scope=scope, at=at)
        if one.submitted and one.round.profile == round.profile and one.round.opens_at < round.opens_at
    ]
    of_year = [one for one in earlier if school_year(one.round.day) == year]
    if not of_year or earlier[0].submitted is None:
        return None
    about, focus = of_year[-1], reflections.focus(engine, earlier[0].submitted["id"], scope=scope)
    form = _form(engine, standing, about, {row["item"] for row in focus}, scope=scope, catalog=catalog)
    given = [row for row in store.given(engine, scope=scope) if row["round_id"] == round.id]
    answers = {row["item"]: Answer(row["value"]) for row in given}
    return Ask(standing, about, form, answers) if form.items else None


def _form(
    engine: Engine, now: Standing, about: Standing, focus: set[str], *, scope: Scope, catalog: Catalog
) -> Questionnaire:
    """The sentences to look back on, with the levels alone: where nothing stood then, nothing is compared."""
    sheets = [
        reading.sheet(engine, one.round, one.submitted, catalog=catalog, scope=scope) for one in (about, now)
    ]
    then, here = sheets
    same = catalog.common_items((one.round.form, one.round.version) for one in (about, now))
    items = [item for item in focus & same if item in then.answers and then.answers[item].value is not None]
    return only(here.form, items).model_copy(update={"non_scores": ()})

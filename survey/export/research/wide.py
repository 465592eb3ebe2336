"""Answers of a profile as a sheet: a row for each reflection, a variable for each item while it compares."""

from collections.abc import Iterator

from msgspec import Struct, field

from survey.export.research.meanings import forms
from survey.export.research.study import Reflection, Study, profile_of
from survey.questionnaire.definition import Item, Questionnaire

OUTSIDE, UNMET = 8, 9  # answers that are no level, as SPSS reads them: user-missing
CODES = {"NOT_IN_ASSIGNMENT": OUTSIDE, "NOT_MET_YET": UNMET}


class Variable(Struct, frozen=True):
    """One item as far as its answers compare; a change of meaning begins another variable."""

    name: str
    item: Item
    since: str
    form: Questionnaire


class Sheet(Struct):
    """The variables of one profile, in the order of its newest form."""

    profile: str
    variables: list[Variable] = field(default_factory=list)

    def name_of(self, item: str, since: str) -> str | None:
        """The variable of an answer; None for wordings no form of this installation has."""
        return next((one.name for one in self.variables if (one.item.key, one.since) == (item, since)), None)


def sheets(study: Study) -> dict[str, Sheet]:
    """By profile, the variables its answers fall into: `item`, after a change of meaning `item__2`."""
    found: dict[str, Sheet] = {}
    for form in forms(study):
        sheet = found.setdefault(profile_of(form.form), Sheet(profile_of(form.form)))
        for item in form.items:
            since = study.catalog.anchor(form.form, form.version, item.key)
            if sheet.name_of(item.key, since) is None:
                earlier = sum(one.item.key == item.key for one in sheet.variables)
                name = f"{item.key}__{earlier + 1}" if earlier else item.key
                sheet.variables.append(Variable(name, item, since, form))
    return found


def rows(study: Study, sheet: Sheet) -> Iterator[tuple[Reflection, dict[str, int]]]:
    """Each reflection on the profile with its answers by variable; codes as SPSS reads them."""
    names = {(one.item.key, one.since): one.name for one in sheet.variables}
    held: Reflection | None = None
    answers: dict[str, int] = {}
    for one, row in study.answers_of("answers"):
        if one.round.profile != sheet.profile:
            continue
        if held is not None and one is not held:
            yield held, answers
            answers = {}
        held = one
        since = study.comparable_since(one.round.form, row["item_version"], row["item"])
        if name := names.get((row["item"], since)):
            answers[name] = row["value"] if row["value"] is not None else CODES[row["code"]]
    if held is not None:
        yield held, answers

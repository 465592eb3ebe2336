"""The data of the hint rules: thresholds in force from the start, their rates, and the model behind them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from survey.questionnaire.frozen import Frozen, FrozenMap, Key, Many, OneOf
from survey.questionnaire.vocabulary import Family, Respondent

Share = Annotated[float, Field(ge=0, le=1)]
Spread = Annotated[float, Field(gt=0)]
Sum = Annotated[float, Field(ge=0, le=16)]
Step = Annotated[int, Field(ge=1, le=4)]

RANGES = {Family.RELATIONSHIP: range(3, 6), Family.WELLBEING: range(4, 8)}
RATES = {
    Family.RELATIONSHIP: frozenset(
        {
            "w_a_talk",
            "w_a_case",
            "w_b_talk",
            "w_b_case",
            "higher_talk",
            "ceiling_case",
            "drop_w_b_at_once",
            "drop_w_a_or_w_b_by_next",
        }
    ),
    Family.WELLBEING: frozenset(
        {
            "u_a_talk",
            "u_a_case",
            "higher_talk",
            "items_talk",
            "u_b_case",
            "u_c_case",
            "u_d_case",
            "ceiling_case",
            "drop_u_a_within_two",
            "deep_drop_u_b_in_two",
            "deep_drop_u_b_by_last",
        }
    ),
}


class HintModel(Frozen):
    """Where answers lie on the scale of one item, and how much persons, talks and items differ."""

    mean: Annotated[float, Field(ge=0, le=4)]
    person: Spread
    talk: Spread
    item: Spread


class FamilyRules(Frozen):
    """One family of checks: thresholds of the sum and of one item, rates, and what they were found with."""

    after_one: int
    threshold: int
    item_after_one: Step
    item_threshold: Step
    sd: Spread
    drop_to: Sum
    deep_drop_to: Sum | None = None
    model: HintModel
    rates: FrozenMap[Key, Share]


class HintRules(Frozen):
    """The first version of the thresholds, for every respondent alike."""

    version: int
    respondents: Many[OneOf[Respondent]]
    relationship: FamilyRules
    wellbeing: FamilyRules

    @model_validator(mode="after")
    def _usable(self) -> Self:
        for family in Family:
            rules = self.of(family)
            if not {rules.after_one, rules.threshold} <= set(RANGES[family]):
                raise PydanticCustomError(
                    "threshold-range", "a threshold of {family} is out of range", {"family": family}
                )
            if rules.rates.keys() != RATES[family]:
                named = ", ".join(sorted(rules.rates.keys() ^ RATES[family]))
                raise PydanticCustomError("rates", "missing or unknown rates: {named}", {"named": named})
        return self

    def of(self, family: Family) -> FamilyRules:
        """The rules of one family."""
        return self.relationship if family is Family.RELATIONSHIP else self.wellbeing

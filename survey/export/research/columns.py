"""Columns that several tables of a research export share."""

from typing import Final

from survey.export.research.crowd import CROWD
from survey.sheets.tables import Column

FEW: Final = f"empty where fewer than {CROWD} coaches of this export share it"
MOMENT: Final = f"empty where fewer than {CROWD} coaches share the rounds and short rounds of their cohorts"
REFLECTION: Final = Column("reflection", "Reflection: code of the coach and a number", refers="reflections")
COACH: Final = Column("coach", "Coach: a random code, made for this export alone", refers="coaches")
PROFILE: Final = Column("profile", "Profile whose competencies are reflected on")
ITEM: Final = Column("item", "Item: the key keeps its meaning over versions, see the table items")
WORDING: Final = Column("item_version", "Version that brought in the words the coach read")
SINCE: Final = Column(
    "comparable_since",
    "Answers to an item compare only where this is equal; never average over a change",
)
VALUE: Final = Column(
    "value", "Level from 1 to 5, see the table levels; empty when the answer is no level", "INTEGER"
)
FORM_VERSION: Final = Column("form_version", "Version of the questionnaire that was filled in")
CODE: Final = Column(
    "code", "NOT_IN_ASSIGNMENT or NOT_MET_YET: an answer that is no level, never zero, never missing"
)

"""The choices of a list as the pages of a case offer them."""

from survey.current import catalog
from survey.questionnaire.definition import Choice

AGREED = "hint_action"  # the list of what was agreed, about a hint or in a talk
NOT_YET = "not_talked_yet"  # an answer on a hint, not something two people agree


def to_agree_on() -> list[Choice]:
    """What two people can agree in a talk."""
    return [one for one in catalog().choices(AGREED) if one.key != NOT_YET]

"""What the programme's own answers say about the thresholds of one kind of respondent and one family."""

from msgspec import Struct

from survey.hint.versions import Version
from survey.questionnaire.vocabulary import Family

PAIRS_NEEDED = 100


class Calibration(Struct, frozen=True):
    """The version in force, the pairs of consecutive checks there are, and the version they lead to.

    `new` is None where there are too few pairs, where all of them are equal, and where they vary more than
    the model can: `is_beyond`.
    """

    respondent: str
    family: Family
    old: Version
    pairs: int
    new: Version | None = None
    is_beyond: bool = False

    @property
    def differs(self) -> bool:
        """Whether the pairs lead to anything that is not in force already."""
        if self.new is None:
            return False
        found, known = self.new, self.old
        return (found.zone, found.item_zone, found.sd) != (known.zone, known.item_zone, known.sd)

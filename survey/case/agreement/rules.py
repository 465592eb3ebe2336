"""What parents and pupil answered when they were asked whether the pupil may be asked. Pure rules."""

from datetime import date

from msgspec import Struct

UNDER_12, FROM_12 = "under_12", "12_to_15"
YES, NO, NOT_APPLICABLE = "yes", "no", "not_applicable"


class Given(Struct, frozen=True):
    """The answers of both holders of authority, and from 12 years on of the pupil; None is not asked yet.

    A family with one holder of authority has NOT_APPLICABLE for the second. The view `agreed_case` of the
    database holds the same rule as `allows`: it decides, this explains.
    """

    age_band: str
    first_parent: str | None
    second_parent: str | None
    pupil: str | None
    agreed_on: date

    @property
    def allows(self) -> bool:
        """Whether the pupil may be asked."""
        return not self.missing and NO not in self._needed.values()

    @property
    def refused(self) -> tuple[str, ...]:
        """Who said no: first_parent, second_parent, pupil."""
        return tuple(who for who, answer in self._needed.items() if answer == NO)

    @property
    def missing(self) -> tuple[str, ...]:
        """Whose answer is still to come."""
        return tuple(who for who, answer in self._needed.items() if answer is None)

    @property
    def parents(self) -> tuple[str, ...]:
        """Which parents gave an answer, yes or no: parent-1, parent-2."""
        answers = {"parent-1": self.first_parent, "parent-2": self.second_parent}
        return tuple(who for who, answer in answers.items() if answer in {YES, NO})

    @property
    def _needed(self) -> dict[str, str | None]:
        parents = {"first_parent": self.first_parent, "second_parent": self.second_parent}
        return parents | ({"pupil": self.pupil} if self.age_band == FROM_12 else {})

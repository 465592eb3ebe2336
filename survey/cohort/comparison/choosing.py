"""What a trainer may compare: cohorts on one profile, or experience over all of them; no other cell."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from survey.cohort.rounds import Cohort

EXPERIENCE = "ervaring"
LEAST, MOST = 2, 4


class Asked(Struct, frozen=True):
    """A choice: the profiles there are, the cohorts on the chosen one, and which of them to compare."""

    profiles: tuple[str, ...]
    profile: str
    offered: tuple[Cohort, ...]
    chosen: tuple[Cohort, ...]
    by_experience: bool

    @property
    def is_whole(self) -> bool:
        """Whether there is enough, and not too much, to compare."""
        return self.by_experience or LEAST <= len(self.chosen) <= MOST

    @property
    def too_many(self) -> bool:
        return not self.by_experience and len(self.chosen) > MOST

    @property
    def query(self) -> dict[str, object]:
        """The same choice as an address."""
        if self.by_experience:
            return {"naar": EXPERIENCE, "profiel": self.profile}
        return {"met": [cohort.id for cohort in self.chosen]}


def asked(cohorts: Sequence[Cohort], chosen: Sequence[str], by: str, profile: str) -> Asked | None:
    """What these values of an address ask of the cohorts of a trainer; None where one of them is not there.

    All chosen cohorts are on one profile, because rounds on different profiles ask different questions.
    Where there are only two to choose from, they are chosen.
    """
    by_id = {cohort.id: cohort for cohort in cohorts}
    profiles = tuple(dict.fromkeys(cohort.profile for cohort in cohorts))
    if not set(chosen) <= by_id.keys() or by not in {"", EXPERIENCE} or profile not in {"", *profiles}:
        return None
    picked = tuple(by_id[key] for key in dict.fromkeys(chosen))
    found = {cohort.profile for cohort in picked} | ({profile} if profile else set())
    if len(found) > 1:
        return None
    on = next(iter(found), profiles[0] if profiles else "")
    offered = tuple(cohort for cohort in cohorts if cohort.profile == on)
    if not picked and len(offered) == LEAST:
        picked = offered
    return Asked(profiles, on, offered, picked, by == EXPERIENCE)

"""A start agreement as it stands, with its yields, reviews and signatures; touches nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

PARTNERS: Final = "partner"  # lists of the catalogue
CHECKLIST: Final = "start_checklist"
CATEGORIES: Final = "yield_category"
INTRODUCTION: Final = "introduction_prompt"
REVIEW: Final = "review_prompt"

HALFWAY, END = MOMENTS = ("halfway", "end")
WORDS: Final = ("seen", "partly", "not_yet")
ASKS: Final = ("school_asks", "parents_ask")  # prompts of lines
NOT_DONE: Final = "not_done"


class Review(Struct, frozen=True):
    """What was said of a yield when people looked back: a word and a note, never a number."""

    word: str
    note: str
    reviewed_on: date
    noted_by: str | None


class Yield(Struct, frozen=True):
    """What the work should bring: the key of its category, what is wanted, by what it will be noticed.

    `reviews` holds one for each moment, `halfway` and `end`, at which it was looked at.
    """

    id: str
    category: str
    wanted: str
    noticed_by: str
    reviews: Mapping[str, Review]


class Signature(Struct, frozen=True):
    """Somebody who was asked to sign, by the key of their function; `name` is what they signed with."""

    id: str
    partner: str
    expires_at: datetime
    name: str | None
    signed_at: datetime | None
    remark: str
    remarked_at: datetime | None
    revoked_at: datetime | None

    @property
    def counts(self) -> bool:
        """Whether it belongs to what people sign now: it was not taken back."""
        return self.revoked_at is None

    @property
    def has_signed(self) -> bool:
        """Whether it stands under the agreement."""
        return self.counts and self.signed_at is not None

    def is_open(self, at: datetime) -> bool:
        """Whether its link can still be used to sign."""
        return self.counts and self.signed_at is None and at < self.expires_at


class Agreement(Struct, frozen=True):
    """One version of what was agreed for a placement.

    `state` is draft, asked, signed or replaced. `partners`, `checklist`, `roles` and `tasks` hold keys in the
    order of their list or profile; `lines` the words by prompt. `made_by` is None for someone erased.
    """

    id: str
    placement_id: str
    version: int
    state: str
    profile: str
    profile_version: str
    talked_on: date | None
    review_on: date | None
    again_on: date | None
    made_by: str | None
    saved_at: datetime
    signed_at: datetime | None
    revision: int
    school_year: str
    school: str
    coach: str | None
    partners: Sequence[str]
    checklist: Sequence[str]
    roles: Sequence[str]
    tasks: Sequence[str]
    lines: Mapping[str, str]
    yields: Sequence[Yield]
    signatures: Sequence[Signature]

    @property
    def remarks(self) -> Sequence[Signature]:
        """Who remarked something instead of signing, also by a link that was taken back."""
        return [one for one in self.signatures if one.remark and not one.has_signed]

    @property
    def is_frozen(self) -> bool:
        """Whether nothing of what was agreed can change any more, or while people sign."""
        return self.state != "draft"

    def reviewed_on(self, moment: str) -> date | None:
        """The day on which people looked back half-way or at the end, the last one of its yields."""
        days = [one.reviews[moment].reviewed_on for one in self.yields if moment in one.reviews]
        return max(days, default=None)

    @property
    def look_back_on(self) -> date | None:
        """The day to look back next; None once that was done at the end, or where no day is agreed."""
        return None if self.reviewed_on(END) else self.again_on or self.review_on


def line_of(moment: str, prompt: str) -> str:
    """The prompt under which an answer to a question of looking back is kept."""
    return f"{moment}.{prompt}"

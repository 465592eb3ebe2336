"""What an advice is drafted from: facts of register, agreement and release, and nothing else. Pure."""

from datetime import date
from typing import NamedTuple

from msgspec import Struct


class Yield(Struct, frozen=True):
    """A chosen yield by the label of its category, and what was said of it this year, if anything."""

    id: str
    label: str
    word: str | None = None  # seen, partly or not_yet
    reviewed_on: date | None = None


class Agreed(Struct, frozen=True):
    """What a start agreement says, in labels, without sensitive tasks; `placement_id` has its page."""

    placement_id: str
    is_signed: bool
    talked_on: date | None = None
    review_on: date | None = None
    partners: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    yields: tuple[Yield, ...] = ()


class Place(Struct, frozen=True):
    """A placement as it reads on the day of the facts; `coach` is how the document names who fills it."""

    id: str
    status: str
    coach: str
    starts_on: date
    until: date
    click_on: date | None = None
    end_reason: str | None = None
    end_reason_label: str = ""
    used: float | None = None
    weeks_logged: int = 0
    weeks_total: int = 0
    weeks_until: date | None = None  # the last day of the weeks that are counted
    agreed: Agreed | None = None

    @property
    def had_coach(self) -> bool:
        """Whether a coach works or worked there."""
        return self.status in {"active", "paused", "ended"}


class SchoolHours(Struct, frozen=True):
    """Hours a week of a school over its places that run on a day; reasons as labels, each once."""

    place_id: str  # where they are read
    pupils: int | None
    rule: float | None
    agreed: float | None
    agreed_because: tuple[str, ...] = ()
    needed: float | None = None
    needed_because: tuple[str, ...] = ()


class Programme(Struct, frozen=True):
    """Counts and sums over the whole register on the day of the facts."""

    schools: int
    covered: int
    vacant: int
    hours_vacant: float
    hours_agreed: float
    hours_rule: float
    uncounted: int
    places: int
    agreements: int
    yields: int
    seen: int
    partly: int
    not_yet: int


class Previous(NamedTuple):
    """The share of the year before, and whether the difference can be chance."""

    share: str
    is_chance: bool


class Share(Struct, frozen=True):
    """One published number of a release, in the words of the release."""

    about: str
    group: str  # teachers, parents, ib or directors
    statement: str
    share: str
    level: str
    n: str
    low: str
    high: str
    period: str
    source: str
    group_key: str = ""  # of the release
    invited: str | None = None
    replied: str | None = None
    reach_low: str | None = None
    reach_high: str | None = None
    previous: Previous | None = None


class Withheld(Struct, frozen=True):
    """A form of which the release shows nothing."""

    form: str
    group: str
    period: str
    source: str


class Frozen(NamedTuple):
    """The days on which people answered, and when the numbers were frozen."""

    first: date
    last: date
    frozen_on: date
    source: str


class Choice(Struct, frozen=True):
    """What a person chose, and what belongs to it."""

    choice: str
    hours: float | None = None
    before: date | None = None
    partners: tuple[str, ...] = ()  # labels
    find_coach: bool = False


class Facts(Struct, frozen=True):
    """Everything there is to say about a school, or with `school` None about the programme, on a day."""

    school_year: str
    next_year: str
    day: date
    school: str | None = None
    school_id: str | None = None
    places: tuple[Place, ...] = ()
    hours: SchoolHours | None = None
    programme: Programme | None = None
    shares: tuple[Share, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    frozen: Frozen | None = None
    named_talk: date | None = None
    choice: Choice | None = None

    @property
    def can_seek(self) -> bool:
        """Whether a place is open for a coach, so that finding one can be proposed."""
        return any(one.status in {"vacant_funded", "click_conversation"} for one in self.places)

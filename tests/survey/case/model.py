"""What should be so of a case, in words of its own and none of the code.

A pupil answers only while everyone whose word counts agrees; what ended never opens again; a case and the
private lines in it are their coach's alone.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from survey.checkin.views.answering import REPEATS
from tests.conftest import Member


@dataclass
class Link:
    """A link as its holder knows it."""

    token: str
    kind: str
    until: datetime
    is_over: bool = False
    answer: int | None = None
    repeats: Counter[date] = field(default_factory=Counter)


@dataclass
class Card:
    """A card as its holder knows it."""

    token: str
    kind: str
    is_over: bool = False


@dataclass
class Model:
    """What should be so."""

    coach: Member
    agreed: bool = False
    is_closed: bool = False
    is_alone: bool = False  # the coach left
    stopped: dict[str, datetime] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    line: str | None = None

    @property
    def has_coach(self) -> bool:
        return not self.is_closed and not self.is_alone

    def may_ask(self, kind: str) -> bool:
        return self.has_coach and kind not in self.stopped and (kind != "pupil" or self.agreed)

    def takes(self, link: Link, at: datetime) -> bool:
        """Whether an answer on this link is kept, if it is the first."""
        return not link.is_over and at < link.until and self.may_ask(link.kind)

    def recognises(self, link: Link, at: datetime) -> bool:
        """Whether the answer a link has is told from another one: a few times a day, while it is open."""
        if at >= link.until or not self.may_ask(link.kind):
            return False
        link.repeats[at.date()] += 1
        return link.repeats[at.date()] <= REPEATS

    def end_links(self, kind: str = "") -> None:
        for link in self.links:
            link.is_over = link.is_over or kind in {"", link.kind}

    def end_cards(self, kind: str = "") -> None:
        for card in self.cards:
            card.is_over = card.is_over or kind in {"", card.kind}

    def change_hands(self, coach: Member) -> None:
        self.coach, self.agreed, self.is_alone, self.line = coach, False, False, None
        self.end_links()
        self.end_cards()


def agrees(band: str, first: str | None, second: str | None, pupil: str | None) -> bool:
    """In words of our own: both parents, or the only one; from twelve on the pupil too."""
    return first == "yes" and second in {"yes", "not_applicable"} and (band == "under_12" or pupil == "yes")

"""The four parts in which a start agreement is written, and what each of them holds; touches nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from msgspec import Struct, field

from survey.fingerprint import fingerprint
from survey.start_agreement.agreement import ASKS, INTRODUCTION, NOT_DONE, Agreement

LONGEST_LINE: Final = 500
LONGEST_YIELD: Final = 280
MOST_YIELDS: Final = 8


class Wanted(NamedTuple):
    """One intended yield as it is written down."""

    category: str
    wanted: str
    noticed_by: str


class Content(Struct, frozen=True):
    """What stands in a part: days and words by name, chosen keys by kind, and yields in their order."""

    days: Mapping[str, date | None] = field(default_factory=dict)
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    yields: Sequence[Wanted] = ()

    @property
    def fingerprint(self) -> str:
        """Its mark: another one where anything of it changed."""
        days = sorted((name, day.isoformat()) for name, day in self.days.items() if day)
        chosen = sorted((kind, sorted(keys)) for kind, keys in self.chosen.items())
        return fingerprint(days, chosen, sorted(self.lines.items()), list(self.yields))


class Part(Struct, frozen=True):
    """A part by its address: the days and the kinds of choices it holds, and where its words stand.

    Of words it holds the prompts in `prompts`, and those of the list `listed`.
    """

    key: str
    days: Sequence[str] = ()
    kinds: Sequence[str] = ()
    prompts: Sequence[str] = ()
    listed: str = ""
    has_yields: bool = False

    def holds(self, prompt: str) -> bool:
        """Whether these words stand in this part."""
        return prompt in self.prompts or bool(self.listed and prompt.startswith(f"{self.listed}."))

    @property
    def begun(self) -> Content:
        """What stands in this part of an agreement that was just begun: nothing."""
        return Content(dict.fromkeys(self.days), {kind: frozenset() for kind in self.kinds})

    def of(self, agreement: Agreement) -> Content:
        """What stands in this part of an agreement."""
        held = {"partner": agreement.partners, "checklist": agreement.checklist}
        held |= {"role": agreement.roles, "task": agreement.tasks}
        days = {"talked_on": agreement.talked_on, "review_on": agreement.review_on}
        return Content(
            {name: days[name] for name in self.days},
            {kind: frozenset(held[kind]) for kind in self.kinds},
            {prompt: words for prompt, words in agreement.lines.items() if self.holds(prompt)},
            [Wanted(one.category, one.wanted, one.noticed_by) for one in agreement.yields]
            if self.has_yields
            else (),
        )


TALK: Final = Part("gesprek", days=("talked_on",), kinds=("partner",), prompts=ASKS)
YIELDS: Final = Part("opbrengsten", has_yields=True)
TASKS: Final = Part("taken", kinds=("role", "task"), prompts=(NOT_DONE,))
PLAN: Final = Part("afspraken", days=("review_on",), kinds=("checklist",), listed=INTRODUCTION)
PARTS: Final = MappingProxyType({part.key: part for part in (TALK, YIELDS, TASKS, PLAN)})


def missing(agreement: Agreement) -> tuple[Part, ...]:
    """The parts in which something lacks without which nobody can sign."""
    has = {
        TALK.key: bool(agreement.partners and agreement.talked_on),
        YIELDS.key: bool(agreement.yields),
        TASKS.key: bool(agreement.roles or agreement.tasks),
        PLAN.key: bool(agreement.review_on),
    }
    return tuple(part for key, part in PARTS.items() if not has[key])

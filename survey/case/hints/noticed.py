"""The hints of a case as blocks to talk about: one for each check of one person, however many rules fired."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.case.hints import words
from survey.case.informants import Who
from survey.checkin import reports as checks
from survey.checkin.reports import Asked, Check
from survey.current import catalog
from survey.database import Engine
from survey.hint import actions
from survey.hint import reports as hints
from survey.hint.reports import Decision, Hint, Rule, State
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.vocabulary import Family
from survey.talk import actions as talks
from survey.talk import reports as notes
from survey.web.language import screen_language

TELLS_LOWEST = frozenset({Rule.W_A, Rule.W_B, Rule.U_A, Rule.U_B})
ASKS_A_TALK = frozenset({Rule.U_B, Rule.U_C, Rule.U_D})
ASKS_A_DECISION = frozenset({Rule.U_B, Rule.U_D})
# What another rule on the same check says already.
SAID_BY = {
    Rule.W_A: {Rule.W_B},
    Rule.U_A: {Rule.U_B},
    Rule.U_C: {Rule.U_A, Rule.U_B, Rule.CEILING},  # where it cannot be higher there is no standing still
}
PLACE = "hint"


class Said(Struct, frozen=True):
    """What one rule saw, and how often it does so by chance."""

    text: str
    chance: str


class Lowest(Struct, frozen=True):
    """The lowest answer of a check in its own words, and the questions it was given to."""

    questions: tuple[str, ...]
    answer: str
    is_all: bool


class Block(Struct, frozen=True):
    """The hints on one check of one person, the one that asks most first; words are made when asked for."""

    hints: tuple[Hint, ...]
    lowest: Lowest | None = None
    line: str = ""
    decisions: tuple[Decision, ...] = ()

    @property
    def link_id(self) -> str:
        """The check they stand on."""
        return self.hints[0].link_id

    @property
    def code(self) -> str:
        """The code of the case."""
        return self.hints[0].code

    @property
    def who(self) -> Who:
        """Who answered, or did not."""
        return Who(self.hints[0].kind, self.hints[0].number)

    @property
    def family(self) -> Family:
        """Which of the two checks it was."""
        return self.hints[0].family

    @property
    def at(self) -> datetime:
        """When the answer came, or the link ran out."""
        return self.hints[0].at

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that fired."""
        return tuple(hint.rule for hint in self.hints)

    @property
    def state(self) -> State:
        """Open while one of them is; recovered when all that can be are."""
        return min(self.hints, key=_weight).state

    @property
    def title(self) -> str:
        """What the first of them is called."""
        return words.title(self._speaking[0].rule)

    @property
    def said(self) -> tuple[Said, ...]:
        """What each rule saw that no other says already."""
        return tuple(Said(words.seen(hint), words.by_chance(hint)) for hint in self._speaking)

    @property
    def _speaking(self) -> list[Hint]:
        """The hints that say what no other on the same check says already; never none."""
        return [hint for hint in self.hints if SAID_BY.get(hint.rule, set()).isdisjoint(self.rules)]

    @property
    def became(self) -> str:
        """What became of them."""
        talked = [hint for hint in self.hints if hint.talked_at]
        last = max(talked, key=lambda hint: str(hint.talked_at), default=self.hints[0])
        return words.became(self.state, self._speaking[0].rule, last.talked_at, last.agreed)

    @property
    def no_verdict(self) -> str:
        """What a hint is not."""
        return words.no_verdict(self.who.kind)

    @property
    def next_step(self) -> str:
        """What follows now that they talked about it."""
        return words.next_step(self.state, self.rules)

    @property
    def weighed(self) -> tuple[str, ...]:
        """What was decided about more or less help since it arose."""
        return tuple(map(words.decided, self.decisions))

    def also_asks(self, check: Asked) -> bool:
        """Whether it is about another check of this person and family."""
        same = (self.hints[0].informant_id, self.family) == (check.informant_id, check.family)
        return same and self.link_id != check.link_id

    @property
    def is_open(self) -> bool:
        """Whether it waits to be talked about."""
        return self.state is State.OPEN

    @property
    def has_answers(self) -> bool:
        """Whether there are answers to read."""
        return Rule.SILENCE not in self.rules

    @property
    def asks_a_talk(self) -> bool:
        """Whether planning a talk comes next."""
        return not ASKS_A_TALK.isdisjoint(hint.rule for hint in self._speaking)

    @property
    def asks_a_decision(self) -> bool:
        """Whether someone should weigh if more help is needed."""
        return not ASKS_A_DECISION.isdisjoint(self.rules)


def in_case(engine: Engine, scope: Scope, case_id: str, *, at: datetime) -> list[Block]:
    """The blocks of a case of this coach, newest first, with lowest answers and the coach's own lines."""
    found = _blocks(hints.hints(engine, scope, case_id, catalog=catalog(), at=at))
    if not found:
        return []
    answered = {check.link_id: check for check in checks.checks(engine, scope, case_id)}
    lines = notes.notes(engine, scope, case_id)
    asks = any(block.asks_a_decision for block in found)
    decisions = hints.decisions(engine, scope, case_id) if asks else []
    return [
        replace(
            block,
            lowest=_lowest(block, answered.get(block.link_id)),
            line=lines.get((PLACE, block.link_id), ""),
            decisions=_since(block, decisions),
        )
        for block in found
    ]


def waiting(engine: Engine, scope: Scope, *, at: datetime) -> list[Block]:
    """The blocks in all open cases of this coach that wait to be talked about, newest first."""
    return _blocks(hints.open_hints(engine, scope, catalog=catalog(), at=at))


def settle(
    engine: Engine,
    *,
    case_id: str,
    block: Block,
    agreed: Collection[str],
    line: str = "",
    by: str,
    at: datetime,
) -> None:
    """Note what was agreed about every hint of a block, and the coach's own line if there is one.

    Raises hint.actions.NotYours, and then nothing was stored.
    """
    with engine.atomic():
        actions.talk_about(
            engine, case_id=case_id, link_id=block.link_id, rules=block.rules, agreed=agreed, by=by, at=at
        )
        if line:
            talks.write_note(
                engine, case_id=case_id, place=PLACE, about=block.link_id, line=line, by=by, at=at
            )


def agree(
    engine: Engine, *, case_id: str, asked: Asked, agreed: Collection[str], line: str, by: Scope, at: datetime
) -> None:
    """Note what coach and respondent agreed about a check: then they talked about its open hints too.

    Raises talk.actions.NotYours and hint.actions.NotYours, and then nothing was stored.
    """
    with engine.atomic():
        talks.agree(
            engine,
            case_id=case_id,
            talk_id=asked.talk_id,
            with_=str(Who(asked.kind, asked.number)),
            agreed=agreed,
            line=line,
            about=asked.link_id,
            by=by.person_id,
            at=at,
        )
        for block in _blocks(hints.hints(engine, by, case_id, catalog=catalog(), at=at)):
            if block.link_id == asked.link_id and block.is_open:
                settle(engine, case_id=case_id, block=block, agreed=agreed, by=by.person_id, at=at)


def _blocks(found: Sequence[Hint]) -> list[Block]:
    return [Block(tuple(of_one)) for _link, of_one in groupby(found, key=lambda hint: hint.link_id)]


def _weight(hint: Hint) -> int:
    """Which hint speaks for all: a check is open while one is, and recovered when all that can be are."""
    is_undecided = hint.state is State.TALKED and hint.rule not in words.NEVER_DECIDED
    order = (State.OPEN, State.NOT_RECOVERED, None, State.RECOVERED, State.TALKED)
    return order.index(None if is_undecided else hint.state)


def _since(block: Block, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that weighed these hints, newest first."""
    return tuple(one for one in decisions if block.asks_a_decision and one.decided_at >= block.at)


def _lowest(block: Block, check: Check | None) -> Lowest | None:
    if check is None or TELLS_LOWEST.isdisjoint(block.rules):
        return None
    form = catalog().get(check.form, check.version)
    language = screen_language() if screen_language() in form.languages else SOURCE_LANGUAGE
    value = min(check.values.values())
    asked = [form.item(item) for item, chosen in check.values.items() if chosen == value]
    label = next(level.label for level in form.levels(asked[0]) if level.value == value)
    questions = tuple(item.text[language] for item in asked)
    return Lowest(questions, label[language], is_all=len(questions) == len(check.values))

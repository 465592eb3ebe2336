"""The rules of the sentences, one function for each key: whether it may appear, and with what. Pure."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from survey.advice.facts import Facts
from survey.advice.rules import evaluation, hours, placement, programme, proposal, yields
from survey.advice.rules.found import Found
from survey.advice.sentences import Book

Rule = Callable[[Facts, Book], Iterator[Found]]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.__name__: rule
        for room in (placement, hours, yields, evaluation, programme, proposal)
        for rule in room.RULES
    }
)

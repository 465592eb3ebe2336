"""Facts become sentences: every one whose rule holds, in the order of the document. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from survey.advice.facts import Facts
from survey.advice.rules import RULES
from survey.advice.rules.found import Found
from survey.advice.sentences import SECTIONS, Book, Sentence, filled

SHARE = "_share"  # ends the keys of sentences that others join


class Drafted(Struct, frozen=True):
    """A sentence as it is drafted; `key` and `about` tell which one it is, also in a later draft."""

    key: str
    about: str
    section: str
    words: str
    fields: Mapping[str, str]
    n: str
    period: str
    source: str


def draft(facts: Facts, book: Book) -> tuple[Drafted, ...]:
    """Every sentence that these facts allow; one that joins another stands directly after it."""
    joined = defaultdict[str, list[Drafted]](list)
    for template in (one for one in book.sentences if one.joins):
        for found in _found(template, facts, book):
            joined[found.about].append(_drafted(template, found))
    alone = [
        (SECTIONS.index(template.section), found.order, place, template, found)
        for place, template in enumerate(book.sentences)
        if not template.joins
        for found in _found(template, facts, book)
    ]
    made: list[Drafted] = []
    for *_, template, found in sorted(alone, key=lambda one: one[:3]):
        made += [_drafted(template, found), *(joined[found.about] if _is_share(template) else ())]
    return tuple(made)


def _found(template: Sentence, facts: Facts, book: Book) -> Iterator[Found]:
    here = "programme" if facts.school is None else "school"
    if template.scope in {here, "both"}:
        yield from RULES[template.key](facts, book)


def _drafted(template: Sentence, found: Found) -> Drafted:
    return Drafted(
        template.key,
        found.about,
        template.section,
        filled(template.text, found.fields),
        dict(found.fields),
        found.n,
        found.period,
        found.source,
    )


def _is_share(template: Sentence) -> bool:
    return template.key.endswith(SHARE)

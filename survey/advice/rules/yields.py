"""Rules of the sentences about what school and partners wanted to see: judgements of those present. Pure."""

from collections import Counter
from collections.abc import Iterator

from survey.advice import spoken
from survey.advice.facts import Agreed, Facts, Place, Yield
from survey.advice.rules.found import Found
from survey.advice.rules.placement import at_agreement
from survey.advice.sentences import Book


def yields_chosen(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a signed agreement has a yield."""
    for place, agreed in _signed(facts):
        labels = list(dict.fromkeys(one.label for one in agreed.yields))
        if labels:
            yield at_agreement(facts, book, place, agreed, yields=spoken.listed(labels))


def yield_reviewed(facts: Facts, book: Book) -> Iterator[Found]:
    """Where people looked back on a yield this year."""
    for place, agreed in _signed(facts):
        for name, one in _named(agreed):
            if one.word and one.reviewed_on:
                day, word = spoken.day(one.reviewed_on), book.words[f"yield_{one.word}"]
                found = at_agreement(
                    facts, book, place, agreed, date=day, **{"yield": name}, review_word=word
                )
                yield _of(found, one, day)


def yield_not_reviewed(facts: Facts, book: Book) -> Iterator[Found]:
    """Where the day to look back has passed and nobody did."""
    for place, agreed in _signed(facts):
        for name, one in _named(agreed):
            if not one.word and agreed.review_on and agreed.review_on < facts.day:
                found = at_agreement(facts, book, place, agreed, **{"yield": name})
                yield _of(found, one, spoken.day(agreed.review_on))


def _signed(facts: Facts) -> Iterator[tuple[Place, Agreed]]:
    return ((one, one.agreed) for one in facts.places if one.agreed and one.agreed.is_signed)


def _named(agreed: Agreed) -> Iterator[tuple[str, Yield]]:
    """Each yield by its label; two with the same label are numbered."""
    times, seen = Counter(one.label for one in agreed.yields), Counter[str]()
    for one in agreed.yields:
        seen[one.label] += 1
        name = spoken.listed([one.label])
        yield (f"{name} ({seen[one.label]})" if times[one.label] > 1 else name), one


def _of(found: Found, one: Yield, period: str) -> Found:
    return Found(found.fields, one.id, "", period, found.source, found.order)


RULES = (yields_chosen, yield_reviewed, yield_not_reviewed)

"""Rules of the sentences about the evaluation: only what a frozen release shows, in its own words. Pure."""

from collections.abc import Iterator

from survey.advice import spoken
from survey.advice.facts import Facts, Share
from survey.advice.rules.found import Found, spell
from survey.advice.sentences import Book

ABOUT_PROGRAMME = ("ib", "directors")


def teachers_share(facts: Facts, book: Book) -> Iterator[Found]:
    """Where the release shows what teachers chose."""
    return _shares(facts, book, "teachers")


def parents_share(facts: Facts, book: Book) -> Iterator[Found]:
    """Where the release shows what parents chose."""
    return _shares(facts, book, "parents")


def ib_director_share(facts: Facts, book: Book) -> Iterator[Found]:
    """Where the release shows what internal supervisors or directors chose without their names."""
    for one in facts.shares if facts.school is None else ():
        if one.group in ABOUT_PROGRAMME:
            group = book.words[one.group]
            yield _found(book, one, share=one.share, group=group, statement=one.statement, n=one.n)


def share_interval(facts: Facts, book: Book) -> Iterator[Found]:
    """After every share."""
    for one in facts.shares:
        yield _found(book, one, low=one.low, high=one.high)


def share_nonresponse(facts: Facts, book: Book) -> Iterator[Found]:
    """After the interval, where it is known how many were asked."""
    for one in facts.shares:
        if one.invited and one.replied and one.reach_low and one.reach_high:
            asked = {"n_invited": one.invited, "n_replied": one.replied}
            yield _found(book, one, **asked, low=one.reach_low, high=one.reach_high)


def same_as_last_year(facts: Facts, book: Book) -> Iterator[Found]:
    """Where the year before shows the same statement, and the difference can be chance."""
    for one in facts.shares:
        if one.previous and one.previous.is_chance:
            yield _found(book, one, share_previous=one.previous.share)


def other_than_last_year(facts: Facts, book: Book) -> Iterator[Found]:
    """Where the difference is more than chance alone."""
    for one in facts.shares:
        if one.previous and not one.previous.is_chance:
            yield _found(book, one, share_previous=one.previous.share)


def too_few_answers(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a form was released and nothing of it may be shown."""
    for one in facts.withheld:
        if facts.school is None or one.group not in ABOUT_PROGRAMME:
            yield Found({"group": book.words[one.group]}, one.form, "", one.period, one.source)


def named_forms_discussed(facts: Facts, book: Book) -> Iterator[Found]:
    """Where both named forms are in and talked about."""
    if facts.school and facts.named_talk:
        day = spoken.day(facts.named_talk)
        yield Found({"date": day}, "", "", day, "/evaluatie/op-naam")


def no_cause(_facts: Facts, _book: Book) -> Iterator[Found]:
    """Always."""
    yield Found({})


def period_and_freeze(facts: Facts, book: Book) -> Iterator[Found]:
    """Where a number of a release is printed."""
    if facts.shares and facts.frozen:
        first, last = spoken.day(facts.frozen.first), spoken.day(facts.frozen.last)
        fields = {"from": first, "to": last, "frozen_on": spoken.day(facts.frozen.frozen_on)}
        period = spell(book, facts.frozen.first, facts.frozen.last)
        yield Found(fields, "", "", period, facts.frozen.source)


def _shares(facts: Facts, book: Book, group: str) -> Iterator[Found]:
    for one in facts.shares:
        if one.group == group:
            yield _found(book, one, statement=one.statement, share=one.share, level=one.level, n=one.n)


def _found(book: Book, one: Share, **fields: str) -> Found:
    n = book.say("answers", n=one.n, invited=one.invited) if one.invited else one.n
    return Found(fields, one.about, n, one.period, one.source)


RULES = (
    teachers_share,
    parents_share,
    ib_director_share,
    share_interval,
    share_nonresponse,
    same_as_last_year,
    other_than_last_year,
    too_few_answers,
    named_forms_discussed,
    no_cause,
    period_and_freeze,
)

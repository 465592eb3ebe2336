"""A start agreement as a document: the same blocks on the screen, on paper and in a Word file."""

from collections.abc import Iterator

from flask_babel import gettext as _

from survey.assignment.reports import tasks_in
from survey.clock import years
from survey.current import catalog, settings
from survey.document import Block, Bullets, Heading, Paragraph, Table
from survey.placement.reports import Placement
from survey.start_agreement import words
from survey.start_agreement.agreement import (
    ASKS,
    CHECKLIST,
    INTRODUCTION,
    MOMENTS,
    NOT_DONE,
    REVIEW,
    Agreement,
    line_of,
)
from survey.web.language import full_date, screen_language


def title(placement: Placement) -> str:
    """What stands above it."""
    return str(_("Startafspraak %(school)s", school=placement.school))


def blocks(agreement: Agreement, placement: Placement) -> list[Block]:
    """All of an agreement, with what people said when they looked back and who signed."""
    return [
        *_head(agreement, placement),
        *_talk(agreement),
        *_yields(agreement),
        *_tasks(agreement),
        *_plan(agreement),
        *_reviews(agreement),
        *_signed(agreement),
    ]


def _head(agreement: Agreement, placement: Placement) -> Iterator[Block]:
    state = str(words.STATES[agreement.state])
    if agreement.signed_at:
        state = str(_("getekend op %(day)s", day=full_date(agreement.signed_at)))
    told = (
        _("Programma %(name)s", name=settings().PROGRAMME),
        _("schooljaar %(year)s", year=years(placement.school_year)),
        _("versie %(n)s", n=agreement.version),
        state,
    )
    yield Paragraph(" · ".join(str(each) for each in told), small=True)
    yield Paragraph(
        _("Coach: %(coach)s. School: %(school)s.", coach=placement.coach or "–", school=placement.school)
    )


def _talk(agreement: Agreement) -> Iterator[Block]:
    present = ", ".join(words.partner(key).lower() for key in agreement.partners)
    if agreement.talked_on and present:
        day = full_date(agreement.talked_on)
        yield Paragraph(_("Besproken op %(day)s met: %(present)s.", day=day, present=present))
    for prompt in ASKS:
        if prompt in agreement.lines:
            yield Heading(str(words.ASKS[prompt]))
            yield Paragraph(agreement.lines[prompt])


def _yields(agreement: Agreement) -> Iterator[Block]:
    if not agreement.yields:
        return
    yield Heading(_("Wat het moet opleveren"))
    told = [f"{words.category(one.category)}. {_ended(one.wanted)}" for one in agreement.yields]
    noticed = [
        _("We merken het aan: %(how)s", how=_ended(one.noticed_by)) if one.noticed_by else ""
        for one in agreement.yields
    ]
    yield Bullets([" ".join(pair).strip() for pair in zip(told, noticed, strict=True)])


def _tasks(agreement: Agreement) -> Iterator[Block]:
    profile, lang = words.profile_of(agreement), screen_language()
    roles = [one.label[lang].lower() for one in profile.roles if one.key in agreement.roles]
    held = tasks_in(profile, agreement.roles, agreement.tasks)
    if roles or held:
        yield Heading(_("Wat de coach doet"))
        if roles:
            yield Paragraph(_("De coach werkt als %(roles)s.", roles=_and(roles)))
        yield Bullets([one.label[lang] for one in profile.tasks if one.key in held])
    others = [one.label[lang] for one in profile.tasks if one.key not in held] if held else []
    if others or NOT_DONE in agreement.lines:
        yield Heading(_("Wat de coach niet doet"))
        yield Bullets(agreement.lines.get(NOT_DONE, "").splitlines())
        yield Paragraph(_("Een coach hoeft niet alles te doen wat in het profiel staat."))
    if others:
        yield Paragraph(_("Nu niet gekozen: %(tasks)s", tasks=_ended("; ".join(others))), small=True)


def _plan(agreement: Agreement) -> Iterator[Block]:
    lang = screen_language()
    told = [
        (one.label[lang], agreement.lines[line_of(INTRODUCTION, one.key)])
        for one in catalog().choices(INTRODUCTION)
        if line_of(INTRODUCTION, one.key) in agreement.lines
    ]
    if told:
        yield Heading(_("Hoe de coach kennismaakt"))
    for question, answer in told:
        yield Heading(question, level=2)
        yield Paragraph(answer)
    done, open_ = set(agreement.checklist), catalog().choices(CHECKLIST)
    if done:
        yield Heading(_("Afgesproken"))
        yield Bullets([one.label[lang] for one in open_ if one.key in done])
        if rest := [one.label[lang] for one in open_ if one.key not in done]:
            yield Paragraph(_("Nog te regelen: %(rest)s", rest=" ".join(rest)), small=True)
    if agreement.review_on:
        yield Paragraph(_("Op %(day)s kijken we samen terug.", day=full_date(agreement.review_on)))


def _reviews(agreement: Agreement) -> Iterator[Block]:
    for moment in MOMENTS:
        day = agreement.reviewed_on(moment)
        if day is None:
            continue
        when = words.MOMENTS[moment]
        yield Heading(_("%(moment)s teruggekeken, %(day)s", moment=when, day=full_date(day)))
        said = [(one.wanted, one.reviews[moment]) for one in agreement.yields if moment in one.reviews]
        yield Bullets(
            [
                f"{_ended(wanted)} {_ended(str(words.REVIEWS[one.word]).capitalize())} {one.note}".strip()
                for wanted, one in said
            ]
        )
        for one in catalog().choices(REVIEW):
            if words_said := agreement.lines.get(line_of(moment, one.key)):
                yield Heading(one.label[screen_language()], level=2)
                yield Paragraph(words_said)


def _signed(agreement: Agreement) -> Iterator[Block]:
    signed = [one for one in agreement.signatures if one.has_signed]
    if signed:
        yield Heading(_("Getekend"))
        yield Table(
            [_("Wie"), _("Naam"), _("Dag")],
            [
                [words.partner(one.partner), one.name or "", full_date(one.signed_at)]
                for one in signed
                if one.signed_at
            ],
        )


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _and(told: list[str]) -> str:
    return str(_("%(first)s en %(last)s", first=", ".join(told[:-1]), last=told[-1])) if told[1:] else told[0]

"""What others wrote about whoever asks, and what was agreed with them: as their pages show it, no more."""

from collections.abc import Iterable, Iterator, Sequence

from flask_babel import gettext as _

from survey.access.permissions import Permission, Scope
from survey.database import Engine
from survey.document import Block, Bullets, Heading, Paragraph
from survey.evaluation import reports as evaluations
from survey.export.words import Words
from survey.placement import reports as placements
from survey.placement.reports import Placement
from survey.sheets.tables import Cell, Table, plain
from survey.start_agreement import reports as agreements
from survey.start_agreement.reports import Agreement


def tables(engine: Engine, scope: Scope, words: Words) -> Iterator[Table]:
    """Forms that somebody filled in with their name, and the agreements of own places."""
    once = _("schooljaar"), _("school")
    said = _("naam"), _("rol"), _("besproken op"), _("vraag"), _("antwoord")
    yield plain(_("formulieren op naam"), (*once, *said), list(_named(engine, scope, words)))
    agreed = _("versie"), _("onderdeel"), _("zin")
    yield plain(_("startafspraken"), (*once, *agreed), list(_agreed(engine, scope)))


def _named(engine: Engine, scope: Scope, words: Words) -> Iterator[Sequence[Cell]]:
    for read in evaluations.own_named(engine, scope, catalog=words.catalog, language=words.lang):
        form = read.form
        who = form.name, str(evaluations.WITH_A_NAME[form.respondent])
        once = form.school_year, form.school, *who, str(form.talked_on or "")
        for one in read.said:
            yield *once, one.question, one.answer
        if read.line:
            yield *once, read.prompt, read.line


def _agreed(engine: Engine, scope: Scope) -> Iterator[Sequence[Cell]]:
    if not scope.can(Permission.KEEP_AGREEMENTS):
        return
    every = (one for one in placements.everywhere(engine, scope) if one.person_id == scope.person_id)
    for place in sorted(every, key=lambda one: (one.starts_on, one.school, one.id)):
        for agreement in agreements.versions(engine, scope, place.id):
            once = place.school_year, place.school, agreement.version
            yield from ((*once, *told) for told in _document(agreement, place))


def _document(agreement: Agreement, place: Placement) -> Iterator[tuple[str, str]]:
    """Under which heading each text of an agreement stands, and the remarks while it is not signed."""
    yield from _texts(agreements.blocks(agreement, place))
    if agreement.state in agreements.OPEN:
        yield from ((_("Opmerkingen"), one.remark) for one in agreement.remarks)


def _texts(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    under = ""
    for block in blocks:
        match block:
            case Heading():
                under = block.words
            case Paragraph():
                yield under, block.words
            case Bullets():
                yield from ((under, item) for item in block.items)
            case _:
                yield from ((under, " · ".join(row)) for row in block.rows)

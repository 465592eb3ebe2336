"""What other rooms and pages ask of reflections; the bridge from the store to analysis."""

from dataclasses import dataclass
from datetime import datetime

from survey.access.permissions import Scope
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.reflection import reading
from survey.reflection.reading import Sheet, Standing

MINUTES_FOR_ALL = 5


@dataclass(frozen=True, slots=True)
class Due:
    """An open round that still waits for this coach, and how far it is."""

    standing: Standing
    sheet: Sheet

    @property
    def next_block(self) -> str | None:
        """The first page with something open; None when only the closing page is left."""
        return self.sheet.first_open

    def next_label(self, lang: str) -> str:
        """The name of that page."""
        return next(
            (block.label[lang] for block in self.sheet.form.blocks if block.key == self.next_block), ""
        )

    @property
    def minutes(self) -> int:
        """About how long the open items take."""
        return max(1, round(MINUTES_FOR_ALL * self.sheet.open() / len(self.sheet.form.items)))


def due(engine: Engine, scope: Scope, at: datetime, *, catalog: Catalog) -> list[Due]:
    """The rounds this coach can answer now and has not submitted, first closing first."""
    waiting = [one for one in reading.standings(engine, scope=scope, at=at) if one.takes_answers]
    waiting = [one for one in waiting if one.state is not reading.State.CORRECTING]
    return [
        Due(one, reading.sheet(engine, one.round, one.draft, catalog=catalog, scope=scope))
        for one in sorted(waiting, key=lambda one: one.round.closes_at)
    ]

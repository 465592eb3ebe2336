"""What pages ask of reflections: what is due, and own growth. The bridge from store to analysis."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.cohort.reports import Round as Round
from survey.cohort.reports import asked, footing
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.profile import Profile
from survey.reflection import meetings, prefill, reading, store
from survey.reflection.bands.reports import answers_of, own_sem, scored
from survey.reflection.emphasis.reading import Emphasis as Emphasis
from survey.reflection.lookback import reading as lookback
from survey.reflection.lookback.reading import Ask as Ask
from survey.reflection.micro import reading as micro
from survey.reflection.micro.reading import Short as Short
from survey.reflection.reading import Sheet as Sheet
from survey.reflection.reading import Standing, State
from survey.reflection.reading import sheet as sheet
from survey.reflection.sharing import reading as sharing
from survey.reflection.sharing.reading import Sharer

if TYPE_CHECKING:
    from analysis.charts import BuiltChart
    from analysis.coach import Beside
    from analysis.texts import Texts

ITEMS_A_MINUTE = 3.4
ROUNDS_FOR_A_LINE = 2


class Due(Struct, frozen=True):
    """An open round of this coach, and how far it is; its profile where the coach reflects on several."""

    standing: Standing
    sheet: Sheet
    profile: Profile | None = None

    @property
    def next_block(self) -> str | None:
        """The first page with something open; None when only the closing page is left."""
        return self.sheet.first_open

    def next_label(self, lang: str) -> str:
        """The name of that page."""
        blocks = self.sheet.form.blocks
        return next((block.label[lang] for block in blocks if block.key == self.next_block), "")

    @property
    def minutes(self) -> int:
        """About how long the open items take."""
        return max(1, round(self.sheet.open() / ITEMS_A_MINUTE))


class Growth(Struct, frozen=True):
    """The rounds on one profile that this coach submitted, latest first, and the chart once there are two."""

    profile: Profile
    submitted: tuple[Standing, ...]
    chart: BuiltChart | None

    @property
    def latest(self) -> Standing:
        return self.submitted[0]


def due(engine: Engine, scope: Scope, at: datetime, *, catalog: Catalog) -> list[Due]:
    """The rounds this coach can answer now and never submitted, first closing first."""
    return _sheets(engine, scope, at, catalog, {State.DUE, State.STARTED})


def submitted(engine: Engine, scope: Scope, at: datetime, *, catalog: Catalog) -> list[Due]:
    """The rounds this coach submitted and still can correct, or is correcting, first closing first."""
    found = _sheets(engine, scope, at, catalog, {State.SUBMITTED, State.CORRECTING})
    return [one for one in found if one.standing.is_open]


def micro_due(engine: Engine, scope: Scope, at: datetime) -> list[Short]:
    """The short rounds this coach can answer now and did not answer in full, first closing first."""
    return micro.due(engine, scope=scope, at=at)


def lookbacks_due(engine: Engine, scope: Scope, at: datetime, *, catalog: Catalog) -> list[Ask]:
    """The look-backs this coach can give now and did not give in full, first closing first."""
    found = [
        lookback.ask(engine, one.standing, scope=scope, catalog=catalog, at=at)
        for one in submitted(engine, scope, at, catalog=catalog)
    ]
    return [one for one in found if one and not one.is_answered]


def focus_items(engine: Engine, scope: Scope, profile: str) -> tuple[str, ...]:
    """The keys of the focus items of the newest reflection this coach submitted on a profile; no aims."""
    return micro.focus_items(engine, profile, scope=scope)


def still_due(engine: Engine, *, person_id: str, about: str, at: datetime) -> bool:
    """Whether this round or short round takes answers of this person now, and did not get them all yet."""
    of_person = Scope(person_id, "", frozenset())
    standing = reading.standing(engine, about, scope=of_person, at=at)
    if standing is not None:
        return standing.state in {State.DUE, State.STARTED}
    found = micro.short(engine, about, scope=of_person, at=at)
    return found is not None and found.is_due(at)


def to_come(engine: Engine, scope: Scope, at: datetime) -> tuple[Round, ...]:
    """The rounds that ask this coach, are not over, and were not submitted; the first one first."""
    submitted = {row["round_id"] for row in store.all_revisions(engine, scope=scope) if row["submitted_at"]}
    asking = (Round.of(row) for row in store.rounds(engine, scope=scope) if asked(row))
    return tuple(one for one in asking if at < one.closes_at and one.id not in submitted)


def joins_later(engine: Engine, scope: Scope, at: datetime) -> bool:
    """Whether a round is open now that had opened before this coach joined."""
    return any(
        Round.of(row).is_open(at) and row["since"] > Round.of(row).day.isoformat() and row["until"] is None
        for row in store.rounds(engine, scope=scope)
    )


def growths(engine: Engine, scope: Scope, at: datetime, *, catalog: Catalog, texts: Texts) -> list[Growth]:
    """Own growth on each profile apart, the one of the newest reflection first; a missed round is a gap.

    The latest submitted revision of a round counts. Nothing of one profile stands in the chart of another.
    """
    rounds = [
        one for one in reading.standings(engine, scope=scope, at=at) if one.submitted or not one.is_open
    ]
    by_profile = {one.round.profile: catalog.profile(one.round.profile) for one in rounds if one.submitted}
    found = []
    for key, profile in by_profile.items():
        of_profile = [one for one in rounds if one.round.profile == key]
        submitted = tuple(one for one in of_profile if one.submitted)
        chart = None
        if len(submitted) >= ROUNDS_FOR_A_LINE:
            beside = _beside(engine, scope, key, at, catalog=catalog, texts=texts)
            chart = _chart(engine, scope, of_profile[::-1], catalog, texts, beside)
        found.append(Growth(profile, submitted, chart))
    return found


def shared_growths(
    engine: Engine, sharer: Sharer, at: datetime, *, catalog: Catalog, texts: Texts
) -> list[Growth]:
    """What a coach shares of their growth: the chart, on the profiles they are trained on."""
    from analysis.charts import restate

    found = growths(engine, sharer.scope, at, catalog=catalog, texts=texts)
    return [
        replace(one, chart=one.chart and restate("shared_growth", one.chart.result, texts))
        for one in found
        if one.profile.profile in sharer.profiles
    ]


def sharers(engine: Engine, scope: Scope, at: datetime) -> list[Sharer]:
    """The coaches who let this trainer see their growth, by name."""
    return sharing.sharers(engine, scope=scope, at=at)


def shared_focus(engine: Engine, sharer: Sharer, profile: Profile, lang: str) -> list[str]:
    """The names of the focus points of a coach who shares, without the aims."""
    chosen = set(focus_items(engine, sharer.scope, profile.profile))
    return [one.label[lang] for one in profile.competencies if one.key in chosen]


def profiles(standings: Collection[Standing], *, catalog: Catalog) -> dict[str, Profile]:
    """By key: the profiles of these rounds, to tell them apart; none where they all have the same."""
    keys = {one.round.profile for one in standings}
    return {key: catalog.profile(key) for key in keys} if len(keys) > 1 else {}


def _sheets(
    engine: Engine, scope: Scope, at: datetime, catalog: Catalog, states: Collection[State]
) -> list[Due]:
    standings = reading.standings(engine, scope=scope, at=at)
    named = profiles(standings, catalog=catalog)
    found = sorted((one for one in standings if one.state in states), key=lambda one: one.round.closes_at)
    return [
        Due(
            one,
            prefill.sheet(engine, one, catalog=catalog, scope=scope),
            named.get(one.round.profile),
        )
        for one in found
    ]


def _beside(
    engine: Engine,
    scope: Scope,
    profile: str,
    at: datetime,
    *,
    catalog: Catalog,
    texts: Texts,
) -> Beside:
    """The meetings where this coach was, and how many of how many this year."""
    from analysis.coach import Beside

    found = meetings.meetings(engine, profile, scope=scope, catalog=catalog, lang=texts.locale)
    return Beside(tuple((one.day, one.name) for one in found if one.present), meetings.attended(found, at))


def _chart(
    engine: Engine,
    scope: Scope,
    rounds: Sequence[Standing],
    catalog: Catalog,
    texts: Texts,
    beside: Beside,
) -> BuiltChart:
    from analysis.charts import build
    from analysis.frames import with_missed_rounds
    from analysis.results import Asked

    filled = [one.round for one in rounds if one.submitted]
    found = scored([one.round for one in rounds], filled, answers_of(engine, scope), catalog=catalog)
    newest = filled[-1]
    return build(
        "coach_growth",
        with_missed_rounds(found.frame, list(found.places.values())),
        texts,
        sem=own_sem(engine, newest.profile, at=newest.opens_at),
        items=found.items,
        missed={one.round.id for one in rounds if not one.submitted},
        asked=Asked(*footing(catalog, filled, found.lines["total"][-1])),
        beside=beside,
    )

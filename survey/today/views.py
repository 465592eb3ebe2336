"""The page Vandaag: asks the rooms what waits for this person. Holds nothing of its own."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, Scope, allow
from survey.access.session import scope
from survey.case import reports as cases
from survey.clock import HOME, local_day, now
from survey.cohort import reports as cohorts
from survey.current import catalog
from survey.database.request import engine
from survey.evaluation import reports as evaluation
from survey.event import reports as events
from survey.mail.trouble import reports as mail
from survey.placement import reports as placements
from survey.programme import reports as programme
from survey.reflection import reports as reflections
from survey.rhythm import reports as rhythm
from survey.start_agreement import reports as agreements

blueprint = Blueprint("today", __name__)

NOON, EVENING = 12, 18
MOST_HINTS = 5  # the others are marked in the list of cases
MOST_AGREEMENTS = 5  # the others follow when these are done


@blueprint.get("/")
@allow(Permission.SEE_TODAY)
def start() -> ResponseReturnValue:
    return redirect(url_for(".show"))


@blueprint.get("/vandaag")
@allow(Permission.SEE_TODAY)
def show() -> str:
    """A section for each thing this person may do, and nothing about what others do."""
    me, at = scope(), now()
    return render_template(
        "today/show.html",
        me=me,
        at=at,
        hello=_greeting(at.astimezone(HOME).hour),
        Permission=Permission,
        programme=programme.glance(engine(), me, at) if me.can(Permission.KEEP_REGISTER) else None,
        **(_reflections(me, at) if me.can(Permission.REFLECT) else {}),
        checks=cases.recent(engine(), me, at) if me.can(Permission.KEEP_CASES) else [],
        talks=cases.upcoming(engine(), me, at) if me.can(Permission.KEEP_CASES) else [],
        today=local_day(at),
        hints=cases.to_talk_about(engine(), me, at=at) if me.can(Permission.KEEP_CASES) else [],
        most_hints=MOST_HINTS,
        taken_over=cases.taken_over(engine(), me, at=at) if me.can(Permission.KEEP_CASES) else [],
        hours_due=_hours_due(me, at),
        named_forms=evaluation.to_talk_about(engine(), me) if me.can(Permission.SEE_OWN_PLACEMENTS) else [],
        released=evaluation.unseen(engine(), me) if me.can(Permission.SEE_OWN_PLACEMENTS) else [],
        forms=evaluation.FORMS,
        meetings=events.soon(engine(), me, at) if me.can(Permission.TAKE_PART) else [],
        meetings_to_note=events.to_note(engine(), me, at) if me.can(Permission.HOLD_EVENTS) else [],
        **(_agreements(me, at) if me.can(Permission.KEEP_AGREEMENTS) else {}),
        left_behind=cases.left_behind(engine(), me, at=at) if me.can(Permission.PASS_ON_CASES) else [],
        cohorts=_trained(me, at) if me.can(Permission.SEE_COHORTS) else [],
        sharers=len(reflections.sharers(engine(), me, at)) if me.can(Permission.SEE_COHORTS) else 0,
        failed_mails=len(mail.state(engine(), me, at).stuck(at)),
        tick=rhythm.tick(engine(), at) if me.can(Permission.MANAGE_COHORTS) else None,
    )


def _reflections(me: Scope, at: datetime) -> dict[str, Any]:
    """What waits, short or long, what was submitted and can be corrected, and whether more is to come."""
    return {
        "due": reflections.due(engine(), me, at, catalog=catalog()),
        "short": reflections.micro_due(engine(), me, at),
        "submitted": reflections.submitted(engine(), me, at, catalog=catalog()),
        "lookbacks": reflections.lookbacks_due(engine(), me, at, catalog=catalog()),
        "later": reflections.joins_later(engine(), me, at),
    }


def _hours_due(me: Scope, at: datetime) -> list[placements.Due]:
    """The months of own placements of which no hours are written down yet."""
    if not me.can(Permission.SEE_OWN_PLACEMENTS):
        return []
    found = placements.due(engine(), me, local_day(at))
    return [one for one in found if one.placement.person_id == me.person_id]


def _agreements(me: Scope, at: datetime) -> dict[str, Any]:
    """The start agreements to look back on, and those that somebody remarked something about."""
    return {
        "to_look_back": agreements.to_look_back(engine(), me, local_day(at)),
        "remarked": agreements.remarked(engine(), me),
        "most_agreements": MOST_AGREEMENTS,
    }


def _trained(me: Scope, at: datetime) -> list[tuple[cohorts.Cohort, cohorts.OpenRound | None]]:
    """The cohorts of a trainer, each with its open round: how many, never who."""
    return [
        (one, cohorts.open_round(engine(), me, cohort=one, at=at)) for one in cohorts.trained(engine(), me)
    ]


def _greeting(hour: int) -> str:
    if hour < NOON:
        return str(_("Goedemorgen"))
    return str(_("Goedemiddag") if hour < EVENING else _("Goedenavond"))

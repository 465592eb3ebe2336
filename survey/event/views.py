"""The agenda: what comes and what was held, making and changing events, who was there, what people bring."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey.access.permissions import Permission, allow
from survey.access.session import scope
from survey.clock import now, school_year
from survey.database.request import engine
from survey.event import actions, reports, words
from survey.event.forms import EventForm, as_filled, known
from survey.event.reports import Cohort, Event
from survey.web import once

blueprint = Blueprint("event", __name__, url_prefix="/agenda")


@blueprint.get("")
@allow(Permission.TAKE_PART)
def index() -> str:
    """What comes, the next one first; what a trainer still has to note; what was held, folded."""
    me, at = scope(), now()
    to_note = reports.to_note(engine(), me, at)
    by_year: dict[str, list[Event]] = defaultdict(list)
    for one in reports.held(engine(), me, at):
        by_year[school_year(one.day)].append(one)
    return render_template(
        "event/index.html",
        to_note=to_note,
        coming=[one for one in reports.upcoming(engine(), me, at) if one not in to_note],
        by_year=by_year,
        attended=reports.attended(engine(), me, at),
        own=reports.own_attendance(engine(), me),
        trains=bool(reports.trained(engine(), me)),
        words=words,
        at=at,
    )


@blueprint.get("/nieuw")
@allow(Permission.HOLD_EVENTS)
def new() -> ResponseReturnValue:
    """The form of a new event; the address may name cohorts, themes and the kind to begin with."""
    cohorts = reports.trained(engine(), scope())
    themes = words.offered(cohorts)
    asked = request.args
    filled = {
        "cohorts": known(asked.getlist("cohort"), [one.id for one in cohorts]),
        "themes": known(asked.getlist("thema"), [one.key for one in themes]),
        "kind": asked.get("soort"),
    }
    return _form_page(EventForm(cohorts, themes, formdata=None, **filled), cohorts)


@blueprint.post("/nieuw")
@allow(Permission.HOLD_EVENTS)
def add() -> ResponseReturnValue:
    """Make an event; with a mistake, everything typed stays."""
    cohorts = reports.trained(engine(), scope())
    form = EventForm(cohorts, words.offered(cohorts))
    if not form.validate():
        return _form_page(form, cohorts), 422
    key = actions.add_event(engine(), **form.told, by=scope(), at=now(), key=once.form_id())
    return redirect(url_for(".show", event_id=key), 303)


@blueprint.get("/<event_id>")
@allow(Permission.TAKE_PART)
def show(event_id: str) -> ResponseReturnValue:
    """One event: when and where, and what this person can do with it."""
    return _event_page(_event_or_404(event_id))


@blueprint.get("/<event_id>/wijzigen")
@allow(Permission.HOLD_EVENTS)
def edit(event_id: str) -> ResponseReturnValue:
    """The form of an event as it is."""
    event = _trained_or_404(event_id)
    if event.cancelled_at:
        return _to(event)
    cohorts = reports.trained(engine(), scope())
    form = EventForm(cohorts, words.offered(cohorts), formdata=None, **as_filled(event))
    return _form_page(form, cohorts, event)


@blueprint.post("/<event_id>/wijzigen")
@allow(Permission.HOLD_EVENTS)
def keep(event_id: str) -> ResponseReturnValue:
    """Change an event; what was typed stays where it cannot be stored."""
    event = _trained_or_404(event_id)
    cohorts = reports.trained(engine(), scope())
    form = EventForm(cohorts, words.offered(cohorts))
    if not form.validate():
        return _form_page(form, cohorts, event, request.form.get("shown")), 422
    shown = request.form.get("shown")
    try:
        actions.change(engine(), event_id=event_id, **form.told, by=scope(), at=now(), shown=shown)
    except actions.Changed:
        return _form_page(form, cohorts, event, changed=True), 409
    except (actions.AcrossNow, actions.Brought) as refusal:
        _explain(refusal, form, event)
        return _form_page(form, cohorts, event, shown), 409
    except actions.CalledOff:
        pass  # its page says so
    return _to(event)


@blueprint.post("/<event_id>/afzeggen")
@allow(Permission.HOLD_EVENTS)
def cancel(event_id: str) -> ResponseReturnValue:
    """Call an event off, for the cohorts one trains."""
    event = _taken_apart() or _trained_or_404(event_id)
    try:
        key = actions.cancel(engine(), event_id=event.id, by=scope(), at=now(), key=once.form_id())
    except actions.Noted:
        return _event_page(event, noted=True), 409
    return redirect(url_for(".show", event_id=key), 303)


@blueprint.post("/<event_id>/toch")
@allow(Permission.HOLD_EVENTS)
def resume(event_id: str) -> ResponseReturnValue:
    """Let an event go on that was called off, for the cohorts one trains."""
    event = _taken_apart() or _trained_or_404(event_id)
    try:
        key = actions.resume(engine(), event_id=event.id, by=scope(), at=now(), key=once.form_id())
    except actions.Begun:
        return _event_page(event, begun=True), 409
    return redirect(url_for(".show", event_id=key), 303)


@blueprint.get("/<event_id>/wie")
@allow(Permission.HOLD_EVENTS)
def who(event_id: str) -> ResponseReturnValue:
    """Who was there: everybody, until someone is unticked."""
    event = _trained_or_404(event_id)
    if event.cancelled_at or not event.has_begun(now()):
        return _to(event)
    return _who_page(event)


@blueprint.post("/<event_id>/wie")
@allow(Permission.HOLD_EVENTS)
def note(event_id: str) -> ResponseReturnValue:
    """Note who was there."""
    event = _trained_or_404(event_id)
    told = {name: request.form.getlist(name) for name in ("present", "listed")}
    shown = request.form.get("shown")
    try:
        actions.attend(engine(), event_id=event_id, **told, shown=shown, by=scope(), at=now())
    except actions.Changed:
        return _who_page(event, told["present"]), 409
    except (actions.CalledOff, actions.NotBegun):
        pass  # its page says so
    return _to(event)


@blueprint.post("/<event_id>/meenemen")
@allow(Permission.TAKE_PART)
def bring(event_id: str) -> ResponseReturnValue:
    """Choose which of one's own focus items to bring to an intervision."""
    event = _event_or_404(event_id)
    chosen = request.form.getlist("item")
    if set(chosen) - set(reports.own_focus(engine(), scope(), event, at=now())):
        return _event_page(event, stale=True), 409
    try:
        actions.bring(engine(), event_id=event_id, items=chosen, by=scope(), at=now())
    except actions.NotYours:
        return _to(event)
    return redirect(url_for(".show", event_id=event_id, _anchor="bring"), 303)


def _who_page(event: Event, typed: Collection[str] | None = None) -> str:
    """Who was there; with whom somebody ticked where another trainer noted something meanwhile."""
    guests = reports.roll(engine(), scope(), event.id)
    noted = any(guest.state for guest in guests)
    there = {guest.id: guest.name for guest in guests if guest.state == actions.PRESENT}
    everyone = [guest.id for guest in guests]
    by_cohort: dict[str, list[reports.Guest]] = defaultdict(list)
    for guest in guests:
        by_cohort[guest.cohort].append(guest)
    return render_template(
        "event/who.html",
        event=event,
        by_cohort=by_cohort,
        noted=noted,
        there=there.values(),
        ticked=(there if noted else everyone) if typed is None else typed,
        meanwhile=typed is not None,
        shown=reports.mark_of_roll({guest.id: guest.state for guest in guests}),
        words=words,
    )


def _event_or_404(event_id: str) -> Event:
    return reports.event(engine(), scope(), event_id) or abort(404)


def _taken_apart() -> Event | None:
    """What this very form took apart before, when it is sent twice: the first event is not for them now."""
    return reports.event(engine(), scope(), once.form_id())


def _trained_or_404(event_id: str) -> Event:
    event = _event_or_404(event_id)
    return event if event.trains else abort(404)


def _to(event: Event) -> ResponseReturnValue:
    return redirect(url_for(".show", event_id=event.id), 303)


def _form_page(
    form: EventForm,
    cohorts: tuple[Cohort, ...],
    event: Event | None = None,
    shown: str | None = None,
    *,
    changed: bool = False,
) -> str:
    """The form, with what was seen when it was opened."""
    blocks: dict[str, list[Any]] = defaultdict(list)
    block_of = {one.key: one.block for one in words.offered(cohorts)}
    for option in form.themes:
        blocks[block_of[option.data]].append(option)
    return render_template(
        "event/form.html",
        form=form,
        blocks=blocks,
        cohorts=cohorts,
        event=event,
        shown=shown or (event.fingerprint if event else ""),
        changed=event if changed else None,
        words=words,
    )


def _explain(refusal: Exception, form: EventForm, event: Event) -> None:
    """Say at the field why a change was refused."""
    if isinstance(refusal, actions.Brought):
        said = _(
            "Coaches nemen al iets mee voor de coaches die er nu bij horen. Maak een nieuwe bijeenkomst."
        )
        form.cohorts.errors = [said]
    elif event.has_begun(now()):
        form.day.errors = [_("Deze bijeenkomst is al begonnen of geweest. Kies een moment dat geweest is.")]
    else:
        form.day.errors = [_("Dit moment is al geweest. Kies een later moment.")]


def _event_page(event: Event, **said: bool) -> str:
    me, at = scope(), now()
    return render_template(
        "event/show.html",
        event=event,
        others=sorted(
            {one.name for one in event.cohorts} - {one.name for one in reports.trained(engine(), me)}
        ),
        attended=reports.attended(engine(), me, at).get(event.id),
        own=reports.own_attendance(engine(), me).get(event.id),
        at=at,
        words=words,
        **_intervision(event),
        **said,
    )


def _intervision(event: Event) -> Mapping[str, Any]:
    """What someone can bring, and what people bring: until the intervision is over."""
    if not event.is_intervision or event.cancelled_at or event.is_over(now()):
        return {}
    me, at = scope(), now()
    subjects = reports.agenda(engine(), me, event, at=at)
    focus = reports.own_focus(engine(), me, event, at=at) if event.joins else {}
    return {"to_come": True, "focus": focus, "subjects": subjects}

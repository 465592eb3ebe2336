"""Acts on windows of the evaluation: planning one, laying its tree, opening it, counting what came in."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from survey.access import audit
from survey.clock import days_of_school_year, local_day, stamp
from survey.current import catalog
from survey.database import Engine, Row, new_key
from survey.evaluation import ballot, counting, sealing, store, tree
from survey.evaluation.groups import FORMS
from survey.evaluation.invitation import actions as invitations
from survey.evaluation.sealing import WrongKey
from survey.evaluation.windows import LONGEST, State, Window

PROGRAMME = "Programma"


class NoSuchWindow(LookupError):
    """There is no window with this id."""


class WrongDays(ValueError):
    """A window cannot have these days; `reason` is past, order, long or overlap."""

    def __init__(self, reason: str, other: Window | None = None) -> None:
        super().__init__(reason)
        self.reason, self.other = reason, other


class Changed(Exception):
    """Somebody else gave the window other days since they were shown; nothing was stored."""


class TooLate(Exception):
    """The window was opened or closed meanwhile; nothing was stored."""


class NoSuchCoach(LookupError):
    """The tree of this window has no such coach."""


def plan(
    engine: Engine, *, school_year: str, opens_at: datetime, closes_at: datetime, by: str | None, at: datetime
) -> str:
    """A new window with its tree; opened at once where its time has come. Raises WrongDays."""
    days_of_school_year(school_year)
    key = new_key()
    with engine.atomic():
        _check_days(engine, opens_at, closes_at, at=at)
        row = {"school_year": school_year, "opens_at": stamp(opens_at), "closes_at": stamp(closes_at)}
        store.insert_window(engine, {"id": key, **row, "made_by": by, "made_at": stamp(at)})
        audit.note(engine, act="evaluation-planned", by=by, at=at, object=key)
        _lay(engine, find(engine, key), MappingProxyType({}))
        if opens_at <= at:
            open_window(engine, window_id=key, at=at)
    return key


def change_days(
    engine: Engine,
    *,
    window_id: str,
    opens_at: datetime,
    closes_at: datetime,
    by: str,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Other days; of one that is open only the last day. `seen` is the mark of the days as they were shown.

    Raises Changed, WrongDays, and TooLate once it closed.
    """
    with engine.atomic():
        window = find(engine, window_id)
        if seen is not None and seen != window.fingerprint:
            raise Changed
        state = window.state(at)
        if state in {State.CLOSED, State.COUNTED} or (state is State.OPEN and opens_at != window.opens_at):
            raise TooLate
        _check_days(engine, opens_at, closes_at, at=at, window=window)
        store.change_dates(engine, window_id=window_id, opens_at=stamp(opens_at), closes_at=stamp(closes_at))
        audit.note(engine, act="evaluation-days-changed", by=by, at=at, object=window_id)
        if state is State.PLANNED and opens_at <= at:
            open_window(engine, window_id=window_id, at=at)


def remove(engine: Engine, *, window_id: str, by: str, at: datetime) -> None:
    """Delete a window that was never opened. Raises TooLate."""
    with engine.atomic():
        find(engine, window_id)
        if not store.delete_unopened(engine, window_id):
            raise TooLate
        audit.note(engine, act="evaluation-removed", by=by, at=at, object=window_id)
        engine.wipe()


def lay(engine: Engine, *, window_id: str, by: str, at: datetime) -> None:
    """Lay the tree down anew from the register; clusters chosen before are forgotten. Raises TooLate."""
    with engine.atomic():
        _lay(engine, _unopened(engine, window_id, at), MappingProxyType({}))
        audit.note(engine, act="evaluation-tree-laid", by=by, at=at, object=window_id)


def move_coach(
    engine: Engine, *, window_id: str, person_id: str, cluster: str, by: str, at: datetime
) -> None:
    """Put a coach in another cluster, new or known, before opening. Raises TooLate and NoSuchCoach."""
    with engine.atomic():
        window = _unopened(engine, window_id, at)
        kept = _clusters(store.nodes(engine, window_id))
        if person_id not in kept:
            raise NoSuchCoach(person_id)
        _lay(engine, window, {**kept, person_id: " ".join(cluster.split())})
        audit.note(engine, act="evaluation-coach-moved", by=by, at=at, object=person_id)


def open_window(engine: Engine, *, window_id: str, at: datetime) -> bool:
    """Freeze tree and forms and ask everybody; False where that was done, or its time has not come."""
    with engine.atomic():
        window = find(engine, window_id)
        if window.state(at) is not State.PLANNED or not window.opens_at <= at < window.closes_at:
            return False
        _lay(engine, window, _clusters(store.nodes(engine, window_id)))
        store.mark_opened(engine, window_id=window_id, at=stamp(at), seal=sealing.proof(window_id))
        versions = {form: catalog().versions(form)[-1] for form in FORMS}
        store.insert_forms(
            engine, [{"window_id": window_id, "form": form, "version": one} for form, one in versions.items()]
        )
        audit.note(engine, act="evaluation-opened", by=None, at=at, object=window_id)
        invitations.announce(engine, find(engine, window_id), at=at)
    return True


def count(engine: Engine, *, window_id: str, at: datetime) -> bool:
    """Open every ballot of a closed window and write what they hold, shuffled, in one act.

    False where it still runs or was counted before. Raises WrongKey while the secret of this installation is
    not the one the window was opened with: nothing is lost by that.
    """
    with engine.atomic():
        window = find(engine, window_id)
        if not store.mark_counted(engine, window_id=window_id, at=stamp(at)):
            return False
        if not sealing.fits(window_id, window.seal):
            raise WrongKey
        ballots = [ballot.unpacked(sealing.unseal(window_id, one)) for one in store.sealed(engine, window_id)]
        versions = store.versions(engine, window_id)
        rows = counting.count(
            ballots,
            window_id=window_id,
            item_version=lambda form, item: catalog().item_version(form, versions[form], item),
        )
        store.insert_counted(engine, rows.ballots, rows.answers, rows.lines)
        store.delete_sealed(engine, window_id)
        invitations.forget(engine, window_id=window_id)
        audit.note(engine, act="evaluation-counted", by=None, at=at, object=window_id)
        engine.wipe()
    return True


def due(engine: Engine, at: datetime) -> list[tuple[str, Window]]:
    """What a tick has to do with which window: open, close (that is: count), tell (that is: remind)."""
    found = [("open", Window.of(row)) for row in store.to_open(engine, at=stamp(at))]
    found += [("close", Window.of(row)) for row in store.to_count(engine, at=stamp(at))]
    everyone = [Window.of(row) for row in store.windows(engine)]
    return found + [("tell", one) for one in everyone if invitations.is_anyone_to_remind(engine, one, at=at)]


def do(engine: Engine, act: str, *, window_id: str, at: datetime) -> bool:
    """Do one of these things, unless another tick did it meanwhile or the key is not the same."""
    if act == "open":
        return open_window(engine, window_id=window_id, at=at)
    if act == "tell":
        return invitations.remind(engine, window_id=window_id, at=at) > 0
    try:
        return count(engine, window_id=window_id, at=at)
    except WrongKey:  # the page of the window says so to the lead
        return False


def find(engine: Engine, window_id: str) -> Window:
    """A window as it is now, inside the act; raises NoSuchWindow."""
    row = store.window(engine, window_id)
    if row is None:
        raise NoSuchWindow(window_id)
    return Window.of(row)


def _unopened(engine: Engine, window_id: str, at: datetime) -> Window:
    window = find(engine, window_id)
    if window.state(at) is not State.PLANNED:
        raise TooLate
    return window


def _check_days(
    engine: Engine, opens_at: datetime, closes_at: datetime, *, at: datetime, window: Window | None = None
) -> None:
    is_new = window is None or window.opened_at is None
    if (is_new and local_day(opens_at) < local_day(at)) or closes_at <= at:
        raise WrongDays("past")
    if closes_at <= opens_at:
        raise WrongDays("order")
    if closes_at - opens_at > LONGEST:
        raise WrongDays("long")
    besides = window.id if window else None
    other = store.overlapping(engine, opens_at=stamp(opens_at), closes_at=stamp(closes_at), besides=besides)
    if other:
        raise WrongDays("overlap", Window.of(other))


def _lay(engine: Engine, window: Window, kept: Mapping[str, str]) -> None:
    leaves = tree.laid(store.places(engine, **window.days), kept)
    top = new_key()
    clusters = {name: new_key() for name in dict.fromkeys(leaf.cluster for leaf in leaves)}
    rows = [_node(window, top, None, "programme", PROGRAMME)]
    rows += [_node(window, key, top, "cluster", name) for name, key in clusters.items()]
    rows += [
        _node(window, new_key(), clusters[leaf.cluster], "coach", leaf.name, leaf.person_id)
        for leaf in leaves
    ]
    store.replace_nodes(engine, window.id, rows)


def _node(
    window: Window, key: str, parent: str | None, level: str, label: str, person_id: str | None = None
) -> Row:
    return {
        "id": key,
        "window_id": window.id,
        "parent_id": parent,
        "level": level,
        "label": label,
        "person_id": person_id,
    }


def _clusters(nodes: list[Row]) -> dict[str, str]:
    """The cluster each coach stands in, by label."""
    labels = {node["id"]: node["label"] for node in nodes}
    return {node["person_id"]: labels[node["parent_id"]] for node in nodes if node["level"] == "coach"}

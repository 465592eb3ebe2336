"""A register held against the one there is: what is new, what changes, what stays and what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask_babel import gettext as _

from survey.fingerprint import fingerprint
from survey.placement import cells
from survey.placement.actions import details_of
from survey.placement.cells import Around
from survey.placement.checks import Details, Misfit, SecondPlace, refuse_misfit
from survey.placement.places import Placement
from survey.placement.sheet import COLUMNS, WORKED_OUT
from survey.placement.words import FIELDS, told
from survey.sheets.columns import Head, head_of
from survey.sheets.reading import Line, Unreadable

NEEDED = ("school", "starts_on")


class Difference(NamedTuple):
    """A field of a placement that gets another value, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One line: what was typed, what is wrong, and what it makes of which placement."""

    number: int
    typed: Mapping[str, str]
    problems: tuple[str, ...] = ()
    before: Placement | None = None
    after: Details | None = None
    differences: tuple[Difference, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """new, changed, same or wrong"""
        if self.problems:
            return "wrong"
        return "new" if self.before is None else "changed" if self.differences else "same"


@dataclass(frozen=True, slots=True)
class Preview:
    """All lines of a file, and the columns nobody reads."""

    lines: tuple[Checked, ...]
    unread: tuple[str, ...] = ()

    def of(self, kind: str) -> list[Checked]:
        """The lines of one kind."""
        return [line for line in self.lines if line.kind == kind]

    @property
    def to_write(self) -> list[Checked]:
        """The lines that change something."""
        return [line for line in self.lines if line.kind in {"new", "changed"}]

    @property
    def is_fine(self) -> bool:
        return not any(line.problems for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """The mark of what the file does: another one when a placement changed meanwhile."""
        return fingerprint(*([*one.typed.values(), one.kind, *one.differences] for one in self.lines))


def ids(lines: Sequence[Line]) -> list[str]:
    """The placements that a file names by id; raises Unreadable where the columns cannot be told."""
    at = head_of(lines, {**COLUMNS, **WORKED_OUT}).at.get("id")
    return [] if at is None else [line.cells[at] for line in lines[1:] if len(line.cells) > at]


def check(
    lines: Sequence[Line], known: Mapping[str, Placement], around: Around, names: Mapping[str, str]
) -> Preview:
    """Read a register; `known` holds placements by id, `names` those of people and schools.

    Raises Unreadable where the columns cannot be told.
    """
    head = head_of(lines, {**COLUMNS, **WORKED_OUT})
    missing = [str(COLUMNS[key].label) for key in NEEDED if key not in head.at]
    if missing and "id" not in head.at:
        raise Unreadable(
            _("Op de eerste regel missen we deze kolommen: %(names)s.", names=", ".join(missing))
        )
    if len(lines) < 2:
        raise Unreadable(_("Onder de namen van de kolommen staat nog niets."))
    found = [_checked(line, head, known, around, names) for line in lines[1:]]
    return Preview(tuple(_twice(found)), head.unread)


def with_clashes(
    preview: Preview, outcome: Mapping[int, Exception], say: Callable[[Exception], str]
) -> Preview:
    """The preview with what trying it came to, by place among the lines to write.

    A second place at a school is a remark: the button below confirms it. All else is a problem.
    """
    by_number = {line.number: outcome[at] for at, line in enumerate(preview.to_write) if at in outcome}
    lines = []
    for line in preview.lines:
        refusal = by_number.get(line.number)
        if isinstance(refusal, SecondPlace):
            line = replace(line, remarks=(say(refusal),))
        elif refusal is not None:
            line = replace(line, problems=(say(refusal),))
        lines.append(line)
    return replace(preview, lines=tuple(lines))


def _checked(
    line: Line, head: Head, known: Mapping[str, Placement], around: Around, names: Mapping[str, str]
) -> Checked:
    typed = {key: cell for key, cell in head.typed(line).items() if key in COLUMNS}
    if misfit := head.misfit(line):
        return Checked(line.number, typed, (misfit,))
    key = typed.get("id", "")
    before = known.get(key)
    if key and before is None:
        said = _("Plek %(key)s is er niet. Laat dit vak leeg voor een nieuwe plek.", key=key)
        return Checked(line.number, typed, (said,))
    after, problems = _read(typed, before, around)
    if after is None:
        return Checked(line.number, typed, tuple(problems), before)
    return Checked(line.number, typed, (), before, after, _differences(before, after, names))


def _read(
    typed: Mapping[str, str], before: Placement | None, around: Around
) -> tuple[Details | None, list[str]]:
    """The details a line asks for; a column that the file does not have stays as it was."""
    problems: list[str] = []

    def read(column: str, reader: Callable[..., Any], *told: Any) -> Any:
        try:
            return reader(*told)
        except ValueError as error:
            problems.append(f"{COLUMNS[column].label}: {error}")
            return None

    stands = vars_of(before)
    if before is None or {"school", "code"} & set(typed):
        parts = (typed.get("school", ""), typed.get("place", ""), typed.get("code", ""))
        at = read("school", cells.school, *parts, around)
        stands["school_id"] = at.id if at else ""
    if before is None or {"coach", "email"} & set(typed):
        stands["person_id"] = read(
            "coach", cells.coach, typed.get("coach", ""), typed.get("email", ""), around
        )
    for column, reader in READERS.items():
        if column in typed and (typed[column] or column != "status"):
            stands[column] = read(column, reader, typed[column])
    for column in ("starts_on", "ends_on", "click_on"):
        if column in typed:
            stands[column] = read(column, cells.day, typed[column], around)
    if not stands.get("starts_on") and not problems:
        problems.append(_("De eerste dag ontbreekt."))
    if problems:
        return None, problems
    details = Details(**{"status": "active" if stands.get("person_id") else "wanted", **stands})
    try:
        refuse_misfit(details)
    except Misfit:
        return None, [misfit_words()]
    return details, []


READERS: Mapping[str, Callable[[str], Any]] = {
    "status": cells.status,
    "employer": cells.employer,
    "hours_agreed": cells.hours,
    "agreed_because": cells.because,
    "agreed_note": cells.text,
    "hours_needed": cells.hours,
    "needed_because": cells.because,
    "needed_note": cells.text,
}


def misfit_words() -> str:
    """That the status, the coach and the days of a line do not go together."""
    return str(
        _(
            "Stand, coach en dagen passen niet bij elkaar. Bij “loopt” hoort een coach, bij “vacant” en "
            "“gezocht” niemand, bij “gestopt” een laatste dag. Een plek loopt binnen één schooljaar."
        )
    )


def vars_of(before: Placement | None) -> dict[str, Any]:
    """What stands of a placement, by field; nothing for a new one."""
    if before is None:
        return {}
    details = details_of(before)
    return {name: getattr(details, name) for name in Details.__dataclass_fields__}


def _differences(
    before: Placement | None, after: Details, names: Mapping[str, str]
) -> tuple[Difference, ...]:
    stood = vars_of(before)
    return tuple(
        Difference(
            str(FIELDS[name]), told(name, _plain(stood[name]), names), told(name, _plain(value), names)
        )
        for name, value in vars_of_details(after).items()
        if before is not None and stood[name] != value
    )


def vars_of_details(details: Details) -> dict[str, Any]:
    """Details by field."""
    return {name: getattr(details, name) for name in Details.__dataclass_fields__}


def _plain(value: object) -> str | None:
    return None if value is None or value == "" else str(value)


def _twice(lines: Sequence[Checked]) -> list[Checked]:
    """The lines, with a problem more where a placement stood on an earlier line."""
    first: dict[str, int] = {}
    found = []
    for line in lines:
        key = line.typed.get("id", "")
        earlier = first.setdefault(key, line.number)
        if key and earlier != line.number:
            said = _("Deze plek staat ook op regel %(n)s.", n=earlier)
            line = replace(line, problems=(*line.problems, said))
        found.append(line)
    return found

"""A register held against the one there is: what is new, what changes, what stays and what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from msgspec.structs import replace

from survey.placement import cells
from survey.placement.cells import Around
from survey.placement.checks import Details, Misfit, SecondPlace, noted, refuse_misfit
from survey.placement.places import Placement
from survey.placement.sheet import COLUMNS, WORKED_OUT
from survey.placement.words import FIELDS, told
from survey.sheets import preview as previews
from survey.sheets.columns import Head, head_of
from survey.sheets.preview import Change, each_once
from survey.sheets.reading import Line, Unreadable

Checked = previews.Checked[Placement, Details]
Preview = previews.Preview[Placement, Details]
NEEDED = ("school", "starts_on")


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
    return Preview(each_once(found, lambda line: line.typed.get("id", ""), _said_before), head.unread)


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
    return Checked(line.number, typed, (), before, after, _changes(before, after, names))


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

    stands = noted(before) if before else {}
    if before is None or {"school", "code"} & set(typed):
        parts = (typed.get("school", ""), typed.get("place", ""), typed.get("code", ""))
        at = read("school", cells.school, *parts, around, stands.get("school_id"))
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


def _changes(before: Placement | None, after: Details, names: Mapping[str, str]) -> tuple[Change, ...]:
    if before is None:
        return ()
    stood = noted(before)
    return tuple(
        Change(str(FIELDS[name]), _shown(name, stood[name], names), _shown(name, value, names))
        for name, value in noted(after).items()
        if stood[name] != value
    )


def _shown(name: str, value: object, names: Mapping[str, str]) -> str:
    return "" if value in {None, ""} else told(name, str(value), names)


def _said_before(number: int) -> str:
    return str(_("Deze plek staat ook op regel %(n)s.", n=number))

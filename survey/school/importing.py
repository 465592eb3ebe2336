"""A list held against the schools there are: what is new, what changes, what stays and what is wrong."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from msgspec.structs import replace

from survey.school import cells
from survey.school.lists import COLUMNS, Table, read
from survey.school.reports import Count, School
from survey.sheets import preview as previews
from survey.sheets.columns import Head
from survey.sheets.preview import Change
from survey.sheets.reading import Line

Checked = previews.Checked[School, School]
Preview = previews.Preview[School, School]
Watch = Callable[[Sequence[Line]], Iterable[Line]]
DETAILS = ("name", "place", "brin", "branch", "board", "municipality", "street", "postcode", "programmes")
COUNTED = ("pupils", "weighting")
NUMBERED = re.compile(r"(bestuur \S+)?")  # a board of which no name is known


def municipalities(preview: Preview) -> dict[str, int]:
    """How many new schools there are in each municipality, by name."""
    return dict(sorted(Counter(one.after.municipality for one in preview.of("new") if one.after).items()))


def check(table: Table, known: Iterable[School], school_year: str, watch: Watch = iter) -> Preview:
    """Hold each line against the schools there are; pupils without a year are of `school_year`."""
    schools = _Schools(known)
    lines = (_checked(line, table.head, schools, school_year) for line in watch(table.lines))
    return Preview(tuple(_twice(lines)), table.head.unread)


class _Schools:
    """The schools there are, by what tells them apart."""

    def __init__(self, known: Iterable[School]) -> None:
        self._by_code: dict[str, School] = {}
        self._by_name: dict[tuple[str, str], list[School]] = defaultdict(list)
        for school in known:
            if school.code:
                self._by_code[school.code] = school
            self._by_name[_named(school.name, school.place)].append(school)

    def find(self, told: Mapping[str, Any]) -> School | None:
        """The school a line is about, if it is there; raises ValueError when that is not to be told."""
        code = f"{told['brin']}{told['branch']}" if told["brin"] else ""
        if code in self._by_code:
            return self._by_code[code]
        namesakes = self._by_name.get(_named(told.get("name", ""), told.get("place", "")), [])
        namesakes = [one for one in namesakes if not (code and one.code)]  # another number is another school
        if len(namesakes) > 1:
            raise ValueError(
                _(
                    "Er zijn %(n)s scholen met deze naam in deze plaats. Zet het BRIN-nummer erbij.",
                    n=len(namesakes),
                )
            )
        return namesakes[0] if namesakes else None


def _named(name: str, place: str) -> tuple[str, str]:
    return name.casefold(), place.casefold()


def _checked(line: Line, head: Head, schools: _Schools, school_year: str) -> Checked:
    typed, misfit = head.typed(line), head.misfit(line)
    told, problems = read(typed)
    problems = [misfit] if misfit else problems
    if problems:
        return Checked(line.number, typed, tuple(problems))
    try:
        before = schools.find(told)
    except ValueError as error:
        return Checked(line.number, typed, (str(error),))
    if before is None and (missing := [key for key in ("name", "place") if key not in told]):
        columns = _(" en ").join(str(COLUMNS[key].label) for key in missing)
        said = _("Deze school kennen we nog niet. Dan is ook nodig: %(columns)s.", columns=columns)
        return Checked(line.number, typed, (said,))
    after = _after(before, told, school_year)
    return Checked(line.number, typed, (), before, after, tuple(_changes(before, after)) if before else ())


def _after(before: School | None, told: Mapping[str, Any], school_year: str) -> School:
    """The school as the line wants it; what the line does not say stays."""
    stands = before or School("", "", "", None, cells.WHOLE_SCHOOL, "", "", "", "", False, None)
    details = {key: told[key] for key in DETAILS if told.get(key)}
    if not told["brin"]:
        details.pop("branch")
    if "board_number" in told and "board" not in details and NUMBERED.fullmatch(stands.board):
        details["board"] = f"bestuur {told['board_number']}"
    counts, counted = stands.counts, {key: told[key] for key in COUNTED if key in told}
    if counted:
        year = told.get("school_year", school_year)
        new = (stands.count(year) or Count(year, None, None))._replace(**counted)
        counts = (new, *(one for one in counts if one.school_year != year))
    return replace(stands, counts=counts, **details)


def _changes(before: School, after: School) -> Iterator[Change]:
    for key in DETAILS:
        was, is_now = getattr(before, key), getattr(after, key)
        if was != is_now:
            yield Change(str(COLUMNS[key].label), _shown(was), _shown(is_now))
    for count in after.counts:
        stood = before.count(count.school_year) or Count(count.school_year, None, None)
        for key in COUNTED:
            was, is_now = getattr(stood, key), getattr(count, key)
            if was != is_now:
                yield Change(f"{COLUMNS[key].label} {count.school_year}", _shown(was), _shown(is_now))


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _twice(lines: Iterable[Checked]) -> Iterator[Checked]:
    """The lines, with a problem where an earlier line was about the same school."""
    first: dict[object, int] = {}
    for line in lines:
        school = line.after
        if school is None:
            yield line
            continue
        about = {school.code or _named(school.name, school.place), school.id} - {""}
        earlier = min((first[key] for key in about if key in first), default=None)
        for key in about:
            first.setdefault(key, line.number)
        if earlier is not None:
            line = replace(line, problems=(_said_twice(school, earlier, line),), after=None)
        yield line


def _said_twice(school: School, earlier: int, line: Checked) -> str:
    before, lines = line.before, {"earlier": earlier, "later": line.number}
    if before and school.code and not before.code:
        return str(
            _(
                "Regel %(earlier)s en regel %(later)s passen allebei bij %(name)s, %(place)s, die nog geen "
                "BRIN-nummer heeft. Geef die school eerst haar nummer, op haar eigen pagina.",
                name=before.name,
                place=before.place,
                **lines,
            )
        )
    what = school.code or f"{school.name}, {school.place}"
    said = _(
        "%(what)s staat op regel %(earlier)s en op regel %(later)s. Laat er één staan.", what=what, **lines
    )
    return str(said)

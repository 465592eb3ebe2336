"""What is typed in a part of an agreement or when looking back: read, checked, and kept to show again."""

from datetime import date

from flask_babel import gettext as _
from msgspec import Struct, field
from werkzeug.datastructures import MultiDict
from wtforms import Form

from survey.current import catalog
from survey.start_agreement import words
from survey.start_agreement.actions import LookedBack, Said
from survey.start_agreement.agreement import CATEGORIES, HALFWAY, REVIEW, Agreement, line_of
from survey.start_agreement.parts import LONGEST_LINE, LONGEST_YIELD, MOST_YIELDS, Content, Part, Wanted
from survey.web.fields import WrittenDayField, one_line

EARLIEST, YEARS_AHEAD = 2015, 2
LEAST_ROWS = 3
Posted = MultiDict[str, str]


class Filled(Struct):
    """A part as it is in the form: everything as text, with what is wrong by the id of its control."""

    days: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    rows: list[Wanted] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    content: Content = field(default_factory=Content)

    @property
    def shown_rows(self) -> list[Wanted]:
        """The yields with room for more."""
        wanted = min(max(LEAST_ROWS, len(self.rows) + 1), MOST_YIELDS)
        return [*self.rows, *[Wanted("", "", "")] * (wanted - len(self.rows))]


def standing(content: Content) -> Filled:
    """A part as it stands, to begin with."""
    days = {name: day.isoformat() if day else "" for name, day in content.days.items()}
    return Filled(days, dict(content.chosen), dict(content.lines), list(content.yields))


def read(part: Part, posted: Posted, *, today: date) -> Filled:
    """A part as somebody sent it; without errors its `content` can be stored."""
    filled = Filled()
    filled.days = {name: posted.get(name, "").strip() for name in part.days}
    filled.chosen = {kind: frozenset(posted.getlist(kind)) for kind in part.kinds}
    filled.lines = {prompt: several(posted.get(prompt, "")) for prompt in prompts(part)}
    filled.rows = _rows(posted) if part.has_yields else []
    days = {name: _day(filled.errors, name, text, today) for name, text in filled.days.items()}
    _to_come(filled.errors, "review_on", days.get("review_on"), today)
    for prompt, said in filled.lines.items():
        _short(filled.errors, prompt, said, LONGEST_LINE)
    for number, row in enumerate(filled.rows):
        _check_row(filled.errors, number, row)
    lines = {prompt: said for prompt, said in filled.lines.items() if said}
    filled.content = Content(days, filled.chosen, lines, tuple(filled.rows))
    return filled


def prompts(part: Part) -> tuple[str, ...]:
    """The questions with room for words in a part."""
    listed = catalog().choices(part.listed) if part.listed else ()
    return (*part.prompts, *(line_of(part.listed, one.key) for one in listed))


def read_review(
    agreement: Agreement, moment: str, posted: Posted, *, today: date
) -> tuple[LookedBack | None, dict[str, str]]:
    """What was said when people looked back, and what is wrong by control; None with a mistake."""
    errors: dict[str, str] = {}
    said = {
        one.id: Said(posted.get(f"word-{one.id}", ""), one_line(posted.get(f"note-{one.id}", "")))
        for one in agreement.yields
    }
    for key, each in said.items():
        if each.word not in words.REVIEWS:
            errors[f"word-{key}"] = _("Kies een van de antwoorden.")
        _short(errors, f"note-{key}", each.note, LONGEST_YIELD)
    lines = {one.key: several(posted.get(one.key, "")) for one in catalog().choices(REVIEW)}
    for key, line in lines.items():
        _short(errors, key, line, LONGEST_LINE)
    on = _day(errors, "on", posted.get("on", ""), today)
    if on is None and "on" not in errors:
        errors["on"] = _("Kies de dag waarop u terugkeek.")
    elif on and on > today:
        errors["on"] = _("Deze dag moet nog komen.")
    again = _day(errors, "again_on", posted.get("again_on", ""), today) if moment == HALFWAY else None
    if moment == HALFWAY and again is None and "again_on" not in errors:
        errors["again_on"] = _("Kies de dag waarop u weer terugkijkt.")
    _to_come(errors, "again_on", again, today)
    if errors or on is None:
        return None, errors
    return LookedBack(on, said, lines, again), {}


def several(text: str) -> str:
    """Words as they can be stored: on lines of their own where they were typed so, without other signs."""
    lines = [one_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(line for line in lines if line)


def _rows(posted: Posted) -> list[Wanted]:
    rows = [
        Wanted(
            posted.get(f"category-{number}", ""),
            one_line(posted.get(f"wanted-{number}", "")),
            one_line(posted.get(f"noticed_by-{number}", "")),
        )
        for number in range(MOST_YIELDS)
    ]
    return [row for row in rows if any(row)]


def _check_row(errors: dict[str, str], number: int, row: Wanted) -> None:
    if row.category not in {one.key for one in catalog().choices(CATEGORIES)}:
        errors[f"category-{number}"] = _("Kies waar het over gaat.")
    if not row.wanted:
        errors[f"wanted-{number}"] = _("Schrijf op wat u wilt bereiken, of maak de hele regel leeg.")
    _short(errors, f"wanted-{number}", row.wanted, LONGEST_YIELD)
    _short(errors, f"noticed_by-{number}", row.noticed_by, LONGEST_YIELD)


def _short(errors: dict[str, str], control: str, text: str, longest: int) -> None:
    if len(text) > longest:
        errors[control] = _("Maak dit korter: %(n)s tekens, hooguit %(most)s.", n=len(text), most=longest)


def _day(errors: dict[str, str], control: str, text: str, today: date) -> date | None:
    asked = WrittenDayField("").bind(Form(), control)
    try:
        asked.process_formdata([text])
    except ValueError as error:
        errors[control] = str(error)
        return None
    found: date | None = asked.data
    if found and not EARLIEST <= found.year <= today.year + YEARS_AHEAD:
        errors[control] = _("Deze dag is ver weg. Kijk het jaartal na.")
    return found


def _to_come(errors: dict[str, str], control: str, day: date | None, today: date) -> None:
    if day and day < today:
        errors.setdefault(control, _("Deze dag is al voorbij. Kies vandaag of later."))

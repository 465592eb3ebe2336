"""Own data as tables, in words: what the house keeps about the person who asks."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from survey.access.permissions import Role, Scope
from survey.database import Engine, Row
from survey.export import store, told
from survey.export.words import Words, day, minute
from survey.people.reports import EXPERIENCE, STATUS
from survey.reflection.reports import Emphasis
from survey.sheets.tables import Cell, Table, plain
from survey.web.language import LANGUAGES

Line = Sequence[Cell]

KIND: Final = {"role": lazy_gettext("rol"), "task": lazy_gettext("taak")}
NOTICE: Final = {
    "round_open": lazy_gettext("een ronde is open"),
    "round_reminder": lazy_gettext("een ronde sluit bijna"),
    "micro_open": lazy_gettext("een korte ronde is open"),
    "event_invite": lazy_gettext("een bijeenkomst komt eraan"),
    "event_soon": lazy_gettext("een bijeenkomst is over twee dagen"),
    "event_changed": lazy_gettext("een bijeenkomst veranderde"),
    "review_due": lazy_gettext("de dag om terug te kijken op een startafspraak"),
    "released": lazy_gettext("uitkomsten van de jaarevaluatie"),
}
PRESENT: Final = {"present": lazy_gettext("ja"), "absent": lazy_gettext("nee")}


def tables(engine: Engine, scope: Scope, words: Words) -> list[Table]:
    """Everything about this person, a table for each kind; what there is nothing of has no table."""
    found = Own(engine, scope, words)
    return [table for table in found.tables() if any(True for _row in table.rows())]


class Own:
    """The rows of one person, read once each."""

    def __init__(self, engine: Engine, scope: Scope, words: Words) -> None:
        self._engine, self._scope, self._words = engine, scope, words
        self._reflections = {row["id"]: row for row in self._rows("reflections")}
        self._profiles = [row["profile"] for row in self._rows("cohorts")]

    def tables(self) -> Iterator[Table]:
        """Every kind, also those without rows."""
        yield plain(_("account"), (_("wat"), _("waarde")), list(self._account()))
        yield from self._about_reflections()
        yield from self._about_work()
        yield from self._about_use()

    def _rows(self, what: str) -> list[Row]:
        return store.own(self._engine, what, self._scope)

    def _account(self) -> Iterator[Line]:
        (row,) = self._rows("account")
        yield _("naam"), row["name"]
        yield _("mailadres"), row["email"]
        yield _("taal"), LANGUAGES[row["language"]]
        yield _("status"), str(STATUS[row["status"]])
        yield _("toegevoegd op"), day(row["created_at"])
        for role in self._rows("roles"):
            yield _("rol"), f"{Role(role['role']).label}, {day(role['granted_at'])}"
        yield _("ervaring vooraf"), str(EXPERIENCE.get(row["experience"], ""))
        yield _("onderzoek mag uw reflecties gebruiken sinds"), day(row["research_since"])
        yield _("vertrokken op"), day(row["left_at"])
        yield _("reden van vertrek"), self._words.choice("leave_reason", row["left_because"])
        for choice in self._rows("mail"):
            yield _("geen mails sinds"), day(choice["stopped_at"])
            yield _("geen mails tot"), day(choice["snoozed_until"])
        for feed in self._rows("calendar"):
            yield _("agenda-link gemaakt op"), day(feed["made_at"])

    def _about_reflections(self) -> Iterator[Table]:
        once = _("ronde"), _("versie van uw antwoorden")
        item = _("competentie"), _("zin")
        answer = _("antwoord"), _("niveau")
        head = (*once, _("profiel"), _("vragenlijst"), _("begonnen"), _("ingeleverd"), _("eigen regel"))
        yield plain(_("reflecties"), head, list(map(self._reflection, self._reflections.values())))
        given = (*once, *item, *answer, _("versie van de zin"), _("beantwoord op"))
        yield plain(_("antwoorden"), given, self._each("answers", self._answer))
        yield plain(_("focuspunten"), (*once, *item, _("doel")), self._each("focus", self._focus))
        back = (*once, *item, _("over de ronde van"), *answer, _("beantwoord op"))
        yield plain(_("terugblik"), back, self._each("lookbacks", self._lookback))
        spent = (*once, _("taak"), _("hoeveel tijd"))
        yield plain(_("tijd per taak"), spent, self._each("emphasis", self._emphasis))
        short = [self._short(row) for row in self._rows("short_answers")]
        yield plain(_("korte rondes"), (_("korte ronde"), *item, *answer, _("beantwoord op")), short)

    def _each(self, what: str, made: Callable[[Row, Row], Line]) -> list[Line]:
        """The rows that hang on reflections, in the order of the reflections."""
        place = {key: number for number, key in enumerate(self._reflections)}
        rows = sorted(self._rows(what), key=lambda row: place[row["reflection_id"]])
        return [made(row, self._reflections[row["reflection_id"]]) for row in rows]

    def _reflection(self, row: Row) -> Line:
        profile = self._words.profile(row["form"].removeprefix("reflection-"))
        times = minute(row["started_at"]), minute(row["submitted_at"])
        return (*_once(row), profile, row["version"], *times, row["open_line"] or "")

    def _asked(self, row: Row, held: Row) -> tuple[str, str]:
        return self._words.item(held["form"], _version(row, held), row["item"])

    def _said(self, row: Row, held: Row) -> str:
        version = _version(row, held)
        return self._words.answer(held["form"], version, row["item"], row["value"], row.get("code"))

    def _answer(self, row: Row, held: Row) -> Line:
        said = self._said(row, held), row["value"]
        return (*_once(held), *self._asked(row, held), *said, row["item_version"], minute(row["answered_at"]))

    def _focus(self, row: Row, held: Row) -> Line:
        return (*_once(held), *self._asked(row, held), row["aim"] or "")

    def _lookback(self, row: Row, held: Row) -> Line:
        said = day(row["about"]), self._said(row, held), row["value"], minute(row["answered_at"])
        return (*_once(held), *self._asked(row, held), *said)

    def _emphasis(self, row: Row, held: Row) -> Line:
        profile = held["form"].removeprefix("reflection-")
        task = self._words.role_or_task([profile], row["task"])
        return (*_once(held), task, str(Emphasis(row["emphasis"]).label))

    def _short(self, row: Row) -> Line:
        asked = row["form"], row["item_version"], row["item"]
        said = self._words.answer(*asked, row["value"], row["code"])
        return (
            day(row["opens_at"]),
            *self._words.item(*asked),
            said,
            row["value"],
            minute(row["answered_at"]),
        )

    def _about_work(self) -> Iterator[Table]:
        cohorts = [
            (
                row["name"],
                self._words.profile(row["profile"]),
                str(Role(row["role"]).label),
                row["since"],
                row["until"],
            )
            for row in self._rows("cohorts")
        ]
        head = _("cohort"), _("profiel"), _("als"), _("vanaf"), _("tot en met")
        yield plain(_("cohorten"), head, cohorts)
        assigned = [
            (row["school_year"], row["school"], str(KIND[row["kind"]]), self._named(row["what"]))
            for row in self._rows("assignments")
        ]
        yield plain(_("opdracht"), (_("schooljaar"), _("school"), _("wat"), _("naam")), assigned)
        yield from self._placements()
        yield from told.tables(self._engine, self._scope, self._words)
        events = [
            (
                day(row["starts_at"]),
                self._words.choice("event_kind", row["kind"]),
                row["title"],
                str(PRESENT[row["state"]]),
            )
            for row in self._rows("events")
        ]
        yield plain(_("bijeenkomsten"), (_("dag"), _("soort"), _("titel"), _("aanwezig")), events)
        brought = [
            (day(row["starts_at"]), row["title"], self._item(row["item"])) for row in self._rows("brought")
        ]
        yield plain(_("meegenomen"), (_("dag"), _("bijeenkomst"), _("focuspunt")), brought)

    def _placements(self) -> Iterator[Table]:
        schools = [
            (
                row["name"],
                row["place"],
                row["starts_on"],
                row["ends_on"],
                self._words.choice("placement_status", row["status"]),
                row["employer"],
                row["hours_agreed"],
                self._words.choice("placement_wish", row["wish"]),
                row["wish_note"],
            )
            for row in self._rows("schools")
        ]
        head = (_("school"), _("plaats"), _("vanaf"), _("tot en met"), _("stand"), _("werkgever"))
        more = (_("uren per week"), _("wens"), _("uitleg bij de wens"))
        yield plain(_("scholen"), (*head, *more), schools)
        hours = [
            (row["name"], row["month"], row["hours"], day(row["noted_at"])) for row in self._rows("hours")
        ]
        yield plain(_("uren"), (_("school"), _("maand"), _("uren per week"), _("genoteerd")), hours)

    def _named(self, key: str) -> str:
        return self._words.role_or_task(self._profiles, key)

    def _item(self, key: str) -> str:
        named = (self._words.item_of(profile, key) for profile in self._profiles)
        return next((name for name in named if name != key), key)

    def _about_use(self) -> Iterator[Table]:
        shares = [(row["name"], day(row["shared_at"]), day(row["ended_at"])) for row in self._rows("shares")]
        yield plain(_("gedeeld met"), (_("trainer"), _("vanaf"), _("tot")), shares)
        proposals = [
            (
                day(row["proposed_at"]),
                self._words.profile(row["profile"]),
                self._words.item_of(row["profile"], row["item"]) if row["item"] else "",
                row["change"],
                row["answer"] or "",
                day(row["decided_at"]),
            )
            for row in self._rows("proposals")
        ]
        head = _("dag"), _("profiel"), _("competentie"), _("voorstel"), _("antwoord"), _("beslist op")
        yield plain(_("voorstellen"), head, proposals)
        notices = [
            (
                str(NOTICE.get(row["kind"], row["kind"])),
                minute(row["decided_at"]),
                minute(row["told_at"]),
            )
            for row in self._rows("notices")
        ]
        yield plain(_("berichten"), (_("soort"), _("klaargezet"), _("gemaild")), notices)
        visits = [(minute(row["created_at"]), minute(row["seen_at"])) for row in self._rows("visits")]
        yield plain(_("bezoeken"), (_("ingelogd"), _("laatst gezien")), visits)
        acts = [(minute(row["at"]), row["act"]) for row in self._rows("acts")]
        yield plain(_("logboek"), (_("wanneer"), _("wat")), acts)


def _version(row: Row, held: Row) -> str:
    """In the words of which version something was asked: of an answer its own, else that of the round."""
    return str(row.get("item_version", held["version"]))


def _once(row: Row) -> tuple[str, int]:
    return day(row["opens_at"]), row["revision"]

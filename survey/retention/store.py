"""SQL of deleting after time: which rows are old enough, and which go along with them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from survey.database import Engine

BATCH = 100  # rows of an act, so that nobody waits long for a turn to write

LEFT = "SELECT id FROM person WHERE left_at < :year"

_INFORMANT = "informant"
_LINK = "checkin_link JOIN informant ON informant.id = checkin_link.informant_id"
_CHECKIN = f"{_LINK} JOIN checkin ON checkin.link_id = checkin_link.id"
_TALK = "talk"
_PLANNED = "hours_plan_line"
_AGREED = "start_agreement"
_YIELD = f"{_AGREED} JOIN intended_yield ON intended_yield.agreement_id = start_agreement.id"
# An event stands in the growth of its coaches, so it goes when the last of them is forgotten.
_OLD_EVENT = """ends_at < :year AND id NOT IN (
  SELECT event_cohort.event_id FROM event_cohort
  JOIN cohort_member ON cohort_member.cohort_id = event_cohort.cohort_id
  JOIN person ON person.id = cohort_member.person_id
  WHERE person.left_at IS NULL OR person.left_at >= :year)"""
_OF_A_KEPT_EVENT = f"event_id NOT IN (SELECT id FROM event WHERE {_OLD_EVENT})"  # noqa: S608 - a constant

_OLD_BALLOT = """coalesce(
  (SELECT released_at FROM evaluation_release
   WHERE evaluation_release.window_id = {0}.window_id AND evaluation_release.form = {0}.form),
  (SELECT counted_at FROM evaluation_window WHERE evaluation_window.id = {0}.window_id)) < :year"""
_COUNTED = "SELECT id FROM evaluation_window WHERE counted_at < :year"
# A window is never counted without the secret it was opened with, or where it never opened.
_NEVER_COUNTED = "SELECT id FROM evaluation_window WHERE counted_at IS NULL AND closes_at < :year"


class Rule(NamedTuple):
    """Rows that go together: the table, its key, when a row is old enough.

    `along` says for each table whose rows go with them where these are found, and `owner` the column there
    that names the row they belong to. What goes along with one rule is not old by another. With `emptied` the
    rows stay, and only this column of theirs becomes `empty`. Rows that point at those that go by the column
    `followed` point at themselves from then on: what follows nothing is counted otherwise.
    """

    table: str
    key: str
    old: str
    owner: str = ""
    along: Mapping[str, str] = MappingProxyType({})
    emptied: str = ""
    empty: str = "''"
    followed: str = ""

    @property
    def what(self) -> str:
        """What goes by this rule: the table, or the column of it."""
        return f"{self.table}.{self.emptied}" if self.emptied else self.table


RULES = (
    Rule(
        "case",
        "id",
        "closed_at < :year",
        "case_id",
        {
            "agreement": "agreement",
            "talk": _TALK,
            "talk_with": f"{_TALK} JOIN talk_with ON talk_with.talk_id = talk.id",
            "talk_agreed": f"{_TALK} JOIN talk_agreed ON talk_agreed.talk_id = talk.id",
            "talk_check": f"{_TALK} JOIN talk_check ON talk_check.talk_id = talk.id",
            "note": "note",
            "informant": _INFORMANT,
            "card": f"{_INFORMANT} JOIN card ON card.informant_id = informant.id",
            "checkin_link": _LINK,
            "checkin": _CHECKIN,
            "checkin_answer": f"{_CHECKIN} JOIN checkin_answer ON checkin_answer.checkin_id = checkin.id",
            "goal_answer": f"{_CHECKIN} JOIN goal_answer ON goal_answer.checkin_id = checkin.id",
            "hint_talk": f"{_LINK} JOIN hint_talk ON hint_talk.link_id = checkin_link.id",
            "scale_decision": "scale_decision",
            "phase_entry": "phase_entry",
            "factor_level": "factor_level",
            "case_closing": "case_closing",
            "handover": "handover",
        },
    ),
    Rule(
        "note", "id", 'written_at < :year AND case_id NOT IN (SELECT id FROM "case" WHERE closed_at < :year)'
    ),
    Rule(
        "reflection",
        "id",
        f"person_id IN ({LEFT})",
        "reflection_id",
        {
            "reflection_answer": "reflection_answer",
            "focus": "focus",
            "lookback": "lookback",
            "task_emphasis": "task_emphasis",
        },
    ),
    Rule(
        "micro_answer",
        "micro_round_id, person_id, item",
        f"person_id IN ({LEFT})",
    ),
    # Whom a trainer saw one by one hides nobody in the numbers of a cohort while that trainer reads them.
    Rule("growth_share", "id", f"trainer_id IN ({LEFT})"),
    Rule(
        "event",
        "id",
        _OLD_EVENT,
        "event_id",
        {
            "event_cohort": "event_cohort",
            "event_theme": "event_theme",
            "attendance": "attendance",
            "shared_focus": "shared_focus",
        },
    ),
    Rule(
        "shared_focus",
        "event_id, person_id, item",
        f"event_id IN (SELECT id FROM event WHERE ends_at < :day) AND {_OF_A_KEPT_EVENT}",  # noqa: S608
    ),
    Rule(
        "attendance",
        "event_id, person_id",
        f"person_id IN ({LEFT}) AND {_OF_A_KEPT_EVENT}",
    ),
    Rule(
        "assignment",
        "id",
        "noted_at < :seven_years",
        "assignment_id",
        {"assignment_role": "assignment_role", "assignment_task": "assignment_task"},
    ),
    # A place that nobody ended is kept as long as a coach may work there.
    Rule(
        "placement",
        "id",
        "ends_on < :seven_years OR (ends_on IS NULL AND person_id IS NULL AND starts_on < :seven_years)",
        "placement_id",
        {
            "placement_change": "placement_change",
            "hours_log": "hours_log",
            "start_agreement": _AGREED,
            "start_choice": f"{_AGREED} JOIN start_choice ON start_choice.agreement_id = start_agreement.id",
            "start_line": f"{_AGREED} JOIN start_line ON start_line.agreement_id = start_agreement.id",
            "intended_yield": _YIELD,
            "yield_review": f"{_YIELD} JOIN yield_review ON yield_review.yield_id = intended_yield.id",
            "start_signature": (
                f"{_AGREED} JOIN start_signature ON start_signature.agreement_id = start_agreement.id"
            ),
        },
    ),
    Rule(
        "proposal",
        "id",
        f"decided_at < :year OR person_id IN ({LEFT})",
    ),
    Rule(
        "wording_draw",
        "round_id, person_id",
        f"person_id IN ({LEFT})",
    ),
    # Answers serve a year beyond what was published of them; the releases stay.
    # Those of a form go in one act: a part of them that is left could still be published.
    Rule(
        "ballot",
        "window_id, form",
        _OLD_BALLOT.format("ballot"),
        "(window_id, form)",
        {"ballot_answer": "ballot JOIN ballot_answer ON ballot_answer.ballot_id = ballot.id"},
    ),
    Rule("ballot_line", "window_id, form", _OLD_BALLOT.format("ballot_line")),
    # Counting forgets addresses; here go those of a window that was not counted though it is over.
    Rule(
        "evaluation_invitation",
        "id",
        "address IS NOT NULL AND window_id IN (SELECT id FROM evaluation_window WHERE closes_at < :day)",
        emptied="address",
        empty="NULL",
    ),
    Rule(
        "evaluation_invitation",
        "id",
        f"window_id IN ({_COUNTED}) OR (name IS NOT NULL AND window_id IN ({_NEVER_COUNTED}))",
        "invitation_id",
        {
            "evaluation_about": "evaluation_about",
            "named_answer": "named_answer",
            "named_line": "named_line",
            "named_talk": "named_talk",
        },
        followed="follows",
    ),
    Rule(
        "advice",
        "id",
        "coalesce(signed_at, made_at) < :seven_years",
        "advice_id",
        {"advice_sentence": "advice_sentence"},
    ),
    Rule(
        "hours_plan",
        "id",
        "coalesce(adopted_at, made_at) < :seven_years",
        "plan_id",
        {
            "hours_plan_line": _PLANNED,
            "hours_plan_role": (
                f"{_PLANNED} JOIN hours_plan_role ON hours_plan_role.line_id = hours_plan_line.id"
            ),
        },
    ),
    # What was published stays; which coach a group of it was about does not.
    Rule(
        "evaluation_node",
        "id",
        "level = 'coach' AND label <> '' "
        "AND window_id IN (SELECT id FROM evaluation_window WHERE closes_at < :seven_years)",
        emptied="label",
    ),
    Rule("notice", "id", "decided_at < :year"),
    Rule("mail_choice", "person_id", f"person_id IN ({LEFT})"),
    Rule("calendar_feed", "person_id", "person_id IN (SELECT id FROM person WHERE left_at < :day)"),
    Rule("audit", "id", "at < :year"),
    Rule(
        "outbox",
        "id",
        "sent_at < :month OR (sent_at IS NULL AND (expires_at < :month OR (attempts >= :attempts"
        " AND created_at < :month)))",
    ),
    Rule("session", "token_hash", "revoked_at < :day OR created_at < :sessions"),
    Rule("signin_link", "token_hash", "expires_at < :day"),
    Rule("signin_request", "id", "asked_at < :day"),
    Rule("rate_limit", "subject, window_start", "window_start < :day"),
)


def delete_some(engine: Engine, rule: Rule, limits: Mapping[str, str | int]) -> dict[str, int]:
    """Delete or empty the first rows of a rule and what goes along; how many of each table that were."""
    params = {**limits, "batch": BATCH}
    first = f"{_old(rule)} ORDER BY {rule.key} LIMIT :batch"
    along = _along(engine, rule, first, params)
    if rule.followed:
        engine.run(
            f'UPDATE "{rule.table}" SET {rule.followed} = {rule.key} WHERE {rule.followed} IN ({first})',  # noqa: S608
            params,
        )
    itself = engine.run(f"{_verb(rule)} WHERE ({rule.key}) IN ({first})", params)
    return {rule.what: itself, **along}


def count(engine: Engine, rule: Rule, limits: Mapping[str, str | int]) -> dict[str, int]:
    """How many rows of each table would go by a rule."""
    old = _old(rule)
    itself = _count(engine, f"SELECT count(*) AS n FROM ({old}) AS old", limits)  # noqa: S608 - from RULES
    return {rule.what: itself, **_along(engine, rule, old, limits)}


def _verb(rule: Rule) -> str:
    if rule.emptied:
        return f'UPDATE "{rule.table}" SET {rule.emptied} = {rule.empty}'  # noqa: S608 - from RULES
    return f'DELETE FROM "{rule.table}"'  # noqa: S608 - from RULES


def _old(rule: Rule) -> str:
    return f'SELECT {rule.key} FROM "{rule.table}" WHERE {rule.old}'  # noqa: S608 - from RULES


def _along(engine: Engine, rule: Rule, old: str, params: Mapping[str, str | int]) -> dict[str, int]:
    return {
        table: _count(engine, f"SELECT count(*) AS n FROM {place} WHERE {rule.owner} IN ({old})", params)  # noqa: S608 - from RULES
        for table, place in rule.along.items()
    }


def _count(engine: Engine, sql: str, params: Mapping[str, str | int]) -> int:
    row = engine.one(sql, params)
    return int(row["n"]) if row else 0

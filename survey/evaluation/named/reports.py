"""Named forms for who may read them: the lead every one, a coach those about themselves."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import day_or_none
from survey.database import Engine, Row
from survey.evaluation.named import store
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.fields import Answer


class Form(Struct, frozen=True):
    """A form somebody filled in with their name about a coach."""

    invitation_id: str
    node_id: str
    respondent: str
    name: str
    school: str
    coach: str
    school_year: str
    talked_on: date | None


class Said(Struct, frozen=True):
    """One statement with the word that was chosen."""

    question: str
    answer: str


class Read(Struct, frozen=True):
    """A form as it was filled in."""

    form: Form
    said: Sequence[Said]
    prompt: str
    line: str


def forms(engine: Engine, scope: Scope) -> list[Form]:
    """Every named form this reader may open, of the newest window first."""
    return [_form(row) for row in store.forms(engine, scope=scope)]


def own(engine: Engine, scope: Scope) -> list[Form]:
    """The named forms about the reader, for a coach; also where they may read every one."""
    return [_form(row) for row in store.forms(engine, scope=scope) if row["person_id"] == scope.person_id]


def form(
    engine: Engine, scope: Scope, *, invitation_id: str, node_id: str, catalog: Catalog, language: str
) -> Read | None:
    """One form with its answers in words; None where there is none for this reader."""
    key = {"invitation_id": invitation_id, "node_id": node_id}
    row = store.form(engine, **key, scope=scope)
    if row is None:
        return None
    asked = catalog.get(row["form"], row["version"])
    lang = language if language in asked.languages else "nl"
    given = {
        one["item"]: Answer(one["value"], one["code"]) for one in store.answers(engine, **key, scope=scope)
    }
    others = {Answer(None, other.code): other.label[lang] for other in asked.non_scores}
    said = []
    for item in asked.items:
        words = {Answer(level.value): level.label[lang] for level in asked.levels(item)} | others
        said.append(Said(item.text[lang], words[given[item.key]]))
    line = store.line(engine, **key, scope=scope)
    prompt = asked.open_question.prompt[lang] if asked.open_question else ""
    return Read(_form(row), said, prompt, line["words"] if line else "")


def is_own(engine: Engine, scope: Scope, *, invitation_id: str, node_id: str) -> bool:
    """Whether a form is about the reader."""
    row = store.form(engine, invitation_id=invitation_id, node_id=node_id, scope=scope)
    return row is not None and row["person_id"] == scope.person_id


def _form(row: Row) -> Form:
    return Form(
        invitation_id=row["invitation_id"],
        node_id=row["node_id"],
        respondent=row["form"].split("-")[1],
        name=row["name"],
        school=row["school"],
        coach=row["coach"],
        school_year=row["school_year"],
        talked_on=day_or_none(row["talked_on"]),
    )

"""Many answers to an open window at once: asked, sealed and marked the way a submitted form is."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from survey.clock import stamp
from survey.database import SqliteEngine
from survey.evaluation import sealing, store
from survey.evaluation.ballot import Ballot
from survey.evaluation.groups import AT_SCHOOL
from survey.evaluation.invitation import tokens
from survey.questionnaire.fields import Answer
from tests.survey.evaluation.conftest import SCHOOL, all_of


@dataclass(frozen=True)
class Ballots:
    """One person for each value, who gives it everywhere but for `other`, about the node with this label."""

    label: str
    values: tuple[int, ...]
    other: Mapping[str, Answer] = field(default_factory=dict)
    form: str = "evaluation-teacher"
    line: str = ""


def cast(engine: SqliteEngine, window: str, ballots: Iterable[Ballots], at: datetime) -> None:
    """Let everybody answer."""
    nodes = {node["label"]: node["id"] for node in store.nodes(engine, window)}
    for one in ballots:
        for value in one.values:
            answers = all_of(one.form, value) | dict(one.other)
            answer(engine, window, one.form, {nodes[one.label]: answers}, at, line=one.line)


def answer(
    engine: SqliteEngine,
    window: str,
    form: str,
    about: Mapping[str, Mapping[str, Answer]],
    at: datetime,
    line: str = "",
) -> str:
    """One person answers about one node or several; the id of their invitation."""
    key = secrets.token_hex(16)
    code = tokens.code_of_card(key)
    engine.insert(
        "evaluation_invitation",
        {
            "id": key,
            "window_id": window,
            "form": form,
            "school_id": SCHOOL if form in AT_SCHOOL else None,
            "way": "card",
            "token_hash": tokens.hash_of(key),
            "person_code": code,
            "asked_at": stamp(at),
        },
    )
    for node, answers in about.items():
        engine.insert("evaluation_about", {"invitation_id": key, "node_id": node, "answered": 1})
        sealed = sealing.seal(window, Ballot(form, node, code, answers, line).packed())
        store.insert_sealed(engine, {"id": secrets.token_hex(16), "window_id": window, "sealed": sealed})
    return key

"""SQL of releases and of lines in own words. A coach reads what was released; the lead every line."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row

_RELEASE = """
SELECT release.window_id, release.form, release.version, release.released_at, release.content,
  evaluation_window.school_year
FROM evaluation_release AS release
JOIN evaluation_window ON evaluation_window.id = release.window_id
WHERE :reads = 1
"""


def find(engine: Engine, window_id: str, form: str, *, scope: Scope) -> Row | None:
    """The release of a form, if there is one and this reader may see releases."""
    sql = f"{_RELEASE} AND release.window_id = :window AND release.form = :form"
    return engine.one(sql, {"window": window_id, "form": form, **_reader(scope)})


def every(engine: Engine, form: str | None = None, *, scope: Scope) -> list[Row]:
    """The releases of a form, or of every form, the newest window first."""
    sql = f"""{_RELEASE} AND (CAST(:form AS TEXT) IS NULL OR release.form = :form)
      ORDER BY evaluation_window.opens_at DESC, release.form"""
    return engine.rows(sql, {"form": form, **_reader(scope)})


def insert(engine: Engine, row: Mapping[str, Any]) -> None:
    """Refused where this form of this window was released."""
    engine.insert("evaluation_release", row)


def is_released(engine: Engine, window_id: str, form: str) -> bool:
    """Whether this form of this window was released."""
    sql = "SELECT 1 AS yes FROM evaluation_release WHERE window_id = :window AND form = :form"
    return engine.one(sql, {"window": window_id, "form": form}) is not None


def answers(engine: Engine, window_id: str, form: str) -> list[Row]:
    """Every counted answer to a form; for computing a release and nothing else."""
    return engine.rows(
        """
        SELECT ballot.node_id AS node, ballot.respondent, ballot_answer.item, ballot_answer.value
        FROM ballot JOIN ballot_answer ON ballot_answer.ballot_id = ballot.id
        WHERE ballot.window_id = :window AND ballot.form = :form
        ORDER BY ballot.id, ballot_answer.item
        """,
        {"window": window_id, "form": form},
    )


def asked(engine: Engine, window_id: str, form: str) -> list[tuple[str, str]]:
    """Pairs of the node somebody was asked about and a code of that person."""
    rows = engine.rows(
        """
        SELECT about.node_id, invitation.person_code FROM evaluation_about AS about
        JOIN evaluation_invitation AS invitation ON invitation.id = about.invitation_id
        WHERE invitation.window_id = :window AND invitation.form = :form
        """,
        {"window": window_id, "form": form},
    )
    return [(row["node_id"], row["person_code"]) for row in rows]


def _reader(scope: Scope) -> dict[str, int]:
    reads = scope.can(Permission.RUN_EVALUATION) or scope.can(Permission.SEE_OWN_PLACEMENTS)
    return {"reads": int(reads)}

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


def has_answers(engine: Engine, window_id: str, form: str) -> bool:
    """Whether a counted answer to a form is there."""
    sql = "SELECT 1 AS yes FROM ballot WHERE window_id = :window AND form = :form LIMIT 1"
    return engine.one(sql, {"window": window_id, "form": form}) is not None


def respondents(engine: Engine, window_id: str, form: str) -> int:
    """How many persons answered a form, for deciding whether anything of it may be read."""
    sql = "SELECT count(DISTINCT respondent) AS n FROM ballot WHERE window_id = :window AND form = :form"
    row = engine.one(sql, {"window": window_id, "form": form})
    return int(row["n"]) if row else 0


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


def lines(engine: Engine, window_id: str, form: str, *, scope: Scope) -> list[Row]:
    """Every line of a form in own words, in the order of random keys."""
    return engine.rows(
        """
        SELECT id, words, state, redacted FROM ballot_line
        WHERE window_id = :window AND form = :form AND :redacts = 1 ORDER BY id
        """,
        {"window": window_id, "form": form, "redacts": int(scope.can(Permission.RUN_EVALUATION))},
    )


def redact(engine: Engine, window_id: str, form: str, kept: Mapping[str, str | None]) -> None:
    """Keep these lines in these words; leave out those without."""
    sql = """
    UPDATE ballot_line SET redacted = CAST(:words AS TEXT),
      state = CASE WHEN CAST(:words AS TEXT) IS NULL THEN 'left_out' ELSE 'kept' END
    WHERE id = :id AND window_id = :window AND form = :form
    """
    rows = [
        {"id": key, "words": words, "window": window_id, "form": form} for key, words in sorted(kept.items())
    ]
    if rows:
        engine.run(sql, rows)


def published_lines(engine: Engine, window_id: str, form: str, *, scope: Scope) -> Row | None:
    """The lines that were published, if this reader may see releases."""
    sql = """
    SELECT content, published_at FROM evaluation_lines
    WHERE window_id = :window AND form = :form AND :reads = 1
    """
    return engine.one(sql, {"window": window_id, "form": form, **_reader(scope)})


def insert_lines(engine: Engine, row: Mapping[str, Any]) -> None:
    """Refused where lines of this form of this window were published."""
    engine.insert("evaluation_lines", row)


def _reader(scope: Scope) -> dict[str, int]:
    reads = scope.can(Permission.RUN_EVALUATION) or scope.can(Permission.SEE_OWN_PLACEMENTS)
    return {"reads": int(reads)}

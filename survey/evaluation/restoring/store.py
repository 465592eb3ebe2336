"""SQL of what a backup (`main`) takes over from the database that stood in its place (`was`)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from survey.database import Engine

# A window that was opened in the backup has the same tree: what was counted belongs to the same nodes.
_COUNTED = """SELECT was.evaluation_window.id FROM was.evaluation_window
JOIN main.evaluation_window AS before ON before.id = was.evaluation_window.id
WHERE was.evaluation_window.counted_at IS NOT NULL AND before.opened_at IS NOT NULL"""
_SINCE = f"{_COUNTED} AND before.counted_at IS NULL"
_ASKED_SINCE = f"SELECT id FROM main.evaluation_invitation WHERE window_id IN ({_SINCE})"  # noqa: S608
_BALLOT_SINCE = f"SELECT id FROM main.ballot WHERE window_id IN ({_SINCE})"  # noqa: S608

# By table: its columns, and where a row of it comes along.
_WINDOWS: Final = {
    "evaluation_window": (
        "id, school_year, opens_at, closes_at, made_by, made_at, laid_at, opened_at, seal",
        "counted_at IS NOT NULL",
    ),
    "evaluation_form": ("window_id, form, version", f"window_id IN ({_SINCE})"),
    "evaluation_node": (
        "id, window_id, parent_id, level, label, person_id",
        f"window_id IN ({_SINCE})",
    ),
}
_ANSWERS: Final = {
    "evaluation_invitation": (
        "id, window_id, form, school_id, way, token_hash, person_code, name, asked_at, reminded_at, follows",
        f"window_id IN ({_SINCE})",
    ),
    "evaluation_about": ("invitation_id, node_id, answered", f"invitation_id IN ({_ASKED_SINCE})"),
    "named_answer": (
        "invitation_id, node_id, item, item_version, value, code",
        f"invitation_id IN ({_ASKED_SINCE})",
    ),
    "named_line": ("invitation_id, node_id, words", f"invitation_id IN ({_ASKED_SINCE})"),
    "named_talk": ("invitation_id, node_id, talked_on, noted_by", f"invitation_id IN ({_ASKED_SINCE})"),
    "ballot": ("id, window_id, form, node_id, respondent", f"window_id IN ({_SINCE})"),
    "ballot_answer": ("ballot_id, item, item_version, value, code", f"ballot_id IN ({_BALLOT_SINCE})"),
    "ballot_line": ("id, window_id, form, words, state, redacted", f"window_id IN ({_SINCE})"),
}
_PUBLISHED: Final = {
    "evaluation_release": (
        "id, window_id, form, version, released_at, released_by, content",
        f"window_id IN ({_COUNTED})",
    ),
    "evaluation_lines": (
        "window_id, form, published_at, published_by, content",
        f"window_id IN ({_COUNTED})",
    ),
}
# Columns that can point at what the backup does not have: they are empty then, but for the last.
_POINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "made_by": "person",
        "noted_by": "person",
        "person_id": "person",
        "school_id": "school",
        "released_by": "person",
        "published_by": "person",
        "follows": "evaluation_invitation",
    }
)


def bring_windows(engine: Engine) -> None:
    """Windows counted since the backup that it did not know, or did not know open, with their tree."""
    engine.run(
        "DELETE FROM main.evaluation_window WHERE opened_at IS NULL "
        "AND id IN (SELECT id FROM was.evaluation_window WHERE counted_at IS NOT NULL)"
    )
    _bring(engine, _WINDOWS)


def bring_answers(engine: Engine) -> None:
    """Who was asked and who answered, and the counted answers, of windows counted since the backup."""
    _bring(engine, _ANSWERS)
    engine.run(
        "UPDATE main.evaluation_about SET answered = 1 WHERE answered = 0 AND (invitation_id, node_id) IN "  # noqa: S608
        "(SELECT invitation_id, node_id FROM was.evaluation_about WHERE answered = 1) "
        f"AND invitation_id IN ({_ASKED_SINCE})"
    )


def bring_published(engine: Engine) -> None:
    """Every release and every batch of lines, as it was published."""
    _bring(engine, _PUBLISHED)


def mark_counted(engine: Engine) -> None:
    """These windows are counted, with the days they had: nothing sealed and no address is left of them."""
    engine.run(f"DELETE FROM main.sealed_ballot WHERE window_id IN ({_SINCE})")  # noqa: S608 - constants
    engine.run(
        f"UPDATE main.evaluation_invitation SET address = NULL WHERE window_id IN ({_SINCE})"  # noqa: S608
    )
    engine.run(
        "UPDATE main.evaluation_window SET (closes_at, counted_at) = (SELECT closes_at, counted_at "  # noqa: S608
        "FROM was.evaluation_window AS now WHERE now.id = main.evaluation_window.id) "
        f"WHERE id IN ({_SINCE})"
    )


def _bring(engine: Engine, tables: Mapping[str, tuple[str, str]]) -> None:
    for table, (columns, comes) in tables.items():
        taken = ", ".join(_taken(column) for column in columns.split(", "))
        engine.run(
            f"INSERT OR IGNORE INTO main.{table} ({columns}) "  # noqa: S608 - constants
            f"SELECT {taken} FROM was.{table} AS one WHERE {comes}"
        )


def _taken(column: str) -> str:
    if column not in _POINTS:
        return column
    found = f"(SELECT id FROM main.{_POINTS[column]} WHERE id = one.{column})"  # noqa: S608 - constants
    # Who answered late follows something, or would be counted among those who were asked.
    return f"CASE WHEN follows IS NOT NULL THEN coalesce({found}, id) END" if column == "follows" else found

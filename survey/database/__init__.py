"""The only room besides the stores that speaks SQL: engine, connections, migrations."""

from survey.database.engine import Busy, Engine, Full, Refused, Row, listed, new_key, portions
from survey.database.library import VERSION, DatabaseError
from survey.database.sqlite import SqliteDatabase, SqliteEngine

__all__ = [
    "VERSION",
    "Busy",
    "DatabaseError",
    "Engine",
    "Full",
    "Refused",
    "Row",
    "SqliteDatabase",
    "SqliteEngine",
    "listed",
    "new_key",
    "portions",
]

"""Reads a calendar file and holds it against its model; a broken one tells every error at once."""

from pathlib import Path
from typing import TypeVar

from survey.questionnaire.files import parse, validated
from survey.questionnaire.finding import Finding
from survey.questionnaire.frozen import Frozen

F = TypeVar("F", bound=Frozen)


class BrokenCalendar(Exception):
    """A calendar file cannot be used; `errors` says everything that is wrong with it."""

    def __init__(self, errors: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


def load(model: type[F], path: Path) -> F:
    """What the file holds. Raises BrokenCalendar."""
    data = parse(path)
    if isinstance(data, Finding):
        raise BrokenCalendar((data,))
    made, findings = validated(model, path.name, data)
    if made is None:
        raise BrokenCalendar(tuple(sorted(findings)))
    return made

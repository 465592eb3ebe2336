"""One thing that is wrong with a questionnaire file, in words; the same shape for loading and for linting."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """Where it is, which rule it breaks, what stands there, and what to do about it."""

    file: str
    path: str
    rule: str
    text: str
    todo: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.path}" if self.path else self.file
        return f"{place}: {self.text} [{self.rule}] {self.todo}"


class BrokenQuestionnaires(SystemExit):
    """Raised once for a folder, with every error of every broken file; ends the program, error by error."""

    def __init__(self, errors: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors

"""Mails whose words are written when they leave: what may have changed by then is looked at again."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, Protocol

from survey.database import Engine, Row
from survey.mail.letter import Letter


class Later(NamedTuple):
    """Not now: the mail waits until this moment."""

    until: datetime


class Writer(Protocol):
    """Writes the mails of one kind, and hears which of them left."""

    def write(self, engine: Engine, mail: Row, at: datetime) -> Letter | Later | None:
        """What a mail says now; None where it has nothing to say any more, and so will never leave."""

    def sent(self, engine: Engine, mail: Row, at: datetime) -> None:
        """Inside the act that notes it: this mail has left."""


class Enclosed:
    """A mail whose words lie with it."""

    def write(self, engine: Engine, mail: Row, at: datetime) -> Letter:
        """The words as they were put in."""
        return Letter(mail["subject"], mail["body"])

    def sent(self, engine: Engine, mail: Row, at: datetime) -> None:
        """Nothing else hangs on it."""


Writers = Mapping[str | None, Writer]
NO_OTHERS: Writers = MappingProxyType({None: Enclosed()})

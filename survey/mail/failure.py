"""Why a mail did not leave: the one place that reads the errors of the mail server."""

import smtplib
from enum import StrEnum


class Failure(StrEnum):
    """What stood in the way."""

    ADDRESS = "address"
    SERVER = "server"
    MAIL = "mail"

    @property
    def stops_all(self) -> bool:
        """Whether the next mail would fare the same."""
        return self is Failure.SERVER


def failure_of(error: OSError | ValueError) -> Failure:
    """What an error was about: the address, this mail, or the server whatever it is given."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return Failure.ADDRESS
    if isinstance(error, ValueError | smtplib.SMTPDataError):  # ValueError: a head that cannot be written
        return Failure.MAIL
    return Failure.SERVER

"""A mail as it goes over the wire: its head, its words, and an id that stays the same."""

from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from survey.clock import moment
from survey.database import Row
from survey.mail.letter import Letter

# The longest line the standard allows: a shorter one would break the long address in a head into pieces.
_POLICY = policy.SMTP.clone(max_line_length=998)


def message(mail: Row, letter: Letter, sender: str) -> EmailMessage:
    """The message of a mail in the outbox; raises ValueError for a head that cannot be written."""
    made = EmailMessage(policy=_POLICY)
    made["From"] = sender
    made["To"] = mail["recipient"]
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(moment(mail["created_at"]))
    # The same at every attempt: a mail that did leave before a crash is recognised as a duplicate.
    made["Message-ID"] = f"<{mail['id']}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    for name, value in letter.headers.items():
        made[name] = value
    made.set_content(letter.body)
    return made

"""The mail that asks somebody to read an agreement and sign it."""

from datetime import datetime

from flask_babel import force_locale

from survey.clock import last_day
from survey.current import settings
from survey.mail import letter
from survey.mail.letter import Letter
from survey.web.language import HOUSE_LANGUAGE


def asking(*, school: str, coach: str, url: str, expires_at: datetime, by: str) -> Letter:
    """The mail of one link; agreements are written in Dutch."""
    with force_locale(HOUSE_LANGUAGE):
        return letter.write(
            "start-agreement",
            HOUSE_LANGUAGE,
            school=school,
            coach=coach,
            url=url,
            until=last_day(expires_at),
            by=by,
            programme=settings().PROGRAMME,
        )

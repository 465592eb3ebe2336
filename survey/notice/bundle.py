"""The one mail that tells everything: written when it leaves, from what is still to be told then."""

from datetime import datetime

from flask_babel import force_locale

from survey.access.permissions import Scope
from survey.clock import stamp
from survey.current import settings
from survey.database import Engine, Row
from survey.mail import letter
from survey.mail.letter import Letter
from survey.mail.writing import Later
from survey.notice import links, store, window
from survey.notice.kinds import Choice
from survey.notice.topics import Topic, still_to_tell


class Bundle:
    """Writes the bundled mails, and notes what was told once they have left."""

    def write(self, engine: Engine, mail: Row, at: datetime) -> Letter | Later | None:
        """What is still to be told; nothing to who left, stopped or rests, and not by night."""
        row = store.reader(engine, mail["person_id"], at=stamp(at))
        if row is None:
            return None
        if not window.is_open(at):
            return Later(window.opens(at))
        reader = Scope(row["id"], row["name"], frozenset(), row["language"])
        topics, gone = still_to_tell(engine, scope=reader, at=at)
        store.drop(engine, gone, at=stamp(at))
        store.take(engine, mail["id"], {key: _told_of(one) for one in topics for key in one.notices})
        return _letter(reader, topics) if topics else None

    def sent(self, engine: Engine, mail: Row, at: datetime) -> None:
        """Its reader was told."""
        store.mark_told(engine, mail["id"], at=stamp(at))


def _told_of(topic: Topic) -> str | None:
    return stamp(topic.at) if topic.event else None


def _letter(reader: Scope, topics: list[Topic]) -> Letter:
    stop = links.choosing(reader.person_id, Choice.STOP)
    with force_locale(reader.language):
        written = letter.write(
            "bundle",
            reader.language,
            name=reader.name.split()[0],
            topics=topics,
            url=f"{settings().BASE_URL}/vandaag",
            rest=links.choosing(reader.person_id, Choice.REST),
            stop=stop,
        )
    # RFC 8058: the button of the mail program stops these mails, without a page in between.
    unsubscribe = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return written._replace(headers=unsubscribe)

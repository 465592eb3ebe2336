"""What one person answered anonymously about one coach or the programme, all of one length when packed."""

import json
from collections.abc import Mapping

from msgspec import Struct

from survey.questionnaire.fields import Answer

LENGTH = 2048  # so that the length of what is sealed tells nothing


class Ballot(Struct, frozen=True):
    """The answers by item, and a line in own words; `respondent` tells only which are of one person."""

    form: str
    node_id: str
    respondent: str
    answers: Mapping[str, Answer]
    line: str = ""

    def packed(self) -> bytes:
        """As bytes of one fixed length; raises ValueError for what does not fit."""
        fields = {
            "form": self.form,
            "node_id": self.node_id,
            "respondent": self.respondent,
            "answers": dict(self.answers),
            "line": self.line,
        }
        body = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        if len(body) > LENGTH:
            raise ValueError("this is more than a ballot holds")
        return body.ljust(LENGTH)


def unpacked(content: bytes) -> Ballot:
    """The ballot that was packed."""
    fields = json.loads(content)
    answers = {item: Answer(*answer) for item, answer in fields.pop("answers").items()}
    return Ballot(**fields, answers=answers)

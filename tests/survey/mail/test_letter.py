"""Letters: every template, in both languages, as plain text."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from survey.access.permissions import Role
from survey.mail import letter
from survey.notice.topics import Topic, What
from survey.people.letters import Change
from survey.start_agreement.signing import letters as signing
from tests.conftest import START

VALUES: dict[str, Any] = {
    "name": "Ana & <Bo>",
    "url": "http://localhost/inloggen/x?a=1&b=2",
    "by": "Lea",
    "programme": "Veenrand",
    "contact": "hulp@example.org",
    "changes": [
        Change("1", "Ana", frozenset({Role.TRAINER})),
        Change("2", "Mira", ended=frozenset({Role.LEAD})),
        Change("3", "Noor", left=True),
    ],
    "topics": [Topic(What.REMINDER, (), START), Topic(What.MICRO, (), START)],
    "until": START,
    "who": "Bo",
    "rest": "http://localhost/post/stil/x",
    "stop": "http://localhost/post/stop/x",
}
FOLDER = Path(__file__).parents[3] / "templates" / "mail"
# These tell what was done, and whom to ask about it.
WITHOUT_A_LINK = {"address-changed", "address-refused", "roles-changed"}
TO_PARTNERS = {"start-agreement"}  # who has no account has no language: what they sign is Dutch
LETTERS = sorted({path.name.split(".")[0] for path in FOLDER.glob("*.nl.txt")} - TO_PARTNERS)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_plain_text_with_a_subject(name: str, language: str, app: Flask) -> None:
    with app.app_context(), force_locale(language):
        written = letter.write(name, language, **VALUES)
    assert written.subject
    assert "\n" not in written.subject
    assert "Ana & <Bo>,\n\n" in written.body, "nothing is escaped, and a blank line follows the greeting"
    if name not in WITHOUT_A_LINK:
        assert VALUES["url"] in written.body.splitlines(), "the link stands alone on its line"
    assert "\n\n\n" not in written.body
    assert written.body.endswith("\n")
    assert max(map(len, written.body.splitlines())) < 100


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_changed_stands_on_lines_of_its_own(language: str, app: Flask) -> None:
    with app.app_context():
        lines = letter.write("roles-changed", language, **VALUES).body.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("- ")] == ["Ana", "Mira", "Noor"]


def test_partners_are_asked_to_sign_in_dutch_with_the_link_on_its_line(app: Flask) -> None:
    with app.app_context():
        written = signing.asking(
            school="De Kraanheide", coach="Ana & <Bo>", url=VALUES["url"], expires_at=START, by="Lea"
        )
    assert written.subject == "Startafspraak van De Kraanheide: wilt u tekenen?"
    assert "De Kraanheide en coach Ana & <Bo>" in written.body
    assert VALUES["url"] in written.body.splitlines()
    assert max(map(len, written.body.splitlines())) < 100


def test_every_letter_exists_in_both_languages() -> None:
    in_one = {"check.txt", "evaluation.txt", *(f"{name}.nl.txt" for name in TO_PARTNERS)}
    assert LETTERS
    assert {path.name for path in FOLDER.iterdir()} - in_one == {
        f"{name}.{language}.txt" for name in LETTERS for language in ("nl", "en")
    }


def test_without_a_contact_the_welcome_asks_for_no_mail(app: Flask) -> None:
    with app.app_context():
        written = letter.write("welcome", "nl", **{**VALUES, "contact": ""})
    assert "Vragen?" not in written.body
    assert written.body.endswith("Een wachtwoord is niet nodig.\n")

"""What is a mail address and how it is written down."""

import pytest

from survey.mail.address import NoAddress, normal


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ana@example.org", "ana@example.org"),
        (" Ana.Vos@Example.ORG\n", "ana.vos@example.org"),
        ("o'neil+veenrand@a-b.example.org", "o'neil+veenrand@a-b.example.org"),
    ],
)
def test_an_address_is_stored_without_spaces_in_small_letters(typed: str, stored: str) -> None:
    assert normal(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "@example.org",
        "ana@",
        "ana@school",
        "ana@@example.org",
        "ana@example..org",
        "ana@-example.org",
        "ana vos@example.org",
        "ana@example.org ben@example.org",
        "ana@example.org,ben@example.org",
        "ana@example.org\r\nBcc: ben@example.org",
        "Ana <ana@example.org>",
        "ána@example.org",
        "ana@exämple.org",
        "ana@example.org\0",
        "a" * 243 + "@example.org",
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(NoAddress):
        normal(typed)


def test_the_longest_address_fits() -> None:
    longest = "a" * 242 + "@example.org"
    assert len(longest) == 254
    assert normal(longest) == longest

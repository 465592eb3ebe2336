"""Mail addresses: how one is written down and what is none. Touches nothing."""

import re

LONGEST = 254
_PATTERN = re.compile(  # the pattern browsers use for type=email (HTML standard), with a dot in the domain
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+"
)


class NoAddress(ValueError):
    """This text is not a mail address."""


def normal(text: str) -> str:
    """The address as it is stored: without spaces around it, in small letters. Raises NoAddress."""
    address = text.strip().lower()
    if len(address) > LONGEST or not _PATTERN.fullmatch(address):
        raise NoAddress(f"not a mail address: {text[:80]!r}")
    return address

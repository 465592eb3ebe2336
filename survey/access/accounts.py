"""Who has a mail address: the one look-up for signing in and for commands that name people by it."""

from msgspec import Struct

from survey.access import store
from survey.access.permissions import Role
from survey.database import Engine
from survey.mail.address import NoAddress, normal

ERASED = "1970-01-01T00:00:00+00:00"  # when whoever was erased left: long ago by any rule


class NobodyHas(LookupError):
    """Nobody who is here in this role has the address; the message says what to do."""


class Account(Struct, frozen=True):
    """The person with an address; `is_here` until they leave."""

    id: str
    name: str
    language: str
    is_here: bool
    roles: frozenset[Role]


def with_address(engine: Engine, email: str) -> Account | None:
    """The account of this mail address, however it is typed."""
    try:
        row = store.person_by_email(engine, normal(email))
    except NoAddress:
        return None
    if row is None:
        return None
    roles = frozenset(Role(role) for role in store.roles(engine, row["id"]))
    return Account(row["id"], row["name"], row["language"], row["status"] != "left", roles)


def in_role(engine: Engine, email: str, role: Role) -> Account:
    """The account of someone who is here in this role; raises NobodyHas."""
    found = with_address(engine, email)
    if found is None or not found.is_here or role not in found.roles:
        raise NobodyHas(f"No {role} has the mail address {email}. Add them first with add-person.")
    return found

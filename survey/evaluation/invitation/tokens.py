"""Tokens and addresses of invitations: derived, so that nothing but a hash of them is stored."""

from survey.access.tokens import token_hash
from survey.current import settings
from survey.web.links import derived, keyed


def token_of(invitation_id: str) -> str:
    """The token of an invitation."""
    return derived(f"evaluation:{invitation_id}")


def hash_of(invitation_id: str) -> str:
    """What the database keeps of the token."""
    return token_hash(token_of(invitation_id))


def address(invitation_id: str) -> str:
    """The link as people open it."""
    return f"{settings().BASE_URL}/e/{token_of(invitation_id)}"


def person_code(mail_address: str) -> str:
    """What tells one person from another: it follows from their address and tells nothing of it."""
    return keyed(f"person\n{mail_address}").hex()


def code_of_card(invitation_id: str) -> str:
    """The same for whoever holds a card: nobody knows more of them."""
    return keyed(f"card\n{invitation_id}").hex()


def letter_of(window_id: str, code: str) -> str:
    """What the outbox knows the mail of a window to one person by."""
    return keyed(f"letter\n{window_id}\n{code}").hex()

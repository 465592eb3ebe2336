"""Anonymous answers stay sealed while their window is open.

The journal of the database and its backups hold an answer beside the invitation that was answered with it.
So what lies there until the window is counted can be read by nobody without the key of this installation.
"""

import os

from flask import current_app

NONCE = 12
KEY_BYTES = 32
PROOF = b"the key of this window"


class WrongKey(Exception):
    """What was sealed does not open: the secret of this installation is another one, or it was damaged."""


def seal(window_id: str, content: bytes) -> bytes:
    """The content, readable only with the key of this window; as long as the content and 28 bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(window_id)).encrypt(nonce, content, window_id.encode())


def unseal(window_id: str, sealed: bytes) -> bytes:
    """The content again; raises WrongKey."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_key(window_id)).decrypt(sealed[:NONCE], sealed[NONCE:], window_id.encode())
    except (InvalidTag, ValueError) as error:  # a ValueError for what is too short to be sealed
        raise WrongKey from error


def proof(window_id: str) -> str:
    """What a window keeps to tell later whether its key is still the same."""
    return seal(window_id, PROOF).hex()


def fits(window_id: str, kept: str | None) -> bool:
    """Whether the key of now is the one this proof was made with."""
    try:
        return kept is not None and unseal(window_id, bytes.fromhex(kept)) == PROOF
    except WrongKey:
        return False


def _key(window_id: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    secret = str(current_app.secret_key).encode()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"evaluation:{window_id}".encode()).derive(secret)
